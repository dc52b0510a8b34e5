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
        spread: the standard deviation of one run's part in the difference where both sides have equally many runs, at
            most (95 % sure); None with `error` and for a probability.
        freedom: degrees of freedom behind the error.
        between: of a probability, what it may be (95 % sure) if nothing moved; its spread follows from where it moves.
    """

    difference: float
    error: float | None
    paired: bool
    beyond: bool
    spread: float | None = None
    freedom: float = 0.0
    between: tuple[float, float] | None = None

    def runs_to_see(self, size: float, rate: float) -> int | None:
        """How many runs of each side show a movement of a size in 95 of 100 cases.

        Args:
            size: of the movement, in the figure's unit, above 0.
            rate: how often the gate may fail without a movement.

        Returns:
            At least 2; None where the spread is not known.

        Source: n = ((t(1 - rate/2) + t(power)) * spread / size)^2, with Student's quantiles of n - 1.
        """
        spread = self.spread if self.between is None else _of_a_probability(self.between, size)
        if spread is None or size <= 0:
            return None
        runs = 2
        for _ in range(100):
            reach = stats.t.ppf(1 - rate / 2, runs - 1) + stats.t.ppf(POWER, runs - 1)
            needed = max(math.ceil((float(reach) * spread / size) ** 2), 2)
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
        runs = base.runs + other.runs
        pooled = (base.mean * base.runs + other.mean * other.runs) / runs
        error = math.sqrt(max(pooled * (1 - pooled), 0.0) * (1 / base.runs + 1 / other.runs))
        beyond = abs(difference) > float(stats.norm.ppf(1 - rate / 2)) * error
        return Movement(difference, error, False, beyond, None, math.inf, _wilson(pooled, runs))
    if base.se is None or other.se is None:
        return Movement(difference, None, paired=False, beyond=False)
    error = math.hypot(base.se, other.se)
    below = base.se**4 / max(base.runs - 1, 1) + other.se**4 / max(other.runs - 1, 1)
    freedom = error**4 / below if below > 0 else 1.0
    beyond = abs(difference) > float(stats.t.ppf(1 - rate / 2, freedom)) * error
    return Movement(difference, error, False, beyond, _of_two(base.se, base.runs, other.se, other.runs), freedom)


def _judged(difference: float, deviation: float, runs: int, freedom: float, rate: float, *, paired: bool) -> Movement:
    error = deviation / math.sqrt(runs)
    beyond = abs(difference) > float(stats.t.ppf(1 - rate / 2, freedom)) * error
    return Movement(difference, error, paired, beyond, _at_most(deviation, freedom), freedom)


def _of_two(base_se: float, base_runs: int, other_se: float, other_runs: int) -> float:
    """The spread, at most, of a difference of means of equally many runs, whatever number each side has now.

    Source: the variances of a single run add up; Satterthwaite's (1946) degrees of freedom of their sum.
    """
    first, second = base_se**2 * base_runs, other_se**2 * other_runs
    below = first**2 / max(base_runs - 1, 1) + second**2 / max(other_runs - 1, 1)
    freedom = (first + second) ** 2 / below if below > 0 else 1.0
    return _at_most(math.sqrt(first + second), freedom)


def _wilson(share: float, runs: int) -> tuple[float, float]:
    """Wilson's (1927) interval of a probability; each end is passed by the truth in 5 of 100 cases."""
    quantile = float(stats.norm.ppf(_CONFIDENCE))
    middle = (share + quantile**2 / (2 * runs)) / (1 + quantile**2 / runs)
    half = quantile * math.sqrt(share * (1 - share) / runs + (quantile / (2 * runs)) ** 2) / (1 + quantile**2 / runs)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _of_a_probability(between: tuple[float, float], size: float) -> float:
    """The spread, at most, of a difference of two probabilities: they vary the most near one half."""
    low, high = between[0] - size / 2, between[1] + size / 2
    nearest = min(max(0.5, low), high)
    return math.sqrt(2 * nearest * (1 - nearest))


def _at_most(deviation: float, freedom: float) -> float:
    """The upper end of what a standard deviation may be, given an estimate of it.

    Source: (n - 1) s^2 / sigma^2 is chi-square with n - 1 degrees of freedom.
    """
    return deviation * math.sqrt(freedom / float(stats.chi2.ppf(1 - _CONFIDENCE, freedom)))
