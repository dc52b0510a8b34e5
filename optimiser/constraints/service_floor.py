"""sum of x[l,t] over the branch's lines >= phi * what it asks for: no branch is served less than phi."""

from collections.abc import Iterator

import numpy as np

from optimiser.naming import numbered
from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row
from optimiser.variables import Variables


def service_floor(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of x[l,t] over the lines of branch b >= phi * sum of d[l,t], for every branch that asks for anything."""
    share = problem.constraints.service_floor_share
    if share is None:
        return
    for branch, code in enumerate(problem.cells.branches):
        lines = np.flatnonzero(problem.cells.branch_of_line == branch)
        asked = float(problem.demand.pathways[lines].sum())
        if not asked:
            continue
        yield Row(
            name=f"service_floor_{numbered('B', branch, code)}",
            family="service_floor",
            subject=code,
            terms=[(variable, 1.0) for line in lines for variable in variables.commit[line]],
            sense=">=",
            limit=share * asked,
            dial=Dial(share, "share", limit_slope=asked),
        )
