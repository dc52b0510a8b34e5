"""Requests by branch and calendar month, and how much of each month was there to be counted."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from forecast.history import History
from scenarios.arrival_rate import branch_factors, day_weights
from scenarios.calendar import calendar_of, worked_days_between
from scenarios.foresight import as_known
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
            it, the scheme was only opening or a declared shock held, above 1 in a rush before a deadline.
        own: float64 (branches, months), what multiplies it for each branch alone; None where nothing does.
        surprises: shocks that nobody had announced: the place of the month each came in, and `shape` and `own` as
            they were known from then on; the first is what was known before any. Empty where there was none.
    """

    first: int
    by_branch: Int
    shape: Float
    own: Float | None = None
    surprises: tuple[tuple[int, Float, Float | None], ...] = ()

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
        return self._cut(max(self.months - months, 0), self.months)

    def before(self, months: int) -> "Counts":
        """The first so many months, and what was known by then of their shape."""
        return self.known_after(months)._cut(0, months)

    def known_after(self, months: int) -> "Counts":
        """All months, with what was known of their shape after so many of them."""
        if not self.surprises:
            return self
        _, shape, own = [one for one in self.surprises if one[0] < months][-1]
        return replace(self, shape=shape, own=own, surprises=())

    def usual(self, part: Float) -> Float:
        """How much of a usual month each month is for all branches together, float64 (months,).

        Args:
            part: float64 (branches,), their parts in a usual month.
        """
        return self.shape if self.own is None else np.asarray(self.shape * (part @ self.own), dtype=np.float64)

    def each(self) -> Float:
        """How much of a usual month each month is: float64 (months,), or (branches, months) where branches differ."""
        return self.shape if self.own is None else np.asarray(self.shape * self.own, dtype=np.float64)

    def _cut(self, first: int, end: int) -> "Counts":
        own = None if self.own is None else self.own[:, first:end]
        later = tuple(
            (at - first, shape[first:end], None if one is None else one[:, first:end])
            for at, shape, one in self.surprises
        )
        return Counts(self.first + first, self.by_branch[:, first:end], self.shape[first:end], own, later)


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
        scenario: whose opening, rush, closing and demand shocks explain the shape of months inside its windows: a
            shock is known once it is announced, or there.

    Returns:
        Counts over the days that the history covers.
    """
    begins, ends = date.fromordinal(history.first_day), date.fromordinal(history.last_day)
    deadline = scenario.windows.filing_deadline
    if begins <= deadline < ends and not (history.filed > deadline.toordinal()).any():
        ends = deadline  # filing was closed: that nothing came then says nothing
    first, last = month_number(begins), month_number(ends)
    edges = np.asarray([month_bounds(number)[0].toordinal() for number in range(first, last + 2)], dtype=np.int64)
    month = np.searchsorted(edges, history.filed, side="right") - 1
    counts = np.zeros((len(history.branches), last - first + 1), dtype=np.int64)
    inside = (month >= 0) & (month < counts.shape[1])
    np.add.at(counts, (history.branch[inside], month[inside]), 1)
    days = sorted({event.day for event in scenario.events if not event.announced and event.day <= ends})
    known = []
    for day in (None, *days):
        there = as_known(scenario, day)
        own = branch_shapes(there, first, last)
        known.append((-1 if day is None else month_number(day) - first, _shape(there, first, last, begins, ends), own))
    _, shape, own = known[-1]
    return Counts(first, counts, shape, own, tuple(known) if len(known) > 1 else ())


def branch_shapes(scenario: Scenario, first: int, last: int) -> Float | None:
    """What multiplies each month for each branch alone: float64 (branches, months); None where nothing does.

    Args:
        scenario: its economic factors that name branches.
        first, last: numbers of months, both included.
    """
    calendar = calendar_of(scenario)
    factors = branch_factors(scenario, calendar)
    if factors is None:
        return None
    weights = day_weights(scenario, calendar)
    out = np.ones((len(factors), last - first + 1))
    for place, number in enumerate(range(first, last + 1)):
        start, end = month_bounds(number)
        days = slice(max(calendar.day(start), 0), max(calendar.day(end) + 1, 0))
        if weights[days].sum() > 0:
            out[:, place] = factors[:, days] @ weights[days] / weights[days].sum()
    return out


def _shape(scenario: Scenario, first: int, last: int, begins: date, ends: date) -> Float:
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
