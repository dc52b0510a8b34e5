"""The standing programme patched to what remains on a committee date: limits by their numbers, nothing built anew.

What is committed is held fixed in its periods, so that every constraint of the scenario counts it; what is asked from
now on is the forecast of the date; what each line has used replaces what the plan expected it to use.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Arrays
from optimiser.program import Program
from optimiser.relaxation import AGREEMENT, least_giving, weights_of
from optimiser.row import Block

_BROKEN_LAW = 100 * AGREEMENT
_NOTHING = 1e-7
_ROOM = 1e-6
"""A row gives a millionth more than it must, so that the plan sought within it is not on a knife's edge."""

Float = NDArray[np.float64]
Int = NDArray[np.int64]

BOOKKEEPING = ("waiting_balance", "patience", "line_money", "envelope", "served_level", "moves")
"""Families without which a plan means nothing; all others may be given up where the past has broken them."""
_OPENING_ONLY = ("notification_step_down", "notification_step_up", "notification_moves")
"""Families that speak of the step from earlier notifications to the opening: the committee's own rule of
fungibility takes their place."""


@dataclass(frozen=True, eq=False)
class Remaining:
    """What a committee date knows, in units of the programme.

    Attributes:
        period: the period of the date.
        committed: float64 (lines, periods), gross pathways committed so far.
        asked: float64 (lines, periods), pathways still to be asked, who waits included; 0 before the period.
        used: float64 (lines,), money of each line that is used.
        notified: float64 (lines,), money of each line in force.
        kept: float64 (lines,), the least that each line must go on holding.
        available: money that may be notified in all, in force included.
        grown: by how much announced amendments have raised all notifications since the opening.
    """

    period: int
    committed: Float
    asked: Float
    used: Float
    notified: Float
    kept: Float
    available: float
    grown: float


