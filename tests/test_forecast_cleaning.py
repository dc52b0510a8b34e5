"""Where cleaning draws its lines, by hand: the last count, the last lag, the first day that are still believed."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from forecast.amounts import read_amounts
from forecast.cleaning import LONGEST_LAG_DAYS, Reading
from forecast.column_map import ColumnMap
from forecast.dates import UNREADABLE, read_dates
from forecast.history import NOTHING
from forecast.reading import read_requests
from scenarios.attributes import MOST_TRAINEES
from scenarios.loading import load


def read(folder: Path, *rows: str, known: ColumnMap | None = None) -> Reading:
    file = folder / "requests.csv"
    file.write_text("date;branche;stagiaires;montant;date de début\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return read_requests(file, load("convention-2i").scenario, known or ColumnMap())


def rows_of(reading: Reading, code: str) -> list[int]:
    return [int(row) for note in reading.notes if note.code == code for row in note.rows]


def test_as_many_trainees_as_a_request_may_have_are_believed_and_one_more_is_not(tmp_path: Path) -> None:
    got = read(tmp_path, f"2021-05-03;chimie;{MOST_TRAINEES};;", f"2021-05-04;chimie;{MOST_TRAINEES + 1};;")
    assert got.history.trainees.tolist() == [MOST_TRAINEES, NOTHING]
    assert rows_of(got, "bad_count") == [3]


def test_a_start_years_after_the_filing_is_left_out(tmp_path: Path) -> None:
    filed = date(2018, 1, 8)
    days = [date.fromordinal(filed.toordinal() + LONGEST_LAG_DAYS + more).isoformat() for more in (0, 1)]
    got = read(tmp_path, *(f"{filed};chimie;1;;{day}" for day in days))
    assert got.history.started.tolist() == [filed.toordinal() + LONGEST_LAG_DAYS, NOTHING]
    assert rows_of(got, "backwards") == [3]


def test_a_date_long_before_all_others_is_set_aside_like_one_long_after(tmp_path: Path) -> None:
    got = read(tmp_path, "2012-01-04;chimie;1;;", *["2021-01-04;chimie;1;;"] * 50)
    assert rows_of(got, "far_date") == [2]
    assert len(got.history) == 50


def test_a_cost_is_the_request_s_or_one_trainee_s_as_the_map_says(tmp_path: Path) -> None:
    row = "2021-05-03;chimie;3;100,50;"
    assert read(tmp_path, row).history.cost_cents.tolist() == [10_050]
    assert read(tmp_path, row, known=ColumnMap(cost_of="trainee")).history.cost_cents.tolist() == [30_150]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-03-01T23:30:00-05:00", date(2021, 3, 2)),
        ("2021-03-01T00:30:00+05:00", date(2021, 2, 28)),
        ("2021-03-01T12:00:00+05:00", date(2021, 3, 1)),
    ],
)
def test_an_instant_west_of_the_fund_is_later_there_and_one_east_of_it_earlier(text: str, day: date) -> None:
    """23:30 five hours behind UTC is 5:30 the next day in Paris; 0:30 five hours ahead, 20:30 the evening before."""
    assert read_dates([text], "Europe/Paris").day.tolist() == [day.toordinal()]


@pytest.mark.parametrize("text", ["2021-03-01 25:10", "2021-03-01 10:75"])
def test_an_hour_that_no_clock_shows_makes_no_date(text: str) -> None:
    assert read_dates([text], "Europe/Paris").day.tolist() == [UNREADABLE]


def test_three_digits_behind_one_mark_are_read_as_the_separator_suggests() -> None:
    """Where the column tells nothing: an export parted by `;` writes decimals with a comma."""
    assert np.allclose(read_amounts(["1.234"], ";").value, [1_234])
    assert np.allclose(read_amounts(["1,234"], ";").value, [1.234])
    assert np.allclose(read_amounts(["1.234"], ",").value, [1.234])
    assert np.allclose(read_amounts(["1,234"], ",").value, [1_234])
