"""The proof of a plan, recomputed from the arrays and not taken from the solver."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Answer, Arrays, LiveModel, Method

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


def proven(live: LiveModel, method: Method = "dual") -> tuple[Answer, Certificate]:
    """Solve a live model as it stands and check the answer; what does not stand the check is not optimal.

    Args:
        live: the programme.
        method: as `LiveModel.run`.

    Returns:
        The answer, whose status is `optimal` only where its certificate holds, and the certificate.
    """
    answer = live.run(method)
    certificate = certify(live.standing(), answer.columns, answer.prices)
    if answer.status == "optimal" and not certificate.holds:
        # From basis to basis errors of the factors may add up: once more from nothing; then with a larger objective,
        # whose prices are finer; before it is given up.
        for begin in (live.forget_basis, live.sharpen):
            spent = answer.iterations
            begin()
            answer = live.run("dual")
            answer = replace(answer, iterations=spent + answer.iterations)
            certificate = certify(live.standing(), answer.columns, answer.prices)
            if answer.status != "optimal" or certificate.holds:
                break
        if answer.status == "optimal" and not certificate.holds:
            answer = replace(answer, status="failed")
    return answer, certificate


def proven_gap(arrays: Arrays, columns: Float, prices: Float) -> float | None:
    """How far an answer that was stopped early may be from the best, relative to its objective (or to 1).

    Args:
        arrays: the programme.
        columns: float64 (columns,), where the solver stopped.
        prices: float64 (rows,), its prices there, right or not.

    Returns:
        The gap to a bound that no plan exceeds; None where the point breaks a row or no finite bound is known.

    Source: weak duality; for any prices of the right sign the bound is sum of price * limit plus, for each column, its
    reduced cost at the better of its bounds, taken from the rows where the column has none of its own.
    """
    if np.isnan(columns).any() or np.isnan(prices).any():
        return None
    activity = arrays.activity(columns)
    broken = max(
        _outside(activity, arrays.row_lower, arrays.row_upper), _outside(columns, arrays.col_lower, arrays.col_upper)
    )
    if broken > LARGEST_PRIMAL:
        return None
    usable = np.where((prices > 0) & ~np.isfinite(arrays.row_upper), 0.0, prices)
    usable = np.where((usable < 0) & ~np.isfinite(arrays.row_lower), 0.0, usable)
    reduced = arrays.cost - arrays.transposed(usable)
    upper = implied_upper(arrays)
    rows_bound, _ = _bound(usable, arrays.row_lower, arrays.row_upper)
    columns_bound, unbounded = _bound(np.where(np.abs(reduced) < 1e-12, 0.0, reduced), arrays.col_lower, upper)
    if unbounded > 0:
        return None
    objective = float(arrays.cost @ columns)
    return max(0.0, rows_bound + columns_bound - objective) / max(1.0, abs(objective))


def implied_upper(arrays: Arrays, rounds: int = 4) -> Float:
    """Upper bounds of columns that follow from single rows, float64 (columns,); infinite where none does.

    Args:
        arrays: the programme.
        rounds: each round uses the bounds of the one before.

    Source: bound tightening, Brearley, Mitra and Williams, 1975.
    """
    upper, lower = arrays.col_upper.astype(np.float64).copy(), arrays.col_lower
    sizes = np.diff(arrays.starts)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    positive = arrays.values > 0
    for _ in range(rounds):
        with np.errstate(invalid="ignore"):
            at_least = np.where(positive, lower[arrays.columns], upper[arrays.columns]) * arrays.values
        at_least = np.where(arrays.values == 0, 0.0, at_least)
        endless = np.bincount(rows, weights=~np.isfinite(at_least), minlength=len(sizes))
        finite = np.where(np.isfinite(at_least), at_least, 0.0)
        least = np.bincount(rows, weights=finite, minlength=len(sizes))
        room = arrays.row_upper[rows] - (least[rows] - finite)
        useful = positive & (endless[rows] == 0) & np.isfinite(room)
        bound = np.full(len(rows), np.inf)
        bound[useful] = room[useful] / arrays.values[useful]
        np.minimum.at(upper, arrays.columns, bound)
    return np.asarray(upper, dtype=np.float64)


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
