"""The share of pay taken over (sigma) chosen from declared tiers: one programme for each, all told, the best chosen.

A tier changes prices and, as it declares, how many ask; the chosen one becomes the scenario's own share, so that plan
and simulation pay alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from optimiser.bridge import DEFAULT_ITERATION_LIMIT
from optimiser.plan import Infeasible, LimitReached, Plan
from optimiser.problem import PlanProblem, plan_problem
from optimiser.solve import solve
from scenarios.scenario import Scenario
from scenarios.scheme import SupportShare, SupportTier

_AS_GOOD = 1e-9
"""Objectives that differ by less than this share of their size count as equal."""


@dataclass(frozen=True, eq=False)
class TierPlan:
    """A tier with its plan, or why there is none.

    Attributes:
        tier: None for a scenario that declares no tiers.
        scenario: the question with the tier's share in force and its demand; what the simulator must live.
        problem, answer: its plan.
    """

    tier: SupportTier | None
    scenario: Scenario
    problem: PlanProblem
    answer: Plan | Infeasible | LimitReached


@dataclass(frozen=True, eq=False)
class TierChoice:
    """All tiers and the chosen one.

    Attributes:
        chosen: the best plan; the first tier where none has one.
        tiers: every tier in the order of the file; none where the scenario declares none.
    """

    chosen: TierPlan
    tiers: tuple[TierPlan, ...] = ()

    def told(self) -> list[dict[str, Any]]:
        """One entry a tier {support_share, status, chosen, pathways?, support_cents?, objectives?}, plain values."""
        return [_told(one, one is self.chosen) for one in self.tiers]


def plan_with_tiers(scenario: Scenario, iteration_limit: int = DEFAULT_ITERATION_LIMIT) -> TierChoice:
    """The plan of a scenario, under the best of its tiers where it declares any.

    Args:
        scenario: a checked scenario.
        iteration_limit: of each run of the solver.

    Returns:
        The choice: the tier that takes the objectives furthest, in their order; of equals the one that pays more.
    """
    declared = scenario.scheme.pay_support_tiers
    if not declared:
        problem = plan_problem(scenario)
        return TierChoice(TierPlan(None, scenario, problem, solve(problem, iteration_limit)))
    tiers = []
    for tier in declared:
        question = with_tier(scenario, tier)
        problem = plan_problem(question)
        tiers.append(TierPlan(tier, question, problem, solve(problem, iteration_limit)))
    best = tiers[0]
    for one in tiers[1:]:
        if _better(one, best):
            best = one
    return TierChoice(best, tuple(tiers))


def with_tier(scenario: Scenario, tier: SupportTier) -> Scenario:
    """A copy in which a tier's share is in force from the first day on, and its demand asked; it declares no tiers."""
    support = scenario.scheme.pay_support
    first = min([scenario.windows.opens, *(row.starts for row in support.shares)])
    share = SupportShare(starts=first, support_share=tier.support_share)
    groups = {**scenario.inflow.size_group_factors, **tier.demand_factors}
    factors = {
        group: scenario.inflow.size_group_factors.get(group, 1.0) * tier.demand_factors.get(group, 1.0)
        for group in groups
    }
    scheme = scenario.scheme.model_copy(
        update={"pay_support": support.model_copy(update={"shares": (share,)}), "pay_support_tiers": ()}
    )
    inflow = scenario.inflow.model_copy(update={"size_group_factors": factors})
    return scenario.model_copy(update={"scheme": scheme, "inflow": inflow})


def _better(one: TierPlan, other: TierPlan) -> bool:
    if not isinstance(one.answer, Plan):
        return False
    if not isinstance(other.answer, Plan):
        return True
    for ours, theirs in zip(_scores(one.answer), _scores(other.answer), strict=True):
        if abs(ours - theirs) > _AS_GOOD * max(1.0, abs(ours), abs(theirs)):
            return ours > theirs
    return (one.tier.support_share if one.tier else 0.0) > (other.tier.support_share if other.tier else 0.0)


def _scores(plan: Plan) -> Iterator[float]:
    """Objectives in order, larger is better."""
    for reached in plan.objectives:
        yield -reached.value if reached.unit == "cents" else reached.value


def _told(one: TierPlan, chosen: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "support_share": one.tier.support_share if one.tier else 0.0,
        "chosen": chosen,
    }
    if not isinstance(one.answer, Plan):
        return {**told, "status": "infeasible" if isinstance(one.answer, Infeasible) else "limit"}
    return {
        **told,
        "status": "optimal",
        "pathways": float(one.answer.commit.sum()),
        "asked_pathways": float(one.problem.demand.pathways.sum()),
        "support_cents": one.answer.support_cents,
        "objectives": [{"objective": reached.name, "value": reached.value} for reached in one.answer.objectives],
    }
