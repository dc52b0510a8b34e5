"""Variates by inverse tables: a draw picks one of 8,192 equally likely integers.

Each entry is the mean of the distribution over its slice, so that the table's mean is the distribution's mean;
entries are rounded to integers in a declared unit. No exponential or logarithm is taken while sampling: their last
bits differ between processors, and a table of integers does not.
"""

import math
from collections.abc import Callable
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from scenarios.distributions import (
    Constant,
    Distribution,
    Exponential,
    LognormalMean,
    LognormalQuantiles,
    Triangular,
    Uniform,
)

Int = NDArray[np.int64]

TABLE_BITS = 13
TABLE_SIZE = 1 << TABLE_BITS
_NORMAL = NormalDist()
_Z90 = _NORMAL.inv_cdf(0.9)


def _partial_means(integral: Callable[[int], float]) -> list[float]:
    """Slice means from the integral of the quantile function up to each slice's edge."""
    edges = [integral(index) for index in range(TABLE_SIZE + 1)]
    return [(edges[index + 1] - edges[index]) * TABLE_SIZE for index in range(TABLE_SIZE)]


@lru_cache(maxsize=1)
def _normal_edges() -> tuple[float, ...]:
    inner = tuple(_NORMAL.inv_cdf(index / TABLE_SIZE) for index in range(1, TABLE_SIZE))
    return (-math.inf, *inner, math.inf)


def _lognormal(mean: float, sigma: float) -> list[float]:
    edges = _normal_edges()
    return _partial_means(lambda index: mean * _NORMAL.cdf(edges[index] - sigma) if index else 0.0)


def _exponential(mean: float) -> list[float]:
    def integral(index: int) -> float:
        left = 1 - index / TABLE_SIZE
        return mean * (1 - left + (left * math.log(left) if left > 0 else 0.0))

    return _partial_means(integral)


def _triangular(low: float, mode: float, high: float) -> list[float]:
    def quantile(u: float) -> float:
        cut = (mode - low) / (high - low)
        if u < cut:
            return low + math.sqrt(u * (high - low) * (mode - low))
        return high - math.sqrt((1 - u) * (high - low) * (high - mode))

    if high == low:
        return [low] * TABLE_SIZE
    points = [(index + 0.5) / TABLE_SIZE for index in range(TABLE_SIZE)]
    return [quantile(u) for u in points]


def mean_of(distribution: Distribution) -> float:
    """The mean of a distribution, by its formula, in the unit of the file."""
    match distribution:
        case Constant():
            return distribution.value_of
        case Uniform():
            return (distribution.low + distribution.high) / 2
        case Triangular():
            return (distribution.low + distribution.mode + distribution.high) / 3
        case Exponential() | LognormalMean():
            return distribution.mean
        case LognormalQuantiles():
            sigma = math.log(distribution.p90 / distribution.median) / _Z90
            return distribution.median * math.exp(sigma * sigma / 2)


@lru_cache(maxsize=512)
def integer_table(distribution: Distribution, scale: int) -> Int:
    """The distribution as equally likely integers.

    Args:
        distribution: as declared in the scenario.
        scale: integers for one unit of the file (100 for cents of a euro, 1440 for minutes of a day).

    Returns:
        int64 (8192,), ascending, read-only.
    """
    match distribution:
        case Constant():
            values = [distribution.value_of] * TABLE_SIZE
        case Uniform():
            width = distribution.high - distribution.low
            values = [distribution.low + width * (index + 0.5) / TABLE_SIZE for index in range(TABLE_SIZE)]
        case Triangular():
            values = _triangular(distribution.low, distribution.mode, distribution.high)
        case Exponential():
            values = _exponential(distribution.mean)
        case LognormalMean():
            values = _lognormal(distribution.mean, distribution.sigma)
        case LognormalQuantiles():
            sigma = math.log(distribution.p90 / distribution.median) / _Z90
            values = _lognormal(mean_of(distribution), sigma)
    table = np.array([math.floor(value * scale + 0.5) for value in values], dtype=np.int64)
    table.setflags(write=False)
    return table


def pick(table: NDArray[np.int64], raw: NDArray[np.uint64]) -> Int:
    """The table's entries that raw draws fall on: int64 of the draws' shape."""
    return np.asarray(table[(raw >> np.uint64(64 - TABLE_BITS)).astype(np.int64)], dtype=np.int64)


def choose_on_day(cumulative: NDArray[np.float64], day: Int, raw: NDArray[np.uint64]) -> Int:
    """The category that each raw draw falls in, by the shares of its day.

    Args:
        cumulative: float64 (categories, days), cumulative shares of each day, the last one 1.
        day: int64 (draws,).
        raw: uint64 (draws,).

    Returns:
        int64 (draws,), the index of the category.
    """
    unit = (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53
    place = np.zeros(len(day), dtype=np.int64)
    for edges in cumulative[:-1]:
        place += unit >= edges[day]
    return place


def whole_below(raw: NDArray[np.uint64], bound: Int) -> Int:
    """Whole numbers, equally likely from 0 to `bound` - 1 (by multiplication; bound below 2^31)."""
    top = (raw >> np.uint64(33)).astype(np.int64)
    return np.asarray((top * bound) >> 31, dtype=np.int64)
