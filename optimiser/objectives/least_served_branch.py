"""max u, where u * demand[b] <= served[b]: the branch that is served least is served best (max-min)."""

from optimiser.objectives.aim import Aim
from optimiser.problem import PlanProblem
from optimiser.variables import Variables


def least_served_branch(problem: PlanProblem, variables: Variables) -> Aim:
    """max D * u; D is all demand, the rows that hold u down are those of `served_level`.

    D alone does not change what is best. Of u itself, below 1, the solver's tolerance left residuals that failed the
    proof (7.5e-7 of a share on the agreement with 160 MEUR); counted in pathways they are below 1e-10 of the objective.
    """
    scale = max(1.0, float(problem.demand.pathways.sum()))
    return Aim([(variable, scale) for variable in variables.level], "share", told_factor=1.0 / scale)
