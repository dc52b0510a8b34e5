"""max sum of v * x[l,t]: as many counted pathways as there can be."""

from optimiser.objectives.aim import Aim
from optimiser.problem import PlanProblem
from optimiser.variables import Variables


def pathways(problem: PlanProblem, variables: Variables) -> Aim:
    """max sum of v * x[l,t]; v is 1, or net of the expected drop-out."""
    return Aim([(variable, problem.value) for variable in variables.all_commits], "pathways")
