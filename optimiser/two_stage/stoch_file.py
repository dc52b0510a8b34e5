"""The stoch file of an SMPS problem: which figures vary, together or apart, and how likely each value is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from optimiser.two_stage.core_file import Core, SmpsRefused, lines_of, number_in
from optimiser.two_stage.programme import Part, Runs, Varying
from optimiser.two_stage.sampling import Between, Block, Element, Independent

Figure = tuple[Part, tuple[str, ...]]
"""A figure by name: its part, and the column, the row, or both (row, column) that it stands at."""
Places = Mapping[Part, Mapping[tuple[str, ...], int]]
BOUND_KINDS = ("UP", "LO", "FX")


@dataclass(eq=False)
class Varies:
    """What a stoch file says.

    Attributes:
        blocks: for each block by name: probabilities, and for each outcome its figures.
        between: figures that are uniform between two values.
        scenarios: for each by name: probability, and all its figures.
        new_places: (row, column) that only luck fills.
    """

    blocks: dict[str, list[tuple[float, dict[Figure, float]]]] = field(default_factory=dict)
    between: dict[Figure, tuple[float, float]] = field(default_factory=dict)
    scenarios: dict[str, tuple[float, dict[Figure, float]]] = field(default_factory=dict)
    new_places: dict[tuple[str, str], None] = field(default_factory=dict)

    def luck(self, core: Core, places: Places) -> Runs | Independent:
        """The runs of a list of scenarios, or the blocks.

        Args:
            core: for the figures that an outcome leaves as they are, and the rows' other sides.
            places: where each figure stands in the programme.

        Returns:
            Runs, or independent blocks.
        """
        if self.scenarios:
            return self._runs(core, places)
        made: list[Block | Between] = []
        for outcomes in self.blocks.values():
            figures = list(dict.fromkeys(figure for _, told in outcomes for figure in told))
            values = [[told.get(f, outcomes[0][1].get(f, standing(core, f))) for f in figures] for _, told in outcomes]
            told = _told(core, places, figures, np.asarray(values, dtype=np.float64))
            probability = np.asarray([one for one, _ in outcomes], dtype=np.float64)
            probability = probability / probability.sum()
            made.append(
                Block(tuple(element for element, _ in told), probability, np.column_stack([v for _, v in told]))
            )
        for figure, (low, high) in self.between.items():
            ends = _told(core, places, [figure], np.asarray([[low], [high]]))
            made.append(
                Between(
                    tuple(element for element, _ in ends),
                    tuple(float(values[0]) for _, values in ends),
                    tuple(float(values[1]) for _, values in ends),
                )
            )
        return Independent(tuple(made))

    def _runs(self, core: Core, places: Places) -> Runs:
        figures = list(dict.fromkeys(figure for _, told in self.scenarios.values() for figure in told))
        values = [[told.get(f, standing(core, f)) for f in figures] for _, told in self.scenarios.values()]
        told = _told(core, places, figures, np.asarray(values, dtype=np.float64).reshape(len(values), len(figures)))
        by_part: dict[Part, list[tuple[int, np.ndarray]]] = {}
        for element, column in told:
            by_part.setdefault(element.part, []).append((element.place, column))
        varying = tuple(
            Varying(part, np.asarray([p for p, _ in rows], dtype=np.int64), np.column_stack([v for _, v in rows]))
            for part, rows in by_part.items()
        )
        probability = np.asarray([one for one, _ in self.scenarios.values()], dtype=np.float64)
        return Runs(probability / probability.sum(), varying)


def standing(core: Core, figure: Figure) -> float:
    """A figure as the core file has it; of a row, its right-hand side."""
    part, names = figure
    if part == "cost":
        return core.costs.get(names[0], 0.0)
    if part in ("row_lower", "row_upper"):
        return core.right.get(names[0], 0.0)
    if part in ("column_lower", "column_upper"):
        return core.bounds(names[0])[part == "column_upper"]
    return core.coefficients.get((names[0], names[1]), 0.0)


def _told(core: Core, places: Places, figures: list[Figure], values: np.ndarray) -> list[tuple[Element, np.ndarray]]:
    """Elements of the programme with their values; a right-hand side becomes the finite sides of its row."""
    found: list[tuple[Element, np.ndarray]] = []
    for at, (part, names) in enumerate(figures):
        if part != "row_lower":
            found.append((Element(part, places[part][names]), values[:, at]))
            continue
        sides = np.asarray([core.sides(names[0], value) for value in values[:, at]])
        for which, side in (("row_lower", 0), ("row_upper", 1)):
            if np.isfinite(sides[:, side]).all():
                of: Part = "row_lower" if which == "row_lower" else "row_upper"
                found.append((Element(of, places[of][names]), sides[:, side]))
    return found


@dataclass(eq=False)
class _Reading:
    """Where the reader of a stoch file stands."""

    path: Path
    core: Core
    columns: set[str]
    rows: set[str]
    varies: Varies
    section: str = ""
    way: str = "REPLACE"
    now: dict[Figure, float] | None = None

    def figures(
        self, line: int, column: str, row: str, value: float, base: Mapping[Figure, float]
    ) -> dict[Figure, float]:
        """A figure told by its column (or RHS) and row, with its new value."""
        core = self.core
        if column in self.columns and row == core.objective:
            return self._changed([("cost", (column,))], value, base)
        if row not in self.rows:
            why = "of the first period or unknown" if row not in core.free_rows else "of the objective"
            raise SmpsRefused(self.path, line, f"a figure {why} varies: {column} {row}")
        if column not in core.columns:
            return self._changed([("row_lower", (row,))], value, base)
        if (row, column) not in core.coefficients:
            self.varies.new_places[row, column] = None
        part: Part = "recourse" if column in self.columns else "technology"
        return self._changed([(part, (row, column))], value, base)

    def bound(
        self, line: int, kind: str, column: str, value: float, base: Mapping[Figure, float]
    ) -> dict[Figure, float]:
        """A bound told by its kind and column."""
        if column not in self.columns:
            raise SmpsRefused(self.path, line, f"a bound of the first period or of an unknown column varies: {column}")
        parts: list[Part] = []
        if kind in ("LO", "FX"):
            parts.append("column_lower")
        if kind in ("UP", "FX"):
            parts.append("column_upper")
        return self._changed([(part, (column,)) for part in parts], value, base)

    def _changed(self, figures: list[Figure], value: float, base: Mapping[Figure, float]) -> dict[Figure, float]:
        out = {}
        for figure in figures:
            before = base.get(figure, standing(self.core, figure))
            out[figure] = {"REPLACE": value, "ADD": before + value, "MULTIPLY": before * value}[self.way]
        return out


def read_stoch(path: Path, core: Core, columns: set[str], rows: set[str], period: str) -> Varies:
    """Read a stoch file.

    Args:
        path: the file.
        core: what it points into.
        columns, rows: names of the second period.
        period: name of the second period.

    Returns:
        What varies.

    Raises:
        SmpsRefused: with the line, where something is not understood.
    """
    reading = _Reading(path, core, columns, rows, Varies())
    for line, words, heads in lines_of(path):
        if heads and words[0].upper() not in ("BL", "SC", *BOUND_KINDS):
            reading.section = words[0].upper()
            if reading.section == "ENDATA":
                break
            if reading.section in ("INDEP", "BLOCKS", "SCENARIOS"):
                _headed(reading, line, [word.upper() for word in words[1:]])
            elif reading.section not in ("STOCH", "NAME"):
                raise SmpsRefused(path, line, f"{words[0]} is not read; INDEP, BLOCKS and SCENARIOS are")
        elif reading.section.startswith("INDEP"):
            _independent(reading, line, words, period)
        elif reading.section == "BLOCKS":
            _block(reading, line, words)
        elif reading.section == "SCENARIOS":
            _scenario(reading, line, words)
        else:
            raise SmpsRefused(path, line, "a line outside the sections known here")
    varies = reading.varies
    for name, outcomes in varies.blocks.items():
        _adds_up(path, name, [one for one, _ in outcomes])
    if varies.scenarios:
        if varies.blocks or varies.between:
            raise SmpsRefused(path, 0, "a list of scenarios and independent figures in one file")
        _adds_up(path, "SCENARIOS", [one for one, _ in varies.scenarios.values()])
    elif not varies.blocks and not varies.between:
        raise SmpsRefused(path, 0, "nothing varies")
    return varies


def _adds_up(path: Path, name: str, probabilities: list[float]) -> None:
    if any(one < 0 for one in probabilities) or abs(sum(probabilities) - 1.0) > 1e-4:
        raise SmpsRefused(path, 0, f"the probabilities of {name} add up to {sum(probabilities):g}, not to 1")


def _headed(reading: _Reading, line: int, options: list[str]) -> None:
    reading.way = next((one for one in options if one in ("REPLACE", "ADD", "MULTIPLY")), "REPLACE")
    kinds = [one for one in options if one not in ("REPLACE", "ADD", "MULTIPLY")]
    allowed = ("DISCRETE", "UNIFORM") if reading.section == "INDEP" else ("DISCRETE",)
    if any(kind not in allowed for kind in kinds):
        raise SmpsRefused(reading.path, line, f"{' '.join(kinds)} is not read; {' and '.join(allowed)} are")
    if "UNIFORM" in kinds:
        reading.section = "INDEP UNIFORM"


def _independent(reading: _Reading, line: int, words: list[str], period: str) -> None:
    path = reading.path
    if words[0].upper() in BOUND_KINDS and len(words) >= 5:
        kind, column, rest = words[0].upper(), words[2], words[3:]
        value, last = number_in(path, line, rest[0]), number_in(path, line, rest[-1])
        told, key = reading.bound(line, kind, column, value, {}), f"{kind} {column}"
    elif len(words) in (4, 5):
        column, row = words[0], words[1]
        if len(words) == 5 and words[3] != period:
            raise SmpsRefused(path, line, f"period {words[3]} is not the second one ({period})")
        value, last = number_in(path, line, words[2]), number_in(path, line, words[-1])
        told, key = reading.figures(line, column, row, value, {}), f"{column} {row}"
    else:
        raise SmpsRefused(path, line, "column, row, value, period and probability were expected")
    if reading.section == "INDEP UNIFORM":
        if len(told) > 1 or reading.way != "REPLACE" or last < value:
            raise SmpsRefused(path, line, "a uniform figure is told by its low and its high value")
        reading.varies.between[next(iter(told))] = (value, last)
    else:
        reading.varies.blocks.setdefault(key, []).append((last, told))


def _block(reading: _Reading, line: int, words: list[str]) -> None:
    blocks = reading.varies.blocks
    if words[0].upper() == "BL" and len(words) == 4:
        reading.now = {}
        blocks.setdefault(words[1], []).append((number_in(reading.path, line, words[3]), reading.now))
        return
    _changes(reading, line, words, {})


def _scenario(reading: _Reading, line: int, words: list[str]) -> None:
    scenarios, path = reading.varies.scenarios, reading.path
    if words[0].upper() == "SC" and len(words) == 5:
        parent = words[2].strip("'\"")
        if parent.upper() != "ROOT" and parent not in scenarios:
            raise SmpsRefused(path, line, f"scenario {words[1]} follows {parent}, which was not told before")
        reading.now = dict(scenarios[parent][1]) if parent in scenarios else {}
        if words[1] in scenarios:
            raise SmpsRefused(path, line, f"scenario {words[1]} stands twice")
        scenarios[words[1]] = (number_in(path, line, words[3]), reading.now)
        return
    _changes(reading, line, words, dict(reading.now or {}))


def _changes(reading: _Reading, line: int, words: list[str], base: Mapping[Figure, float]) -> None:
    if reading.now is None:
        raise SmpsRefused(reading.path, line, "values stand before the first BL or SC")
    if words[0].upper() in BOUND_KINDS and len(words) == 4 and words[2] in reading.core.columns:
        value = number_in(reading.path, line, words[3])
        reading.now.update(reading.bound(line, words[0].upper(), words[2], value, base))
        return
    if len(words) not in (3, 5):
        raise SmpsRefused(reading.path, line, "column, row and value were expected")
    for at in range(1, len(words), 2):
        value = number_in(reading.path, line, words[at + 1])
        reading.now.update(reading.figures(line, words[0], words[at], value, base))
