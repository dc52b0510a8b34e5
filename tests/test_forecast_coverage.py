"""A silence of the export is no silence of companies; a near spelling is one thing to look at, however many rows."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from enveloppe.actuals import Actuals, read_actuals
from forecast.column_map import ColumnMap
from forecast.reading import read_requests, refuse_beyond
from scenarios.loading import load
from scenarios.problems import InputRefused

HEAD = "id;date;branche;situation;decision;paiement\n"


def export(path: Path, decided: str = "2021-03-20", situation: str = "apld") -> Path:
    """A request a day of March 2021, the last of the 29th; the first is decided on a day given."""
    rows = [f"{day};2021-03-{day:02d};chimie;{situation};{decided if day == 1 else ''};" for day in range(1, 30)]
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def known_at(file: Path, last: date, known: ColumnMap | None = None) -> Actuals:
    return read_actuals(file, load("convention-2i"), known or ColumnMap(), last)


def test_months_that_the_export_does_not_cover_are_refused_with_what_to_do(tmp_path: Path) -> None:
    """Nine months without a row were read as nine months in which nobody asked; 31 days after the 29th are borne."""
    file = export(tmp_path / "march.csv")
    for last in (date(2021, 12, 31), date(2021, 4, 30)):
        with pytest.raises(InputRefused) as refused:
            known_at(file, last)
        (problem,) = refused.value.problems
        assert problem.code == "export_ends_before"
        for language in ("fr", "en"):
            assert "2021-03-29" in problem.text(language)
            assert f"last_day: {last.isoformat()}" in problem.text(language)
    assert known_at(file, date(2021, 4, 29)).as_of == date(2021, 4, 29)


def test_the_map_s_last_day_says_what_the_export_covers(tmp_path: Path) -> None:
    """Stated, nothing is refused or told up to it; stated too early, it is refused although later decisions stand."""
    file = export(tmp_path / "march.csv", decided="2021-06-01")
    end = date(2021, 12, 31)
    assert known_at(file, end, ColumnMap(last_day=end)).as_of == end
    # A decision of 1 June says that the export reaches it.
    assert known_at(file, date(2021, 6, 5)).as_of == date(2021, 6, 5)
    with pytest.raises(InputRefused):
        known_at(file, date(2021, 6, 5), ColumnMap(last_day=date(2021, 3, 31)))


def test_after_filing_closes_no_day_needs_cover(tmp_path: Path) -> None:
    """Filing closes on 31 December 2021: half a year later an export that ends on the 29th is fresh enough."""
    file = tmp_path / "december.csv"
    file.write_text(HEAD + "1;2021-12-29;chimie;apld;;\n", encoding="utf-8")
    assert known_at(file, date(2022, 6, 30)).as_of == date(2022, 6, 30)


def test_a_near_spelling_counts_once_and_its_line_for_the_map_is_ready(tmp_path: Path) -> None:
    """29 rows of one near spelling are one mended row; the line that settles it reads back as YAML."""
    got = read_requests(
        export(tmp_path / "near.csv", situation="difficulti"), load("convention-2i").scenario, ColumnMap()
    )
    (note,) = (note for note in got.notes if note.code == "likely_value")
    assert len(note.rows) == 29
    assert got.mended == 1
    refuse_beyond(got, ColumnMap())
    assert yaml.safe_load(note.map_line) == {"situations": {"difficulti": "difficulty"}}


def test_a_plural_is_its_singular(tmp_path: Path) -> None:
    """No near spelling: nothing was mended."""
    file = export(tmp_path / "plural.csv", situation="Entreprises en difficultés")
    got = read_requests(file, load("convention-2i").scenario, ColumnMap())
    assert got.mended == 0
    assert set(got.history.situation.tolist()) == {2}


def test_a_refusal_hands_the_lines_that_the_export_suggests(tmp_path: Path) -> None:
    """A text too far to be taken, near enough to be suggested: the refusal holds its line, ready to be copied."""
    file = export(tmp_path / "far.csv", situation="mutations: autres")
    scenario = load("convention-2i").scenario
    with pytest.raises(InputRefused) as refused:
        refuse_beyond(read_requests(file, scenario, ColumnMap()), ColumnMap())
    assert 'situations: {"mutations: autres": mutation}' in refused.value.problems[0].text("en")
