"""sum of a[l] over the branch's lines <= cap: no branch is notified more than its cap."""

from collections.abc import Iterator

from optimiser.branch_bounds import branch_limits
from optimiser.naming import numbered
from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row
from optimiser.variables import Variables


def branch_caps(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of a[l] over the lines of branch b <= cap[b], for every cap and branch it names."""
    for limit in branch_limits(problem, problem.constraints.branch_caps, "down"):
        code = problem.cells.branches[limit.branch]
        yield Row(
            name=f"branch_cap_{limit.bound + 1}_{numbered('B', limit.branch, code)}",
            family="branch_cap",
            subject=code,
            terms=[(variables.notify[line], 1.0) for line in limit.lines],
            sense="<=",
            limit=problem.in_units(limit.cents),
            dial=Dial(limit.cents, "cents", limit_slope=1 / problem.unit_cents),
        )
