"""The one unit of a table's amounts: the envelope's size decides it, so that a small scheme is no column of 0,0 M€."""

from dataclasses import dataclass

from reports import numbers
from reports.blocks import Line, Shown
from reports.catalogue import Language
from reports.reading import Found
from reports.showing import money_range, show_money


@dataclass(frozen=True)
class TableUnit:
    """A unit of money.

    Attributes:
        scale: its worth in cents.
        name: as the table's note writes it, « M€ ».
        places, fine: decimals of amounts of the whole envelope, and of its parts.
    """

    scale: int
    name: str
    places: int
    fine: int


PLACES = {100_000_000: (1, 2), 100_000: (0, 1), 100: (0, 0)}
"""Decimals by unit."""


def table_unit(findings: Found, language: Language) -> TableUnit:
    """The unit in which a tenth of the envelope reads well: M€ from ten million, k€ from a hundred thousand, else €."""
    scale = numbers.money_scale(findings["plan.envelope_cents"].value / 10)
    return TableUnit(scale, numbers.with_unit("", scale, language.code, language.sign), *PLACES[scale])


def in_unit(found: Found, unit: TableUnit, language: Language, *, fine: bool = False) -> Shown:
    """An amount of the findings in a table's unit, which the table says once."""
    places = unit.fine if fine else unit.places
    return show_money(found, language, scale=unit.scale, decimals=places, unit=False)


def range_in_unit(estimate: Found, unit: TableUnit, language: Language, *, fine: bool = False) -> Line:
    """P10 to P90 of an amount in a table's unit."""
    places = unit.fine if fine else unit.places
    return money_range(estimate, language, scale=unit.scale, decimals=places, unit=False)
