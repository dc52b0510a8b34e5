"""Words of readers, not of the model: rows in warnings, which pathways a plan promises, ends of a probability."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tiny import TINY

from enveloppe.cli import main
from reports.catalogue import language_of
from reports.price_sentences import plain
from reports.reading import whole
from reports.sections.warnings import warning_line

PRICES = [
    {"row": "branch_cap_2_B003_metallurgie", "family": "branch_cap", "subject": "metallurgie"},
    {"row": "payments_2021", "family": "payments_by_year", "subject": "2021"},
]


def told(rows: list[str], language: str) -> str:
    findings: dict[str, Any] = {
        "scenario": {
            "branches": [{"branch": "metallurgie", "name_fr": "Métallurgie", "name_en": "Metal"}],
            "size_groups": [],
        },
        "plan": {"prices": PRICES},
        "warnings": [{"code": "rounding_missed_rows", "details": {"rows": rows}}],
    }
    found = whole(findings)
    (warning,) = found.items("warnings")
    return plain(warning_line(warning, language_of(language), found))


def test_a_row_in_a_warning_is_told_as_what_it_asks() -> None:
    """The names of the model's rows stay in findings.json, for who looks at the model."""
    french = told(["branch_cap_2_B003_metallurgie", "mean_cost_cap", "payments_2021"], "fr")
    assert "le plafond de la branche Métallurgie, le plafond du coût moyen" in french.replace("’", "'")
    assert "B003" not in french
    assert "_" not in french
    assert "some_row" in told(["some_row"], "fr"), "one that nothing is known of keeps its name"


@pytest.mark.parametrize(("counts", "word"), [("net", "(nets)"), ("committed", "(bruts)")])
def test_a_plan_says_which_pathways_it_promises(counts: str, word: str) -> None:
    words = ["plan", str(TINY), "--lang", "fr", "--set", f"planning.counts={counts}"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    (promise,) = [line for line in done.stdout.splitlines() if line.startswith("promet ")]
    assert f"parcours {word} avec" in promise.replace("\u00a0", " ")


def test_the_ends_of_a_probability_are_left_blank(tmp_path: Path) -> None:
    """P10 and P90 of what happens or not are 0 or 1 and say nothing."""
    from openpyxl import load_workbook

    out = tmp_path / "out"
    words = ["run", str(TINY), "--runs", "4", "--jobs", "1", "--out", str(out), "--lang", "en", "--quiet"]
    assert CliRunner().invoke(main, words).exit_code == 0
    rows = {row[0]: row[1:5] for row in load_workbook(out / "report.xlsx").worksheets[0].iter_rows(values_only=True)}
    named = [name for name in rows if name and "robability" in str(name)]
    assert named
    for name in named:
        mean, low, high, _ = rows[name]
        assert mean is not None
        assert (low, high) == (None, None), name
    need = next(cells for name, cells in rows.items() if str(name).startswith("Need"))
    assert None not in need
