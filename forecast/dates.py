"""Dates as people and programs write them, as ordinal days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from forecast.column_map import plain_words

Int = NDArray[np.int64]

ABSENT, UNREADABLE = 0, -1
"""What stands for an empty cell and for one that is no date."""

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_THREE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CLOCK = re.compile(
    r"[T ,]*(?:(?:à|a|at)\s+)?"
    r"(?:(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?",
    re.IGNORECASE,
)
_WORDED = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{4})")
_MONTHS = {
    name: number
    for names in (
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "janv fevr mars avr mai juin juil aout sept oct nov dec",
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, name in enumerate(names.split(), 1)
}
_EXCEL_ZERO = date(1899, 12, 30).toordinal()
_SERIALS = range(20_000, 80_000)
"""Days since Excel's zero that are taken for a date: 1954 to 2119."""


@dataclass(frozen=True, eq=False)
class DatesRead:
    """Distinct cells of a date column, read.

    Attributes:
        day: int64 (texts,), ordinal days; ABSENT or UNREADABLE.
        moved: bool (texts,), an instant with a zone whose day at the zone of the map differs from the one written.
        order: how the column writes dates of three numbers; None where it writes none.
        guessed: whether nothing in the column decides that order.
    """

    day: Int
    moved: NDArray[np.bool_]
    order: Literal["day_first", "month_first"] | None
    guessed: bool


def read_dates(texts: Sequence[Any], zone: str, order: Literal["day_first", "month_first"] | None = None) -> DatesRead:
    """Read the distinct cells of a column of dates.

    Dates of three numbers are day first unless the column proves otherwise: a column that has a second number
    above 12, and no first one, writes the month first.

    Args:
        texts: distinct cells: texts, or a workbook's dates and numbers.
        zone: the IANA name of the zone whose midnight counts, for instants that bear a zone.
        order: what the map says; None to find out.

    Returns:
        DatesRead.
    """
    split = [_three(text) for text in texts]
    first = sum(parts is not None and parts[0] > 12 for parts in split)
    second = sum(parts is not None and parts[1] > 12 for parts in split)
    written = any(parts is not None for parts in split)
    month_first = order == "month_first" if order else second > first
    day, moved = np.zeros(len(texts), dtype=np.int64), np.zeros(len(texts), dtype=bool)
    for at, text in enumerate(texts):
        day[at], moved[at] = _day(text, split[at], month_first, zone)
    chosen: Literal["day_first", "month_first"] | None = None
    if written:
        chosen = "month_first" if month_first else "day_first"
    return DatesRead(day, moved, chosen, written and order is None and first == second == 0)


def _three(text: Any) -> tuple[int, int, int] | None:
    found = _THREE.match(text.strip()) if isinstance(text, str) else None
    if found is None:
        return None
    return int(found[1]), int(found[2]), int(found[3]) + (2000 if len(found[3]) == 2 else 0)


def _day(value: Any, split: tuple[int, int, int] | None, month_first: bool, zone: str) -> tuple[int, bool]:
    if value is None:
        return ABSENT, False
    if isinstance(value, datetime):
        return value.date().toordinal(), False
    if isinstance(value, date):
        return value.toordinal(), False
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(float(value)), False
    text = str(value).strip().strip("'\"")
    if not text:
        return ABSENT, False
    if len(text) > 60:
        return UNREADABLE, False
    if found := _ISO.match(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
        return _with_clock(year, month, day, text[found.end() :], zone)
    if split is not None:
        found = _THREE.match(text)
        rest = text[found.end() :] if found else ""
        first, second, year = split
        if month_first or (second > 12 >= first):
            first, second = second, first
        if month_first and second > 12 >= first:
            first, second = second, first
        return _with_clock(year, second, first, rest, zone)
    if found := _RUN.fullmatch(text):
        return _with_clock(int(found[1]), int(found[2]), int(found[3]), "", zone)
    if re.fullmatch(r"\d{5}([.,]\d+)?", text):
        return _serial(float(text.replace(",", "."))), False
    if found := _WORDED.match(plain_words(text)):
        month = _MONTHS.get(found[2], 0)
        return _with_clock(int(found[3]), month, int(found[1]), "", zone)
    return UNREADABLE, False


def _serial(number: float) -> int:
    return _EXCEL_ZERO + int(number) if int(number) in _SERIALS else UNREADABLE


def _with_clock(year: int, month: int, day: int, rest: str, zone: str) -> tuple[int, bool]:
    try:
        given = date(year, month, day)
    except ValueError:
        return UNREADABLE, False
    if not rest.strip():
        return given.toordinal(), False
    found = _CLOCK.fullmatch(rest)
    if found is None:
        return UNREADABLE, False
    hour, minute = int(found[1] or 0), int(found[2] or 0)
    if hour > 24 or minute > 59:
        return UNREADABLE, False
    if not found[4] or not found[1]:
        return given.toordinal(), False
    shift = _shift(found[4])
    try:
        instant = datetime(year, month, day, tzinfo=UTC) + timedelta(minutes=hour * 60 + minute - shift)
        local = instant.astimezone(_zone(zone)).date()
    except OverflowError:  # its day lies before the year 1 or after the year 9999
        return UNREADABLE, False
    return local.toordinal(), local != given


def _shift(text: str) -> int:
    """Minutes ahead of UTC."""
    if text[0] not in "+-":
        return 0
    digits = text[1:].replace(":", "").ljust(4, "0")
    return (1 if text[0] == "+" else -1) * (int(digits[:2]) * 60 + int(digits[2:]))


def _zone(name: str) -> Any:
    from zoneinfo import ZoneInfo  # imported late: most exports write days

    return ZoneInfo(name)
