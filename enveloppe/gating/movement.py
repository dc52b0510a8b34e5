"""Whether a mean has moved, or chance alone would move it so far."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

POWER = 0.95
"""How often a movement that a gate must see is seen with the runs that it asks for."""
_CONFIDENCE = 0.95
"""How surely the spread between runs is not larger than reckoned with."""

Float = NDArray[np.float64]


@dataclass(frozen=True)
class Side:
    """A mean with what is known of its error.

    Attributes:
        mean, se: of the figure; se None for a single run.
        runs: how many.
        values: float64 (runs,), where the runs are known.
        probability: the figure is one.
    """

    mean: float
    se: float | None
    runs: int
    values: Float | None = None
    probability: bool = False


@dataclass(frozen=True)
class Movement:
    """A difference against what chance explains.

    Attributes:
        difference: the new mean less the old one.
        error: its standard error; None where it cannot be known.
        paired: run by run on common luck; else two independent means.
        beyond: whether it is more than chance explains at the declared rate.
        spread: the standard deviation of one run's part in the difference, at most (95 % sure); None with `error`.
        freedom: degrees of freedom behind the error.
    """

    difference: float
    error: float | None
    paired: bool
    beyond: bool
    spread: float | None = None
    freedom: float = 0.0

    def runs_to_see(self, size: float, rate: float) -> int | None:
        """How many runs show a movement of a size in 95 of 100 cases.

        Args:
            size: of the movement, in the figure's unit, above 0.
            rate: how often the gate may fail without a movement.

        Returns:
            At least 2; None where the spread is not known.

        Source: n = ((t(1 - rate/2) + t(power)) * spread / size)^2, with Student's quantiles of n - 1.
        """
        if self.spread is None or size <= 0:
            return None
        runs = 2
        for _ in range(100):
            reach = stats.t.ppf(1 - rate / 2, runs - 1) + stats.t.ppf(POWER, runs - 1)
            needed = max(math.ceil((float(reach) * self.spread / size) ** 2), 2)
            if needed <= runs:
                return runs
            runs = min(needed, 2 * runs)
        return runs


def half_width(se: float, runs: int) -> float:
    """Half the width of the 95 % interval of a mean.

    Args:
        se: its standard error.
        runs: behind it, at least 2.

    Returns:
        In the unit of the error. Source: Student's quantile of runs - 1 degrees of freedom, as for movements.
    """
    return float(stats.t.ppf(0.975, max(runs - 1, 1))) * se


def movement(base: Side, other: Side, rate: float, *, common_luck: bool) -> Movement:
    """The movement of a mean.

    Args:
        base, other: the old and the new figure.
        rate: how often chance alone may be taken for a movement.
        common_luck: run k of both met the same requests.

    Returns:
        Paired where both sides are known run by run on common luck. Two single runs, or a side without error, say
        nothing: any difference is beyond chance only where both errors are known.

    Source: Student's test of paired differences; Welch's (1947) of independent means; the test of two proportions with
        their pooled variance for probabilities.
    """
    if common_luck and base.values is not None and other.values is not None:
        gaps = other.values - base.values
        gaps = gaps[~np.isnan(gaps)]
        if len(gaps) > 1:
            return _judged(float(gaps.mean()), float(gaps.std(ddof=1)), len(gaps), len(gaps) - 1.0, rate, paired=True)
    difference = other.mean - base.mean
    if base.probability:
        pooled = (base.mean * base.runs + other.mean * other.runs) / (base.runs + other.runs)
        error = math.sqrt(max(pooled * (1 - pooled), 0.0) * (1 / base.runs + 1 / other.runs))
        return _independent(difference, error, min(base.runs, other.runs), math.inf, rate)
    if base.se is None or other.se is None:
        return Movement(difference, None, paired=False, beyond=False)
    error = math.hypot(base.se, other.se)
    below = base.se**4 / max(base.runs - 1, 1) + other.se**4 / max(other.runs - 1, 1)
    freedom = error**4 / below if below > 0 else 1.0
    return _independent(difference, error, min(base.runs, other.runs), freedom, rate)


def _judged(difference: float, deviation: float, runs: int, freedom: float, rate: float, *, paired: bool) -> Movement:
    error = deviation / math.sqrt(runs)
    beyond = abs(difference) > float(stats.t.ppf(1 - rate / 2, freedom)) * error
    return Movement(difference, error, paired, beyond, _at_most(deviation, freedom), freedom)


def _independent(difference: float, error: float, runs: int, freedom: float, rate: float) -> Movement:
    quantile = stats.norm.ppf(1 - rate / 2) if math.isinf(freedom) else stats.t.ppf(1 - rate / 2, freedom)
    spread = error * math.sqrt(runs)
    known = spread if math.isinf(freedom) else _at_most(spread, freedom)
    return Movement(difference, error, False, abs(difference) > float(quantile) * error, known, freedom)


def _at_most(deviation: float, freedom: float) -> float:
    """The upper end of what a standard deviation may be, given an estimate of it.

    Source: (n - 1) s^2 / sigma^2 is chi-square with n - 1 degrees of freedom.
    """
    return deviation * math.sqrt(freedom / float(stats.chi2.ppf(1 - _CONFIDENCE, freedom)))
