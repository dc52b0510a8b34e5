"""The one file that knows HiGHS: a finished programme goes over as arrays, answers come back as arrays.

PuLP's own bridge to HiGHS is not used. It calls a stopped run optimal, turns the sign of the prices when maximising,
ignores options it does not know and starts cold each time. Here the status is HiGHS's own word, the model is maximised
as it stands, so that a row's price is the change of the objective for one more unit of its limit, a refused option is
an error, and the model stays alive: it is changed and solved again from where it was.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import highspy
import numpy as np
from highspy import _core
from numpy.typing import NDArray

from optimiser.bound_rows import Numbering

Float = NDArray[np.float64]
Int = NDArray[np.int32]

Status = Literal["optimal", "infeasible", "unbounded", "limit", "failed"]

TOLERANCE = 1e-9
"""Primal and dual feasibility asked of HiGHS, in units of money and pathways."""

DEFAULT_ITERATION_LIMIT = 2_000_000

FIRST_BY_SIMPLEX = 50_000
"""Columns up to which the first run is by simplex."""

SHARPER = 2.0**14
"""By how much the objective grows where prices have to be finer, see `LiveModel.sharpen`."""

HOT_ITERATIONS = 20_000
"""A run that starts from an earlier basis and needs more than this is dropped and begun anew: at 3,072 lines it would
take longer than a first run. Measured there: most changes need fewer than 1,000."""

_STATUS: dict[Any, Status] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
    highspy.HighsModelStatus.kIterationLimit: "limit",
    highspy.HighsModelStatus.kTimeLimit: "limit",
    highspy.HighsModelStatus.kInterrupt: "limit",
}


@dataclass(frozen=True, eq=False)
class Arrays:
    """A linear programme as arrays: maximise c x, row_lower <= A x <= row_upper, col_lower <= x <= col_upper.

    Attributes:
        cost, col_lower, col_upper: float64 (columns,).
        row_lower, row_upper: float64 (rows,).
        starts, columns, values: A by rows, compressed.
        column_names: names of the variables, in order.
        bounds: the first of the rows that go over as bounds of their columns, and the row after the last.
    """

    cost: Float
    col_lower: Float
    col_upper: Float
    row_lower: Float
    row_upper: Float
    starts: Int
    columns: Int
    values: Float
    column_names: tuple[str, ...]
    bounds: tuple[int, int] = (0, 0)

    def copy(self) -> "Arrays":
        """The same figures in arrays of their own; the pattern is shared."""
        return replace(
            self,
            cost=self.cost.copy(),
            col_lower=self.col_lower.copy(),
            col_upper=self.col_upper.copy(),
            row_lower=self.row_lower.copy(),
            row_upper=self.row_upper.copy(),
            values=self.values.copy(),
        )

    def activity(self, columns: Float) -> Float:
        """A x, float64 (rows,)."""
        products = self.values * columns[self.columns]
        return np.asarray(np.add.reduceat(np.append(products, 0.0), self.starts[:-1]), dtype=np.float64) * (
            np.diff(self.starts) > 0
        )

    def transposed(self, rows: Float) -> Float:
        """A' y, float64 (columns,)."""
        weights = self.values * np.repeat(rows, np.diff(self.starts))
        return np.asarray(np.bincount(self.columns, weights=weights, minlength=len(self.cost)), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Answer:
    """What one run of the solver left.

    Attributes:
        status: HiGHS's own word, in ours.
        objective: of the maximisation.
        columns: float64 (columns,), the values of the variables.
        prices: float64 (rows,), change of the objective for one more unit of the row's limit.
        reduced_costs: float64 (columns,).
        iterations: of simplex, interior point and crossover together.
    """

    status: Status
    objective: float
    columns: Float
    prices: Float
    reduced_costs: Float
    iterations: int


def arrays_of_file(path: Path) -> Arrays:
    """Read an MPS or LP file into arrays; what it minimises is maximised with the sign turned.

    Args:
        path: the file.

    Returns:
        The arrays, rows and columns in the order of the file.

    Raises:
        ValueError: where HiGHS cannot read it.
    """
    # SciPy takes a quarter of a second to import, and nothing else here needs it.
    from scipy.sparse import csc_array

    reader = _silent_highs()
    if reader.readModel(str(path)) != highspy.HighsStatus.kOk:
        raise ValueError(f"HiGHS cannot read {path.name}")
    lp = reader.getLp()
    matrix = lp.a_matrix_
    by_column = csc_array(
        (np.asarray(matrix.value_), np.asarray(matrix.index_), np.asarray(matrix.start_)),
        shape=(lp.num_row_, lp.num_col_),
    )
    by_row = by_column.tocsr()
    sign = 1.0 if lp.sense_ == highspy.ObjSense.kMaximize else -1.0
    return Arrays(
        cost=sign * np.asarray(lp.col_cost_, dtype=np.float64),
        col_lower=np.asarray(lp.col_lower_, dtype=np.float64),
        col_upper=np.asarray(lp.col_upper_, dtype=np.float64),
        row_lower=np.asarray(lp.row_lower_, dtype=np.float64),
        row_upper=np.asarray(lp.row_upper_, dtype=np.float64),
        starts=by_row.indptr.astype(np.int32),
        columns=by_row.indices.astype(np.int32),
        values=by_row.data.astype(np.float64),
        column_names=tuple(lp.col_names_),
    )


Method = Literal["first", "dual", "primal", "ipm"]


class LiveModel:
    """A programme kept alive in HiGHS: solved, changed, solved again from the last basis."""

    def __init__(self, arrays: Arrays, iteration_limit: int = DEFAULT_ITERATION_LIMIT) -> None:
        """Hand the arrays over.

        Args:
            arrays: the programme.
            iteration_limit: the most iterations of each run; a limit by the clock would give another answer on another
                machine.
        """
        self.arrays = arrays
        self._now = arrays.copy()
        self._iteration_limit = iteration_limit
        self._sharpness = 1.0
        self._highs = _silent_highs()
        self._option("primal_feasibility_tolerance", TOLERANCE)
        self._option("dual_feasibility_tolerance", TOLERANCE)
        if len(arrays.cost) > FIRST_BY_SIMPLEX:
            # Devex instead of steepest edge: on 224,000 columns a change of the envelope by 1 % takes 1.0 s for 1.4 s.
            self._option("simplex_dual_edge_weight_strategy", 1)
        count, (first, end) = len(arrays.cost), arrays.bounds
        self._numbers = Numbering.of(len(arrays.row_lower), count, arrays.bounds, arrays.starts, arrays.columns)
        kept = self._numbers.handed_over
        pairs = np.ones(len(arrays.values), dtype=bool)
        pairs[arrays.starts[first] : arrays.starts[end]] = False
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = count, int(kept.sum())
        lp.col_cost_ = arrays.cost
        lp.col_lower_, lp.col_upper_ = self._bounds(np.arange(count))
        lp.row_lower_, lp.row_upper_ = arrays.row_lower[kept], arrays.row_upper[kept]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.diff(arrays.starts)[kept])]).astype(np.int32)
        lp.a_matrix_.index_, lp.a_matrix_.value_ = arrays.columns[pairs], arrays.values[pairs]
        lp.sense_ = highspy.ObjSense.kMaximize
        _done(self._highs.passModel(lp), "passModel")

    def _bounds(self, columns: NDArray[np.int64]) -> tuple[Float, Float]:
        """The bounds that the solver has of some columns."""
        now = self._now
        return self._numbers.bounds_of(columns, now.col_lower, now.col_upper, now.row_lower, now.row_upper)

    def _option(self, name: str, value: Any) -> None:
        _done(self._highs.setOptionValue(name, value), name)

    def run(self, method: Method = "dual") -> Answer:
        """Solve the model as it stands, from the last basis where there is one.

        A run that is stopped or fails is begun once more without its basis, by the other algorithm: an interior point
        after a simplex, dual simplex after an interior point.

        Args:
            method: `primal` is primal simplex, for a first run or a changed objective (the last point is still
                feasible) and for a limit taken away; `dual` is dual simplex, for changed limits; `ipm` is interior
                point with crossover; `first` is primal up to FIRST_BY_SIMPLEX columns and ipm above.

        Source of the choice, measured on the shipped agreement: 64 lines primal 0.023 s, dual 0.048 s, ipm 0.056 s; 256
        lines 0.23, 0.47 and 0.49 s; 3,072 lines (141,000 columns) ipm 14 s, dual 40 s.

        Returns:
            The answer; its arrays prove nothing unless the status is `optimal`.
        """
        if method == "first":
            method = "primal" if len(self.arrays.cost) <= FIRST_BY_SIMPLEX else "ipm"
        hot = bool(self._highs.getBasis().valid)
        answer = self._run_once(method, min(self._iteration_limit, HOT_ITERATIONS) if hot else self._iteration_limit)
        if answer.status not in ("limit", "failed"):
            return answer
        self.forget_basis()
        again = self._run_once("dual" if method == "ipm" else "ipm", self._iteration_limit)
        return replace(again, iterations=answer.iterations + again.iterations)

    def sharpen(self) -> None:
        """Ask for finer prices: the solver is handed the objective times SHARPER, and answers are turned back.

        Its tolerance on reduced costs is an absolute one; where the objective is a share and columns run to thousands,
        what it leaves of each adds up. A power of two rounds nothing.
        """
        self._sharpness = SHARPER
        self.forget_basis()
        self.set_cost(self._now.cost.copy())

    def forget_basis(self) -> None:
        """The next run begins from nothing."""
        _done(self._highs.clearSolver(), "clearSolver")

    def _run_once(self, method: Method, iteration_limit: int) -> Answer:
        self._option("simplex_iteration_limit", iteration_limit)
        self._option("ipm_iteration_limit", iteration_limit)
        self._option("solver", "ipm" if method == "ipm" else "simplex")
        self._option("simplex_strategy", 4 if method == "primal" else 1)
        self._highs.run()
        if self._highs.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            self._option("presolve", "off")
            self._highs.run()
            self._option("presolve", "choose")
        return self._read()

    def _read(self) -> Answer:
        info, solution = self._highs.getInfo(), self._highs.getSolution()
        status = _STATUS.get(self._highs.getModelStatus(), "failed")
        iterations = sum(
            max(int(count), 0)
            for count in (info.simplex_iteration_count, info.ipm_iteration_count, info.crossover_iteration_count)
        )
        columns, rows, now = self._highs.getNumCol(), self._highs.getNumRow(), self._now
        prices, reduced_costs = self._numbers.prices(
            _filled(solution.row_dual, rows) / self._sharpness,
            _filled(solution.col_dual, columns) / self._sharpness,
            (now.col_lower, now.col_upper, now.row_lower, now.row_upper),
        )
        return Answer(
            status=status,
            objective=float(info.objective_function_value) / self._sharpness,
            columns=_filled(solution.col_value, columns),
            prices=prices,
            reduced_costs=reduced_costs,
            iterations=iterations,
        )

    def become(self, arrays: Arrays) -> None:
        """Turn the model into another programme of the same shape; only what differs from how it stands is sent.

        Args:
            arrays: the other programme.

        Raises:
            ValueError: where its matrix has another pattern.
        """
        now = self._now
        if not np.array_equal(now.starts, arrays.starts) or not np.array_equal(now.columns, arrays.columns):
            raise ValueError("the other programme has another shape")
        if len(now.cost) != len(arrays.cost) or now.bounds != arrays.bounds:
            raise ValueError("the other programme has another shape")
        self.arrays = arrays
        if not np.array_equal(now.cost, arrays.cost):
            self.set_cost(arrays.cost)
        moved = np.flatnonzero((now.col_lower != arrays.col_lower) | (now.col_upper != arrays.col_upper))
        if len(moved):
            self.set_columns(moved.astype(np.int32), arrays.col_lower[moved], arrays.col_upper[moved])
        limits = np.flatnonzero((now.row_lower != arrays.row_lower) | (now.row_upper != arrays.row_upper))
        if len(limits):
            self.set_rows(limits.astype(np.int32), arrays.row_lower[limits], arrays.row_upper[limits])
        changed = np.flatnonzero(now.values != arrays.values)
        for row in np.unique(np.searchsorted(arrays.starts, changed, side="right") - 1):
            self.set_row_values(int(row), arrays.values[arrays.starts[row] : arrays.starts[row + 1]])

    def patch(self, arrays: Arrays) -> None:
        """Turn the model into one that differs in its limits alone, all of them sent at once.

        Args:
            arrays: the other programme; its matrix and objective are those that stand here.
        """
        rows, columns = len(arrays.row_lower), len(arrays.col_lower)
        every_row, every_column = np.arange(rows, dtype=np.int32), np.arange(columns, dtype=np.int32)
        self.set_rows(every_row, arrays.row_lower, arrays.row_upper)
        self.set_columns(every_column, arrays.col_lower, arrays.col_upper)

    def standing(self) -> Arrays:
        """The programme as it stands, with every change made since it was handed over and what was added."""
        return self._now

    def set_cost(self, cost: Float) -> None:
        """Change the objective, float64 (columns,), still maximised."""
        places = np.arange(len(cost), dtype=np.int32)
        _done(self._highs.changeColsCost(len(cost), places, cost * self._sharpness), "changeColsCost")
        self._now.cost[:] = cost

    def set_row(self, row: int, lower: float, upper: float) -> None:
        """Change the limits of a row; infinite limits take it out."""
        self.set_rows(np.asarray([row], dtype=np.int32), np.asarray([lower]), np.asarray([upper]))

    def set_rows(self, rows: Int, lower: Float, upper: Float) -> None:
        """Change the limits of some rows; infinite limits take a row out."""
        now = self._now
        now.row_lower[rows], now.row_upper[rows] = lower, upper
        numbers = self._numbers.solver_row[rows].astype(np.int32)
        sent = numbers >= 0
        if sent.any():
            count = int(sent.sum())
            _done(self._highs.changeRowsBounds(count, numbers[sent], lower[sent], upper[sent]), "changeRowsBounds")
        if not sent.all():
            self._send_bounds(now.columns[now.starts[rows[~sent]]])

    def set_columns(self, columns: Int, lower: Float, upper: Float) -> None:
        """Change the bounds of some columns."""
        self._now.col_lower[columns], self._now.col_upper[columns] = lower, upper
        self._send_bounds(columns)

    def _send_bounds(self, columns: Int) -> None:
        bounds = self._bounds(columns.astype(np.int64))
        _done(self._highs.changeColsBounds(len(columns), columns, *bounds), "changeColsBounds")

    def set_row_values(self, row: int, values: Float) -> None:
        """Change the coefficients of a row, in the order in which the arrays hold them."""
        start, end = self._now.starts[row], self._now.starts[row + 1]
        number = int(self._numbers.solver_row[row])
        for place in np.flatnonzero(self._now.values[start:end] != values):
            if number < 0:
                raise ValueError("a row that goes over as a bound has the coefficient 1")
            column = int(self._now.columns[start + place])
            _done(self._highs.changeCoeff(number, column, float(values[place])), "changeCoeff")
        self._now.values[start:end] = values

    def add_column(self, cost: float, lower: float, upper: float) -> int:
        """Add an empty column; returns its number."""
        none = np.asarray([], dtype=np.int32)
        _done(self._highs.addCol(cost * self._sharpness, lower, upper, 0, none, np.asarray([])), "addCol")
        self._numbers.add_column()
        now = self._now
        self._now = replace(
            now,
            cost=np.append(now.cost, cost),
            col_lower=np.append(now.col_lower, lower),
            col_upper=np.append(now.col_upper, upper),
            column_names=(*now.column_names, "added"),
        )
        return len(now.cost)

    def add_rows(self, lower: Float, upper: Float, starts: Int, columns: Int, values: Float) -> int:
        """Add rows, compressed; returns the number of the first."""
        _done(
            self._highs.addRows(len(lower), lower, upper, len(values), starts[:-1], columns, values),
            "addRows",
        )
        for _ in lower:
            self._numbers.add_row()
        now = self._now
        self._now = replace(
            now,
            row_lower=np.append(now.row_lower, lower),
            row_upper=np.append(now.row_upper, upper),
            starts=np.append(now.starts, now.starts[-1] + starts[1:]).astype(np.int32),
            columns=np.append(now.columns, columns).astype(np.int32),
            values=np.append(now.values, values),
        )
        return len(now.row_lower)

    def basis(self) -> Any:
        """The basis of the last run, to start from again."""
        return self._highs.getBasis()

    def start_from(self, basis: Any) -> None:
        """Let the next run start from an earlier basis of this model."""
        _done(self._highs.setBasis(basis), "setBasis")

    def restart_from(self, basis: Any) -> None:
        """Let the next run start from an earlier basis as if it were the first run, forgetting all that came since.

        A basis alone does not make an answer repeatable: edge weights and the last factor are kept beside it, and among
        equally good plans another one is found.
        """
        _done(self._highs.clearSolver(), "clearSolver")
        self.start_from(basis)

    def copy(self) -> "LiveModel":
        """The programme as it was handed over, alive beside this one, starting from this one's basis."""
        other = LiveModel(self.arrays, self._iteration_limit)
        if self._sharpness != 1.0:
            other.sharpen()
        basis = self._highs.getBasis()
        if basis.valid and len(self._now.row_lower) == len(self.arrays.row_lower):
            _done(other._highs.setBasis(basis), "setBasis")
        return other

    def copy_as_it_stands(self) -> "LiveModel":
        """The programme as it stands, alive beside this one, starting from this one's basis."""
        other = LiveModel(self._now.copy(), self._iteration_limit)
        if self._sharpness != 1.0:
            other.sharpen()
        basis = self._highs.getBasis()
        if basis.valid:
            _done(other._highs.setBasis(basis), "setBasis")
        return other

    def rows_at_fault(self) -> tuple[int, ...]:
        """The rows of an irreducible infeasible subsystem of a model just found infeasible.

        Returns:
            Row numbers, ascending; none where HiGHS could not tell.
        """
        # 2: from the elastic programme; 4: reduced until no row can be spared.
        self._option("iis_strategy", 6)
        _, found = self._highs.getIis()
        if not found.valid_:
            return ()
        known = np.flatnonzero(self._numbers.handed_over)
        bounding = self._numbers.bounding[np.asarray(found.col_index_, dtype=np.int64)]
        rows = {*known[np.asarray(found.row_index_, dtype=np.int64)].tolist(), *bounding[bounding >= 0].tolist()}
        return tuple(sorted(rows))


def _filled(values: Any, size: int) -> Float:
    array = np.asarray(values, dtype=np.float64)
    return array[:size] if len(array) >= size else np.full(size, np.nan)


def _silent_highs() -> Any:
    # The plain object: the wrapper announces itself on standard output before it can be silenced.
    highs = _core._Highs()
    for name, value in (("output_flag", False), ("threads", 1), ("parallel", "off"), ("random_seed", 0)):
        _done(highs.setOptionValue(name, value), name)
    return highs


def _done(status: Any, what: str) -> None:
    if status == highspy.HighsStatus.kError:
        raise ValueError(f"HiGHS refused {what}")
