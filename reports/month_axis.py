"""Months along an axis: the same distance between all labels, and never more of them than there is room for."""

from calendar import monthrange
from collections.abc import Sequence

from reports import numbers
from reports.catalogue import Language

STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600, 1_200)
"""Months between two labels; each begins at a January."""


def month_marks(months: Sequence[str], language: Language, most: int) -> tuple[tuple[float, str], ...]:
    """Labels of an axis of months.

    Args:
        months: "2021-01", ascending without gaps.
        language: of the reader.
        most: how many labels there is room for, at least one.

    Returns:
        (place of the month's start, label), the first month at 0; at least one.
    """
    numbered = [int(month[:4]) * 12 + int(month[5:7]) - 1 for month in months]
    for step in STEPS:
        places = [at for at, number in enumerate(numbered) if number % step == 0] or [0]
        if len(places) <= most:
            break
    return tuple((float(at), numbers.month(months[at], language.code)) for at in places)


def place_of(iso: str, first: str, *, end: bool = False) -> float:
    """A day on an axis of months.

    Args:
        iso: the day.
        first: the month at 0, "2021-01".
        end: its end rather than its start: that of a month's last day is where the next month starts.
    """
    year, month, day = (int(part) for part in iso.split("-"))
    whole = (year - int(first[:4])) * 12 + month - int(first[5:7])
    return whole + (day - 1 + int(end)) / monthrange(year, month)[1]
