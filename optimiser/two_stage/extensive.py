"""The extensive form: one linear programme that holds the first stage once and the second stage for every run.

Columns: x | eta | t of each tail bound | for each run: y, u, u of each tail bound.
Rows: A x | for each run: T x + W y, the tail row, a row of each tail bound | the limit of each tail bound.
Everything is turned into gains, which are maximised. The tail row is u >= eta - q y: with
CVaR = max eta - E[(eta - q y)+] / (1 - alpha) and CVaR(c x + Z) = c x + CVaR(Z), as x is the same in every run.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Arrays
from optimiser.two_stage.programme import Runs, TwoStage
from optimiser.two_stage.risk import Risk, TailBound

Float = NDArray[np.float64]
Int = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Extensive:
    """The extensive form as arrays, and where things stand in it.

    Attributes:
        arrays: the programme, maximised.
        runs: how many.
        first_columns, first_rows: of the first stage.
        second_columns, second_rows: of the template.
        before: columns that stand before the first run's.
        width, height: columns and rows of one run.
        with_tail: whether eta and u are there.
    """

    arrays: Arrays
    runs: int
    first_columns: int
    first_rows: int
    second_columns: int
    second_rows: int
    before: int
    width: int
    height: int
    with_tail: bool

    def first_of(self, columns: Float) -> Float:
        """x of an answer."""
        return columns[: self.first_columns].copy()

    def second_of(self, columns: Float) -> Float:
        """y of an answer, float64 (runs, columns of the second stage)."""
        return self.by_run(columns)[:, : self.second_columns].copy()

    def by_run(self, columns: Float) -> Float:
        """All columns of each run, float64 (runs, width)."""
        return columns[self.before : self.before + self.runs * self.width].reshape(self.runs, self.width)


@dataclass(frozen=True, eq=False)
class _Block:
    """The entries of one run: where they stand, and their values in every run."""

    rows: Int
    columns: Int
    moves: NDArray[np.bool_]
    values: Float


def extensive_form(
    programme: TwoStage, runs: Runs, risk: Risk | None = None, bounds: tuple[TailBound, ...] = ()
) -> Extensive:
    """Lay out the extensive form.

    Args:
        programme: the two stages.
        runs: what may happen.
        risk: what is aimed at; the mean where none is given. With a weight of 0 the tail's columns are there all the
            same, so that another weight is only another objective.
        bounds: bounds on tails.

    Returns:
        Extensive.

    Raises:
        ValueError: where what varies lies outside the second stage, or a bound has another shape.
    """
    first, second = programme.first, programme.second
    n1, n2, m1, m2, count = (
        len(first.cost),
        len(second.cost),
        len(first.row_lower),
        len(second.row_lower),
        len(runs),
    )
    tails = (risk is not None) + len(bounds)
    before, width, height = n1 + tails, n2 + tails, m2 + tails
    form = Extensive(
        arrays=_NONE,
        runs=count,
        first_columns=n1,
        first_rows=m1,
        second_columns=n2,
        second_rows=m2,
        before=before,
        width=width,
        height=height,
        with_tail=risk is not None,
    )
    block = _block(programme, runs, risk is not None, bounds, form)
    order = np.lexsort((block.columns, block.rows))
    per_run = len(order)
    shifts = np.arange(count, dtype=np.int64) * width
    columns = block.columns[order][None] + np.where(block.moves[order], 1, 0)[None] * shifts[:, None]
    sizes = np.bincount(block.rows, minlength=height)
    by_row = np.lexsort((first.matrix.columns, first.matrix.rows))
    last = [_limit_row(form, number, bound, runs, risk is not None) for number, bound in enumerate(bounds)]
    starts = np.concatenate(
        [
            [0],
            np.cumsum(
                np.concatenate(
                    [
                        np.bincount(first.matrix.rows, minlength=m1),
                        np.tile(sizes, count),
                        np.full(len(bounds), count + 1, dtype=np.int64),
                    ]
                )
            ),
        ]
    )
    arrays = Arrays(
        cost=_costs(programme, runs, risk, form),
        col_lower=_column_sides(programme, runs, form, upper=False),
        col_upper=_column_sides(programme, runs, form, upper=True),
        row_lower=_row_sides(programme, runs, form, bounds, upper=False),
        row_upper=_row_sides(programme, runs, form, bounds, upper=True),
        starts=starts.astype(np.int32),
        columns=np.concatenate(
            [first.matrix.columns[by_row], columns.reshape(count * per_run), *(places for places, _ in last)]
        ).astype(np.int32),
        values=np.concatenate(
            [first.matrix.values[by_row], block.values[:, order].reshape(count * per_run), *(v for _, v in last)]
        ),
        column_names=(),
    )
    return Extensive(**{**vars(form), "arrays": arrays})


def objective_under(programme: TwoStage, runs: Runs, risk: Risk, form: Extensive) -> Float:
    """The costs of the same extensive form under another risk, float64 (columns,)."""
    return _costs(programme, runs, risk, form)


_NONE = Arrays(
    *(np.zeros(0),) * 5,
    starts=np.zeros(1, np.int32),
    columns=np.zeros(0, np.int32),
    values=np.zeros(0),
    column_names=(),
)


def _block(programme: TwoStage, runs: Runs, with_tail: bool, bounds: tuple[TailBound, ...], form: Extensive) -> _Block:
    count, before, n2, m2 = len(runs), form.before, form.second_columns, form.second_rows
    technology, recourse = programme.technology, programme.second.matrix
    cost = programme.in_runs("cost", runs)
    rows = [technology.rows, recourse.rows]
    columns = [technology.columns, before + recourse.columns]
    moves = [np.zeros(len(technology.rows), dtype=bool), np.ones(len(recourse.rows), dtype=bool)]
    values = [programme.in_runs("technology", runs), programme.in_runs("recourse", runs)]
    if with_tail:
        priced = np.flatnonzero((cost != 0).any(axis=0))
        rows.append(np.full(len(priced) + 2, m2))
        columns.append(np.concatenate([before + priced, [before + n2, form.first_columns]]))
        moves.append(np.concatenate([np.ones(len(priced) + 1, dtype=bool), [False]]))
        values.append(np.hstack([programme.sign * cost[:, priced], np.ones((count, 1)), -np.ones((count, 1))]))
    for number, bound in enumerate(bounds):
        sign = 1.0 if bound.tail == "upper" else -1.0
        if len(bound.first) != form.first_columns or len(bound.second) != n2:
            raise ValueError("a tail bound needs a coefficient for each column of both stages")
        x, y = np.flatnonzero(bound.first), np.flatnonzero(bound.second)
        at = with_tail + number
        rows.append(np.full(len(x) + len(y) + 2, m2 + at))
        columns.append(np.concatenate([x, before + y, [before + n2 + at, form.first_columns + at]]))
        moves.append(
            np.concatenate([np.zeros(len(x), dtype=bool), np.ones(len(y) + 1, dtype=bool), np.zeros(1, dtype=bool)])
        )
        told = np.concatenate([-sign * bound.first[x], -sign * bound.second[y], [1.0, 1.0]])
        values.append(np.repeat(told[None], count, axis=0))
    return _Block(
        np.concatenate(rows).astype(np.int64),
        np.concatenate(columns).astype(np.int64),
        np.concatenate(moves),
        np.hstack(values),
    )


def _limit_row(form: Extensive, number: int, bound: TailBound, runs: Runs, with_tail: bool) -> tuple[Int, Float]:
    """t + E[u] / (1 - alpha), the row that keeps to the limit."""
    at = with_tail + number
    places = form.before + form.second_columns + at + np.arange(form.runs, dtype=np.int64) * form.width
    return (
        np.concatenate([[form.first_columns + at], places]),
        np.concatenate([[1.0], runs.probability / (1.0 - bound.level)]),
    )


def _costs(programme: TwoStage, runs: Runs, risk: Risk | None, form: Extensive) -> Float:
    sign, weight = programme.sign, 0.0 if risk is None else risk.weight
    later = np.zeros((form.runs, form.width))
    later[:, : form.second_columns] = (
        sign * (1.0 - weight) * runs.probability[:, None] * programme.in_runs("cost", runs)
    )
    now = np.zeros(form.before)
    now[: form.first_columns] = sign * programme.first.cost
    if risk is not None:
        now[form.first_columns] = weight
        later[:, form.second_columns] = -weight * runs.probability / (1.0 - risk.level)
    return np.concatenate([now, later.reshape(-1)])


def _column_sides(programme: TwoStage, runs: Runs, form: Extensive, upper: bool) -> Float:
    first = programme.first.column_upper if upper else programme.first.column_lower
    later = np.full((form.runs, form.width), np.inf if upper else 0.0)
    later[:, : form.second_columns] = programme.in_runs("column_upper" if upper else "column_lower", runs)
    free = np.full(form.before - form.first_columns, np.inf if upper else -np.inf)
    return np.concatenate([first, free, later.reshape(-1)])


def _row_sides(programme: TwoStage, runs: Runs, form: Extensive, bounds: tuple[TailBound, ...], upper: bool) -> Float:
    first = programme.first.row_upper if upper else programme.first.row_lower
    later = np.full((form.runs, form.height), np.inf if upper else 0.0)
    later[:, : form.second_rows] = programme.in_runs("row_upper" if upper else "row_lower", runs)
    if upper:
        limits = np.asarray([bound.limit if bound.tail == "upper" else -bound.limit for bound in bounds])
    else:
        limits = np.full(len(bounds), -np.inf)
    return np.concatenate([first, later.reshape(-1), limits])
