"""What follows when a run's demand is known: each line funds what its money allows, committees move what may move.

Columns, by line first: x[l,t] pathways funded; w[l,t] left waiting (where later money may serve them); for each
committee date k: in[l,k], out[l,k] money moved. Everything sees the whole run: what this stage earns is a bound.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import PlanProblem
from optimiser.two_stage.programme import Entries, Runs, Stage, TwoStage, Varying
from optimiser.under_uncertainty.first_stage import FirstStage
from optimiser.under_uncertainty.line_price import line_prices
from scenarios.need_runs import NeedRuns

Float = NDArray[np.float64]
Int = NDArray[np.int64]


@dataclass(frozen=True)
class Moves:
    """When committees may move money between lines, and how much of it.

    Attributes:
        periods: indices of the periods in which a committee sits, ascending; a date counts from the start of its
            period, which is early: a bound stays one.
        movable_share: the share of a line's open money that may leave at one date.
    """

    periods: tuple[int, ...] = ()
    movable_share: float = 1.0


class _Rows:
    """Rows under construction: entries of both matrices, and what of them varies."""

    def __init__(self) -> None:
        self.count = 0
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.technology: list[tuple[int, int, float]] = []
        self.fixed: list[tuple[int, int, float]] = []
        self.priced: list[tuple[int, int, int, float]] = []
        """(row, column, place of the price, factor): the entry is factor * price of the place."""

    def add(self, lower: float, upper: float) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.count += 1
        return self.count - 1


def envelope_programme(
    problem: PlanProblem, first: FirstStage, need: NeedRuns, moves: Moves, excess: bool = False
) -> tuple[TwoStage, Runs]:
    """The envelope's two-stage programme on some runs.

    Args:
        problem: the question of the mean plan.
        first: its first stage.
        need: what is asked in each run.
        moves: when money may move.
        excess: whether more than its appropriations may fall due in a run of years; the last columns tell how much.

    Returns:
        The programme, in counted pathways and units of money, and its runs, equally likely.
    """
    lines, periods = problem.lines, problem.periods
    cells = lines * periods
    kept = 1.0 - problem.returned_share
    waits = problem.patience_periods > 0 and _money_comes_later(problem, moves)
    move_at = cells * (2 if waits else 1)
    excess_at = move_at + 2 * lines * len(moves.periods)
    columns = excess_at + (payment_windows(problem) if excess else 0)
    rows = _Rows()
    demand_rows = _waiting(rows, lines, periods) if waits else None
    _line_money(rows, problem, kept, moves, move_at)
    _moving(rows, problem, kept, moves, move_at)
    _payments(rows, problem, excess_at if excess else None)
    asked = need.pathways.reshape(len(need), cells)
    price = np.repeat(line_prices(problem, need), periods, axis=1)
    varying = [Varying("column_upper", *_bounds(problem, asked, waits))]
    if demand_rows is not None:
        varying.append(Varying("row_upper", demand_rows, asked))
    recourse, priced = _recourse(rows, columns)
    if len(priced):
        places = np.asarray([place for place, _, _ in priced], dtype=np.int64)
        of = np.asarray([cell for _, cell, _ in priced], dtype=np.int64)
        factor = np.asarray([value for _, _, value in priced])
        varying.append(Varying("recourse", places, price[:, of] * factor))
    cost = np.zeros(columns)
    cost[:cells] = problem.value
    second = Stage(
        cost=cost,
        column_lower=np.zeros(columns),
        column_upper=np.full(columns, np.inf),
        matrix=recourse,
        row_lower=np.asarray(rows.lower),
        row_upper=np.asarray(rows.upper),
    )
    technology = Entries(
        np.asarray([row for row, _, _ in rows.technology], dtype=np.int64),
        np.asarray([line for _, line, _ in rows.technology], dtype=np.int64),
        np.asarray([value for _, _, value in rows.technology], dtype=np.float64),
        (rows.count, lines),
    )
    runs = Runs(np.full(len(need), 1.0 / len(need)), tuple(varying))
    return TwoStage("max", first.stage, second, technology), runs


def _money_comes_later(problem: PlanProblem, moves: Moves) -> bool:
    growing = bool((np.diff(problem.commitment_factor) > 0).any())
    return bool(moves.periods) or growing or bool((problem.returned_share > 1e-9).any())


def _bounds(problem: PlanProblem, asked: Float, waits: bool) -> tuple[Int, Float]:
    """Upper bounds: without waiting x is what is asked; with it w is what was asked within the patience."""
    runs, cells = asked.shape
    if not waits:
        return np.arange(cells, dtype=np.int64), asked
    table = asked.reshape(runs, problem.lines, problem.periods)
    recent = np.zeros_like(table)
    for period in range(problem.periods):
        recent[:, :, period] = table[:, :, max(0, period - problem.patience_periods + 1) : period + 1].sum(axis=2)
    # Who still waits when the plan ends was not served.
    recent[:, :, -1] = 0.0
    return cells + np.arange(cells, dtype=np.int64), recent.reshape(runs, cells)


def _waiting(rows: _Rows, lines: int, periods: int) -> Int:
    """x[t] + w[t] - w[t-1] <= what is asked in t."""
    cells, told = lines * periods, []
    for line in range(lines):
        for period in range(periods):
            row, cell = rows.add(-np.inf, 0.0), line * periods + period
            rows.fixed.extend([(row, cell, 1.0), (row, cells + cell, 1.0)])
            if period:
                rows.fixed.append((row, cells + cell - 1, -1.0))
            told.append(row)
    return np.asarray(told, dtype=np.int64)


def _line_money(rows: _Rows, problem: PlanProblem, kept: Float, moves: Moves, move_at: int) -> None:
    """Money bound by the end of t <= c[t] * a + what committees moved by then; rows that others imply are left out."""
    lines, periods = problem.lines, problem.periods
    for line in range(lines):
        for period in range(periods):
            if period + 1 < periods and _implied(problem, kept, moves, line, period):
                continue
            row = rows.add(-np.inf, 0.0)
            for earlier in range(period + 1):
                cell = line * periods + earlier
                rows.priced.append((row, cell, cell, float(kept[line, earlier, period])))
            for number, when in enumerate(moves.periods):
                if when <= period:
                    into = move_at + 2 * (number * lines + line)
                    rows.fixed.extend([(row, into, -1.0), (row, into + 1, 1.0)])
            rows.technology.append((row, line, -float(problem.commitment_factor[period])))


def _implied(problem: PlanProblem, kept: Float, moves: Moves, line: int, period: int) -> bool:
    """Whether the next period's row is at least as tight: nothing comes back, grows or is moved in between."""
    same = np.allclose(kept[line, : period + 1, period], kept[line, : period + 1, period + 1], rtol=0, atol=1e-9)
    grows = problem.commitment_factor[period + 1] > problem.commitment_factor[period]
    return bool(same and not grows and period + 1 not in moves.periods)


