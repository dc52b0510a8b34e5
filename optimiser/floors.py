"""What each floor costs: the plan solved again without it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Answer, Arrays, LiveModel
from optimiser.plan import FloorCost
from optimiser.problem import PlanProblem
from optimiser.program import Program
from optimiser.whole_plan import counted_change, counted_in, counts_pathways_first, whole_plan

Float = NDArray[np.float64]

FLOOR_FAMILIES = (
    "branch_floor",
    "group_floor_pathways",
    "group_floor_euros",
    "mix_bound_min",
    "region_floor",
    "service_floor",
)
ALWAYS_TOLD = ("group_floor_pathways", "group_floor_euros")
"""Told even where they cost nothing: without a floor the optimum halves the share of small companies."""
_FREE = 1e-9
_HELD = 1e-7


@dataclass(frozen=True, eq=False)
class FloorCosts:
    """What floors cost, and the iterations spent on it."""

    floors: tuple[FloorCost, ...]
    iterations: int


def floor_costs(program: Program, arrays: Arrays, live: LiveModel, optimal: Answer, columns: Float) -> FloorCosts:
    """The cost of every floor that has a price, and of every size group's floor.

    Args:
        program: the programme.
        arrays: the same as arrays.
        live: alive with the optimal basis; left as it was found.
        optimal: the first answer.
        columns: float64 (columns,), the plan after its last objective.

    Returns:
        The costs, in the order of the rows: counted pathways of the whole plan, whatever it aims at.
    """
    first_counts = counts_pathways_first(program.problem)
    if first_counts and len(program.problem.objectives) > 1:
        columns = optimal.columns
    activity = arrays.activity(columns)
    now = optimal.objective if first_counts else counted_in(program.problem, columns)
    told, iterations = [], 0
    for number, row in program.stated:
        priced = abs(optimal.prices[number]) > _FREE
        if not first_counts:
            # A later objective may lean on a floor that the first one leaves free.
            priced = priced or bool(activity[number] <= arrays.row_lower[number] + _HELD * max(1.0, abs(now)))
        if row.family not in FLOOR_FAMILIES or not (priced or row.family in ALWAYS_TOLD):
            continue
        pathways, without = now, columns
        if priced:
            live.set_row(number, -np.inf, np.inf)
            answer = live.run()
            iterations += answer.iterations
            if answer.status == "optimal":
                without = answer.columns if first_counts else whole_plan(program, live, answer)
                pathways = answer.objective if first_counts else counted_in(program.problem, without)
            live.set_row(number, arrays.row_lower[number], arrays.row_upper[number])
            if answer.status != "optimal":
                continue
        cost = counted_change(program.problem, pathways, now) or 0.0
        told.append(
            FloorCost(
                row=row.name,
                family=row.family,
                subject=row.subject,
                pathways_cost=max(0.0, cost) if first_counts else cost,
                under50_pathways_with=under50_pathways(program.problem, columns),
                under50_pathways_without=under50_pathways(program.problem, without),
            )
        )
    return FloorCosts(tuple(told), iterations)


def under50_pathways(problem: PlanProblem, columns: Float) -> float | None:
    """Counted pathways of companies under 50 in a plan; None where no size group lies under 50."""
    if not problem.under50_groups:
        return None
    served = columns[: problem.lines * problem.periods].reshape(problem.lines, problem.periods).sum(axis=1)
    mix = problem.demand.size_group_share[:, list(problem.under50_groups)].sum(axis=1)
    return float(problem.value * (mix @ served))
