"""sum over s <= t of p[l,s] * (1 - r[l,s,t]) * x[l,s] <= c[t] * a[l]: no line commits more than it was notified."""

from collections.abc import Iterator

import numpy as np

from optimiser.problem import PlanProblem
from optimiser.row import Block
from optimiser.variables import Variables


def line_money(problem: PlanProblem, variables: Variables) -> Iterator[Block]:
    """sum of p[l,s] * (1 - r[l,s,t]) * x[l,s] over s <= t, less c[t] * a[l], <= 0; r is what was released by then.

    c[t] is 1, more after an announced top-up, and (1 + omega) times as much under over-programming.
    """
    lines, periods = problem.lines, problem.periods
    shape = (lines, periods, periods + 1)
    # [line, t, s] for s <= t, and the notification last.
    columns, values = np.empty(shape, dtype=np.int64), np.empty(shape)
    columns[:, :, :-1] = variables.commit_columns[:, None, :]
    columns[:, :, -1] = variables.notify_columns[:, None]
    values[:, :, :-1] = (problem.price[:, :, None] * (1.0 - problem.returned_share)).transpose(0, 2, 1)
    values[:, :, -1] = -problem.commitment_factor
    used = np.ones((periods, periods + 1), dtype=bool)
    used[:, :-1] = np.tri(periods, dtype=bool)
    yield Block(
        family="line_money",
        stem="line_money",
        sense="<=",
        sizes=np.tile(used.sum(axis=1), (lines, 1)),
        columns=columns[:, used].ravel(),
        values=values[:, used].ravel(),
        limits=np.zeros((lines, periods)),
    )