def _moving(rows: _Rows, problem: PlanProblem, kept: Float, moves: Moves, move_at: int) -> None:
    """Committees hand out no more than was taken or never notified; a line gives no more than its open money may."""
    lines, periods = problem.lines, problem.periods
    notifiable = problem.in_units(problem.notifiable_cents)
    for number, when in enumerate(moves.periods):
        row = rows.add(-np.inf, notifiable)
        for line in range(lines):
            rows.technology.append((row, line, 1.0))
            for earlier in range(number + 1):
                into = move_at + 2 * (earlier * lines + line)
                rows.fixed.extend([(row, into, 1.0), (row, into + 1, -1.0)])
        before = when - 1
        for line in range(lines):
            row = rows.add(-np.inf, 0.0)
            rows.fixed.append((row, move_at + 2 * (number * lines + line) + 1, 1.0))
            share = moves.movable_share
            for earlier in range(number):
                into = move_at + 2 * (earlier * lines + line)
                rows.fixed.extend([(row, into, -share), (row, into + 1, share)])
            for period in range(before + 1):
                cell = line * periods + period
                rows.priced.append((row, cell, cell, share * float(kept[line, period, before])))
            factor = float(problem.commitment_factor[max(before, 0)])
            rows.technology.append((row, line, -share * factor))


def payment_windows(problem: PlanProblem) -> int:
    """How many runs of years have appropriations that what falls due must keep to."""
    return 0 if problem.years is None else len(list(problem.years.windows()))


def _payments(rows: _Rows, problem: PlanProblem, excess_at: int | None) -> None:
    """What falls due in a run of years keeps to its appropriations, in every run, or what exceeds them is told."""
    limits = problem.years
    if limits is None:
        return
    for number, (first, last, cents) in enumerate(limits.windows()):
        due = limits.due_share[:, :, first : last + 1].sum(axis=2).ravel()
        row = rows.add(-np.inf, problem.in_units(cents))
        rows.priced.extend((row, int(cell), int(cell), float(due[cell])) for cell in np.flatnonzero(due > 0))
        if excess_at is not None:
            rows.fixed.append((row, excess_at + number, -1.0))


def _recourse(rows: _Rows, columns: int) -> tuple[Entries, list[tuple[int, int, float]]]:
    """The matrix W with the entries that vary at 0, and where those stand: (place, cell of the price, factor)."""
    fixed, priced = rows.fixed, rows.priced
    matrix = Entries(
        np.asarray([row for row, _, _ in fixed] + [row for row, _, _, _ in priced], dtype=np.int64),
        np.asarray([column for _, column, _ in fixed] + [column for _, column, _, _ in priced], dtype=np.int64),
        np.asarray([value for _, _, value in fixed] + [0.0] * len(priced), dtype=np.float64),
        (rows.count, columns),
    )
    return matrix, [(len(fixed) + at, cell, factor) for at, (_, _, cell, factor) in enumerate(priced)]
