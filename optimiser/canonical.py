"""One answer where many are equally good, by a declared order.

Administrative data is tied (few prices, equal weights): many plans serve the same number of pathways and share the
money very differently. Among them, in this order: the least money notified; the least-served line served best, then the
next least-served; each line served as early as its money allows, the earlier line of the file first; and what is left
by a fixed list of weights of which no two sums are equal. Each step keeps all plans that are as good and asks nothing
of the point it starts from, so that the answer is the same whichever solver found the first optimum.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Answer, LiveModel
from optimiser.equally_good import keep_only_equally_good
from optimiser.intervals import BranchInterval, branch_intervals
from optimiser.problem import PlanProblem

Float = NDArray[np.float64]

_MOST_ROUNDS = 40
_MOST_LINES = 512
"""On more lines, or after more rounds, the least-served step ends early and the later steps of the order decide."""
_HOLDING = 1e-6
"""From this price on, of a line's whole demand, the line holds the level down. These prices sum to 1 over the lines."""
_ROUNDING = 1e-9
"""By which a settled line may be served less: held to the last digit, two rows of rounded figures can contradict."""
_GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True, eq=False)
class Canonical:
    """The declared one among the equally good plans.

    Attributes:
        columns: float64 (columns,).
        intervals: the money each branch could get among the equally good plans that notify the least in all.
        iterations: that it took.
    """

    columns: Float
    intervals: tuple[BranchInterval, ...]
    iterations: int


def canonical_plan(problem: PlanProblem, live: LiveModel, optimal: Answer, *, intervals: bool = True) -> Canonical:
    """The declared one among the equally good plans.

    Args:
        problem: the question.
        live: the programme, just solved; it is used up.
        optimal: its answer, by any solver.
        intervals: whether the intervals are wanted too.

    Returns:
        The plan. Where an objective of the order cannot be settled the plan found so far stands.
    """
    size, cells, lines = len(optimal.columns), problem.lines * problem.periods, problem.lines
    notify = slice(3 * cells, 3 * cells + lines)
    current, iterations = optimal, 0

    def settled(cost: Float) -> None:
        nonlocal current, iterations
        keep_only_equally_good(live, current)
        live.set_cost(cost)
        answer = live.run("primal")
        iterations += answer.iterations
        if answer.status == "optimal":
            current = answer

    cost = np.zeros(size)
    cost[notify] = -1.0
    settled(cost)
    keep_only_equally_good(live, current)

    told: tuple[BranchInterval, ...] = ()
    if intervals:
        found = branch_intervals(problem, live, current)
        told, iterations = found.branches, iterations + found.iterations
    shared, spent = _serve_least_served_first(problem, live, current)
    current, iterations = shared, iterations + spent

    # Early periods weigh more; by less than any period, earlier lines; money beyond need goes to the earlier line.
    order = 1.0 - np.arange(lines) / (4.0 * max(lines, 1))
    cost = np.zeros(len(live.standing().cost))
    cost[:cells] = np.outer(order, problem.periods - np.arange(problem.periods)).ravel()
    cost[notify] = 1e-3 * order
    live.set_cost(cost)
    answer = live.run("primal")
    iterations += answer.iterations
    if answer.status == "optimal":
        current = answer
        cost = np.zeros(len(current.columns))
        cost[:cells], cost[notify] = _unequal(cells), _unequal(lines)
        settled(cost)
    return Canonical(_waiting_settled(problem, current.columns[:size]), told, iterations)


def _unequal(count: int) -> Float:
    """Weights between 1 and 2 of which no two small sums are equal, float64 (count,).

    Source: multiples of the golden ratio, less their whole parts (Weyl, 1916).
    """
    return np.asarray(1.0 + np.modf(np.arange(1, count + 1) * _GOLDEN)[0], dtype=np.float64)


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
    open_rows = _served_rows(problem, live, asked, level)
    best, iterations = start, 0
    for _ in range(_MOST_ROUNDS):
        if not open_rows:
            break
        answer = live.run("primal")
        iterations += answer.iterations
        if answer.status != "optimal":
            break
        best = answer
        share = answer.columns[level]
        holding = [line for line, row in open_rows.items() if abs(answer.prices[row]) * asked[line] > _HOLDING]
        if not holding:
            break
        for settled in holding:
            row = open_rows.pop(settled)
            live.set_row_values(row, np.append(np.ones(problem.periods), 0.0))
            live.set_row(row, share * (1 - _ROUNDING) * float(asked[settled]), np.inf)
    return best, iterations


def _served_rows(problem: PlanProblem, live: LiveModel, asked: Float, level: int) -> dict[int, int]:
    """One row a line that asks for something: served - asked * level >= 0; the row of each line."""
    lines = np.flatnonzero(asked > 0) if problem.lines <= _MOST_LINES else np.asarray([], dtype=np.int64)
    width = problem.periods + 1
    columns = lines[:, None] * problem.periods + np.arange(width)
    columns[:, -1] = level
    values = np.ones((len(lines), width))
    values[:, -1] = -asked[lines]
    first = live.add_rows(
        np.zeros(len(lines)),
        np.full(len(lines), np.inf),
        np.arange(0, len(lines) * width + 1, width, dtype=np.int32),
        columns.ravel().astype(np.int32),
        values.ravel(),
    )
    return {int(line): first + number for number, line in enumerate(lines)}


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
