"""What nobody can deliver: choosing cell by cell inside lines, told only as a labelled upper bound.

Inside a line requests are served as they come (model.md, section 1); whoever could pick the cheap cells would serve
more. The distance to the plan is what steering by finer lines could bring at most.
"""

from dataclasses import dataclass
from typing import Any

from optimiser.bridge import DEFAULT_ITERATION_LIMIT, LiveModel
from optimiser.certificate import certify
from optimiser.problem import plan_problem
from optimiser.program import build
from scenarios.objectives import Objective
from scenarios.scenario import Scenario


@dataclass(frozen=True)
class UpperBound:
    """A bound on every plan of the scenario, whatever its lines.

    Attributes:
        pathways: counted pathways that choosing by cell would serve; no plan serves more.
        cells: how many cells it chose from.
    """

    pathways: float
    cells: int


def upper_bound(scenario: Scenario, iteration_limit: int = DEFAULT_ITERATION_LIMIT) -> UpperBound | None:
    """The most pathways that choosing by cell would serve, under the constraints of the scenario.

    Steps from the notification in force are left out, since they hold lines and not cells; without them the bound
    is only higher.

    Args:
        scenario: a checked scenario.
        iteration_limit: of the solver.

    Returns:
        The bound; None where there is no plan or the solver could not prove one.
    """
    constraints = scenario.constraints.model_copy(update={"notification_step_share": None})
    planning = scenario.planning.model_copy(
        update={"notifications_in_force": (), "objectives": (Objective(name="pathways"),)}
    )
    problem = plan_problem(
        scenario.model_copy(
            update={
                "lines": ("branch", "size_band", "situation", "pathway"),
                "constraints": constraints,
                "planning": planning,
            }
        )
    )
    program = build(problem)
    arrays = program.arrays
    answer = LiveModel(arrays, iteration_limit).run("first")
    if answer.status != "optimal" or not certify(arrays, answer.columns, answer.prices).holds:
        return None
    return UpperBound(answer.objective, problem.lines)


def told_upper_bound(scenario: Scenario) -> tuple[dict[str, Any], dict[str, Any]]:
    """The bound as part of the `plan` section, and the warning that goes with it.

    Args:
        scenario: a checked scenario.

    Returns:
        {upper_bound: {bound: true, pathways, cells}} ({} where none could be proven), and the warning
        `upper_bound_only` {cells}, or `upper_bound_unknown` {}.
    """
    found = upper_bound(scenario)
    if found is None:
        return {}, {"code": "upper_bound_unknown", "details": {}}
    told = {"bound": True, "pathways": found.pathways, "cells": found.cells}
    return {"upper_bound": told}, {"code": "upper_bound_only", "details": {"cells": found.cells}}
