"""What a desk would do with a plan's notifications: serve who comes, in order, while there is money.

The programme may let a request wait for a cheaper period although its line has money; a desk does not. Where prices
fall, the plan therefore promises more than serving in order delivers; this table says how much.
"""

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import PlanProblem

Float = NDArray[np.float64]


def served_in_order(problem: PlanProblem, notified: Float) -> Float:
    """First come, first served on expected demand, within each line's money, patience and releases.

    Args:
        problem: the question.
        notified: float64 (lines,), money notified at the opening, in units of money.

    Returns:
        float64 (lines, periods), pathways committed.
    """
    lines, periods, patience = problem.lines, problem.periods, problem.patience_periods
    commit = np.zeros((lines, periods))
    asked, price = problem.demand.pathways, problem.price
    bound = price[:, :, None] * (1.0 - problem.returned_share)
    allowed = notified[:, None] * problem.commitment_factor
    # Who waits, by the period that they asked in, the oldest first.
    waiting = np.zeros((lines, 0))
    for period in range(periods):
        queue = np.concatenate([waiting, asked[:, period : period + 1]], axis=1)
        spent = (commit[:, :period] * bound[:, :period, period]).sum(axis=1)
        own = bound[:, period, period]
        room = np.maximum(allowed[:, period] - spent, 0.0)
        most = np.divide(room, own, out=np.full(lines, np.inf), where=own > 0)
        served = np.minimum(queue.sum(axis=1), most)
        commit[:, period] = served
        before = np.cumsum(queue, axis=1) - queue
        waiting = queue - np.clip(served[:, None] - before, 0.0, queue)
        waiting = waiting[:, max(0, waiting.shape[1] - patience) :] if patience else np.zeros((lines, 0))
    return commit
