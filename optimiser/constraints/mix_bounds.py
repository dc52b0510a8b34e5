"""min share * all served <= served of some types or situations <= max share * all served."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row, Sense
from optimiser.variables import Variables
from scenarios.constraints import MixBound


def mix_bounds(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of (m[l] - share) * x[l,t] >= 0 for a least share, <= 0 for a greatest one; m is the line's expected mix."""
    ones = np.ones(problem.lines * problem.periods)
    for number, bound in enumerate(problem.constraints.mix_bounds):
        mix = served_share(problem, bound)
        sides: tuple[tuple[str, float | None, Sense], ...] = (
            ("min", bound.min_share, ">="),
            ("max", bound.max_share, "<="),
        )
        for side, share, sense in sides:
            if share is None:
                continue
            coefficients = np.repeat(mix - share, problem.periods)
            yield Row(
                name=f"mix_bound_{side}_{number + 1}",
                family=f"mix_bound_{side}",
                subject="+".join([*(bound.pathway_types or ()), *(bound.situations or ())]),
                terms=[
                    (variable, float(coefficient))
                    for variable, coefficient in zip(variables.all_commits, coefficients, strict=True)
                ],
                sense=sense,
                limit=0.0,
                dial=Dial(share, "share", commit_slopes=-ones),
            )


def served_share(problem: PlanProblem, bound: MixBound) -> NDArray[np.float64]:
    """The expected share of each line's pathways that a bound is about, float64 (lines,).

    Types and situations are drawn independently, so where a bound names both their shares multiply.
    """
    share = np.ones(problem.lines)
    for named, known, table in (
        (bound.pathway_types, problem.cells.pathway_types, problem.demand.pathway_share),
        (bound.situations, problem.cells.situations, problem.demand.situation_share),
    ):
        if named is not None:
            share = share * table[:, [known.index(code) for code in dict.fromkeys(named)]].sum(axis=1)
    return share
