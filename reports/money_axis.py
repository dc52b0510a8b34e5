"""Amounts along an axis: one unit for all of them, and as many places as their step has."""

from collections.abc import Sequence

from reports import numbers
from reports.catalogue import Language
from reports.charts.axis import places_of


def money_labels(levels: Sequence[float], language: Language, unit: float = 1.0) -> tuple[tuple[float, str], ...]:
    """Evenly spaced amounts with their labels.

    Args:
        levels: ascending.
        language: of the reader.
        unit: what one of the chart's units is worth, in cents.

    Returns:
        (level in the chart's unit, label).
    """
    cents = [round(level * unit, 6) for level in levels]
    scale = numbers.money_scale(max(abs(amount) for amount in cents))
    places = max(places_of(amount / scale) for amount in cents)

    def label(amount: float) -> str:
        return numbers.money(amount, language.code, scale=scale, decimals=places, sign=language.sign).text

    return tuple((level, label(amount)) for level, amount in zip(levels, cents, strict=True))
