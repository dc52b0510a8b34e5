"""Rows that go over to the solver as bounds of their one column, and the way back.

A row of one variable with the coefficient 1 says no more than a bound does, and a third of the rows of a plan are such
(`patience`). As bounds they cost the solver nothing: at 3,072 lines a changed envelope is solved again 1.3 times as
fast. Outside the bridge nothing is seen of it: such a row keeps its number, its limits and its price.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]
Int = NDArray[np.int64]


@dataclass(eq=False)
class Numbering:
    """Which row of a programme is which of the solver's.

    Attributes:
        solver_row: int64 (rows,), the solver's number of each row; -1 for one that goes over as a bound.
        bounding: int64 (columns,), the row that bounds each column; -1 for none.
    """

    solver_row: Int
    bounding: Int

    @classmethod
    def of(
        cls, rows: int, columns: int, bounds: tuple[int, int], starts: NDArray[np.int32], used: NDArray[np.int32]
    ) -> "Numbering":
        """The numbering of a programme.

        Args:
            rows, columns: how many there are.
            bounds: first row that goes over as a bound, and the row after the last; one column each, each its own.
            starts, used: the pattern of the programme by rows.
        """
        first, end = bounds
        solver_row = np.arange(rows)
        solver_row[end:] -= end - first
        solver_row[first:end] = -1
        bounding = np.full(columns, -1)
        bounding[used[starts[first:end]]] = np.arange(first, end)
        return cls(solver_row, bounding)

    @property
    def handed_over(self) -> NDArray[np.bool_]:
        """Whether each row is one of the solver's too."""
        return self.solver_row >= 0

    def add_row(self) -> None:
        """One row more, at the end."""
        self.solver_row = np.append(self.solver_row, self.handed_over.sum())

    def add_column(self) -> None:
        """One column more, at the end, without a row that bounds it."""
        self.bounding = np.append(self.bounding, -1)

    def bounds_of(
        self, columns: Int, col_lower: Float, col_upper: Float, row_lower: Float, row_upper: Float
    ) -> tuple[Float, Float]:
        """The bounds that the solver has of some columns: their own and those of the rows that bound them.

        Args:
            columns: which.
            col_lower, col_upper, row_lower, row_upper: of all columns and rows.
        """
        lower, upper = col_lower[columns], col_upper[columns]
        rows = self.bounding[columns]
        bound = rows >= 0
        lower[bound] = np.maximum(lower[bound], row_lower[rows[bound]])
        upper[bound] = np.minimum(upper[bound], row_upper[rows[bound]])
        return lower, upper

    def prices(self, duals: Float, reduced: Float, bounds: tuple[Float, Float, Float, Float]) -> tuple[Float, Float]:
        """Prices of all rows and reduced costs, from the solver's.

        Args:
            duals: float64 (solver's rows,).
            reduced: float64 (columns,), the solver's reduced costs.
            bounds: col_lower, col_upper, row_lower, row_upper, as `bounds_of`.

        Returns:
            float64 (rows,) and (columns,): what holds a column at the bound of its row is the price of that row.
        """
        col_lower, col_upper, row_lower, row_upper = bounds
        prices = np.zeros(len(self.solver_row))
        prices[self.handed_over] = duals
        columns = np.flatnonzero(self.bounding >= 0)
        rows, cost = self.bounding[columns], reduced[columns]
        by_row = np.where(
            cost > 0, row_upper[rows] <= col_upper[columns], (cost < 0) & (row_lower[rows] >= col_lower[columns])
        )
        prices[rows[by_row]] = cost[by_row]
        own = reduced.copy()
        own[columns[by_row]] = 0.0
        return prices, own
