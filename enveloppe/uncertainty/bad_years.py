"""The mean of the worst share of runs, with its Monte-Carlo error."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.two_stage.risk import tail_mean
from sim.statistics import figure

Float = NDArray[np.float64]


def bad_years(values: Float, level: float, unit: str) -> dict[str, Any]:
    """What the worst (1 - level) share of runs comes to on average.

    Args:
        values: float64 (runs,), of which more is better.
        level: the share of runs above the tail.
        unit: of the values.

    Returns:
        `{mean, se, unit}`, without `se` for a single run.

    Source: the mean of the tail is a mean of eta - (eta - value)+ / (1 - level) at the quantile eta, whose standard
    deviation over runs gives its error (Hong and Liu 2009, asymptotic normality of CVaR estimators).
    """
    told: dict[str, Any] = {"mean": figure(tail_mean(values, level, "lower"))}
    if len(values) > 1:
        told["se"] = figure(tail_error(values, level))
    return {**told, "unit": unit}


def tail_error(values: Float, level: float) -> float:
    """The standard error of the mean of the tail; 0 for a single run."""
    if len(values) < 2:
        return 0.0
    parts = tail_parts(values, level)
    return float(np.sort(parts).std(ddof=1)) / math.sqrt(len(values))


def tail_parts(values: Float, level: float) -> Float:
    """What each run adds to the mean of the tail: float64 (runs,), whose mean it is (up to the run on the edge)."""
    ascending = np.sort(values)
    edge = ascending[min(math.floor((1.0 - level) * len(values) + 1e-9), len(values) - 1)]
    return np.asarray(edge - np.maximum(edge - values, 0.0) / (1.0 - level), dtype=np.float64)
