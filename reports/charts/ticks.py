"""Round marks on an axis that does not begin at zero."""

from reports import numbers
from reports.charts.axis import levels_between, places_of


def ticks_between(low: float, high: float, parts: int, code: str) -> tuple[tuple[float, str], ...]:
    """Round counts from below the lowest value to above the highest.

    Args:
        low, high: of what is drawn.
        parts: about how many steps.
        code: of the language.

    Returns:
        (value, label), ascending.
    """
    return count_labels(levels_between(low, high, parts), code)


def count_labels(levels: list[float], code: str) -> tuple[tuple[float, str], ...]:
    """Evenly spaced counts with their labels, in as many places as tell them apart."""
    places = max(places_of(level) for level in levels)
    return tuple((level, numbers.count(level, code, decimals=places).text) for level in levels)


def share_labels(levels: list[float], code: str, *, signed: bool = False) -> tuple[tuple[float, str], ...]:
    """Evenly spaced shares with their labels in per cent, in as many places as tell them apart.

    Args:
        levels: shares, ascending.
        code: of the language.
        signed: they are changes, and bear + as well.
    """
    places = max(0, max(places_of(level) for level in levels) - 2)
    return tuple((level, numbers.share(level, code, decimals=places, signed=signed).text) for level in levels)
