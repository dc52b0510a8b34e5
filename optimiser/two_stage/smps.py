"""Published stochastic programmes read from their three files (SMPS): core, time and stoch.

Read: two periods; INDEP (DISCRETE or UNIFORM), BLOCKS DISCRETE and SCENARIOS, with REPLACE, ADD or MULTIPLY; random
right-hand sides, costs, bounds and coefficients of the second period. Anything else is refused with its line.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from optimiser.two_stage.core_file import Core, SmpsRefused, lines_of, read_core
from optimiser.two_stage.programme import Entries, Part, Runs, Stage, TwoStage
from optimiser.two_stage.sampling import MOST_LISTED, Independent
from optimiser.two_stage.stoch_file import read_stoch


@dataclass(frozen=True, eq=False)
class SmpsProblem:
    """A published problem.

    Attributes:
        name: as the core file says.
        programme: its two stages.
        luck: what may happen: a list of runs, or independent blocks to list or to sample from.
        first_names, second_names: of the columns.
        first_rows, second_rows: names of the rows.
    """

    name: str
    programme: TwoStage
    luck: Runs | Independent
    first_names: tuple[str, ...]
    second_names: tuple[str, ...]
    first_rows: tuple[str, ...]
    second_rows: tuple[str, ...]

    @property
    def outcomes(self) -> int | None:
        """How many runs there are in all; None where a figure varies without steps."""
        return len(self.luck) if isinstance(self.luck, Runs) else self.luck.outcomes

    def runs(self) -> Runs:
        """Every run with its probability; ValueError where there are more than can be listed."""
        return self.luck if isinstance(self.luck, Runs) else self.luck.listed()

    @property
    def can_be_listed(self) -> bool:
        """Whether the extensive form over every run is of a size worth trying."""
        return self.outcomes is not None and self.outcomes <= MOST_LISTED


def read_smps(core: Path, time: Path, stoch: Path, relax_integers: bool = False) -> SmpsProblem:
    """Read a problem from its three files.

    Args:
        core: the deterministic problem (MPS).
        time: which columns and rows are of which period.
        stoch: what varies.
        relax_integers: read integer columns as continuous ones; they are refused otherwise.

    Returns:
        SmpsProblem.

    Raises:
        SmpsRefused: with file and line, where something is not understood or not of this kind.

    Source: Birge, Dempster, Gassmann, Gunn, King and Wallace, 1987, "A standard input format for multiperiod
    stochastic linear programs"; Gassmann and Schweitzer, 2001.
    """
    told = read_core(core, relax_integers)
    first_columns, first_rows, last_period = _periods(told, time)
    columns = (tuple(told.columns[:first_columns]), tuple(told.columns[first_columns:]))
    names = tuple(told.senses)
    rows = (names[:first_rows], names[first_rows:])
    varies = read_stoch(stoch, told, set(columns[1]), set(rows[1]), last_period)
    technology = _entries(told, rows[1], columns[0], varies.new_places)
    recourse = _entries(told, rows[1], columns[1], varies.new_places)
    for row in rows[0]:
        for column in columns[1]:
            if told.coefficients.get((row, column)):
                raise SmpsRefused(core, 0, f"row {row} of the first period holds {column} of the second")
    constant = -told.right.get(told.objective, 0.0)
    first = _stage(told, columns[0], rows[0], _entries(told, rows[0], columns[0], ()), constant)
    programme = TwoStage(
        sense="max" if told.maximise else "min",
        first=first,
        second=_stage(told, columns[1], rows[1], recourse, 0.0),
        technology=Entries(technology.rows, technology.columns, technology.values, (len(rows[1]), len(first.cost))),
    )
    places: dict[Part, dict[tuple[str, ...], int]] = {
        "cost": {(name,): at for at, name in enumerate(columns[1])},
        "row_lower": {(name,): at for at, name in enumerate(rows[1])},
        "technology": _places(technology, rows[1], columns[0]),
        "recourse": _places(recourse, rows[1], columns[1]),
    }
    places |= {"column_lower": places["cost"], "column_upper": places["cost"], "row_upper": places["row_lower"]}
    return SmpsProblem(told.name, programme, varies.luck(told, places), *columns, *rows)


def read_smps_named(base: Path, relax_integers: bool = False) -> SmpsProblem:
    """Read a problem whose files share a name: base.cor, base.tim and base.sto (or .core, .mps, .time, .stoch).

    Args:
        base: the files' place and common name, without an ending.
        relax_integers: as `read_smps`.

    Returns:
        SmpsProblem.

    Raises:
        SmpsRefused: where a file is missing or cannot be read.
    """

    def found(*endings: str) -> Path:
        for ending in endings:
            for spelt in (ending, ending.upper()):
                file = base.with_name(f"{base.name}.{spelt}")
                if file.is_file():
                    return file
        raise SmpsRefused(base, 0, f"no file ends in .{' or .'.join(endings)}")

    return read_smps(found("cor", "core", "mps"), found("tim", "time"), found("sto", "stoch"), relax_integers)


def _periods(core: Core, path: Path) -> tuple[int, int, str]:
    """How many columns and rows are of the first period, and the name of the second."""
    section, told = "", []
    explicit: dict[str, dict[str, str]] = {"ROWS": {}, "COLUMNS": {}}
    for line, words, heads in lines_of(path):
        if heads:
            section = words[0].upper()
        elif section == "PERIODS":
            told.append((line, words))
        elif section in explicit:
            explicit[section][words[0]] = words[-1]
    if explicit["COLUMNS"] or explicit["ROWS"]:
        return _explicit(core, path, explicit)
    if len(told) != 2 or any(len(words) < 3 for _, words in told):
        raise SmpsRefused(path, told[0][0] if told else 0, f"{len(told)} periods; this solver has two stages")
    line, (column, row, period) = told[1][0], told[1][1][:3]
    names = list(core.senses)
    if column not in core.columns or row not in names:
        raise SmpsRefused(path, line, f"unknown column {column} or row {row}")
    return core.columns.index(column), names.index(row), period


def _explicit(core: Core, path: Path, told: dict[str, dict[str, str]]) -> tuple[int, int, str]:
    periods = list(dict.fromkeys(told["COLUMNS"].values()))
    if len(periods) != 2:
        raise SmpsRefused(path, 0, f"{len(periods)} periods; this solver has two stages")
    for names in (core.columns, list(core.senses)):
        table = told["COLUMNS"] if names is core.columns else told["ROWS"]
        missing = [name for name in names if name not in table]
        if missing:
            raise SmpsRefused(path, 0, f"{missing[0]} is of no period")
        names.sort(key=lambda name: periods.index(table[name]))
        if names is not core.columns:
            core.senses = {name: core.senses[name] for name in names}
    columns = sum(told["COLUMNS"][name] == periods[0] for name in core.columns)
    return columns, sum(told["ROWS"][name] == periods[0] for name in core.senses), periods[1]


def _entries(core: Core, rows: tuple[str, ...], columns: tuple[str, ...], more: Iterable[tuple[str, str]]) -> Entries:
    """The coefficients of some rows and columns, row by row, with places that only luck fills."""
    row_at = {name: at for at, name in enumerate(rows)}
    column_at = {name: at for at, name in enumerate(columns)}
    places = dict.fromkeys([*core.coefficients, *more])
    found = sorted(
        (row_at[row], column_at[column], core.coefficients.get((row, column), 0.0))
        for row, column in places
        if row in row_at and column in column_at
    )
    return Entries(
        np.asarray([row for row, _, _ in found], dtype=np.int64),
        np.asarray([column for _, column, _ in found], dtype=np.int64),
        np.asarray([value for _, _, value in found], dtype=np.float64),
        (len(rows), len(columns)),
    )


def _places(matrix: Entries, rows: tuple[str, ...], columns: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    return {
        (rows[row], columns[column]): at
        for at, (row, column) in enumerate(zip(matrix.rows.tolist(), matrix.columns.tolist(), strict=True))
    }


def _stage(core: Core, columns: tuple[str, ...], rows: tuple[str, ...], matrix: Entries, constant: float) -> Stage:
    bounds = [core.bounds(name) for name in columns]
    costs = [core.costs.get(name, 0.0) for name in columns]
    if constant:
        # A constant of the objective is a column that is always 1.
        costs, bounds = [*costs, constant], [*bounds, (1.0, 1.0)]
        matrix = Entries(matrix.rows, matrix.columns, matrix.values, (matrix.shape[0], len(costs)))
    row_sides = [core.sides(name) for name in rows]
    return Stage(
        cost=np.asarray(costs, dtype=np.float64),
        column_lower=np.asarray([_endless(low) for low, _ in bounds], dtype=np.float64),
        column_upper=np.asarray([_endless(high) for _, high in bounds], dtype=np.float64),
        matrix=matrix,
        row_lower=np.asarray([_endless(low) for low, _ in row_sides], dtype=np.float64),
        row_upper=np.asarray([_endless(high) for _, high in row_sides], dtype=np.float64),
    )


LARGEST = 1e20
"""Files write an infinite bound as 1e30 or so."""


def _endless(value: float) -> float:
    return math.copysign(math.inf, value) if abs(value) >= LARGEST else value
