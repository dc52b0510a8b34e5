"""Bars of what was observed of a quantity, with the share of a law that falls into each."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]
Cumulative = Callable[[Float], Float]
"""Share of a law below each of some values."""

MOST_BARS = 24
_SHOWN = 0.975
"""Share of what was observed that has bars of its own; the last bar holds all that lies above."""
_BEYOND = 0.002
"""Share of a law beyond the bars from which the outer bar is said to hold it."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a fitted law, with its 90 % interval: mean, sigma (of the logarithm), median or p90."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Histogram:
    """One attribute, observed and fitted.

    Attributes:
        name, subject: as in `Fitted`; the subject "" of hours and fees is that of requests that name no type.
        unit: of the values.
        count: requests that are counted.
        first, step: where the bars begin, and how wide each is, in the unit.
        below, above: whether the first and the last bar hold what lies beyond them too.
        observed, fitted: float64 (bars,), shares that add up to 1.
        low, high: float64 (bars,), between which the fitted share lies, its parameters at the ends of their intervals.
        parameters: of the law.
    """

    name: str
    subject: str
    unit: str
    count: int
    first: float
    step: float
    below: bool
    above: bool
    observed: Float
    fitted: Float
    low: Float
    high: Float
    parameters: tuple[Parameter, ...]


def histogram(
    name: str,
    subject: str,
    unit: str,
    values: Float,
    weight: Float,
    laws: Sequence[Cumulative],
    parameters: tuple[Parameter, ...],
    least: float | None = None,
) -> Histogram:
    """Put values into bars, and a law beside them.

    Args:
        name, subject, unit: what it is of.
        values, weight: float64 (values,), and what each counts for.
        laws: the fitted law, then those with its parameters at the ends of their intervals.
        parameters: of the law.
        least: the least whole number there is, where the values are whole numbers.

    Returns:
        Histogram.
    """
    first, step, bars = _bars(values, weight, least)
    edges = np.asarray(first + step * np.arange(bars + 1), dtype=np.float64)
    place = np.clip(np.floor((values - first) / step + 1e-9).astype(np.int64), 0, bars - 1)
    observed = np.bincount(place, weight, minlength=bars) / weight.sum()
    # Whole numbers are values rounded: the bar of 3 holds what lies between 2.5 and 3.5.
    cuts = edges if least is None else edges - 0.5

    def shares(cumulative: Cumulative) -> Float:
        inner = cumulative(cuts[1:-1])
        return np.asarray(np.diff(np.concatenate([[0.0], inner, [1.0]])), dtype=np.float64)

    fitted = np.stack([shares(law) for law in laws])
    ends = laws[0](cuts)
    return Histogram(
        name=name,
        subject=subject,
        unit=unit,
        count=len(values),
        first=first,
        step=step,
        below=bool(first > (least or 0) and (values.min() < first or ends[0] > _BEYOND)),
        above=bool(values.max() >= edges[-1] or 1 - ends[-1] > _BEYOND),
        observed=observed,
        fitted=fitted[0],
        low=fitted.min(axis=0),
        high=fitted.max(axis=0),
        parameters=parameters,
    )


def _bars(values: Float, weight: Float, least: float | None) -> tuple[float, float, int]:
    """Where the bars begin, how wide they are and how many: round numbers, nearly all of what was observed."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order]) / weight.sum()
    places = np.minimum(np.searchsorted(reached, (0.005, _SHOWN)), len(values) - 1)
    low, high = (float(value) for value in values[order][places])
    zero = least or 0.0
    start = zero if low < zero + 0.35 * (high - zero) else low
    unit = 0.0 if least is None else 1.0
    step = _round_step(max(high - start, unit, high * 0.1, 1e-6) / MOST_BARS, whole=least is not None)
    first = zero if start == zero else math.floor(start / step) * step
    return first, step, max(math.ceil((high - first + unit) / step - 1e-9), 1)


def _round_step(least: float, *, whole: bool) -> float:
    """The least round step that is no smaller; of whole numbers a whole one."""
    if whole and least <= 1:
        return 1.0
    size = 10.0 ** math.floor(math.log10(least))
    factors = (1, 2, 5, 10) if whole and size < 10 else (1, 2, 2.5, 5, 10)
    return next(size * factor for factor in factors if size * factor >= least * (1 - 1e-9))
