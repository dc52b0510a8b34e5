"""What `enveloppe explain` finds out, in plain values; the words are `explained_text`'s."""

from math import ceil
from typing import Any

import numpy as np

from optimiser.attribution import attributed
from optimiser.counterfactual import counterfactual
from optimiser.goal_seek import Goal, envelope_for, share_for
from optimiser.problem import PlanProblem, plan_problem
from optimiser.standing_plan import StandingPlan
from optimiser.value_curve import envelope_curve, point_told, row_curve
from scenarios.foresight import as_lived
from scenarios.loading import Loaded
from scenarios.price_explained import OnePathway, explained_price
from scenarios.scenario import Scenario

SHARED = ("envelope", "mean_cost_cap", "mix_bound", "payments", "instalments", "commitments_by_date", "desk")
"""Families (or the start of their names) that hold every line; a price of theirs is told for each."""


def explained_part(section: dict[str, Any], of: dict[str, Any]) -> dict[str, Any]:
    """A line or a branch: what it asked and got, what its rows are worth, how far the committee may choose.

    Args:
        section: the `plan` section of findings, with sentences.
        of: {"line": key} or {"branch": code}.

    Returns:
        {line|branch, asked_pathways, pathways, notified_cents, interval?, rows[]}.

    Raises:
        KeyError: where the plan has no such line or branch.
    """
    ((what, code),) = of.items()
    lines = [line for line in section["lines"] if line.get(what) == code]
    if not lines:
        raise KeyError(code)
    branch = lines[0].get("branch")
    groups = {line.get("size_group") for line in lines}
    subjects = {branch, *groups, *(line["line"] for line in lines)}
    rows = [
        row for row in section["prices"] if row["family"].startswith(SHARED) or row.get("subject") in subjects - {None}
    ]
    told: dict[str, Any] = {
        what: code,
        "asked_pathways": sum(line["asked_pathways"] for line in lines),
        "pathways": sum(line["pathways"] for line in lines),
        "notified_cents": sum(line["notified_cents"] for line in lines),
        "rows": [row for row in rows if row["binding"] and row["price"]] or rows[:1],
    }
    interval = next((one for one in section.get("intervals", ()) if one["branch"] == branch), None)
    if interval is not None:
        told["interval"] = interval
    return told


def explained_change(standing: StandingPlan, branch: str) -> dict[str, Any]:
    """What would give a branch all that it asks, one figure at a time."""
    found = counterfactual(standing, branch)
    return {
        "branch": branch,
        "counts": standing.problem.counts,
        "asked_pathways": found.asked,
        "pathways": found.served,
        "changes": [
            {
                "lever": change.lever,
                "row": change.row,
                "present_cents": round(change.present_cents),
                **({} if change.needed_cents is None else {"needed_cents": ceil(change.needed_cents)}),
                **({} if change.advised_cents is None else {"advised_cents": change.advised_cents}),
                **({} if change.pathways is None else {"pathways_change": change.pathways}),
            }
            for change in found.changes
        ],
    }


def explained_curve(standing: StandingPlan, row: str) -> dict[str, Any]:
    """The worth of a figure from 60 to 120 %: of the envelope with what is a share of it, or of one row alone."""
    if row == "envelope":
        points = [point_told(point, "envelope_cents") for point in envelope_curve(standing)]
        return {"row": row, "unit": "cents", "counts": standing.problem.counts, "points": points}
    dial = standing.program.row(standing.program.row_index(row)).dial
    unit = dial.unit if dial is not None else ""
    figure = "figure_cents" if unit == "cents" else "figure"
    points = [point_told(point, figure) for point in row_curve(standing, row)]
    found = {"row": row, "unit": unit, "counts": standing.problem.counts, "points": points}
    told = standing.program.row(standing.program.row_index(row))
    return {**found, "family": told.family, "subject": told.subject}


def explained_goal(scenario: Scenario, standing: StandingPlan, pathways: float) -> dict[str, Any]:
    """The least envelope, and the greatest share of pay, with which the plan counts some pathways."""
    found: dict[str, Any] = {"pathways": pathways, "counts": standing.problem.counts}
    found["envelope"] = _goal(envelope_for(standing, pathways), "cents")
    if scenario.scheme.pay_support.payer == "envelope":
        found["support_share"] = _goal(
            share_for(lambda share: with_support_share(scenario, share), pathways, precision=1e-3), "share"
        )
    return found


def with_support_share(scenario: Scenario, share: float) -> PlanProblem:
    """The plan's question with pay taken over at one share throughout, demand staying as it is."""
    support = scenario.scheme.pay_support
    shares = tuple(row.model_copy(update={"support_share": share}) for row in support.shares)
    scheme = scenario.scheme.model_copy(update={"pay_support": support.model_copy(update={"shares": shares})})
    return plan_problem(scenario.model_copy(update={"scheme": scheme}))


def _goal(goal: Goal, unit: str) -> dict[str, Any]:
    found: dict[str, Any] = {"reached": goal.reached}
    if goal.figure is not None:
        found[unit] = round(goal.figure) if unit == "cents" else goal.figure
    return found


def explained_difference(before: PlanProblem, after: PlanProblem) -> dict[str, Any]:
    """The difference of two plans by what changed between them; each branch sums to the cent.

    Args:
        before: the other scenario's question.
        after: this scenario's.

    Returns:
        {groups[], pathways_before, pathways_after, pathways{group: change}, branches[{branch, before_cents,
        after_cents, change_cents, cents{group: change, rounding: change}}]}, the greatest changes first.
    """
    found = attributed(before, after)
    change = found.after_cents - found.before_cents
    branches = [
        {
            "branch": found.branches[place],
            "before_cents": int(found.before_cents[place]),
            "after_cents": int(found.after_cents[place]),
            "change_cents": int(change[place]),
            "cents": {
                **{group: int(found.cents[number, place]) for number, group in enumerate(found.groups)},
                "rounding": int(found.rounding_cents[place]),
            },
        }
        for place in np.argsort(-np.abs(change), kind="stable")
    ]
    return {
        "groups": list(found.groups),
        "pathways_before": found.pathways_before,
        "pathways_after": found.pathways_after,
        "pathways": {group: float(found.pathways[number]) for number, group in enumerate(found.groups)},
        "branches": branches,
    }


def explained_pathway(loaded: Loaded, one: OnePathway) -> dict[str, Any]:
    """The price of one pathway, rule by rule."""
    found = explained_price(loaded, one)
    return {
        "day": one.day.isoformat(),
        **({} if found.entitled else {"rates": _rates_in_force(loaded.scenario, one)}),
        "size_band": found.size_band,
        "hours": one.hours,
        "fee_eur_per_hour": one.fee_eur_per_hour,
        "pay_eur_per_hour": one.pay_eur_per_hour,
        "entitled": found.entitled,
        "steps": [{key: value for key, value in vars(step).items() if value not in (None, "")} for step in found.steps],
        "fee_cents": found.fee_cents,
        "support_cents": found.support_cents,
        "price_cents": found.fee_cents + found.support_cents,
    }


def _rates_in_force(scenario: Scenario, one: OnePathway) -> dict[str, Any]:
    """Whether any rate holds on the day of a pathway that has none, the first day of all rates, and their last."""
    rates = as_lived(scenario).scheme.rates
    ends = [rate.until for rate in rates]
    last = None if None in ends else max(end for end in ends if end is not None)
    return {
        "in_force": any(rate.in_force(one.day) for rate in rates),
        "first": min(rate.starts for rate in rates).isoformat(),
        **({} if last is None else {"last": last.isoformat()}),
    }
