"""w[l,t] = w[l,t-1] + d[l,t] - x[l,t] - e[l,t]: who asked is served, waits on, or gives up."""

from collections.abc import Iterator

import numpy as np

from optimiser.problem import PlanProblem
from optimiser.row import Block
from optimiser.variables import Variables


def waiting_balance(problem: PlanProblem, variables: Variables) -> Iterator[Block]:
    """w[l,t] - w[l,t-1] + x[l,t] + e[l,t] = d[l,t], for every line and period."""
    waited = np.roll(variables.wait_columns, 1, axis=1)
    columns = np.stack([variables.commit_columns, variables.wait_columns, variables.expire_columns, waited], axis=2)
    values = np.broadcast_to([1.0, 1.0, 1.0, -1.0], columns.shape)
    used = np.ones(columns.shape, dtype=bool)
    # Nobody waits before the first period.
    used[:, 0, 3] = False
    yield Block(
        family="waiting_balance",
        stem="waiting",
        sense="=",
        sizes=used.sum(axis=2),
        columns=columns[used],
        values=values[used],
        limits=problem.demand.pathways,
    )
