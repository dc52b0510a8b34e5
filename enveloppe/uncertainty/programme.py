"""A plan that allows for luck, as findings: what it notifies, what it promises, what knowing more would be worth."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from enveloppe.advisers import ADVISERS
from enveloppe.uncertainty.delivery import delivered
from optimiser.problem import PlanProblem
from optimiser.two_stage.answers import Evaluated, Failure, Solved
from optimiser.two_stage.gap import Estimate, SampledAnswer
from optimiser.two_stage.knowing import WaitAndSee
from optimiser.two_stage.risk import Risk
from optimiser.under_uncertainty.planning import (
    NoAnswer,
    UncertainPlan,
    by_source,
    plan_under_uncertainty,
    sampling_gap,
)
from optimiser.under_uncertainty.posed import Excess
from scenarios.allocation import Allocation
from scenarios.need_runs import OPTIMISED_RUNS, NeedRuns
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents
from sim.experiment import Experiment, simulate
from sim.kpis import Seen, pathways_committed, pathways_net
from sim.need_by_period import need_by_period
from sim.statistics import difference, figure
from sim.workers import Workers

Progress = Callable[[int, int], None]
Steps = Callable[[str], Progress]
"""Gives the progress of a named step."""

MOST_RUNS = 1600
"""Runs are not doubled beyond this."""


@dataclass(frozen=True, eq=False)
class Made:
    """A plan under uncertainty with what it was made on.

    Attributes:
        plan: the notifications and their figures.
        need: what is asked in the runs that the plan was made on.
        gap: how far it may be from the best.
        reached: whether the wanted gap was reached; None where none was asked for.
    """

    plan: UncertainPlan
    need: NeedRuns
    gap: SampledAnswer
    reached: bool | None


def made(
    scenario: Scenario, problem: PlanProblem, allocation: Allocation, jobs: Workers, steps: Steps
) -> Made | Failure:
    """Make the plan under uncertainty on runs of its own.

    Args:
        scenario: lived.
        problem: the question of its mean plan.
        allocation: what the mean plan notifies.
        jobs: worker processes.
        steps: told how far the draws have come.

    Returns:
        The plan; runs are doubled until the wanted gap is reached, where one is asked for. A failure where no
        notification keeps the plan's rows, or none could be proven.
    """
    try:
        return _made(scenario, problem, allocation, jobs, steps)
    except NoAnswer as none:
        return none.failure


def _made(scenario: Scenario, problem: PlanProblem, allocation: Allocation, jobs: Workers, steps: Steps) -> Made:
    asked = scenario.uncertainty
    runs, risk = asked.planned_runs, Risk(asked.tail_weight, asked.tail_level)
    while True:
        first = OPTIMISED_RUNS
        # The candidate's runs, each replication's, and as many fresh ones to measure its promise on.
        count = runs * (2 + asked.replications)
        need = need_by_period(scenario, range(first, first + count), jobs, steps("drawing"))
        gap = sampling_gap(problem, need, runs, asked.replications, risk if risk.weight else None, excess_of(scenario))
        wanted = asked.wanted_gap_share
        reached = None if wanted is None else gap.gap_high <= wanted * abs(gap.bound.value)
        if reached is not False or runs * 2 > MOST_RUNS:
            break
        runs *= 2
    own = NeedRuns(need.pathways[:runs], need.cents[:runs])
    plan = plan_under_uncertainty(problem, own, asked.tail_level, asked.tail_weight, excess_of(scenario), allocation)
    return Made(plan, own, gap, reached)


def excess_of(scenario: Scenario) -> Excess | None:
    """How much may fall due beyond appropriations in bad years, as the scenario says."""
    asked = scenario.uncertainty
    if asked.payments_excess_eur is None:
        return None
    return Excess(asked.tail_level, eur_to_cents(asked.payments_excess_eur))


def programme_findings(
    scenario: Scenario, problem: PlanProblem, allocation: Allocation, found: Made | Failure
) -> dict[str, Any]:
    """What was found out about a plan under uncertainty, without living it.

    Args:
        scenario: the question.
        problem: of its mean plan.
        allocation: what the mean plan notifies.
        found: the plan under uncertainty.

    Returns:
        The section `uncertainty.programme` of docs/findings.md.
    """
    if not isinstance(found, Made):
        return {"status": type(found).__name__.lower()}
    plan, asked = found.plan, scenario.uncertainty
    pairs = list(zip(plan.allocation.notified_cents, allocation.notified_cents, strict=True))
    told: dict[str, Any] = {
        "status": "optimal",
        "bound": True,
        "runs": len(found.need),
        "tail_weight": asked.tail_weight,
        "counts": scenario.planning.counts,
        "promised": figure(plan.chosen.mean),
        "bad_years": figure(plan.chosen.tail or 0.0),
        "moved_cents": sum(abs(one - other) for one, other in pairs) // 2,
        "unnotified_cents": problem.money.distributable_cents - plan.allocation.total_cents,
        "lines": [
            {"line": line.key, "notified_cents": one, "mean_plan_cents": other}
            for line, (one, other) in zip(problem.cells.lines, pairs, strict=True)
        ],
        "frontier": [
            {"tail_weight": weight, "mean": figure(mean), "bad_years": figure(tail)}
            for weight, mean, tail in plan.frontier
        ],
        "knowing": _knowing(problem, found, allocation, excess_of(scenario)),
        "sampling": _sampling(found),
        "left_out": list(plan.first.left_out),
    }
    return told


def _knowing(problem: PlanProblem, found: Made, allocation: Allocation, excess: Excess | None) -> dict[str, Any]:
    plan = found.plan
    known = plan.knowing
    told: dict[str, Any] = {}
    if isinstance(known.recourse, Solved):
        told["recourse"] = figure(known.recourse.mean)
    if isinstance(known.waited, WaitAndSee):
        told["waited"] = figure(known.waited.mean)
    if isinstance(known.expected, Solved):
        told["expected"] = figure(known.expected.mean)
    if isinstance(known.delivered, Evaluated) and known.delivered.mean is not None:
        told["delivered"] = figure(known.delivered.mean)
    for name, value in (("vss", known.vss), ("evpi", known.evpi)):
        told |= _valued(name, value, problem, plan.pathways_per_unit)
    told["sources"] = [
        {
            "source": source.source,
            **_valued("evpi_less", less(known.evpi, source.evpi), problem, 0.0),
            **_valued("vss_less", less(known.vss, source.vss), problem, 0.0),
        }
        for source in by_source(problem, found.need, excess, allocation)
    ]
    return told


def less(whole: float | None, frozen: float | None) -> float | None:
    """By how much a value falls when a source of luck is frozen; None where either was not found."""
    return None if whole is None or frozen is None else whole - frozen


def _valued(name: str, pathways: float | None, problem: PlanProblem, per_unit: float) -> dict[str, Any]:
    """A figure in pathways, and the money that would buy as many pathways by a larger envelope."""
    if pathways is None or not np.isfinite(pathways):
        return {}
    told: dict[str, Any] = {name: figure(pathways)}
    if per_unit > 1e-9:
        told[f"{name}_cents"] = round(pathways / per_unit * problem.unit_cents)
    return told


def _sampling(found: Made) -> dict[str, Any]:
    gap = found.gap
    told: dict[str, Any] = {
        "runs": gap.runs,
        "bound": _estimate(gap.bound),
        "fresh": _estimate(gap.delivered),
        "gap": figure(gap.gap),
        "gap_high": figure(gap.gap_high),
        "confidence": gap.confidence,
    }
    if gap.bound.value:
        told["gap_share"] = figure(gap.gap_high / abs(gap.bound.value))
    if found.reached is not None:
        told["reached"] = found.reached
    return told


def _estimate(found: Estimate) -> dict[str, float]:
    return {"value": figure(found.value), "low": figure(found.low), "high": figure(found.high)}


def lived(scenario: Scenario, found: Made, experiment: Experiment, jobs: Workers, progress: Progress) -> dict[str, Any]:
    """What the plan under uncertainty delivers on the runs that the mean plan was lived on, fresh to both.

    Args:
        scenario: lived.
        found: the plan.
        experiment: of the mean plan; its first policy is the scenario's.
        jobs: worker processes.
        progress: told how many runs are done.

    Returns:
        A row as `uncertainty.delivery`, with `against_mean_plan{mean, se, unit}`, paired run by run.
    """
    policy = experiment.policies[0].policy
    again = simulate(
        scenario,
        found.plan.allocation,
        policies=(policy,),
        runs=experiment.runs,
        jobs=jobs,
        progress=progress,
        advisers=ADVISERS,
    )
    row = delivered(scenario, found.plan.chosen.mean, again, 0)
    count = pathways_net if scenario.planning.counts == "net" else pathways_committed
    here, there = count(Seen(again, again.policies[0])), count(Seen(experiment, experiment.policies[0]))
    row["against_mean_plan"] = difference(here, there, "pathways")
    return row
