"""The trade-off between two objectives: how far the second can go for each level of the first."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import DEFAULT_ITERATION_LIMIT, Answer, LiveModel, Method
from optimiser.certificate import proven
from optimiser.lexicographic import cost_of, keep
from optimiser.objectives import OBJECTIVES
from optimiser.problem import PlanProblem
from optimiser.program import build
from scenarios.objective_names import ObjectiveName
from scenarios.objectives import Objective

Float = NDArray[np.float64]

DEFAULT_POINTS = 11
_SLACK = 1e-8
"""What a level may lose, relative to the objective's size: to the last digit, there may be no plan to find."""
_METHODS: tuple[Method, ...] = ("dual", "primal", "ipm")
"""Tried in turn until an answer stands its check."""


@dataclass(frozen=True, eq=False)
class FrontPoint:
    """One plan that no other beats in both objectives.

    Attributes:
        first, second: the two values, in the units of the front.
        pathways: counted pathways of the plan.
        notified_cents: float64 (lines,), money notified, before rounding.
    """

    first: float
    second: float
    pathways: float
    notified_cents: Float


@dataclass(frozen=True, eq=False)
class Front:
    """The trade-off between two objectives.

    Attributes:
        first, second: their names.
        first_unit, second_unit: as `Aim.unit`.
        points: from the best of the second to the best of the first; each proven by its certificate.
    """

    first: ObjectiveName
    second: ObjectiveName
    first_unit: str
    second_unit: str
    points: tuple[FrontPoint, ...]


def pareto_front(
    problem: PlanProblem,
    first: ObjectiveName,
    second: ObjectiveName,
    points: int = DEFAULT_POINTS,
    iteration_limit: int = DEFAULT_ITERATION_LIMIT,
) -> Front:
    """The plans between the best of one objective and the best of another.

    Args:
        problem: the question; its own objectives are set aside.
        first, second: two different objectives.
        points: how many levels of the first, evenly spaced, both ends included.
        iteration_limit: of each run.

    Returns:
        The front; without points where there is no plan or none could be proven.

    Source: epsilon-constraint method, the second objective settled before the first is taken again at each level, so
    that no point is beaten (Haimes, Lasdon and Wismer, 1971; Mavrotas, 2009).
    """
    asked = replace(problem, objectives=(Objective(name=first), Objective(name=second)))
    program = build(asked)
    arrays = program.arrays
    place = program.variables.place
    aims = [OBJECTIVES[name](asked, program.variables) for name in (first, second)]
    costs = [cost_of(aim, place) for aim in aims]
    live = LiveModel(arrays, iteration_limit)
    everything = (-np.inf, np.inf)
    if live.run("first").status != "optimal":
        return Front(first, second, aims[0].unit, aims[1].unit, ())
    rows = [keep(live, cost, 0.0, 0.0) for cost in costs]
    for row in rows:
        live.set_row(row, *everything)

    sizes = [1.0, 1.0]

    def best(which: int, least_of_other: float) -> Answer | None:
        """The best of one objective while the other keeps a level; the level is freed again."""
        live.set_cost(costs[which])
        other = rows[1 - which]
        live.set_row(other, least_of_other - _SLACK * sizes[1 - which], np.inf)
        tried = (proven(live, method)[0] for method in _METHODS)
        found = next((answer for answer in tried if answer.status == "optimal"), None)
        live.set_row(other, *everything)
        return found

    top = best(0, -np.inf)
    second_best = best(1, -np.inf)
    if top is None or second_best is None:
        return Front(first, second, aims[0].unit, aims[1].unit, ())
    ends = (top.columns, second_best.columns)
    sizes = [max(1.0, *(abs(float(cost @ columns)) for columns in ends)) for cost in costs]
    low_answer = best(0, float(costs[1] @ second_best.columns))
    if low_answer is None:
        return Front(first, second, aims[0].unit, aims[1].unit, ())
    low, high = float(costs[0] @ low_answer.columns), top.objective
    found = []
    for level in np.linspace(low, high, max(points, 2)) if high - low > 1e-9 * max(1.0, abs(high)) else [high]:
        of_second = best(1, float(level))
        settled = best(0, float(costs[1] @ of_second.columns)) if of_second is not None else None
        if settled is None:
            continue
        columns, cells = settled.columns, problem.lines * problem.periods
        found.append(
            FrontPoint(
                float(costs[0] @ columns) * aims[0].told_factor,
                float(costs[1] @ columns) * aims[1].told_factor,
                float(problem.value * columns[:cells].sum()),
                columns[3 * cells : 3 * cells + problem.lines] * asked.unit_cents,
            )
        )
    return Front(first, second, aims[0].unit, aims[1].unit, tuple(found))


def told_front(front: Front) -> dict[str, Any]:
    """A front in plain values.

    {first, second, first_unit, second_unit, points[{first_value, second_value, pathways}]}
    """
    return {
        "first": front.first,
        "second": front.second,
        "first_unit": front.first_unit,
        "second_unit": front.second_unit,
        "points": [
            {"first_value": point.first, "second_value": point.second, "pathways": point.pathways}
            for point in front.points
        ],
    }
