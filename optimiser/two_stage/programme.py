"""The two-stage programme: what is decided now, the template of what is decided later, and what varies between runs."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Float = NDArray[np.float64]
Int = NDArray[np.int64]

Sense = Literal["min", "max"]
Part = Literal["cost", "column_lower", "column_upper", "row_lower", "row_upper", "technology", "recourse"]
PARTS: tuple[Part, ...] = get_args(Part)
"""What of the second stage may vary: q, the bounds of y, both sides of h, the entries of T and of W."""


@dataclass(frozen=True, eq=False)
class Entries:
    """A sparse matrix as its entries.

    Attributes:
        rows, columns: int64 (entries,), places; no place twice.
        values: float64 (entries,).
        shape: (rows, columns).
    """

    rows: Int
    columns: Int
    values: Float
    shape: tuple[int, int]

    def __post_init__(self) -> None:
        """Refuse what is no matrix."""
        rows, columns = self.rows, self.columns
        if not len(rows) == len(columns) == len(self.values):
            raise ValueError("a matrix needs as many rows as columns and values")
        if len(rows) and (min(rows.min(), columns.min()) < 0 or rows.max() >= self.shape[0]):
            raise ValueError("an entry lies outside its matrix")
        if len(rows) and columns.max() >= self.shape[1]:
            raise ValueError("an entry lies outside its matrix")
        if len(np.unique(rows * max(self.shape[1], 1) + columns)) != len(rows):
            raise ValueError("a place of a matrix is given twice")
        if not np.isfinite(self.values).all():
            raise ValueError("a matrix holds numbers that are not finite")

    def times(self, point: Float) -> Float:
        """Matrix times point, float64 (rows,)."""
        products = self.values * point[self.columns]
        return np.bincount(self.rows, weights=products, minlength=self.shape[0]).astype(np.float64)


def entries(matrix: ArrayLike, columns: int | None = None) -> Entries:
    """The entries of a dense matrix that are not 0, row by row.

    Args:
        matrix: (rows, columns); an empty list is a matrix without rows.
        columns: how many columns an empty matrix has.

    Returns:
        Entries.
    """
    dense = np.asarray(matrix, dtype=np.float64)
    if dense.size == 0:
        dense = dense.reshape(len(dense), columns or 0)
    row, column = np.nonzero(dense)
    return Entries(row.astype(np.int64), column.astype(np.int64), dense[row, column], (dense.shape[0], dense.shape[1]))


def sides(senses: str, limits: ArrayLike) -> tuple[Float, Float]:
    """The lower and upper sides of rows told by a letter each.

    Args:
        senses: "L" (at most), "G" (at least) or "E" (equal), one letter a row.
        limits: (rows,), the right-hand side.

    Returns:
        Lower and upper sides, float64 (rows,), infinite where there is none.
    """
    limit = np.asarray(limits, dtype=np.float64)
    letters = np.asarray(list(senses), dtype="<U1")
    if len(letters) != len(limit) or not np.isin(letters, list("LGE")).all():
        raise ValueError("rows are told by L, G or E, one letter each")
    return np.where(letters == "L", -np.inf, limit), np.where(letters == "G", np.inf, limit)


@dataclass(frozen=True, eq=False)
class Stage:
    """Columns and rows of one stage: row_lower <= (T x +) W y <= row_upper, column_lower <= y <= column_upper.

    Attributes:
        cost, column_lower, column_upper: float64 (columns,).
        matrix: (rows, columns): A of the first stage, W of the second.
        row_lower, row_upper: float64 (rows,).
    """

    cost: Float
    column_lower: Float
    column_upper: Float
    matrix: Entries
    row_lower: Float
    row_upper: Float

    def __post_init__(self) -> None:
        """Refuse shapes that do not fit and numbers that are none."""
        columns, rows = len(self.cost), len(self.row_lower)
        if self.matrix.shape != (rows, columns) or len(self.row_upper) != rows:
            raise ValueError(f"a stage of {rows} rows and {columns} columns has a matrix of {self.matrix.shape}")
        if not len(self.column_lower) == len(self.column_upper) == columns:
            raise ValueError("a stage needs two bounds for each column")
        if not np.isfinite(self.cost).all():
            raise ValueError("a cost is not finite")
        for sides_ in (self.column_lower, self.column_upper, self.row_lower, self.row_upper):
            if np.isnan(sides_).any():
                raise ValueError("a bound is not a number")


def stage(
    cost: ArrayLike,
    matrix: ArrayLike | Entries = (),
    senses: str = "",
    limits: ArrayLike = (),
    lower: ArrayLike | None = None,
    upper: ArrayLike | None = None,
) -> Stage:
    """A stage told as in a textbook.

    Args:
        cost: (columns,).
        matrix: dense (rows, columns), or its entries.
        senses: a letter a row: L, G or E.
        limits: (rows,), right-hand sides.
        lower, upper: (columns,), bounds; 0 and infinite where not given.

    Returns:
        Stage.
    """
    price = np.asarray(cost, dtype=np.float64)
    row_lower, row_upper = sides(senses, limits)
    return Stage(
        cost=price,
        column_lower=np.zeros(len(price)) if lower is None else np.asarray(lower, dtype=np.float64),
        column_upper=np.full(len(price), np.inf) if upper is None else np.asarray(upper, dtype=np.float64),
        matrix=matrix if isinstance(matrix, Entries) else entries(matrix, len(price)),
        row_lower=row_lower,
        row_upper=row_upper,
    )


@dataclass(frozen=True, eq=False)
class Varying:
    """One part of the second stage in every run.

    Attributes:
        part: which part.
        places: int64 (places,), indices of columns or rows; of entries for `technology` and `recourse`.
        values: float64 (runs, places).
    """

    part: Part
    places: Int
    values: Float


@dataclass(frozen=True, eq=False)
class Runs:
    """What may happen: a probability for each run, and what varies in it.

    Attributes:
        probability: float64 (runs,), adding up to 1.
        varying: no part is named twice.
    """

    probability: Float
    varying: tuple[Varying, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no distribution."""
        if not len(self.probability) or not (self.probability >= 0).all():
            raise ValueError("probabilities are at least 0, and there is at least one run")
        if abs(float(self.probability.sum()) - 1.0) > 1e-6:
            raise ValueError(f"the probabilities add up to {float(self.probability.sum()):g}, not to 1")
        if len({one.part for one in self.varying}) != len(self.varying):
            raise ValueError("a part that varies is named twice")
        for one in self.varying:
            if one.values.shape != (len(self.probability), len(one.places)) or np.isnan(one.values).any():
                raise ValueError(f"what varies of {one.part} needs a number for each run and place")
            if len(np.unique(one.places)) != len(one.places):
                raise ValueError(f"a place of {one.part} varies twice")

    def __len__(self) -> int:
        """How many runs."""
        return len(self.probability)

    def of(self, part: Part) -> Varying | None:
        """What varies of a part, None where nothing does."""
        return next((one for one in self.varying if one.part == part), None)

    def only(self, run: int) -> "Runs":
        """The run alone, for certain."""
        varying = tuple(Varying(one.part, one.places, one.values[run : run + 1]) for one in self.varying)
        return Runs(np.ones(1), varying)

    def mean(self) -> "Runs":
        """One run in which everything is at its mean."""
        weights = self.probability / self.probability.sum()
        varying = tuple(Varying(one.part, one.places, (weights @ one.values)[None]) for one in self.varying)
        return Runs(np.ones(1), varying)


