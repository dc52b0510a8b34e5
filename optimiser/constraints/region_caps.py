"""served of the region <= cap * all served: no region gets more than its share, by the branches' region shares."""

from collections.abc import Iterator

from optimiser.problem import PlanProblem
from optimiser.region_bounds import region_rows
from optimiser.row import Row
from optimiser.variables import Variables


def region_caps(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of (g[b(l)] - cap) * x[l,t] <= 0; g is the region's share of the branch's requests."""
    return region_rows(problem, variables, problem.constraints.region_caps, "cap")
