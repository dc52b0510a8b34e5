"""What binds notifications before demand is known: the plan's own rows, told of the money by line.

Rows on notified money stand as they are. Rows on what is served (floors of size groups, bounds on the mix, of regions,
the mean-cost cap, the service floor) are asked of what the notified money serves at the line's expected price: a
committee promises a floor when it notifies, before it knows who comes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import PlanProblem
from optimiser.program import build
from optimiser.row import Row
from optimiser.two_stage.programme import Stage, entries

Float = NDArray[np.float64]

LATER = ("payments_by_year",)
"""Families that bind each run, see `second_stage`."""


@dataclass(frozen=True, eq=False)
class FirstStage:
    """The first stage of the envelope.

    Attributes:
        stage: one column a line, money notified in units of money; nothing is earned by notifying.
        envelope_row: the row that bounds all notified money.
        left_out: families of the plan's rows that bind neither stage.
    """

    stage: Stage
    envelope_row: int
    left_out: tuple[str, ...]


def first_stage(problem: PlanProblem) -> FirstStage:
    """The rows of a plan that bind notifications.

    Args:
        problem: the question of the mean plan.

    Returns:
        FirstStage.
    """
    program = build(problem)
    served = _served_by_money(problem)
    lines, commits = problem.lines, problem.lines * problem.periods
    rows: list[Float] = []
    lower: list[float] = []
    upper: list[float] = []
    left_out: list[str] = []
    envelope = -1
    arrays = program.arrays
    for number, row in program.stated:
        columns = arrays.columns[arrays.starts[number] : arrays.starts[number + 1]]
        values = arrays.values[arrays.starts[number] : arrays.starts[number + 1]]
        if row.family in LATER:
            continue
        on_money = (columns >= 3 * commits) & (columns < 3 * commits + lines)
        on_served = columns < commits
        if not (on_money | on_served).all() or row.family in TIMED:
            left_out.append(row.family)
            continue
        told = np.zeros(lines)
        np.add.at(told, columns[on_money] - 3 * commits, values[on_money])
        np.add.at(told, columns[on_served] // problem.periods, (values * served[columns % commits])[on_served])
        if row.family == "envelope":
            envelope = len(rows)
        rows.append(told)
        lower.append(-np.inf if row.sense == "<=" else _limit(row))
        upper.append(np.inf if row.sense == ">=" else _limit(row))
    stage = Stage(
        cost=np.zeros(lines),
        column_lower=np.zeros(lines),
        column_upper=np.full(lines, np.inf),
        matrix=entries(np.asarray(rows).reshape(len(rows), lines)),
        row_lower=np.asarray(lower),
        row_upper=np.asarray(upper),
    )
    return FirstStage(stage, envelope, tuple(dict.fromkeys(left_out)))


TIMED = ("commitments_by_date", "instalments", "desk_capacity", "commitment_opening", "desk")
"""Families whose rows are of single dates: what is notified says nothing of them."""


def expected_price(problem: PlanProblem) -> Float:
    """Expected price of a pathway of each line over the horizon, float64 (lines,), in units of money."""
    asked = problem.demand.pathways
    total = asked.sum(axis=1)
    mean = np.divide((asked * problem.price).sum(axis=1), total, out=problem.price.mean(axis=1), where=total > 0)
    return np.asarray(np.maximum(mean, 1e-9), dtype=np.float64)


def _served_by_money(problem: PlanProblem) -> Float:
    """Pathways served in each period by one unit of money notified, flat float64 (lines * periods,)."""
    asked = problem.demand.pathways
    total = asked.sum(axis=1, keepdims=True)
    share = np.divide(asked, total, out=np.full(asked.shape, 1.0 / problem.periods), where=total > 0)
    return np.asarray(share / expected_price(problem)[:, None], dtype=np.float64).ravel()


def _limit(row: Row) -> float:
    return float(row.limit)