class RemainingRows:
    """Where the rows and columns of a programme stand that a committee date changes."""

    def __init__(self, program: Program, move_price: float) -> None:
        """Take a built programme.

        Args:
            program: of the opening.
            move_price: what moving one unit of money costs in the objective.
        """
        self.problem, self._program = program.problem, program
        lines, cells = self.problem.lines, self.problem.lines * self.problem.periods
        self._notify = 3 * cells + np.arange(lines)
        self._family: dict[str, Int] = {}
        first = 0
        for part in program.parts:
            count = part.count if isinstance(part, Block) else 1
            self._add(part.family, np.arange(first, first + count))
            first += count
        self._add("moves", np.arange(first, first + 2 * lines))
        self.arrays = _with_moves(program.arrays, self._notify, move_price)
        self.optional_families = tuple(name for name in self._family if name not in BOOKKEEPING)
        self.optional = np.concatenate(
            [np.zeros(0, dtype=np.int64), *(rows for name, rows in self._family.items() if name not in BOOKKEEPING)]
        )

    def _add(self, family: str, rows: Int) -> None:
        known = self._family.get(family)
        self._family[family] = rows if known is None else np.concatenate([known, rows])

    def patched(self, remaining: Remaining, with_optional: bool = True) -> Arrays:
        """The programme of what remains: another set of limits over the same matrix.

        Args:
            remaining: what the date knows.
            with_optional: whether rows that the past may have broken are kept, all of them or none.

        Returns:
            Arrays whose pattern and values are those of the opening's.
        """
        out, problem = self.arrays, self.problem
        lower, upper = out.row_lower.copy(), out.row_upper.copy()
        col_lower, col_upper = out.col_lower.copy(), out.col_upper.copy()
        cells, now = problem.lines * problem.periods, remaining.period
        past = np.arange(problem.periods) < now
        col_lower[:cells] = remaining.committed.ravel()
        col_upper[:cells] = np.where(past, remaining.committed, np.inf).ravel()
        col_lower[self._notify] = remaining.kept / remaining.grown

        demand = remaining.committed + remaining.asked
        rows = self._family["waiting_balance"]
        lower[rows] = upper[rows] = demand.ravel()
        upper[self._family["patience"]] = self._patience(remaining).ravel()
        upper[self._family["line_money"]] = self._money(remaining).ravel()
        upper[self._family["envelope"]] = remaining.available / remaining.grown
        moves = self._family["moves"].reshape(2, problem.lines)
        lower[moves[0]] = -remaining.notified / remaining.grown
        lower[moves[1]] = remaining.notified / remaining.grown
        if "returns_serve_waiting" in self._family:
            self._returns(remaining, upper)
        for name in _OPENING_ONLY:
            if name in self._family:
                lower[self._family[name]], upper[self._family[name]] = -np.inf, np.inf
        if with_optional:
            # What has been done cannot be undone: a ceiling that is passed asks for no more than not to go further.
            optional = self.optional
            floor = Arrays.activity(out, col_lower)
            harmless = np.minimum.reduceat(np.append(out.values, 0.0), out.starts[:-1]) >= 0
            passed = optional[harmless[optional] & (floor[optional] > upper[optional])]
            upper[passed] = floor[passed]
        else:
            lower[self.optional], upper[self.optional] = -np.inf, np.inf
        return Arrays(
            out.cost, col_lower, col_upper, lower, upper, out.starts, out.columns, out.values, out.column_names
        )

    def given_way(self, arrays: Arrays) -> tuple[Arrays, tuple[str, ...]] | None:
        """The programme of a date with the least change of its bounds that leaves a plan.

        Bounds weigh as where the opening has no plan (`optimiser.relaxation`). What the law says gives too, dearest of
        all, as the past has broken it: a plan of what remains is not asked to mend what is done.

        Args:
            arrays: as `patched`, with all rows kept.

        Returns:
            The arrays with wider limits, and the families of the rows that gave; None where no such change helps.
        """
        weights = {
            family: _BROKEN_LAW if weight is None else weight
            for family, weight in weights_of(self.problem).items()
            if family not in BOOKKEEPING
        }
        least = least_giving(self._program, arrays, weights)
        if least is None:
            return None
        lower, upper, families = arrays.row_lower.copy(), arrays.row_upper.copy(), set()
        for number, lack in zip(least.rows, least.lacks, strict=True):
            row = self._program.row(number)
            if lack <= _NOTHING * max(1.0, abs(row.limit)):
                continue
            families.add(row.family)
            room = lack * (1 + _ROOM) + _ROOM * max(1.0, abs(row.limit))
            (upper if row.sense == "<=" else lower)[number] += room if row.sense == "<=" else -room
        return replace(arrays, row_lower=lower, row_upper=upper), tuple(sorted(families))

    def _patience(self, remaining: Remaining) -> Float:
        asked, longest = remaining.asked, self.problem.patience_periods
        if not longest:
            return np.zeros_like(asked)
        so_far = np.cumsum(np.pad(asked, ((0, 0), (longest, 0))), axis=1)
        return np.maximum(so_far[:, longest:] - so_far[:, :-longest], 0.0)

    def _money(self, remaining: Remaining) -> Float:
        """What the fixed commitments are expected to hold at the date less what they do hold."""
        problem, now = self.problem, remaining.period
        limits = np.full((problem.lines, problem.periods), np.inf)
        held = (problem.net_cost[:, :, now] * remaining.committed).sum(axis=1)
        limits[:, now:] = (held - remaining.used)[:, None]
        return limits

    def _returns(self, remaining: Remaining, upper: Float) -> None:
        """Who waits today is served by what is moved today; later on the rule holds as at the opening."""
        problem = self.problem
        limits = (problem.price * remaining.asked)[:, 1:]
        limits[:, : remaining.period] = np.inf
        upper[self._family["returns_serve_waiting"]] = limits.ravel()

    def money_of(self, columns: Float, remaining: Remaining) -> Float:
        """What each line holds in an answer, float64 (lines,), units of money."""
        return np.asarray(columns[self._notify] * remaining.grown, dtype=np.float64)


def _with_moves(arrays: Arrays, notify: Int, price: float) -> Arrays:
    """A column for how far each line's money moves, and two rows that say so: m - a >= -held and m + a >= held."""
    lines, columns = len(notify), len(arrays.cost)
    moves = columns + np.arange(lines)
    pairs = np.concatenate([np.stack([moves, notify], axis=1), np.stack([moves, notify], axis=1)])
    signs = np.concatenate([np.tile([1.0, -1.0], lines), np.ones(2 * lines)])
    endless = np.full(2 * lines, np.inf)
    return Arrays(
        cost=np.concatenate([arrays.cost, np.full(lines, -price)]),
        col_lower=np.concatenate([arrays.col_lower, np.zeros(lines)]),
        col_upper=np.concatenate([arrays.col_upper, np.full(lines, np.inf)]),
        row_lower=np.concatenate([arrays.row_lower, -endless]),
        row_upper=np.concatenate([arrays.row_upper, endless]),
        starts=np.concatenate(
            [arrays.starts, arrays.starts[-1] + 2 * np.arange(1, 2 * lines + 1, dtype=np.int32)]
        ).astype(np.int32),
        columns=np.concatenate([arrays.columns, pairs.ravel()]).astype(np.int32),
        values=np.concatenate([arrays.values, signs]),
        column_names=(*arrays.column_names, *(f"moved_{line}" for line in range(lines))),
    )
