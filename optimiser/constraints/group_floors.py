"""served of the group >= floor share * all served, in pathways or in euros: small companies keep their share."""

from collections.abc import Iterator

import numpy as np

from optimiser.naming import safe_code
from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row
from optimiser.variables import Variables


def group_floors(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of (m[l,g] - floor[g]) * x[l,t] >= 0; in euros the same with p[l,t] * x[l,t]; m is the line's mix.

    A line that mixes groups has one price, so its euros are split like its pathways.
    """
    groups = problem.cells.size_groups
    price = problem.price
    for number, floor in enumerate(problem.constraints.group_floors):
        mix = problem.demand.size_group_share[:, groups.index(floor.size_group)]
        for kind, share, weight in (
            ("pathways", floor.pathway_share, np.ones_like(price)),
            ("euros", floor.euro_share, price),
        ):
            if share is None:
                continue
            coefficients = (mix - share)[:, None] * weight
            yield Row(
                name=f"group_floor_{number + 1}_{kind}_{safe_code(floor.size_group)}",
                family=f"group_floor_{kind}",
                subject=floor.size_group,
                terms=[
                    (variable, float(coefficient))
                    for variable, coefficient in zip(variables.all_commits, coefficients.ravel(), strict=True)
                ],
                sense=">=",
                limit=0.0,
                dial=Dial(share, "share", commit_slopes=-weight.ravel()),
            )
