"""m[l] >= a[l] - previous[l] and m[l] >= previous[l] - a[l]: m is how far a line's money moves."""

from collections.abc import Iterator

from optimiser.problem import PlanProblem
from optimiser.row import Row
from optimiser.variables import Variables


def notification_moves(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """m[l] - a[l] >= -previous[l] and m[l] + a[l] >= previous[l], for lines with a notification in force.

    Only where the least change is an objective.
    """
    in_force = [line for line, cents in enumerate(problem.in_force_cents) if cents is not None]
    for line, move in zip(in_force if variables.moves else [], variables.moves, strict=True):
        previous = problem.in_units(problem.in_force_cents[line] or 0)
        for side, sign in (("up", -1.0), ("down", 1.0)):
            yield Row(
                name=f"move_{side}_{variables.line_names[line]}",
                family="notification_moves",
                subject=problem.cells.lines[line].key,
                terms=[(move, 1.0), (variables.notify[line], sign)],
                sense=">=",
                limit=sign * previous,
            )
