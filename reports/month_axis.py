"""Months along an axis: the same distance between all labels, and never more of them than there is room for."""

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
