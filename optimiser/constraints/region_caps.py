"""served of the region <= cap * all served: no region gets more than its share, by the branches' region shares."""

from collections.abc import Iterator

import numpy as np

from optimiser.naming import numbered
from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row
from optimiser.variables import Variables


def region_caps(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of (g[b(l)] - cap) * x[l,t] <= 0; g is the region's share of the branch's requests."""
    branch = problem.cells.branch_of_line
    ones = np.ones(problem.lines * problem.periods)
    for number, cap in enumerate(problem.constraints.region_caps):
        if (branch < 0).any():
            return
        coefficients = np.repeat(problem.region_share[cap.region][branch] - cap.pathway_share, problem.periods)
        yield Row(
            name=f"region_cap_{numbered('R', number, cap.region)}",
            family="region_cap",
            subject=cap.region,
            terms=[
                (variable, float(coefficient))
                for variable, coefficient in zip(variables.all_commits, coefficients, strict=True)
            ],
            sense="<=",
            limit=0.0,
            dial=Dial(cap.pathway_share, "share", commit_slopes=-ones),
        )
