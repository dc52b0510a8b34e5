"""p[l,t] * x[l,t] <= p[l,t] * d[l,t] + what comes back in t: who waits is served by money that was not there before."""

from collections.abc import Iterator

import numpy as np

from optimiser.problem import PlanProblem
from optimiser.row import Block
from optimiser.variables import Variables


def returns_serve_waiting(problem: PlanProblem, variables: Variables) -> Iterator[Block]:
    """p[l,t] * x[l,t] <= p[l,t] * d[l,t] + sum of p[l,s] * (r[l,s,t] - r[l,s,t-1]) * x[l,s] + (c[t] - c[t-1]) * a[l].

    A desk makes nobody wait while there is money, so who waits finds none left; only releases and later notifications
    serve them. Only where the scenario asks for it: it keeps plans from waiting for lower prices, and every plan that
    serves in order keeps it.
    """
    if not problem.returns_serve_waiting or problem.periods < 2:
        return
    lines, later = problem.lines, problem.periods - 1
    price, back, grown = problem.price, problem.returned_share, np.diff(problem.commitment_factor)
    shape = (lines, later, problem.periods + 1)
    # [line, t - 1, s] for s <= t, and the notification last, where what it allows has grown.
    columns, values = np.empty(shape, dtype=np.int64), np.empty(shape)
    columns[:, :, :-1] = variables.commit_columns[:, None, :]
    columns[:, :, -1] = variables.notify_columns[:, None]
    values[:, :, :-1] = (-price[:, :, None] * np.diff(back, axis=2)).transpose(0, 2, 1)
    own = np.arange(later)
    values[:, own, own + 1] = (price * (1.0 - back[:, range(problem.periods), range(problem.periods)]))[:, 1:]
    values[:, :, -1] = -grown
    used = np.ones((later, problem.periods + 1), dtype=bool)
    used[:, :-1] = np.tri(later, problem.periods, 1, dtype=bool)
    used[:, -1] = grown > 0
    yield Block(
        family="returns_serve_waiting",
        stem="returns_serve_waiting",
        sense="<=",
        sizes=np.tile(used.sum(axis=1), (lines, 1)),
        columns=columns[:, used].ravel(),
        values=values[:, used].ravel(),
        limits=(price * problem.demand.pathways)[:, 1:],
        first_period=1,
    )
