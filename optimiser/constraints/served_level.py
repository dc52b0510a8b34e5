"""sum of x[l,t] over the branch's lines >= u * what it asks for: u is what the least served branch gets."""

from collections.abc import Iterator

import numpy as np

from optimiser.naming import numbered
from optimiser.problem import PlanProblem
from optimiser.row import Row
from optimiser.variables import Variables


def served_level(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of x[l,t] over the lines of branch b, less u * sum of d[l,t], >= 0; only where u is an objective.

    Where lines are not by branch, by line.
    """
    for level in variables.level:
        by_branch = bool((problem.cells.branch_of_line >= 0).all())
        of_line = problem.cells.branch_of_line if by_branch else np.arange(problem.lines)
        codes = problem.cells.branches if by_branch else tuple(line.key for line in problem.cells.lines)
        for place, code in enumerate(codes):
            lines = np.flatnonzero(of_line == place)
            asked = float(problem.demand.pathways[lines].sum())
            if asked:
                yield Row(
                    name=f"served_level_{numbered('B', place, code)}",
                    family="served_level",
                    subject=code,
                    terms=[
                        *((variable, 1.0) for line in lines for variable in variables.commit[line]),
                        (level, -asked),
                    ],
                    sense=">=",
                    limit=0.0,
                )
