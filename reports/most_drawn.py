"""How many rows a drawing holds: a sheet of paper is an end, and so is a reader's patience."""

from collections.abc import Sequence
from typing import TypeVar

from reports import numbers
from reports.blocks import Line
from reports.catalogue import Language, msg

Row = TypeVar("Row")

MOST = 40
"""Rows that a sheet of A4 holds below a heading."""


def first_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows that are drawn where the first matter most."""
    return list(rows[:MOST])


def outer_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows that are drawn where both ends matter: as many of each."""
    return list(rows) if len(rows) <= MOST else [*rows[: MOST // 2], *rows[-MOST // 2 :]]


def left_out(rows: Sequence[Row], language: Language) -> Line:
    """What a chart's note says where it does not draw all; nothing where it does."""
    if len(rows) <= MOST:
        return ()
    shown, count = (numbers.count(size, language.code).text for size in (MOST, len(rows)))
    return language.line(
        msg(" {shown} of {count} branches are drawn; the tables hold every one."), shown=shown, count=count
    )
