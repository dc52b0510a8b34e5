"""A plan that allows for luck: notifications, what knowing more would be worth, and how far sampling may mislead."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import PlanProblem
from optimiser.two_stage.answers import Evaluated, Failure, Solved
from optimiser.two_stage.evaluating import evaluate
from optimiser.two_stage.gap import SampledAnswer, sampled_answer
from optimiser.two_stage.knowing import Knowing, wait_and_see
from optimiser.two_stage.programme import Runs, Varying
from optimiser.two_stage.risk import Risk
from optimiser.two_stage.standing import Standing, solve
from optimiser.under_uncertainty.first_stage import FirstStage, first_stage
from optimiser.under_uncertainty.frozen import SOURCES, mean_need
from optimiser.under_uncertainty.posed import Excess, Posed, posed
from scenarios.allocation import Allocation
from scenarios.need_runs import NeedRuns

Float = NDArray[np.float64]

WEIGHTS = tuple(round(0.1 * step, 1) for step in range(11))
"""The points of the frontier."""


class NoAnswer(Exception):
    """A programme of the plan under uncertainty has no answer; says which and why."""

    def __init__(self, failure: Failure) -> None:
        """Keep the failure."""
        super().__init__(type(failure).__name__)
        self.failure = failure


@dataclass(frozen=True, eq=False)
class UncertainPlan:
    """Notifications that allow for luck.

    Attributes:
        allocation: whole cents by line.
        chosen: the answer at the chosen weight of bad years; what it promises is a bound.
        frontier: (weight, mean, mean of bad years), one a weight; each a bound.
        knowing: RP, WS, EV and EEV in expectation.
        pathways_per_unit: what one more unit of money in the envelope is worth in expectation, in counted pathways.
        first: the first stage, with what it leaves out.
    """

    allocation: Allocation
    chosen: Solved
    frontier: tuple[tuple[float, float, float], ...]
    knowing: Knowing
    pathways_per_unit: float
    first: FirstStage


def plan_under_uncertainty(
    problem: PlanProblem,
    need: NeedRuns,
    level: float,
    weight: float,
    excess: Excess | None = None,
    mean_plan: Allocation | None = None,
) -> UncertainPlan:
    """Notify what will hold.

    Args:
        problem: the question of the mean plan.
        need: what is asked in the runs that the plan is made on.
        level: bad years are the worst (1 - level) share of runs.
        weight: how much they count, 0 to 1.
        excess: how much may fall due beyond appropriations in bad years; nothing in any run where not given.
        mean_plan: what the mean plan notified, as in `knowing`.

    Returns:
        The plan.

    Raises:
        NoAnswer: where no notification keeps the plan's rows, or the solver could not prove one.
    """
    first = first_stage(problem)
    asked = posed(problem, first, need, excess=excess)
    standing = Standing(asked.programme, asked.runs, Risk(0.0, level), asked.bounds)
    weights = sorted({*WEIGHTS, weight})
    answers: dict[float, Solved] = {}
    for number, one in enumerate(weights):
        answers[one] = _proven(standing.under(Risk(one, level)) if number else standing.solve())
    chosen, neutral = answers[weight], answers[0.0]
    return UncertainPlan(
        allocation=Allocation(whole_cents(problem, chosen.first)),
        chosen=chosen,
        frontier=tuple((one, answers[one].mean, answers[one].tail or 0.0) for one in WEIGHTS),
        knowing=knowing(problem, first, need, asked, neutral, excess, mean_plan),
        pathways_per_unit=float(neutral.first_prices[first.envelope_row]),
        first=first,
    )


def knowing(
    problem: PlanProblem,
    first: FirstStage,
    need: NeedRuns,
    asked: Posed,
    recourse: Solved,
    excess: Excess | None = None,
    mean_plan: Allocation | None = None,
) -> Knowing:
    """WS, EV and EEV beside an answer; EV is the programme on the mean of the same runs.

    EEV is what the mean plan comes to that was notified (`mean_plan`): many notifications are as good on means and
    deliver quite differently, and one that a solver happens on is nobody's plan. Where none is given, it is that one.
    Bounds on bad years bind the answer and the plan on means. They do not bind WS, which stays a bound, nor the
    delivery of the plan on means, which may pass them: VSS may then lie below 0.
    """
    on_means = posed(problem, first, mean_need(need), excess=excess)
    expected = solve(on_means.programme, on_means.runs, bounds=on_means.bounds)
    delivered: Evaluated | Failure
    if mean_plan is not None:
        notified = np.asarray(mean_plan.notified_cents, dtype=np.float64) / problem.unit_cents
        delivered = evaluate(asked.programme, notified, asked.runs)
    else:
        delivered = evaluate(asked.programme, expected.first, asked.runs) if isinstance(expected, Solved) else expected
    return Knowing(1.0, recourse, wait_and_see(asked.programme, asked.runs), expected, delivered)


@dataclass(frozen=True)
class SourceValue:
    """What one source of luck weighs: the figures with it frozen at its mean.

    Attributes:
        source: volume, cost, mix or delay.
        evpi, vss: in counted pathways, with the source frozen; None where a figure is missing, or its programme has
            no proven answer.
    """

    source: str
    evpi: float | None
    vss: float | None


def by_source(
    problem: PlanProblem, need: NeedRuns, excess: Excess | None = None, mean_plan: Allocation | None = None
) -> tuple[SourceValue, ...]:
    """Freeze one source of luck at a time.

    Args:
        problem: the question of the mean plan.
        need: what is asked in each run.
        excess, mean_plan: as in `plan_under_uncertainty`.

    Returns:
        One entry a source, in the order of `SOURCES`; a programme that stops leaves its own source without figures.
    """
    first = first_stage(problem)
    told = []
    for source, freeze in SOURCES.items():
        frozen = freeze(need)
        asked = posed(problem, first, frozen, excess=excess)
        best = solve(asked.programme, asked.runs, bounds=asked.bounds)
        if not isinstance(best, Solved):
            told.append(SourceValue(source, None, None))
            continue
        found = knowing(problem, first, frozen, asked, best, excess, mean_plan)
        told.append(SourceValue(source, found.evpi, found.vss))
    return tuple(told)


def sampling_gap(
    problem: PlanProblem,
    need: NeedRuns,
    runs: int,
    replications: int,
    risk: Risk | None,
    excess: Excess | None = None,
) -> SampledAnswer:
    """How far notifications optimised on some runs may be from the best, by runs apart.

    Args:
        problem: the question of the mean plan.
        need: `runs` for the candidate, `runs` for each replication, and the rest, at least 2, fresh.
        runs: how many runs each sample has.
        replications: how many samples.
        risk: what is aimed at.
        excess: as in `plan_under_uncertainty`.

    Returns:
        SampledAnswer.

    Raises:
        NoAnswer: where a sample has no answer.
    """
    asked = posed(problem, first_stage(problem), need, excess=excess)
    fresh = len(need) - runs * (1 + replications)
    samples = _Slices(asked.runs, runs, replications)
    found = sampled_answer(asked.programme, samples, runs, 0, replications, fresh, risk, bounds=asked.bounds)
    if not isinstance(found, SampledAnswer):
        raise NoAnswer(found)
    return found


@dataclass(frozen=True, eq=False)
class _Slices:
    """Samples cut out of a list of runs: the candidate's, each replication's, then fresh ones."""

    runs: Runs
    size: int
    replications: int

    def sample(self, count: int, seed: int, purpose: str, number: int = 0) -> Runs:
        """The runs kept for a purpose."""
        del seed
        first = {"candidate": 0, "replication": self.size * (1 + number)}.get(
            purpose, self.size * (1 + self.replications)
        )
        part = slice(first, first + count)
        varying = tuple(Varying(one.part, one.places, one.values[part]) for one in self.runs.varying)
        return Runs(np.full(count, 1.0 / count), varying)


def whole_cents(problem: PlanProblem, notified: Float) -> tuple[int, ...]:
    """Notifications in whole cents that keep to the envelope.

    Args:
        problem: the question.
        notified: float64 (lines,), in units of money.

    Returns:
        Each the nearest cent; where that passes what may be notified, the largest give the difference.
    """
    cents = [round(float(value)) for value in np.maximum(notified, 0.0) * problem.unit_cents]
    over = sum(cents) - problem.notifiable_cents
    for line in sorted(range(len(cents)), key=lambda at: (-cents[at], at)):
        taken = min(max(over, 0), cents[line])
        cents[line] -= taken
        over -= taken
    return tuple(cents)


def _proven(answer: Solved | Failure) -> Solved:
    if not isinstance(answer, Solved):
        raise NoAnswer(answer)
    return answer
