"""Round marks on an axis that does not begin at zero."""

import math

from reports import numbers
from reports.charts.axis import round_step
from reports.numbers import Written


def ticks_between(low: float, high: float, parts: int, code: str) -> tuple[tuple[float, str], ...]:
    """Round counts from below the lowest value to above the highest.

    Args:
        low, high: of what is drawn.
        parts: about how many steps.
        code: of the language.

    Returns:
        (value, label), ascending.
    """
    step = round_step((high - low) or abs(high) or 1.0, parts)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if last == first:
        last += 1
    decimals = 0 if step >= 1 else 2

    def written(value: float) -> Written:
        return numbers.count(value, code, decimals=decimals)

    return tuple((at * step, written(at * step).text) for at in range(first, last + 1))
