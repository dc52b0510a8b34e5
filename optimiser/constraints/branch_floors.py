"""sum of a[l] over the branch's lines >= floor: every branch is notified at least its floor."""

from collections.abc import Iterator

from optimiser.branch_bounds import branch_rows
from optimiser.problem import PlanProblem
from optimiser.row import Row
from optimiser.variables import Variables


def branch_floors(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of a[l] over the lines of branch b >= floor[b], for every floor and branch it names."""
    return branch_rows(problem, variables, problem.constraints.branch_floors, "floor")
