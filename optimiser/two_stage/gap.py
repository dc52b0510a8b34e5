"""How far an answer found on a sample may be from the best: multiple replications, each with its own sample."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.two_stage.answers import Evaluated, Failure, Solved
from optimiser.two_stage.evaluating import evaluate
from optimiser.two_stage.programme import TwoStage
from optimiser.two_stage.risk import Risk, TailBound
from optimiser.two_stage.sampling import Source
from optimiser.two_stage.standing import solve

Float = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A figure estimated from a sample: its value, and the ends of its two-sided interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class SampledAnswer:
    """A first stage found on a sample, with what is known of it.

    Attributes:
        first: float64 (columns of the first stage,), the candidate.
        runs: how many it was optimised on.
        bound: the mean optimum of the replications: on average no first stage does better (a lower bound of costs, an
            upper one of gains).
        delivered: what the candidate comes to on fresh runs.
        gap: mean over the replications of what their optimum gains on the candidate, on their own runs; at least 0.
        gap_high: its one-sided upper end: the candidate is no further from the best, at the stated confidence.
        confidence: of all intervals.
    """

    first: Float
    runs: int
    bound: Estimate
    delivered: Estimate
    gap: float
    gap_high: float
    confidence: float

    @property
    def optimum(self) -> tuple[float, float]:
        """Where the true optimum lies, from the outer ends of bound and delivery."""
        return min(self.bound.low, self.delivered.low), max(self.bound.high, self.delivered.high)


def sampled_answer(
    programme: TwoStage,
    source: Source,
    runs: int,
    seed: int,
    replications: int = 10,
    fresh: int = 1000,
    risk: Risk | None = None,
    confidence: float = 0.95,
    bounds: tuple[TailBound, ...] = (),
) -> SampledAnswer | Failure:
    """Solve on one sample, bound the optimum by others, and measure delivery on fresh runs.

    Args:
        programme: the two stages.
        source: where runs come from.
        runs: how many each sample has.
        seed: of the luck.
        replications: how many samples the bound and the gap are estimated on, at least 2.
        fresh: how many runs delivery is measured on; none of them was optimised.
        risk: what is aimed at; with a tail all figures are of the weighted objective, the threshold of the tail being
            part of the candidate.
        confidence: of the intervals.
        bounds: on tails, kept by the candidate and by each replication; delivery is measured without them.

    Returns:
        The candidate with its bounds; the first failure where a sample has no answer.

    Source: Mak, Morton and Wood, 1999, "Monte Carlo bounding techniques for determining solution quality in stochastic
    programs" (multiple replications, common random numbers).
    """
    if replications < 2 or runs < 1 or fresh < 2:
        raise ValueError("a gap needs two replications and two fresh runs at least")
    candidate = solve(programme, source.sample(runs, seed, "candidate"), risk, bounds)
    if not isinstance(candidate, Solved):
        return candidate
    threshold = candidate.threshold(risk, programme.sign)
    optima, gaps = np.zeros(replications), np.zeros(replications)
    for number in range(replications):
        sample = source.sample(runs, seed, "replication", number)
        best, here = solve(programme, sample, risk, bounds), evaluate(programme, candidate.first, sample)
        if not isinstance(best, Solved):
            return best
        if not isinstance(here, Evaluated):
            return here
        optima[number] = best.objective
        reached = float(scores(here.values, risk, threshold, programme.sign).mean())
        gaps[number] = programme.sign * (best.objective - reached)
    later = evaluate(programme, candidate.first, source.sample(fresh, seed, "fresh"))
    if not isinstance(later, Evaluated):
        return later
    return SampledAnswer(
        first=candidate.first,
        runs=runs,
        bound=estimated(optima, confidence),
        delivered=estimated(scores(later.values, risk, threshold, programme.sign), confidence),
        gap=max(float(gaps.mean()), 0.0),
        gap_high=max(float(gaps.mean()) + _student(confidence, replications - 1) * _error(gaps), 0.0),
        confidence=confidence,
    )


def enough_runs(
    programme: TwoStage,
    source: Source,
    seed: int,
    wanted: float,
    first: int = 50,
    most: int = 1600,
    replications: int = 10,
    fresh: int = 1000,
    risk: Risk | None = None,
    confidence: float = 0.95,
) -> tuple[SampledAnswer | Failure, bool]:
    """Double the runs until the gap is no more than a stated share of the bound.

    Args:
        programme, source, seed, replications, fresh, risk, confidence: as `sampled_answer`.
        wanted: the largest upper end of the gap, as a share of the bound's absolute value.
        first, most: the runs to begin with, and the most to try.

    Returns:
        The last answer, and whether it reached the wanted gap.
    """
    runs = first
    while True:
        found = sampled_answer(programme, source, runs, seed, replications, fresh, risk, confidence)
        if not isinstance(found, SampledAnswer):
            return found, False
        reached = found.gap_high <= wanted * abs(found.bound.value)
        if reached or runs * 2 > most:
            return found, reached
        runs *= 2


def scores(values: Float, risk: Risk | None, threshold: float, sign: float) -> Float:
    """What each run adds to the objective: float64 (runs,); their mean is the objective at that threshold."""
    if risk is None:
        return values
    gains = sign * values
    tail = threshold - np.maximum(threshold - gains, 0.0) / (1.0 - risk.level)
    return sign * ((1.0 - risk.weight) * gains + risk.weight * tail)


def estimated(values: Float, confidence: float) -> Estimate:
    """A mean with its two-sided interval by Student's distribution."""
    mean = float(values.mean())
    half = _student((1.0 + confidence) / 2.0, len(values) - 1) * _error(values)
    return Estimate(mean, mean - half, mean + half)


def _student(probability: float, freedom: int) -> float:
    # SciPy takes a quarter of a second to import, and nothing else here needs it.
    from scipy.special import stdtrit

    return float(stdtrit(freedom, probability))


def _error(values: Float) -> float:
    return float(values.std(ddof=1)) / float(np.sqrt(len(values)))
