"""Intervals that history shows too narrow, widened: split conformal calibration on the back-test.

Source: Lei, G'Sell, Rinaldo, Tibshirani and Wasserman (2018), "Distribution-free predictive inference for regression",
with residuals in half-widths of the forecast's own interval. Cases of a rolling origin are not exchangeable: the rule
is used to widen, never to narrow.
"""

import math

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]

LEAST_CASES = 15
LEAST_WIDENING = 1.05
MOST_WIDENING = 3.0


def widening(reach: Float, level: float = 0.9) -> float:
    """By how much intervals must be wider for their level to have held.

    Args:
        reach: float64, how far each case lay from its median in half-widths of its interval; NaN is no case.
        level: of the interval.

    Returns:
        1 where they held, or where there are too few cases to tell; at most 3.
    """
    cases = np.sort(reach[~np.isnan(reach)])
    if len(cases) < LEAST_CASES:
        return 1.0
    rank = min(math.ceil((len(cases) + 1) * level), len(cases))
    factor = float(cases[rank - 1])
    return min(factor, MOST_WIDENING) if factor > LEAST_WIDENING else 1.0
