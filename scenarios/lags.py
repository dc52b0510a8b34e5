"""Lags in whole days as chances, cut at a horizon: what comes later falls out, so nothing beyond it is laid out."""

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from scenarios.distributions import Distribution
from scenarios.variates import TABLE_SIZE, integer_table

Float = NDArray[np.float64]


def lag_chances(distribution: Distribution, horizon_days: int) -> Float:
    """The chance that a lag lasts n whole days.

    Args:
        distribution: in days.
        horizon_days: the longest lag that matters.

    Returns:
        float64 (at most horizon_days + 1,); it sums to less than 1 where lags pass the horizon.
    """
    days = integer_table(distribution, DAY) // DAY
    return np.asarray(np.bincount(days[days <= horizon_days], minlength=1) / TABLE_SIZE, dtype=np.float64)


def after(first: Float, second: Float, horizon_days: int) -> Float:
    """The chances of one lag after another, cut at the horizon: float64 (at most horizon_days + 1,)."""
    return np.asarray(np.convolve(first, second)[: horizon_days + 1], dtype=np.float64)
