"""sum of a[l] over the branch's lines <= cap: no branch is notified more than its cap."""

from collections.abc import Iterator

from optimiser.branch_bounds import branch_rows
from optimiser.problem import PlanProblem
from optimiser.row import Row
from optimiser.variables import Variables


def branch_caps(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of a[l] over the lines of branch b <= cap[b], for every cap and branch it names."""
    return branch_rows(problem, variables, problem.constraints.branch_caps, "cap")
