"""How many officers are at the desk on each day: their number, as it changes, less those who are away."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import Calendar
from scenarios.desk import Desk

Int = NDArray[np.int64]


def officers_on(desk: Desk, day: date) -> int:
    """The number of officers on a day, those away included: the opening's, or that of the latest change."""
    latest = max((row for row in desk.officer_changes if row.starts <= day), key=lambda row: row.starts, default=None)
    return desk.officers if latest is None else latest.officers


def officers_of_day(desk: Desk, calendar: Calendar) -> Int:
    """Officers who examine on each day: int64 (days,), at least 0.

    Args:
        desk: as it is lived, or as far as it is known (see `scenarios.foresight`).
        calendar: the days.

    Returns:
        The number in force less all absences of the day; on days off it is told too, and nobody works.
    """
    count = np.full(calendar.days, desk.officers, dtype=np.int64)
    for change in sorted(desk.officer_changes, key=lambda row: row.starts):
        count[max(calendar.day(change.starts), 0) :] = change.officers
    for absence in desk.absences:
        first = max(calendar.day(absence.starts), 0)
        count[first : max(calendar.day(absence.until) + 1, 0)] -= absence.officers
    return np.maximum(count, 0)


def staffing_changes(officers: Int) -> list[tuple[int, int]]:
    """The days on which the number of officers differs from the day before, with the new number.

    Args:
        officers: int64 (days,), see `officers_of_day`.

    Returns:
        Pairs (day, officers), the first day left out.
    """
    days = np.flatnonzero(np.diff(officers)) + 1
    return list(zip(days.tolist(), officers[days].tolist(), strict=True))


def officer_minutes(officers: Int, calendar: Calendar) -> Int:
    """Office minutes of all officers together from the opening to the end of each day: int64 (days,).

    Args:
        officers: int64 (days,), see `officers_of_day`.
        calendar: the days.

    Returns:
        The minutes, added up.
    """
    length = calendar.office_closes - calendar.office_opens
    return np.asarray(np.cumsum(officers * calendar.working) * length, dtype=np.int64)
