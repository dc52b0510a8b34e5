"""The one file that knows HiGHS: a finished PuLP model goes over as arrays, answers come back as arrays.

PuLP's own bridge to HiGHS is not used. It calls a stopped run optimal, turns the sign of the prices when maximising,
ignores options it does not know and starts cold each time. Here the status is HiGHS's own word, the model is maximised
as it stands, so that a row's price is the change of the objective for one more unit of its limit, a refused option is
an error, and the model stays alive: it is changed and solved again from where it was.
"""

from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np
import pulp
from highspy import _core
from numpy.typing import NDArray

Float = NDArray[np.float64]
Int = NDArray[np.int32]

Status = Literal["optimal", "infeasible", "unbounded", "limit", "failed"]

TOLERANCE = 1e-9
"""Primal and dual feasibility asked of HiGHS, in units of money and pathways."""

DEFAULT_ITERATION_LIMIT = 2_000_000

FIRST_BY_SIMPLEX = 50_000
"""Columns up to which the first run is by simplex."""

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


def arrays_of(model: pulp.LpProblem, variables: list[Any]) -> Arrays:
    """Read a PuLP model into arrays, rows and columns in the given order.

    Args:
        model: a model that maximises.
        variables: its variables, in the order that the columns shall have.

    Returns:
        The arrays.
    """
    place = {id(variable): number for number, variable in enumerate(variables)}
    cost = np.zeros(len(variables))
    for variable, coefficient in model.objective.items():
        cost[place[id(variable)]] = coefficient
    starts, columns, values = [0], [], []
    lower, upper = [], []
    for row in model.constraints():
        for variable, coefficient in row.items():
            columns.append(place[id(variable)])
            values.append(coefficient)
        starts.append(len(columns))
        limit = -row.constant
        lower.append(-np.inf if row.sense == pulp.LpConstraintLE else limit)
        upper.append(np.inf if row.sense == pulp.LpConstraintGE else limit)
    return Arrays(
        cost=cost,
        col_lower=np.asarray([-np.inf if v.lowBound is None else v.lowBound for v in variables], dtype=np.float64),
        col_upper=np.asarray([np.inf if v.upBound is None else v.upBound for v in variables], dtype=np.float64),
        row_lower=np.asarray(lower, dtype=np.float64),
        row_upper=np.asarray(upper, dtype=np.float64),
        starts=np.asarray(starts, dtype=np.int32),
        columns=np.asarray(columns, dtype=np.int32),
        values=np.asarray(values, dtype=np.float64),
        column_names=tuple(variable.name for variable in variables),
    )


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
        self._iteration_limit = iteration_limit
        self._highs = _silent_highs()
        self._option("simplex_iteration_limit", iteration_limit)
        self._option("ipm_iteration_limit", iteration_limit)
        self._option("primal_feasibility_tolerance", TOLERANCE)
        self._option("dual_feasibility_tolerance", TOLERANCE)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(arrays.cost), len(arrays.row_lower)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = arrays.cost, arrays.col_lower, arrays.col_upper
        lp.row_lower_, lp.row_upper_ = arrays.row_lower, arrays.row_upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = arrays.starts, arrays.columns, arrays.values
        lp.sense_ = highspy.ObjSense.kMaximize
        _done(self._highs.passModel(lp), "passModel")

    def _option(self, name: str, value: Any) -> None:
        _done(self._highs.setOptionValue(name, value), name)

    def run(self, method: Literal["first", "dual", "primal", "ipm"] = "dual") -> Answer:
        """Solve the model as it stands.

        Args:
            method: `primal` is primal simplex, for a first run or a changed objective (the last point is still
                feasible); `dual` is dual simplex, for changed limits; `ipm` is interior point with crossover; `first`
                is primal up to FIRST_BY_SIMPLEX columns and ipm above.

        Source of the choice, measured on the shipped agreement: 64 lines primal 0.023 s, dual 0.048 s, ipm 0.056 s; 256
        lines 0.23, 0.47 and 0.49 s; 3,072 lines (141,000 columns) ipm 14 s, dual 40 s.

        Returns:
            The answer; its arrays mean nothing unless the status is `optimal`.
        """
        if method == "first":
            method = "primal" if len(self.arrays.cost) <= FIRST_BY_SIMPLEX else "ipm"
        self._option("solver", "ipm" if method == "ipm" else "simplex")
        self._option("simplex_strategy", 4 if method == "primal" else 1)
        self._highs.run()
        if self._highs.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            self._option("presolve", "off")
            self._highs.run()
            self._option("presolve", "choose")
        info, solution = self._highs.getInfo(), self._highs.getSolution()
        status = _STATUS.get(self._highs.getModelStatus(), "failed")
        iterations = sum(
            max(int(count), 0)
            for count in (info.simplex_iteration_count, info.ipm_iteration_count, info.crossover_iteration_count)
        )
        columns, rows = self._highs.getNumCol(), self._highs.getNumRow()
        return Answer(
            status=status,
            objective=float(info.objective_function_value),
            columns=_filled(solution.col_value, columns),
            prices=_filled(solution.row_dual, rows),
            reduced_costs=_filled(solution.col_dual, columns),
            iterations=iterations,
        )

    def set_cost(self, cost: Float) -> None:
        """Change the objective, float64 (columns,), still maximised."""
        places = np.arange(len(cost), dtype=np.int32)
        _done(self._highs.changeColsCost(len(cost), places, cost), "changeColsCost")

    def set_row(self, row: int, lower: float, upper: float) -> None:
        """Change the limits of a row; infinite limits take it out."""
        _done(self._highs.changeRowBounds(row, lower, upper), "changeRowBounds")

    def set_columns(self, columns: Int, lower: Float, upper: Float) -> None:
        """Change the bounds of some columns."""
        _done(self._highs.changeColsBounds(len(columns), columns, lower, upper), "changeColsBounds")

    def set_coefficient(self, row: int, column: int, value: float) -> None:
        """Change one coefficient of the matrix."""
        _done(self._highs.changeCoeff(row, column, value), "changeCoeff")

    def add_column(self, cost: float, lower: float, upper: float) -> int:
        """Add an empty column; returns its number."""
        none = np.asarray([], dtype=np.int32)
        _done(self._highs.addCol(cost, lower, upper, 0, none, np.asarray([])), "addCol")
        return int(self._highs.getNumCol()) - 1

    def add_row(self, lower: float, upper: float, columns: Int, values: Float) -> int:
        """Add a row; returns its number."""
        _done(self._highs.addRow(lower, upper, len(columns), columns, values), "addRow")
        return int(self._highs.getNumRow()) - 1

    def copy(self) -> "LiveModel":
        """The programme as it was handed over, alive beside this one, starting from this one's basis."""
        other = LiveModel(self.arrays, self._iteration_limit)
        basis = self._highs.getBasis()
        if basis.valid and self._highs.getNumRow() == len(self.arrays.row_lower):
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
        return tuple(sorted(int(row) for row in found.row_index_)) if found.valid_ else ()


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
