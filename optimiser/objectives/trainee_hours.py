"""max sum of v * h[l] * x[l,t]: as many hours of training as there can be."""

from optimiser.objectives.aim import Aim
from optimiser.problem import PlanProblem
from optimiser.variables import Variables


def trainee_hours(problem: PlanProblem, variables: Variables) -> Aim:
    """max sum of v * h[l] * x[l,t]; h is the mean hours of a pathway of the line."""
    hours = problem.value * problem.demand.hours
    return Aim(
        [(variable, float(hours[line])) for line, row in enumerate(variables.commit) for variable in row], "hours"
    )
