"""What a reader of the plan must know and no figure of it says."""

from typing import Any

import numpy as np

from optimiser.constraints.commitments_by_date import commitments_by_date
from optimiser.constraints.desk_capacity import desk_capacity
from optimiser.constraints.instalments import instalments
from optimiser.constraints.payments_by_year import payments_by_year
from optimiser.plan import Plan
from optimiser.problem import PlanProblem
from optimiser.program import build
from optimiser.served_in_order import served_in_order
from scenarios.steering import Priority

TIMED = (commitments_by_date, payments_by_year, instalments, desk_capacity)
"""Constraints that say how much may happen by when."""
WIDEST_RANGE = 1e9
"""Coefficients further apart than this strain double precision."""
NOTABLE_SHARE = 0.005
"""Money left unnotified is told from this share of the distributable money on, where requests go unserved."""
NOTABLE_LOSS = 0.01
"""What serving in order loses against the plan is told from this share of the plan's pathways on."""


def plan_warnings(problem: PlanProblem, plan: Plan | None = None) -> list[dict[str, Any]]:
    """Warnings about a problem, and about its plan where there is one.

    Args:
        problem: the question.
        plan: its answer.

    Returns:
        Entries {code, details}, in a fixed order:
        `branch_bounds_not_expressible` {families, lines}: bounds on branches while lines are not by branch;
        `euro_floor_by_pathway_mix` {size_groups}: a floor in euros on lines that mix size groups, whose euros are taken
        as split like their pathways;
        `share_out_of_reach` {row, family, subject?, asked, best}: a bound that no line can meet, so nothing is served;
        `priority_inside_lines` {by, lines}: parked requests have an order while lines mix what it orders by; the plan
        takes the line's whole mix;
        `quota_thins_demand` {pathways}: what quotas and closings keep out of the demand that the plan sees;
        `told_of_first_objective` {objective, later}: prices and floors are told of the first of several objectives;
        `badly_ranged` {ratio}: coefficients too far apart;
        `money_left_unnotified` {cents, rows}: money left although requests go unserved, and the rows that bind;
        `plan_serves_nothing` {}: requests come, and within the bounds none can be served;
        `mean_cost_cap_shuts_out` {cents, cheapest_cents}: the same, because every line's pathways cost more on average
        than the ceiling on the mean cost;
        `waits_for_lower_prices` {promised, in_order}: serving in order delivers notably less than the plan says, which
        lets requests wait although their line has money;
        `limits_passed_in_order` {rows}: limits in time (appropriations by date, payments, cash, the desk) that serving
        in order would pass on mean demand, since notifications alone do not carry the plan's rhythm;
        `pathways_lost_to_rounding` {pathways}: whole pathways that would break a row;
        `rounding_missed_rows` {rows}: rows that ask for pathways and whose whole part could not be reached.
    """
    return [
        *_bounds(problem),
        *_mixed(problem),
        *_out_of_reach(problem),
        *_steering(problem),
        *_objectives(problem),
        *_range(problem),
        *(_left(problem, plan) if plan else []),
    ]


def _bounds(problem: PlanProblem) -> list[dict[str, Any]]:
    declared = [
        family
        for family, bounds in (
            ("branch_cap", problem.constraints.branch_caps),
            ("branch_floor", problem.constraints.branch_floors),
            ("region_floor", problem.constraints.region_floors),
            ("region_cap", problem.constraints.region_caps),
            ("service_floor", problem.constraints.service_floor_share),
        )
        if bounds
    ]
    if not declared or (problem.cells.branch_of_line >= 0).any():
        return []
    return [{"code": "branch_bounds_not_expressible", "details": {"families": declared, "lines": problem.lines}}]


def _mixed(problem: PlanProblem) -> list[dict[str, Any]]:
    # Shares of one size group alone are 1 up to the last digit.
    mix = problem.demand.size_group_share.round(12)
    groups = problem.cells.size_groups
    found = [
        floor.size_group
        for floor in problem.constraints.group_floors
        if floor.euro_share is not None
        and ((mix[:, groups.index(floor.size_group)] > 0) & (mix[:, groups.index(floor.size_group)] < 1)).any()
    ]
    return [{"code": "euro_floor_by_pathway_mix", "details": {"size_groups": found}}] if found else []


