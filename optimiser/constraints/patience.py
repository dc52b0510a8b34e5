"""w[l,t] <= d[l,t-P+1] + ... + d[l,t]: nobody waits longer than P periods, so nothing expired is served."""

from collections.abc import Iterator

import numpy as np

from optimiser.problem import PlanProblem
from optimiser.row import Block
from optimiser.variables import Variables


def patience(problem: PlanProblem, variables: Variables) -> Iterator[Block]:
    """w[l,t] <= sum of d[l,s] over the last P periods s, for every line and period; the oldest are served first."""
    asked, longest = problem.demand.pathways, problem.patience_periods
    # Summed period by period and not as a difference of sums, whose last digits would differ.
    recent = [asked[:, max(0, period - longest + 1) : period + 1].sum(axis=1) for period in range(problem.periods)]
    columns = variables.wait_columns
    yield Block(
        family="patience",
        stem="patience",
        sense="<=",
        sizes=np.ones(columns.shape, dtype=np.int64),
        columns=columns.ravel(),
        values=np.ones(columns.size),
        limits=np.stack(recent, axis=1) if longest else np.zeros(columns.shape),
        as_bounds=True,
    )
