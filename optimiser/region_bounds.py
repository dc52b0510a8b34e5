"""A declared bound on what a region gets, as a row over all that is served."""

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

from optimiser.naming import numbered
from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row
from optimiser.variables import Variables
from scenarios.constraints import RegionCap, RegionFloor


def region_rows(
    problem: PlanProblem,
    variables: Variables,
    bounds: Sequence[RegionCap | RegionFloor],
    kind: Literal["cap", "floor"],
) -> Iterator[Row]:
    """A region's share of what is served, held under a cap or above a floor; none where lines are not by branch."""
    branch = problem.cells.branch_of_line
    if (branch < 0).any():
        return
    for number, bound in enumerate(bounds):
        coefficients = np.repeat(problem.region_share[bound.region][branch] - bound.pathway_share, problem.periods)
        yield Row(
            name=f"region_{kind}_{numbered('R', number, bound.region)}",
            family=f"region_{kind}",
            subject=bound.region,
            terms=list(zip(variables.all_commits, coefficients.tolist(), strict=True)),
            sense="<=" if kind == "cap" else ">=",
            limit=0.0,
            dial=Dial(bound.pathway_share, "share", commit_slopes=-np.ones(coefficients.size)),
        )
