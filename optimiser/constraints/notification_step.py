"""(1 - step) * previous <= a[l] <= (1 + step) * previous: a line's money moves by at most a share of what it holds."""

import math
from collections.abc import Iterator

from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row, Sense
from optimiser.variables import Variables


def notification_step(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """a[l] >= (1 - step) * previous[l] and a[l] <= (1 + step) * previous[l], for every line with one in force.

    Limits are whole cents, rounded towards the notification in force.
    """
    step = problem.constraints.notification_step_share
    if step is None:
        return
    for line, previous in enumerate(problem.in_force_cents):
        if previous is None:
            continue
        sides: tuple[tuple[str, Sense, int, float], ...] = (
            ("down", ">=", max(math.ceil(previous * (1 - step) - 1e-6), 0), -1.0 if step <= 1 else 0.0),
            ("up", "<=", math.floor(previous * (1 + step) + 1e-6), 1.0),
        )
        for side, sense, cents, sign in sides:
            yield Row(
                name=f"notification_step_{side}_{variables.line_names[line]}",
                family=f"notification_step_{side}",
                subject=problem.cells.lines[line].key,
                terms=[(variables.notify[line], 1.0)],
                sense=sense,
                limit=problem.in_units(cents),
                dial=Dial(step, "share", limit_slope=sign * problem.in_units(previous)),
            )
