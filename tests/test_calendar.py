"""The working calendar, counted by hand on the French holidays of 2021 and of a year with few working days in May."""

from datetime import date

import pytest
from tiny import tiny

from scenarios.calendar import DAY, calendar_of, worked_days_between, worked_days_of_month
from scenarios.distributions import Distribution
from scenarios.lags import after, lag_chances
from scenarios.loading import load

FRENCH = load("convention-2i").scenario


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2021, 1, 4), date(2021, 1, 8), 5),
        (date(2021, 1, 4), date(2021, 1, 4), 1),
        (date(2021, 1, 1), date(2021, 1, 3), 0),
        (date(2021, 5, 12), date(2021, 5, 14), 2),
        (date(2020, 12, 31), date(2021, 1, 4), 2),
    ],
)
def test_both_ends_count_and_holidays_do_not(first: date, last: date, days: int) -> None:
    """A week; a Monday; New Year's Day and a week-end; Ascension on 13 May; over the turn of a year."""
    assert worked_days_between(FRENCH, first, last) == days


def test_a_month_is_worked_on_its_weekdays_less_its_holidays() -> None:
    """May 2021: 21 weekdays less Ascension and Whit Monday (the 1st and the 8th are Saturdays). June: 22."""
    assert worked_days_of_month(FRENCH, 2021, 5) == 19
    assert worked_days_of_month(FRENCH, 2021, 6) == 22


def test_a_day_ends_where_the_next_one_begins() -> None:
    calendar = calendar_of(tiny())
    assert calendar.end_of(calendar.opens) == DAY
    assert calendar.date_of(calendar.end_of(calendar.opens)) == date.fromordinal(calendar.opens.toordinal() + 1)
    assert calendar.date_of(calendar.end_of(calendar.opens) - 1) == calendar.opens


def test_a_lag_as_long_as_the_horizon_still_counts_and_a_longer_one_falls_out() -> None:
    three: Distribution = tiny("inflow.start_lag_days={kind: constant, at: 3}").inflow.start_lag_days
    assert lag_chances(three, 3).tolist() == [0, 0, 0, 1]
    assert lag_chances(three, 2).sum() == 0
    assert after(lag_chances(three, 9), lag_chances(three, 9), 6).tolist() == [0, 0, 0, 0, 0, 0, 1]
    assert after(lag_chances(three, 9), lag_chances(three, 9), 5).sum() == 0