def equally_likely(**parts: tuple[ArrayLike, ArrayLike]) -> Runs:
    """Runs of equal probability.

    Args:
        parts: for each part that varies, its places and its values (runs, places).

    Returns:
        Runs.
    """
    varying = varying_of(**parts)
    count = len(varying[0].values) if varying else 1
    return Runs(np.full(count, 1.0 / count), varying)


def varying_of(**parts: tuple[ArrayLike, ArrayLike]) -> tuple[Varying, ...]:
    """What varies, by part: places and values (runs, places)."""
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        raise ValueError(f"{unknown[0]} is no part of a second stage: {', '.join(PARTS)}")
    return tuple(
        Varying(part, np.asarray(parts[part][0], dtype=np.int64), np.asarray(parts[part][1], dtype=np.float64))
        for part in PARTS
        if part in parts
    )


@dataclass(frozen=True, eq=False)
class TwoStage:
    """Decide x now; in each run answer with the best y.

    The value of a run is c x + q y; it is a cost where `sense` is "min" and a gain where it is "max".

    Attributes:
        sense: "min" or "max".
        first: x: c, its bounds and rows.
        second: the template of y: q, W, h and bounds.
        technology: T, (rows of the second stage, columns of the first).
    """

    sense: Sense
    first: Stage
    second: Stage
    technology: Entries

    def __post_init__(self) -> None:
        """Refuse stages that do not fit together."""
        if self.technology.shape != (len(self.second.row_lower), len(self.first.cost)):
            raise ValueError("the technology matrix needs the second stage's rows and the first stage's columns")

    @property
    def sign(self) -> float:
        """What turns a value into a gain: 1 where it is one, -1 where it is a cost."""
        return 1.0 if self.sense == "max" else -1.0

    def template(self, part: Part) -> Float:
        """The template's own figures of a part."""
        second = self.second
        return {
            "cost": second.cost,
            "column_lower": second.column_lower,
            "column_upper": second.column_upper,
            "row_lower": second.row_lower,
            "row_upper": second.row_upper,
            "technology": self.technology.values,
            "recourse": second.matrix.values,
        }[part]

    def in_runs(self, part: Part, runs: Runs) -> Float:
        """A part in every run: float64 (runs, size of the part).

        Raises:
            ValueError: where a place lies outside the part.
        """
        template = self.template(part)
        whole = np.repeat(template[None], len(runs), axis=0)
        varying = runs.of(part)
        if varying is not None:
            if len(varying.places) and (varying.places.min() < 0 or varying.places.max() >= len(template)):
                raise ValueError(f"a place of {part} lies outside the second stage")
            whole[:, varying.places] = varying.values
        return whole
