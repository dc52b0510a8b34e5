"""served of the region >= floor share * all served: every region gets its share, by the branches' region shares."""

from collections.abc import Iterator

from optimiser.problem import PlanProblem
from optimiser.region_bounds import region_rows
from optimiser.row import Row
from optimiser.variables import Variables


def region_floors(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of (g[b(l)] - floor) * x[l,t] >= 0; g is the region's share of the branch's requests."""
    return region_rows(problem, variables, problem.constraints.region_floors, "floor")
