"""How much the bad tail counts, and what it is: the mean of the worst share of runs."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]

Tail = Literal["lower", "upper"]


@dataclass(frozen=True)
class Risk:
    """What is aimed at: (1 - weight) * mean + weight * CVaR of the bad tail.

    Attributes:
        weight: lambda, 0 (the mean alone) to 1.
        level: alpha, from 0 to below 1; the tail is the worst (1 - alpha) share, the lower one of gains and the upper
            one of costs.
    """

    weight: float
    level: float

    def __post_init__(self) -> None:
        """Refuse what is no share."""
        if not 0.0 <= self.weight <= 1.0 or not 0.0 <= self.level < 1.0:
            raise ValueError("the weight lies between 0 and 1, the level from 0 to below 1")


@dataclass(frozen=True, eq=False)
class TailBound:
    """A bound on the bad tail of a linear expression f x + g y: its CVaR keeps to a limit.

    Attributes:
        tail: "upper" keeps the mean of the greatest (1 - level) share at or below the limit; "lower" keeps the mean of
            the least share at or above it.
        level: alpha, from 0 to below 1.
        limit: the bound.
        first: f, float64 (columns of the first stage,).
        second: g, float64 (columns of the second stage,).

    Source: Rockafellar and Uryasev, 2002, "Conditional value-at-risk for general loss distributions", theorem 16.
    """

    tail: Tail
    level: float
    limit: float
    first: Float
    second: Float

    def __post_init__(self) -> None:
        """Refuse a level that is none."""
        if not 0.0 <= self.level < 1.0:
            raise ValueError("the level of a tail bound lies from 0 to below 1")


def tail_mean(values: Float, level: float, tail: Tail, probability: Float | None = None) -> float:
    """The conditional value at risk: the mean of the worst (1 - level) share.

    Args:
        values: float64 (runs,).
        level: alpha, from 0 (the mean) to below 1.
        tail: "lower" for gains (the least are bad), "upper" for costs.
        probability: float64 (runs,), equal where not given.

    Returns:
        The mean; a run on the edge of the share counts for the part of it that lies inside.

    Source: Rockafellar and Uryasev, 2002, proposition 8: of costs 10, 20, 30, 40 at 0.6 it is (40 * 0.25 + 30 * 0.15) /
    0.4 = 36.25.
    """
    weight = np.full(len(values), 1.0 / len(values)) if probability is None else probability / probability.sum()
    order = np.argsort(values if tail == "lower" else -values, kind="stable")
    share = 1.0 - level
    upto = np.minimum(np.cumsum(weight[order]), share)
    inside = np.diff(upto, prepend=0.0)
    return float(inside @ values[order]) / float(inside.sum())
