"""When nothing is feasible: the cheapest change of figures with which a plan exists."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Arrays, LiveModel
from optimiser.plan import Give, Relaxation
from optimiser.prices import slope_of
from optimiser.problem import PlanProblem
from optimiser.program import Program
from optimiser.row import Dial, Row
from scenarios.relaxation import stands_for

Float = NDArray[np.float64]

LAW: None = None
"""Never gives way."""
AGREEMENT = 100.0
TARGET = 1.0

DEFAULT_WEIGHTS: Mapping[str, float | None] = {
    "envelope": AGREEMENT,
    "branch_cap": TARGET,
    "branch_floor": TARGET,
    "group_floor_pathways": AGREEMENT,
    "group_floor_euros": AGREEMENT,
    "mix_bound_min": TARGET,
    "mix_bound_max": TARGET,
    "mean_cost_cap": AGREEMENT,
    "region_floor": TARGET,
    "region_cap": TARGET,
    "service_floor": TARGET,
    "notification_step_up": TARGET,
    "notification_step_down": TARGET,
    "desk_capacity": TARGET,
    "payments_by_year": LAW,
    "instalments": LAW,
    "commitments_by_date": LAW,
}
"""What giving way costs by family where the scenario does not say: a figure moved by its own size costs its weight.
The law never gives; what the agreement lays down dearly; what is a target cheaply. Families not named never give."""

_NOTHING = 1e-7


def weights_of(problem: PlanProblem) -> dict[str, float | None]:
    """What giving way costs, by family of rows: as the scenario declares, else by default.

    Args:
        problem: the question.

    Returns:
        A weight a family; None for what never gives. A name of the scenario stands for both sides of a bound
        (`mix_bound` for `mix_bound_min` and `mix_bound_max`).
    """
    declared = {row.bound: row.weight for row in problem.relaxation}
    return {
        family: next((weight for bound, weight in declared.items() if stands_for(bound, family)), default)
        for family, default in DEFAULT_WEIGHTS.items()
    }


def cheapest_relaxation(
    program: Program, arrays: Arrays, weights: Mapping[str, float | None] | None = None
) -> Relaxation | None:
    """The figures to change, and by how much, so that a plan exists, at the least weighted change.

    Each row that may give gets a column that lets it give; a change of a figure is measured against the figure itself
    (money that is 0 against the envelope, a share that is 0 against 1). Shares and mean costs give by what their row
    lacks, turned back into the figure at the plan found.

    Args:
        program: a programme that has no plan.
        arrays: the same as arrays.
        weights: by family, None never gives; as the scenario declares where not given.

    Returns:
        What gives; None where no change of these figures helps.

    Source: elastic programming (Chinneck, Feasibility and Infeasibility in Optimization, 2008, section 6.1).
    """
    weights = weights_of(program.problem) if weights is None else weights
    least = least_giving(program, arrays, weights)
    if least is None:
        return None
    columns = least.columns
    gives, cost = [], 0.0
    for number, scale, lack in zip(least.rows, least.scales, least.lacks, strict=True):
        row = program.row(number)
        dial = row.dial
        if dial is None or lack <= _NOTHING * max(1.0, abs(row.limit)):
            continue
        needed = _outward(dial, dial.value + _change(row, columns, lack))
        cost += (weights.get(row.family) or 0.0) * abs(needed - dial.value) / scale
        gives.append(Give(row.name, row.family, row.subject, dial.unit, dial.value, needed))
    return Relaxation(tuple(gives), cost) if gives else None


class LeastGiving(NamedTuple):
    """How far rows must give so that a plan exists, at the least weighted change.

    Attributes:
        rows: the numbers of the rows that may give.
        scales: the size of the figure behind each, that its change is measured against.
        lacks: by how much each gives, in units of its row.
        columns: float64 (columns,), a plan that exists then.
    """

    rows: list[int]
    scales: list[float]
    lacks: list[float]
    columns: Float


def least_giving(program: Program, arrays: Arrays, weights: Mapping[str, float | None]) -> LeastGiving | None:
    """The least weighted change of rows with which a plan exists; None where none of those that may give helps.

    Args:
        program: whose rows these are; `arrays` may hold further rows and columns behind them.
        arrays: a programme that has no plan, its limits those of a date or of the opening.
        weights: by family, None never gives.
    """
    money = max(float(program.problem.money.distributable_cents), 1.0)
    places, prices, scales = [], [], []
    for number, row in program.stated:
        weight = weights.get(row.family)
        if row.dial is None or weight is None or (row.dial.limit_slope == 0.0 and row.dial.commit_slopes is None):
            continue
        scale = abs(row.dial.value) or (money if row.dial.unit == "cents" else 1.0)
        places.append(number)
        scales.append(scale)
        prices.append(weight / (scale * _row_slope(program, row)))
    if not places:
        return None
    live = LiveModel(_elastic(program, arrays, places, np.asarray(prices)))
    answer = live.run("first")
    if answer.status != "optimal":
        return None
    lacks = answer.columns[len(arrays.cost) :].tolist()
    return LeastGiving(places, scales, lacks, answer.columns[: len(arrays.cost)])


def _elastic(program: Program, arrays: Arrays, places: list[int], prices: Float) -> Arrays:
    """The programme with a giving column in each of some rows, minimising what they cost."""
    sizes = np.diff(arrays.starts)
    extra = np.zeros(len(sizes), dtype=np.int64)
    extra[places] = 1
    starts = np.concatenate([[0], np.cumsum(sizes + extra)]).astype(np.int32)
    columns, values = np.zeros(starts[-1], dtype=np.int32), np.zeros(starts[-1])
    rows = np.repeat(np.arange(len(sizes)), sizes)
    at = np.arange(len(rows)) + np.concatenate([[0], np.cumsum(extra)])[rows]
    columns[at], values[at] = arrays.columns, arrays.values
    for place, number in enumerate(places):
        columns[starts[number + 1] - 1] = len(arrays.cost) + place
        values[starts[number + 1] - 1] = -1.0 if program.row(number).sense == "<=" else 1.0
    zeros = np.zeros(len(places))
    return Arrays(
        cost=np.concatenate([np.zeros(len(arrays.cost)), -prices]),
        col_lower=np.concatenate([arrays.col_lower, zeros]),
        col_upper=np.concatenate([arrays.col_upper, zeros + np.inf]),
        row_lower=arrays.row_lower,
        row_upper=arrays.row_upper,
        starts=starts,
        columns=columns,
        values=values,
        column_names=(*arrays.column_names, *(f"give_{program.row(number).name}" for number in places)),
    )


def _row_slope(program: Program, row: Row) -> float:
    """How far one unit of the figure moves the row: by its limit, or by all pathways asked for where it is a share."""
    dial = row.dial
    if dial is None:
        return 1.0
    if dial.limit_slope:
        return abs(dial.limit_slope)
    asked = program.problem.demand.pathways.ravel()
    return max(float(np.abs(dial.commit_slopes) @ asked), 1e-12) if dial.commit_slopes is not None else 1.0


def _change(row: Row, columns: Float, lack: float) -> float:
    """The change of a figure that gives a row what it lacks at a plan."""
    dial = row.dial
    if dial is None:
        return 0.0
    moved = slope_of(dial, columns)
    sign = 1.0 if row.sense == "<=" else -1.0
    return sign * lack / moved if moved else 0.0


def _outward(dial: Dial, needed: float) -> float:
    """A figure in whole cents, or to a millionth, rounded to the side on which the plan still exists."""
    step = 1.0 if dial.unit == "cents" else 1e-6
    whole = np.ceil(needed / step - 1e-6) if needed > dial.value else np.floor(needed / step + 1e-6)
    return float(round(whole * step, 6))
