"""One source of luck frozen at its mean, the others as they were drawn: what knowing that source would be worth."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scenarios.need_runs import NeedRuns

Float = NDArray[np.float64]


def volume_frozen(need: NeedRuns) -> NeedRuns:
    """Every run asks for the same number of pathways in all; lines, periods and prices as drawn."""
    total = need.pathways.sum(axis=(1, 2))
    factor = _ratio(np.full(len(need), total.mean()), total)[:, None, None]
    return NeedRuns(need.pathways * factor, need.cents * factor)


def mix_frozen(need: NeedRuns) -> NeedRuns:
    """Every line asks for its mean share of the run's pathways; volume, periods and prices as drawn."""
    by_line = need.pathways.sum(axis=2)
    total = by_line.sum(axis=1, keepdims=True)
    share = by_line.sum(axis=0) / max(float(by_line.sum()), 1e-9)
    wanted = total * share
    # A line that asked for nothing in a run has no periods or price of its own there: it takes the mean ones.
    profile = np.where(by_line[:, :, None] > 0, _ratio(need.pathways, by_line[:, :, None]), _mean_profile(need)[None])
    price = np.where(by_line > 0, _ratio(need.cents.sum(axis=2), by_line), _mean_price(need)[None])
    pathways = wanted[:, :, None] * profile
    return NeedRuns(pathways, pathways * price[:, :, None])


def delay_frozen(need: NeedRuns) -> NeedRuns:
    """Every line spreads its run's pathways over the periods as on average; volumes and prices as drawn."""
    by_line = need.pathways.sum(axis=2)
    pathways = by_line[:, :, None] * _mean_profile(need)[None]
    price = _ratio(need.cents.sum(axis=2), by_line)
    return NeedRuns(pathways, pathways * price[:, :, None])


def cost_frozen(need: NeedRuns) -> NeedRuns:
    """Every line's pathways cost their mean price; pathways as drawn."""
    return NeedRuns(need.pathways, need.pathways * _mean_price(need)[None, :, None])


SOURCES: dict[str, Callable[[NeedRuns], NeedRuns]] = {
    "volume": volume_frozen,
    "cost": cost_frozen,
    "mix": mix_frozen,
    "delay": delay_frozen,
}
"""The sources of luck: a new one is one function above and one row here."""


def mean_need(need: NeedRuns) -> NeedRuns:
    """One run in which every figure is at its mean."""
    return NeedRuns(need.pathways.mean(axis=0)[None], need.cents.mean(axis=0)[None])


def _ratio(top: Float, bottom: Float) -> Float:
    wide_top, wide_bottom = np.broadcast_arrays(top, bottom)
    out: Float = np.divide(wide_top, wide_bottom, out=np.zeros(wide_top.shape), where=wide_bottom > 0)
    return out


def _mean_price(need: NeedRuns) -> Float:
    """Cents of a pathway by line over all runs, float64 (lines,)."""
    return _ratio(need.cents.sum(axis=(0, 2)), need.pathways.sum(axis=(0, 2)))


def _mean_profile(need: NeedRuns) -> Float:
    """Share of a line's pathways in each period over all runs, float64 (lines, periods)."""
    by_period = need.pathways.sum(axis=0)
    return _ratio(by_period, by_period.sum(axis=1, keepdims=True))
