"""The working calendar: which days are worked, and the office's minutes.

Minutes are whole and count from midnight of the day the scheme opens.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenarios.scenario import Scenario

Int = NDArray[np.int64]

DAY = 24 * 60
"""Minutes of a day."""


@dataclass(frozen=True, eq=False)
class Calendar:
    """Days from the opening to the last payment.

    Attributes:
        opens: the first day.
        working: bool (days,), whether each day is worked.
        office_opens, office_closes: minutes of the day.
        month_of_day: int64 (days,), index of the day's calendar month, 0 for the month of the opening.
        months: each calendar month, "YYYY-MM".
    """

    opens: date
    working: NDArray[np.bool_]
    office_opens: int
    office_closes: int
    month_of_day: Int
    months: tuple[str, ...]

    @property
    def days(self) -> int:
        """How many days the calendar holds."""
        return len(self.working)

    def day(self, when: date) -> int:
        """The number of a date, 0 for the opening; it may lie outside the calendar."""
        return (when - self.opens).days

    def date_of(self, minute: int) -> date:
        """The date on which a minute falls."""
        return self.opens + timedelta(days=minute // DAY)

    def end_of(self, when: date) -> int:
        """The first minute after a date."""
        return (self.day(when) + 1) * DAY


def holidays_known(country: str, subdivision: str | None = None) -> bool:
    """Whether the public holidays of a country, or of a part of it, are known."""
    try:
        _holidays(country, subdivision, 2021, 2021)
    except NotImplementedError:  # the library's answer to a country or a part of one that it does not know
        return False
    return True


@lru_cache(maxsize=64)
def _holidays(country: str, subdivision: str | None, first: int, last: int) -> frozenset[date]:
    import holidays  # imported late: only a run needs it

    return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=range(first, last + 1)))


def subdivisions_of(country: str) -> tuple[str, ...]:
    """The parts of a country whose public holidays are known, by code."""
    import holidays

    return tuple(holidays.country_holidays(country, years=2021).subdivisions)


def worked_days_of_month(scenario: Scenario, year: int, month: int) -> int:
    """How many days of a whole calendar month are worked, whatever part of it a scheme is open for."""
    closed = _holidays(scenario.inflow.holidays_country, scenario.inflow.holidays_subdivision, year, year)
    day, worked = date(year, month, 1), 0
    while day.month == month:
        worked += day.weekday() < 5 and day not in closed
        day += timedelta(days=1)
    return worked


def worked_days_between(scenario: Scenario, first: date, last: date) -> int:
    """How many days from one date to another, both included, are worked."""
    inflow = scenario.inflow
    closed = _holidays(inflow.holidays_country, inflow.holidays_subdivision, first.year, max(first.year, last.year))
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sum(day.weekday() < 5 and day not in closed for day in days)


def calendar_of(scenario: Scenario) -> Calendar:
    """The working calendar of a scenario.

    Args:
        scenario: a checked scenario; its country, and the part of it where given, decide the public holidays.

    Returns:
        The calendar from the opening to the last payment, both included.
    """
    opens, last = scenario.windows.opens, scenario.windows.last_payment
    inflow = scenario.inflow
    closed = _holidays(inflow.holidays_country, inflow.holidays_subdivision, opens.year, last.year)
    days = [opens + timedelta(days=number) for number in range((last - opens).days + 1)]
    month = [(day.year - opens.year) * 12 + day.month - opens.month for day in days]
    return Calendar(
        opens=opens,
        working=np.asarray([day.weekday() < 5 and day not in closed for day in days], dtype=bool),
        office_opens=scenario.inflow.office_opens_hour * 60,
        office_closes=scenario.inflow.office_closes_hour * 60,
        month_of_day=np.asarray(month, dtype=np.int64),
        months=tuple(dict.fromkeys(f"{day:%Y-%m}" for day in days)),
    )
