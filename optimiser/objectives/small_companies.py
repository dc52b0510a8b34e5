"""max sum of v * m[l] * x[l,t]: as many pathways of companies under 50 as there can be."""

from optimiser.objectives.aim import Aim
from optimiser.problem import PlanProblem
from optimiser.variables import Variables


def small_companies(problem: PlanProblem, variables: Variables) -> Aim:
    """max sum of v * m[l] * x[l,t]; m is the line's expected share of groups that lie under 50 employees."""
    mix = problem.value * problem.demand.size_group_share[:, list(problem.under50_groups)].sum(axis=1)
    terms = [(variable, float(mix[line])) for line, row in enumerate(variables.commit) for variable in row]
    return Aim(terms, "pathways")
