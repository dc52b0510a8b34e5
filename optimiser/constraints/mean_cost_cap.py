"""sum of p[l,t] * x[l,t] <= cap * sum of x[l,t]: committed pathways cost at most the cap on average."""

from collections.abc import Iterator

import numpy as np

from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row
from optimiser.variables import Variables


def mean_cost_cap(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of (p[l,t] - cap) * x[l,t] <= 0, on gross cost, before any release."""
    cap = problem.mean_cost_cap_cents
    if cap is None:
        return
    coefficients = problem.price - problem.in_units(cap)
    yield Row(
        name="mean_cost_cap",
        family="mean_cost_cap",
        terms=[
            (variable, float(coefficient))
            for variable, coefficient in zip(variables.all_commits, coefficients.ravel(), strict=True)
        ],
        sense="<=",
        limit=0.0,
        dial=Dial(cap, "cents_per_pathway", commit_slopes=-np.ones(coefficients.size) / problem.unit_cents),
    )
