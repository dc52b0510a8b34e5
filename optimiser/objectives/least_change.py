"""min sum of |a[l] - previous[l]|: as little money moves from the notification in force as can be."""

from optimiser.objectives.aim import Aim
from optimiser.problem import PlanProblem
from optimiser.variables import Variables


def least_change(problem: PlanProblem, variables: Variables) -> Aim:
    """min sum of m[l], the moves of `notification_moves`, over lines with a notification in force."""
    return Aim([(variable, -1.0) for variable in variables.moves], "cents", told_factor=-float(problem.unit_cents))
