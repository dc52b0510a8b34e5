"""min sum of p[l,t] * x[l,t]: what is left to choose is chosen cheapest, on gross commitments."""

from optimiser.objectives.aim import Aim
from optimiser.problem import PlanProblem
from optimiser.variables import Variables


def least_cost(problem: PlanProblem, variables: Variables) -> Aim:
    """min sum of p[l,t] * x[l,t], before any release."""
    cost = -problem.price.ravel()
    terms = [(variable, float(coefficient)) for variable, coefficient in zip(variables.all_commits, cost, strict=True)]
    return Aim(terms, "cents", told_factor=-float(problem.unit_cents))
