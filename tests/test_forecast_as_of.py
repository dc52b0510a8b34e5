"""The day up to which an export is read where none is asked for: its last sure filing, decision or payment."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from enveloppe.actuals import read_actuals
from enveloppe.console import Console
from enveloppe.reading_told import tell_day
from forecast.column_map import ColumnMap
from scenarios.loading import load

FILED = date(2021, 3, 2)


def export(path: Path, decided: list[date], last_paid: date | None = None) -> Path:
    """A request a day from 2 March 2021, the last of the 29th, each decided on a day given."""
    rows = ["id;date;branche;decision;paiement"]
    for at in range(28):
        day = decided[at] if at < len(decided) else None
        paid = last_paid if at == 0 else None
        rows.append(f"{at};{FILED + timedelta(at)};chimie;{day or ''};{paid or ''}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def as_of(file: Path, known: ColumnMap | None = None) -> date:
    return read_actuals(file, load("convention-2i"), known or ColumnMap()).as_of


def test_decisions_after_the_last_request_are_known(tmp_path: Path) -> None:
    """The last request is of 29 March, decisions go on day by day to 20 April: all of them count."""
    days = [date(2021, 3, 24) + timedelta(at) for at in range(28)]
    assert as_of(export(tmp_path / "a.csv", days)) == date(2021, 4, 20)


def test_one_date_far_from_all_others_is_a_slip(tmp_path: Path) -> None:
    """A payment of December among decisions up to 20 April; one of 26 April is the last of a few and counts."""
    days = [date(2021, 3, 24) + timedelta(at) for at in range(28)]
    assert as_of(export(tmp_path / "a.csv", days, date(2021, 12, 15))) == date(2021, 4, 20)
    assert as_of(export(tmp_path / "b.csv", days, date(2021, 4, 26))) == date(2021, 4, 26)


def test_decisions_a_month_beyond_the_last_request_do_not_stretch_the_export(tmp_path: Path) -> None:
    """31 days after the 29th of March they do; a day later the last request is the last day known."""
    assert as_of(export(tmp_path / "a.csv", [date(2021, 4, 29)] * 28)) == date(2021, 4, 29)
    assert as_of(export(tmp_path / "b.csv", [date(2021, 4, 30)] * 28)) == date(2021, 3, 29)


def test_the_column_map_s_last_day_stands(tmp_path: Path) -> None:
    days = [date(2021, 3, 24) + timedelta(at) for at in range(28)]
    assert as_of(export(tmp_path / "a.csv", days), ColumnMap(last_day=date(2021, 4, 30))) == date(2021, 4, 30)


@pytest.mark.parametrize(("language", "said"), [("en", "left out: 28."), ("fr", "laissés de côté : 28.")])
def test_the_day_taken_and_what_is_left_out_are_said(
    tmp_path: Path, language: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """28 decisions of 30 April are not read; with the day asked for, nothing is said."""
    got = read_actuals(export(tmp_path / "a.csv", [date(2021, 4, 30)] * 28), load("convention-2i"), ColumnMap())
    console = Console(language, as_json=False, quiet=False, color=False)
    tell_day(console, got.reading, got.as_of, asked=True)
    assert capsys.readouterr().err == ""
    tell_day(console, got.reading, got.as_of, asked=False)
    told = capsys.readouterr().err.replace("\u202f", " ").replace("\u00a0", " ")
    assert said in told
    assert "29 March 2021" in told or "29 mars 2021" in told
    assert "--as-of" in told
