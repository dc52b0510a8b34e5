"""The rows of the programme, as constraints yield them: named one by one, or a whole family that keeps the books."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import PlanProblem
from optimiser.variables import Variables

Float = NDArray[np.float64]
Int = NDArray[np.int64]

Sense = Literal["<=", ">=", "="]


@dataclass(frozen=True, eq=False)
class Dial:
    """The figure of the scenario that a row stands for, and how the row moves when it is turned by one unit.

    Attributes:
        value: the figure as it stands.
        unit: `cents` of money, `share` of pathways or euros, `cents_per_pathway`, or `officers` of the desk.
        limit_slope: what one more unit adds to the row's limit.
        commit_slopes: float64 (lines * periods,), what one more unit adds to the coefficients of the commit variables;
            None where they do not move.
    """

    value: float
    unit: Literal["cents", "share", "cents_per_pathway", "officers"]
    limit_slope: float = 0.0
    commit_slopes: NDArray[np.float64] | None = None


@dataclass(frozen=True, eq=False)
class Row:
    """A row: sum of coefficient * variable, compared with a limit.

    Attributes:
        name: unique, safe in LP and MPS files.
        family: the constraint it belongs to.
        terms: (variable, coefficient) pairs.
        sense: how the sum compares with the limit.
        limit: the right-hand side.
        subject: the code of the branch, group, type or line it is about; None where it is about the whole plan.
        dial: the figure of the scenario behind the row; None for rows that only keep the books.
    """

    name: str
    family: str
    terms: list[tuple[Any, float]]
    sense: Sense
    limit: float
    subject: str | None = None
    dial: Dial | None = None


@dataclass(frozen=True, eq=False)
class Block:
    """A constraint that only keeps the books: a row for every line and period, as (column, coefficient) pairs.

    At 3,072 lines and 24 months there are 221,000 such rows: they stay arrays until somebody wants to read them.

    Attributes:
        family: the constraint they belong to.
        stem: how their names begin.
        sense: how each sum compares with its limit.
        sizes: int64 (lines, periods), how many pairs each row has; rows stand by lines, then by periods.
        columns: int64 (pairs,), numbers of variables as `Variables.columns` counts them.
        values: float64 (pairs,), their coefficients.
        limits: float64 (lines, periods).
        as_bounds: each row has one variable with the coefficient 1, no two the same: the solver takes them as bounds
            (`bound_rows`); one block of a programme at most.
        first_period: the periods before it have no row, and no column in `sizes` and `limits`.
    """

    family: str
    stem: str
    sense: Sense
    sizes: Int
    columns: Int
    values: Float
    limits: Float
    first_period: int = 0
    as_bounds: bool = False

    @property
    def count(self) -> int:
        """How many rows there are."""
        return int(self.sizes.size)

    def rows(self, problem: PlanProblem, variables: Variables) -> Iterator[Row]:
        """Each row by itself, as people and other solvers read it."""
        known = variables.columns
        end = 0
        for line, of_line in enumerate(problem.cells.lines):
            for place, size in enumerate(self.sizes[line]):
                start, end = end, end + int(size)
                period = variables.period_names[self.first_period + place]
                yield Row(
                    name=f"{self.stem}_{period}_{variables.line_names[line]}",
                    family=self.family,
                    subject=of_line.key,
                    terms=[
                        (known[column], value)
                        for column, value in zip(
                            self.columns[start:end].tolist(), self.values[start:end].tolist(), strict=True
                        )
                    ],
                    sense=self.sense,
                    limit=float(self.limits[line, place]),
                )


Constraint = Callable[[PlanProblem, Variables], Iterator[Row | Block]]
"""One constraint of the plan: yields its rows, never touches a solver."""
