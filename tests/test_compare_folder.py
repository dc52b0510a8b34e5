"""Where a comparison goes, and what it says of sides that are the same."""

from pathlib import Path

import pytest

from enveloppe.comparing.folder_name import LONGEST, folder_name
from reports.blocks import Block, Chart, Paragraph, Section
from reports.catalogue import language_of
from reports.document import Document
from reports.markdown import markdown_of


def test_two_pairs_of_folders_of_one_scenario_have_two_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All four answer the scenario `cinq`; the second pair used to land on the first."""
    monkeypatch.chdir(tmp_path)
    first = folder_name(("out/june", "out/september"), (None, None))
    assert first == "compare-june-september"
    assert folder_name(("out/june", "out/october/findings.json"), (None, None)) == "compare-june-october"
    assert folder_name(("a/out", "b/out"), (None, None)) == "compare-a-out-b-out"
    assert folder_name(("cinq.xlsx", "out/june"), ("cinq", None)) == "compare-cinq-june"
    assert folder_name(("a/cinq.yaml", "b/cinq.yaml"), ("cinq", "cinq")) == "compare-a-cinq-yaml-b-cinq-yaml"
    assert folder_name((".", "out/june"), (None, None)) == f"compare-{tmp_path.name}-june".replace(".", "-")


def test_a_name_leads_nowhere_and_long_ones_stay_apart() -> None:
    assert folder_name(("x", "y"), ("../../a", "/etc")) == "compare--a--etc"
    names = [folder_name(("x", "y"), ("n" * 10_000 + end, "m")) for end in "12"]
    assert len(set(names)) == 2
    assert {len(name) for name in names} == {LONGEST}


def test_a_section_of_which_a_summary_shows_nothing_has_no_heading() -> None:
    """Two sides are shown in charts alone, which Markdown has none of."""
    language = language_of("en")

    def written(*blocks: Block) -> str:
        section = Section("a", "Overview", blocks=blocks)
        document = Document(
            language=language,
            title="T",
            subtitle=(),
            verdict=(),
            headline=None,
            sheet=(),
            sections=(section,),
            foot=(),
            summed_up=("a",),
        )
        return markdown_of(document)

    chart = Chart("c", "", "", "title", "description")
    assert "Overview" not in written(chart)
    assert "## Overview\n\nwords" in written(chart, Paragraph(("words",)))
