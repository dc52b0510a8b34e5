"""The plan as findings: the `plan` section of findings.json (docs/findings.md), sentences left to the reports."""

from typing import Any

import numpy as np

from optimiser.plan import Plan
from optimiser.problem import PlanProblem


def plan_findings(problem: PlanProblem, plan: Plan) -> dict[str, Any]:
    """Tell a plan in plain values.

    Args:
        problem: the question.
        plan: its answer.

    Returns:
        The section; a field that does not apply is absent. `prices` carry no sentence.
    """
    money = problem.money
    notified = plan.allocation.total_cents
    return {
        "status": plan.status,
        "objective": plan.objective,
        "counts": plan.counts,
        "pathways": float(plan.commit.sum()),
        "pathways_whole": sum(plan.whole_pathways),
        "fee_cents": plan.fee_cents,
        "support_cents": plan.support_cents,
        "cost_cents": plan.cost_cents,
        "envelope_cents": money.authorised_cents,
        "management_fee_cents": money.management_fee_cents,
        "reserve_cents": money.reserve_cents,
        "distributable_cents": money.distributable_cents,
        "unnotified_cents": money.distributable_cents - notified,
        **({} if plan.in_order_pathways is None else {"in_order_pathways": plan.in_order_pathways}),
        "objectives": [
            {
                "objective": reached.name,
                "unit": reached.unit,
                "best": reached.best,
                "value": reached.value,
                "tolerance_share": reached.tolerance_share,
            }
            for reached in plan.objectives
        ],
        **_steered(problem),
        "lines": _lines(problem, plan),
        "prices": [
            _present(
                row=price.row,
                family=price.family,
                subject=price.subject,
                binding=price.binding,
                price=price.price,
                unit=price.unit,
                low=price.low,
                high=price.high,
                price_left=price.price_left,
                price_right=price.price_right,
                figure=price.figure,
                change_lower=price.change_lower,
                change_higher=price.change_higher,
            )
            for price in plan.prices
        ],
        "floors": [
            _present(
                row=floor.row,
                family=floor.family,
                subject=floor.subject,
                pathways_cost=floor.pathways_cost,
                under50_pathways_without=floor.under50_pathways_without,
                under50_pathways_with=floor.under50_pathways_with,
            )
            for floor in plan.floors
        ],
        "intervals": _intervals(problem, plan),
        "certificate": {
            "primal": plan.certificate.primal,
            "dual": plan.certificate.dual,
            "gap": plan.certificate.gap,
        },
    }


def _steered(problem: PlanProblem) -> dict[str, Any]:
    kept_out = problem.demand.kept_out
    return {} if kept_out is None else {"kept_out_pathways": float(kept_out.sum())}


def _intervals(problem: PlanProblem, plan: Plan) -> list[dict[str, Any]]:
    """The interval of each branch, wide enough for what rounding to whole pathways notified, and its width."""
    told = []
    for interval in plan.intervals:
        branch = problem.cells.branches.index(interval.branch)
        cents = sum(
            plan.allocation.notified_cents[line] for line in np.flatnonzero(problem.cells.branch_of_line == branch)
        )
        low, high = min(interval.low_cents, cents), max(interval.high_cents, cents)
        told.append(
            {
                "branch": interval.branch,
                "low_cents": low,
                "notified_cents": cents,
                "high_cents": high,
                "range_cents": high - low,
            }
        )
    return told


def _lines(problem: PlanProblem, plan: Plan) -> list[dict[str, Any]]:
    asked = problem.demand.pathways.sum(axis=1)
    served = plan.commit.sum(axis=1)
    # Where nothing is served the price of what is asked stands in.
    weights = np.where(served[:, None] > 0, plan.commit, problem.demand.pathways)
    cents = problem.demand.price_cents
    return [
        _present(
            line=line.key,
            branch=line.branch,
            size_group=line.size_group,
            size_band=line.size_band,
            situation=line.situation,
            pathway=line.pathway,
            notified_cents=plan.allocation.notified_cents[number],
            pathways=float(served[number]),
            pathways_whole=plan.whole_pathways[number],
            asked_pathways=float(asked[number]),
            price_cents=round(float(weights[number] @ cents[number] / weights[number].sum()))
            if weights[number].sum() > 0
            else None,
        )
        for number, line in enumerate(problem.cells.lines)
    ]


def _present(**fields: Any) -> dict[str, Any]:
    """The fields that apply: one that does not is absent, never null."""
    return {key: value for key, value in fields.items() if value is not None}
