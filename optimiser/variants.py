"""Programmes of the same lines and periods as one already built, as arrays, without building a model anew."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Arrays
from optimiser.constraints import CONSTRAINTS
from optimiser.constraints.line_money import line_money
from optimiser.constraints.patience import patience
from optimiser.constraints.waiting_balance import waiting_balance
from optimiser.problem import PlanProblem
from optimiser.program import Program, aim_of, collector_at_rest
from optimiser.row import Constraint, Row

Float = NDArray[np.float64]

BOOKS: dict[Constraint, Callable[[PlanProblem], tuple[Any, ...]]] = {
    waiting_balance: lambda problem: (problem.demand.pathways,),
    patience: lambda problem: (problem.demand.pathways, problem.patience_periods),
    line_money: lambda problem: (
        problem.demand.fee_cents,
        problem.demand.support_cents,
        problem.returned_share,
        *problem.commitment_factor.tolist(),
    ),
}
"""Constraints that only keep the books, by far the most rows, and all that they read of a problem besides the unit of
money: where it is the same their rows are."""


@dataclass(frozen=True, eq=False)
class _Block:
    """The rows of one constraint, as arrays by rows."""

    rows: tuple[Row, ...]
    sizes: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: Float
    lower: Float
    upper: Float


class Variants:
    """Lays out other problems over the variables of one programme."""

    def __init__(self, program: Program, arrays: Arrays) -> None:
        """Take the programme that the others are variants of.

        Args:
            program: a built programme, with all constraints.
            arrays: the same as arrays.
        """
        self._program, self._arrays = program, arrays
        self._place = {id(variable): number for number, variable in enumerate(program.variables.columns)}
        self._books: dict[tuple[Any, ...], tuple[_Block, tuple[Any, ...]]] = {}

    def laid_out(self, problem: PlanProblem) -> tuple[Program, Arrays]:
        """The programme of another problem, and its arrays.

        Args:
            problem: of the same lines and periods; money is counted in the unit of the first problem.

        Returns:
            The same as building it anew would give.

        Raises:
            ValueError: where lines or periods differ.
        """
        first = self._program.problem
        if (problem.lines, problem.periods) != (first.lines, first.periods):
            raise ValueError("the other problem has other lines or periods")
        problem = in_unit_of(problem, first)
        with collector_at_rest():
            blocks = [self._block(number, constraint, problem) for number, constraint in enumerate(CONSTRAINTS)]
        aim = aim_of(problem, self._program.variables)
        cost = np.zeros(len(self._arrays.cost))
        for variable, coefficient in aim:
            cost[self._place[id(variable)]] = coefficient
        arrays = replace(
            self._arrays,
            cost=cost,
            row_lower=np.concatenate([block.lower for block in blocks]),
            row_upper=np.concatenate([block.upper for block in blocks]),
            starts=np.concatenate([[0], np.cumsum(np.concatenate([block.sizes for block in blocks]))]).astype(np.int32),
            columns=np.concatenate([block.columns for block in blocks]),
            values=np.concatenate([block.values for block in blocks]),
        )
        rows = tuple(chain.from_iterable(block.rows for block in blocks))
        return Program(problem, self._program.variables, aim, rows), arrays

    def _block(self, number: int, constraint: Constraint, problem: PlanProblem) -> _Block:
        if constraint not in BOOKS:
            return self._read(constraint(problem, self._program.variables))
        reads = BOOKS[constraint](problem)
        # Arrays are known by their identity, which is theirs as long as `reads` is kept with the block.
        key = (number, *(id(value) if isinstance(value, np.ndarray) else value for value in reads))
        if key not in self._books:
            self._books[key] = (self._read(constraint(problem, self._program.variables)), reads)
        return self._books[key][0]

    def _read(self, yielded: Iterable[Row]) -> _Block:
        rows = tuple(yielded)
        sizes = np.fromiter((len(row.terms) for row in rows), dtype=np.int64, count=len(rows))
        count = int(sizes.sum())
        pairs = chain.from_iterable(row.terms for row in rows)
        columns = np.fromiter((self._place[id(variable)] for variable, _ in pairs), dtype=np.int32, count=count)
        values = np.fromiter((value for row in rows for _, value in row.terms), dtype=np.float64, count=count)
        limits = np.fromiter((row.limit for row in rows), dtype=np.float64, count=len(rows))
        senses = np.asarray([row.sense for row in rows], dtype="U2")
        return _Block(
            rows,
            sizes,
            columns,
            values,
            np.where(senses == "<=", -np.inf, limits),
            np.where(senses == ">=", np.inf, limits),
        )


def in_unit_of(problem: PlanProblem, other: PlanProblem) -> PlanProblem:
    """The same problem with its money counted in the unit of another, so that their programmes can be compared."""
    same = replace(problem)
    object.__setattr__(same, "unit_cents", other.unit_cents)
    return same
