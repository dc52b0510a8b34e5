"""What many runs say together: estimates with their error, and paired differences."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]

PERCENTS = (5, 10, 50, 90, 95)
_DIGITS = 10
"""Significant digits kept of a figure."""


def figure(value: float) -> float:
    """A figure with ten significant digits, so that equal results print equally."""
    return float(f"{value:.{_DIGITS}g}")


def order_statistic(ascending: Float, percent: int) -> float:
    """The smallest of the values that at least so many percent of them do not exceed.

    Args:
        ascending: float64 (values,), at least one, sorted.
        percent: from 1 to 100.

    Returns:
        One of the values: no interpolation between runs that did not happen.
    """
    return float(ascending[max(-(-percent * len(ascending) // 100), 1) - 1])


def estimate(values: Float, unit: str, *, percentile_intervals: bool = False) -> dict[str, Any] | None:
    """The mean over runs, its Monte-Carlo error, and percentiles.

    Args:
        values: float64 (runs,), NaN in runs where the figure does not apply.
        unit: of the values; of "cents", figures are rounded to whole cents.
        percentile_intervals: tell how well each percentile is known, too.

    Returns:
        `{mean, se, p5, p10, p50, p90, p95, unit}`, without `se` for a single run, and for a probability with `low` and
        `high`, its 95 % interval; where asked for, `intervals{p5: [low, high], ...}` with those percentiles that so
        many runs can bound. None where no run has a value.

    Source: standard error = sample standard deviation / sqrt(runs).
    """
    known = np.sort(values[~np.isnan(values)])
    if not len(known):
        return None
    told = _rounding(unit)
    out: dict[str, Any] = {"mean": told(float(known.mean()))}
    if len(known) > 1:
        out["se"] = told(_error(known))
    out.update({f"p{percent}": told(order_statistic(known, percent)) for percent in PERCENTS})
    if unit == "probability":
        low, high = wilson_interval(round(float(known.sum())), len(known))
        out.update({"low": figure(low), "high": figure(high)})
    elif percentile_intervals:
        intervals = _intervals(known, told)
        if intervals:
            out["intervals"] = intervals
    return {**out, "unit": unit}


def _intervals(ascending: Float, told: Callable[[float], float]) -> dict[str, list[float]]:
    ranks = ((percent, interval_ranks(len(ascending), percent)) for percent in PERCENTS)
    return {
        f"p{percent}": [told(float(ascending[rank - 1])) for rank in found]
        for percent, found in ranks
        if found is not None
    }


@lru_cache(maxsize=256)
def interval_ranks(count: int, percent: int) -> tuple[int, int] | None:
    """Which order statistics bound a percentile with at least 95 % confidence, whatever the distribution.

    Args:
        count: independent values, at least 1.
        percent: which percentile, from 1 to 99.

    Returns:
        Two ranks from 1; None where even the least and the greatest value do not bound it so surely.

    Source: David and Nagaraja (2003), "Order Statistics", section 7.1: X(l) to X(u) holds the percentile with
    probability P(l <= B < u), B binomial (count, percent / 100); at most 2.5 % is left on either side.
    """
    from scipy.special import bdtr

    below = np.asarray(bdtr(np.arange(count), count, percent / 100))
    low = int(np.searchsorted(below, 0.025, side="right"))
    high = int(np.searchsorted(below, 0.975, side="left")) + 1
    return (low, high) if low >= 1 and high <= count else None


_Z95 = 1.959963984540054
"""Standard normal quantile of 97.5 %."""


def wilson_interval(happened: int, runs: int) -> tuple[float, float]:
    """The 95 % interval of a probability that was counted over runs.

    It keeps its width where nothing, or everything, happened; the raw share's standard error there is 0.

    Args:
        happened: in how many runs.
        runs: how many, at least 1.

    Returns:
        Its ends, between 0 and 1.

    Source: Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22.
    """
    share, square = happened / runs, _Z95 * _Z95
    middle = (share + square / (2 * runs)) / (1 + square / runs)
    half = _Z95 * math.sqrt(share * (1 - share) / runs + square / (4 * runs * runs)) / (1 + square / runs)
    return (0.0 if happened == 0 else middle - half, 1.0 if happened == runs else middle + half)


def half_width_95(values: Float, unit: str) -> float | None:
    """Half the width of the 95 % interval of a mean, or of a probability.

    Args:
        values: float64 (runs,), NaN in runs where the figure does not apply.
        unit: of the values.

    Returns:
        In the unit of the values; None with fewer than two values.

    Source: Student's quantile of values - 1 degrees of freedom for a mean, as gates take it; Wilson's interval for a
    probability.
    """
    known = np.sort(values[~np.isnan(values)])
    if len(known) < 2:
        return None
    if unit == "probability":
        low, high = wilson_interval(round(float(known.sum())), len(known))
        return (high - low) / 2
    from scipy.special import stdtrit

    return float(stdtrit(len(known) - 1, 0.975)) * _error(known)


def difference(values: Float, others: Float, unit: str) -> dict[str, Any] | None:
    """The mean of paired differences over runs on the same luck, and its error.

    Args:
        values, others: float64 (runs,), NaN where a figure does not apply; such pairs are left out.
        unit: of the values.

    Returns:
        `{mean, se, unit}`, without `se` for a single pair; None where there is no pair.
    """
    gaps = values - others
    gaps = gaps[~np.isnan(gaps)]
    if not len(gaps):
        return None
    told = _rounding(unit)
    out: dict[str, Any] = {"mean": told(float(gaps.mean()))}
    if len(gaps) > 1:
        out["se"] = told(_error(np.sort(gaps)))
    return {**out, "unit": unit}


def _error(values: Float) -> float:
    return float(values.std(ddof=1)) / math.sqrt(len(values))


def _rounding(unit: str) -> Callable[[float], float]:
    return whole_cents if unit == "cents" else figure


def whole_cents(value: float) -> int:
    """A mean of cents in whole cents, half up."""
    return math.floor(value + 0.5)


def ratio(top: NDArray[Any], bottom: NDArray[Any]) -> Float:
    """Top / bottom, NaN where the bottom is 0; float64 of the common shape."""
    top, bottom = np.broadcast_arrays(np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64))
    out: Float = np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom != 0)
    return out


def floats(values: NDArray[np.int64]) -> Float:
    """Whole numbers as float64, of the same shape."""
    return np.asarray(values, dtype=np.float64)


def gini(values: Float) -> Float:
    """The Gini coefficient of each row: 0 where all entries are equal.

    Args:
        values: float64 (runs, entries), at least 0; NaN entries are left out.

    Returns:
        float64 (runs,), NaN where a row has no entry or only zeros.

    Source: G = sum_i (2 i - n - 1) x_(i) / (n sum_i x_i), x sorted, i from 1.
    """
    out = np.full(len(values), np.nan)
    for row, entries in enumerate(values):
        known = np.sort(entries[~np.isnan(entries)])
        total = known.sum()
        if total > 0:
            count = len(known)
            ranks = 2 * np.arange(1, count + 1) - count - 1
            out[row] = (ranks * known).sum() / (count * total)
    return out


def cents_told(values: NDArray[np.int64]) -> dict[str, Any]:
    """The estimate of an amount of money, cents: int64 (runs,)."""
    return estimate(floats(values), "cents") or {}
