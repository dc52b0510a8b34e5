"""The proof of a plan, recomputed from the arrays and not taken from the solver."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Arrays

Float = NDArray[np.float64]

LARGEST_PRIMAL = 1e-6
LARGEST_DUAL = 1e-6
LARGEST_GAP = 1e-7


@dataclass(frozen=True)
class Certificate:
    """How far an answer is from proven optimality.

    Attributes:
        primal: the largest violation of a row or bound, relative to its size (or to 1).
        dual: the largest violation of the conditions on prices and reduced costs.
        gap: |objective - dual objective| relative to the objective (or to 1); by weak duality no plan is better than
            the dual objective.
    """

    primal: float
    dual: float
    gap: float

    @property
    def holds(self) -> bool:
        """Whether the answer may be called optimal."""
        return self.primal <= LARGEST_PRIMAL and self.dual <= LARGEST_DUAL and self.gap <= LARGEST_GAP


def certify(arrays: Arrays, columns: Float, prices: Float) -> Certificate:
    """Check an answer against the programme.

    Args:
        arrays: the programme.
        columns: float64 (columns,), the answer.
        prices: float64 (rows,), the prices that shall prove it.

    Returns:
        The residuals; NaN in the answer makes them infinite.

    Source: strong duality of linear programming, maximisation with rows and columns between bounds.
    """
    activity = arrays.activity(columns)
    primal = max(
        _outside(activity, arrays.row_lower, arrays.row_upper), _outside(columns, arrays.col_lower, arrays.col_upper)
    )
    reduced = arrays.cost - arrays.transposed(prices)
    rows_bound, rows_wrong = _bound(prices, arrays.row_lower, arrays.row_upper)
    columns_bound, columns_wrong = _bound(reduced, arrays.col_lower, arrays.col_upper)
    objective = float(arrays.cost @ columns)
    gap = abs(objective - (rows_bound + columns_bound)) / max(1.0, abs(objective))
    dual = max(rows_wrong, columns_wrong)
    return Certificate(*(value if np.isfinite(value) else float("inf") for value in (primal, dual, gap)))


def _outside(values: Float, lower: Float, upper: Float) -> float:
    with np.errstate(invalid="ignore"):
        below = np.where(np.isfinite(lower), (lower - values) / np.maximum(1.0, np.abs(lower)), 0.0)
        above = np.where(np.isfinite(upper), (values - upper) / np.maximum(1.0, np.abs(upper)), 0.0)
    worst = np.maximum(below, above)
    return float("inf") if np.isnan(values).any() else float(max(worst.max(initial=0.0), 0.0))


def _bound(multipliers: Float, lower: Float, upper: Float) -> tuple[float, float]:
    """What the multipliers give at their own limits, and the largest one that has no finite limit on its side."""
    limit = np.where(multipliers > 0, upper, lower)
    finite = np.isfinite(limit)
    value = float(np.sum(np.where(finite, limit, 0.0) * np.where(finite, multipliers, 0.0)))
    return value, float(np.abs(np.where(finite, 0.0, multipliers)).max(initial=0.0))
