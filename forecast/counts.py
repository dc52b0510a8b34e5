"""Requests by branch and calendar month, and how much of each month was there to be counted."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from forecast.history import History
from scenarios.arrival_rate import day_weights
from scenarios.calendar import calendar_of, worked_days_between
from scenarios.scenario import Scenario

Int = NDArray[np.int64]
Float = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Counts:
    """Monthly counts.

    Attributes:
        first: number of the first month, year * 12 + month - 1.
        by_branch: int64 (branches, months).
        shape: float64 (months,), how much of a usual month each one was: below 1 where the export covers a part of
            it or the scheme was only opening, above 1 in a rush before a deadline.
    """

    first: int
    by_branch: Int
    shape: Float

    @property
    def total(self) -> Int:
        """All branches together, int64 (months,)."""
        return np.asarray(self.by_branch.sum(axis=0), dtype=np.int64)

    @property
    def months(self) -> int:
        """How many months."""
        return int(self.by_branch.shape[1])

    def recent(self, months: int) -> "Counts":
        """The last so many months, or all there are."""
        skipped = max(self.months - months, 0)
        return Counts(self.first + skipped, self.by_branch[:, skipped:], self.shape[skipped:])

    def before(self, months: int) -> "Counts":
        """The first so many months."""
        return Counts(self.first, self.by_branch[:, :months], self.shape[:months])


def month_number(day: date) -> int:
    """The number of a day's month: year * 12 + month - 1."""
    return day.year * 12 + day.month - 1


def month_label(number: int) -> str:
    """A month as "YYYY-MM"."""
    return f"{number // 12}-{number % 12 + 1:02d}"


def month_bounds(number: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = date(number // 12, number % 12 + 1, 1)
    after = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def counted(history: History, scenario: Scenario) -> Counts:
    """Count requests by branch and month.

    Args:
        history: clean requests.
        scenario: whose opening, rush and closing explain the shape of months inside its windows.

    Returns:
        Counts over the days that the history covers.
    """
    begins, ends = date.fromordinal(history.first_day), date.fromordinal(history.last_day)
    first, last = month_number(begins), month_number(ends)
    edges = np.asarray([month_bounds(number)[0].toordinal() for number in range(first, last + 2)], dtype=np.int64)
    month = np.searchsorted(edges, history.filed, side="right") - 1
    counts = np.zeros((len(history.branches), last - first + 1), dtype=np.int64)
    inside = (month >= 0) & (month < counts.shape[1])
    np.add.at(counts, (history.branch[inside], month[inside]), 1)
    return Counts(first, counts, shape_of_months(scenario, first, last, begins, ends))


def shape_of_months(scenario: Scenario, first: int, last: int, begins: date, ends: date) -> Float:
    """How much of a usual month each month is.

    Args:
        scenario: its ramp-up, deadline rush and economic factors act from its opening to its filing deadline; the
            export speaks of usual months before and after, when requests came to another scheme.
        first, last: numbers of months, both included.
        begins, ends: the days that are covered.

    Returns:
        float64 (last - first + 1,).
    """
    calendar = calendar_of(scenario)
    weights = day_weights(scenario, calendar)
    opens, deadline = scenario.windows.opens, scenario.windows.filing_deadline
    shape, days = np.zeros(last - first + 1), np.zeros(last - first + 1)
    for place, number in enumerate(range(first, last + 1)):
        start, end = month_bounds(number)
        low, high = max(start, begins), min(end, ends)
        if low > high:
            continue
        days[place] = ((high - low).days + 1) / ((end - start).days + 1)
        usual = scenario.inflow.month_weights[number % 12]
        worked = max(worked_days_between(scenario, start, end), 1)
        if end < opens or start > deadline or usual == 0:
            shape[place] = worked_days_between(scenario, low, high) / worked
            continue
        part = weights[max(calendar.day(low), 0) : max(calendar.day(high) + 1, 0)].sum() / usual
        if low < opens:
            part += worked_days_between(scenario, low, min(high, opens - timedelta(days=1))) / worked
        if high > deadline:
            part += worked_days_between(scenario, max(low, deadline + timedelta(days=1)), high) / worked
        shape[place] = part
    # An export of days off alone: days count as they are.
    return shape if shape.any() else days
