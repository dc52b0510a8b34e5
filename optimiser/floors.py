"""What each floor costs: the plan solved again without it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Answer, Arrays, LiveModel
from optimiser.plan import FloorCost
from optimiser.problem import PlanProblem
from optimiser.program import Program

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
        columns: float64 (columns,), the plan.

    Returns:
        The costs, in the order of the rows.
    """
    told, iterations = [], 0
    for number, row in program.stated:
        priced = abs(optimal.prices[number]) > _FREE
        if row.family not in FLOOR_FAMILIES or not (priced or row.family in ALWAYS_TOLD):
            continue
        without = optimal
        if priced:
            live.set_row(number, -np.inf, np.inf)
            without = live.run()
            iterations += without.iterations
            live.set_row(number, arrays.row_lower[number], arrays.row_upper[number])
        if without.status != "optimal":
            continue
        told.append(
            FloorCost(
                row=row.name,
                family=row.family,
                subject=row.subject,
                pathways_cost=max(0.0, without.objective - optimal.objective),
                under50_pathways_with=under50_pathways(program.problem, columns),
                under50_pathways_without=under50_pathways(program.problem, without.columns if priced else columns),
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
