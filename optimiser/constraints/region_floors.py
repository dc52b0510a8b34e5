"""served of the region >= floor share * all served: every region gets its share, by the branches' region shares."""

from collections.abc import Iterator

import numpy as np

from optimiser.naming import numbered
from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row
from optimiser.variables import Variables


def region_floors(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of (g[b(l)] - floor) * x[l,t] >= 0; g is the region's share of the branch's requests."""
    branch = problem.cells.branch_of_line
    ones = np.ones(problem.lines * problem.periods)
    for number, floor in enumerate(problem.constraints.region_floors):
        if (branch < 0).any():
            return
        coefficients = np.repeat(problem.region_share[floor.region][branch] - floor.pathway_share, problem.periods)
        yield Row(
            name=f"region_floor_{numbered('R', number, floor.region)}",
            family="region_floor",
            subject=floor.region,
            terms=[
                (variable, float(coefficient))
                for variable, coefficient in zip(variables.all_commits, coefficients, strict=True)
            ],
            sense=">=",
            limit=0.0,
            dial=Dial(floor.pathway_share, "share", commit_slopes=-ones),
        )
