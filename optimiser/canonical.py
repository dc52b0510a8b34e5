"""One answer where many are equally good, by a declared order.

Administrative data is tied (few prices, equal weights): many plans serve the same number of pathways and share the
money very differently. Among them, in this order: the least money notified; the least-served line served best, then the
next least-served; each line served as early as its money allows; the earlier line of the file.
"""

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Answer, LiveModel
from optimiser.equally_good import SETTLED, keep_only_equally_good
from optimiser.problem import PlanProblem

Float = NDArray[np.float64]

_MOST_ROUNDS = 40
_MOST_LINES = 512
"""On more lines, or after more rounds, the least-served step ends early and the later steps of the order decide."""


def canonical_columns(problem: PlanProblem, live: LiveModel, optimal: Answer) -> tuple[Float, int]:
    """The declared one among the equally good plans.

    Args:
        problem: the question.
        live: the programme, just solved; it is used up.
        optimal: its answer.

    Returns:
        float64 (columns,), and the iterations that it took. Where an objective of the order cannot be settled the plan
        found so far stands.
    """
    size, cells = len(optimal.columns), problem.lines * problem.periods
    lines = np.arange(problem.lines, dtype=np.float64)
    current, iterations = optimal, 0
    keep_only_equally_good(live, current)

    cost = np.zeros(size)
    cost[3 * cells :] = -1.0
    live.set_cost(cost)
    answer = live.run("primal")
    iterations += answer.iterations
    if answer.status == "optimal":
        current = answer
        keep_only_equally_good(live, current)

    shared, spent = _serve_least_served_first(problem, live, current)
    current, iterations = shared, iterations + spent

    # Early periods weigh more; by less than any period, earlier lines; money beyond need goes to the earlier line.
    order = 1.0 - lines / (4.0 * max(problem.lines, 1))
    cost = np.zeros(size + 1)
    cost[:cells] = np.outer(order, problem.periods - np.arange(problem.periods)).ravel()
    cost[3 * cells : size] = 1e-3 * order
    live.set_cost(cost)
    answer = live.run("primal")
    iterations += answer.iterations
    if answer.status == "optimal":
        current = answer
    return _waiting_settled(problem, current.columns[:size]), iterations


def _serve_least_served_first(problem: PlanProblem, live: LiveModel, start: Answer) -> tuple[Answer, int]:
    """Raise the least served share of the lines' demand, settle the lines that hold it down, and again.

    Source: leximin by successive linear programmes; a line whose row has a price is held at that share in every
    optimum.
    """
    asked = problem.demand.pathways.sum(axis=1)
    size = len(start.columns)
    level = live.add_column(0.0, 0.0, 1.0)
    cost = np.zeros(size + 1)
    cost[level] = 1.0
    live.set_cost(cost)
    open_rows: dict[int, int] = {}
    for line in np.flatnonzero(asked > 0):
        places = np.arange(line * problem.periods, (line + 1) * problem.periods)
        columns = np.append(places, level).astype(np.int32)
        values = np.append(np.ones(len(places)), -asked[line])
        open_rows[int(line)] = live.add_row(0.0, np.inf, columns, values)
    best, iterations = start, 0
    for _ in range(_MOST_ROUNDS if problem.lines <= _MOST_LINES else 0):
        if not open_rows:
            break
        answer = live.run("primal")
        iterations += answer.iterations
        if answer.status != "optimal":
            break
        best = answer
        share = answer.columns[level]
        holding = [line for line, row in open_rows.items() if abs(answer.prices[row]) > SETTLED]
        if not holding:
            break
        for settled in holding:
            row = open_rows.pop(settled)
            live.set_coefficient(row, level, 0.0)
            live.set_row(row, share * float(asked[settled]), np.inf)
    return best, iterations


def _waiting_settled(problem: PlanProblem, columns: Float) -> Float:
    """Let everybody wait until patience ends; who is not served by then gives up. Any other wait is as good."""
    lines, periods, cells = problem.lines, problem.periods, problem.lines * problem.periods
    asked, patience = problem.demand.pathways, problem.patience_periods
    settled = np.maximum(columns, 0.0)
    served = settled[:cells].reshape(lines, periods)
    wait, expire = np.zeros((lines, periods)), np.zeros((lines, periods))
    before = np.zeros(lines)
    for period in range(periods):
        left = np.maximum(before + asked[:, period] - served[:, period], 0.0)
        recent = asked[:, max(0, period - patience + 1) : period + 1].sum(axis=1) if patience else np.zeros(lines)
        wait[:, period] = np.minimum(left, recent)
        expire[:, period] = left - wait[:, period]
        before = wait[:, period]
    settled[cells : 2 * cells], settled[2 * cells : 3 * cells] = wait.ravel(), expire.ravel()
    return settled