def _out_of_reach(problem: PlanProblem) -> list[dict[str, Any]]:
    program = build(problem)
    asked = problem.demand.pathways.ravel() > 0
    place = program.variables.place
    found = []
    for _, row in program.stated:
        # The ceiling on the mean cost is no share; where it shuts everybody out, a sentence of its own says so.
        if row.dial is None or row.dial.commit_slopes is None or not asked.any() or row.family == "mean_cost_cap":
            continue
        coefficients = np.zeros(len(asked))
        for variable, coefficient in row.terms:
            coefficients[place[id(variable)]] = coefficient
        helpful = coefficients[asked] if row.sense == ">=" else -coefficients[asked]
        if (helpful >= 0).any():
            continue
        best = int(np.flatnonzero(asked)[np.argmax(helpful)])
        reach = row.dial.value - coefficients[best] / row.dial.commit_slopes[best]
        details = {"row": row.name, "family": row.family, "asked": row.dial.value, "best": float(reach)}
        if row.subject is not None:
            details["subject"] = row.subject
        found.append({"code": "share_out_of_reach", "details": details})
    return found


def _steering(problem: PlanProblem) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for rule in problem.steering:
        if isinstance(rule, Priority):
            finer = ("size_group", "size_band") if rule.by == "size_group" else (rule.by,)
            mixed = sum(all(getattr(line, name) is None for name in finer) for line in problem.cells.lines)
            if mixed:
                found.append({"code": "priority_inside_lines", "details": {"by": rule.by, "lines": mixed}})
    kept_out = problem.demand.kept_out
    if kept_out is not None and kept_out.sum() > 0:
        found.append({"code": "quota_thins_demand", "details": {"pathways": float(kept_out.sum())}})
    return found


def _objectives(problem: PlanProblem) -> list[dict[str, Any]]:
    names = [objective.name for objective in problem.objectives]
    if names == ["pathways"]:
        return []
    return [{"code": "told_of_first_objective", "details": {"objective": names[0], "later": names[1:]}}]


def _range(problem: PlanProblem) -> list[dict[str, Any]]:
    prices = problem.price[problem.price > 0]
    numbers = np.concatenate([prices, [1.0, max(1.0, problem.in_units(problem.money.distributable_cents))]])
    ratio = float(numbers.max() / numbers.min())
    return [{"code": "badly_ranged", "details": {"ratio": ratio}}] if ratio > WIDEST_RANGE else []


def _left(problem: PlanProblem, plan: Plan) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    if problem.demand.pathways.sum() >= 1 and plan.objective < 1e-6:
        return [_serves_nothing(problem)]
    left = problem.money.distributable_cents - plan.allocation.total_cents
    unserved = float(problem.demand.pathways.sum() - plan.commit.sum())
    if left > NOTABLE_SHARE * problem.money.distributable_cents and unserved >= 1:
        rows = [price.row for price in plan.prices if price.price]
        told.append({"code": "money_left_unnotified", "details": {"cents": left, "rows": rows}})
    in_order = plan.in_order_pathways
    if in_order is not None and plan.objective - in_order > max(NOTABLE_LOSS * plan.objective, 1.0):
        details = {"promised": plan.objective, "in_order": in_order}
        told.append({"code": "waits_for_lower_prices", "details": details})
    passed = _passed_in_order(problem, plan)
    if passed:
        told.append({"code": "limits_passed_in_order", "details": {"rows": passed}})
    if plan.lost_to_rounding:
        told.append({"code": "pathways_lost_to_rounding", "details": {"pathways": plan.lost_to_rounding}})
    if plan.missed_by_rounding:
        told.append({"code": "rounding_missed_rows", "details": {"rows": list(plan.missed_by_rounding)}})
    return told


def _serves_nothing(problem: PlanProblem) -> dict[str, Any]:
    """Why nobody is served: the ceiling on the mean cost where it alone shuts everybody out."""
    cap = problem.mean_cost_cap_cents
    cheapest = float(problem.demand.price_cents[problem.demand.pathways > 0].min(initial=np.inf))
    if cap is not None and cap < cheapest < np.inf:
        return {"code": "mean_cost_cap_shuts_out", "details": {"cents": cap, "cheapest_cents": round(cheapest)}}
    return {"code": "plan_serves_nothing", "details": {}}


def _passed_in_order(problem: PlanProblem, plan: Plan) -> list[str]:
    """Names of the rows in time that serving in order, with the money notified, would pass by more than 1 %."""
    program = build(problem, TIMED)
    if not program.stated:
        return []
    notified = np.asarray(plan.allocation.notified_cents) / problem.unit_cents
    commit = served_in_order(problem, notified).ravel()
    place = program.variables.place
    found = []
    for _, row in program.stated:
        reached = sum(coefficient * commit[place[id(variable)]] for variable, coefficient in row.terms)
        if reached > row.limit + NOTABLE_LOSS * abs(row.limit):
            found.append(row.name)
    return found
