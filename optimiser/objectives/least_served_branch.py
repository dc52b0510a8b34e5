"""max u, where u * demand[b] <= served[b]: the branch that is served least is served best (max-min)."""

from optimiser.objectives.aim import Aim
from optimiser.problem import PlanProblem
from optimiser.variables import Variables


def least_served_branch(problem: PlanProblem, variables: Variables) -> Aim:
    """max u; the rows that hold u down are those of `served_level`."""
    return Aim([(variable, 1.0) for variable in variables.level], "share")
