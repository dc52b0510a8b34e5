"""The core file of an SMPS problem: an MPS file kept by name, so that the other two files can point into it."""

import math
from dataclasses import dataclass, field
from pathlib import Path

SECTIONS = ("NAME", "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS", "ENDATA", "OBJSENSE", "OBJECT")


class SmpsRefused(ValueError):
    """A file of an SMPS problem cannot be read; says where and why."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        """Keep the place."""
        super().__init__(f"{path.name}:{line}: {why}")


@dataclass(eq=False)
class Core:
    """A linear programme by name.

    Attributes:
        name: as the file says.
        maximise: the sense.
        objective: name of the objective row.
        senses: L, G or E of each row, in the order of the file, the objective and other free rows left out.
        free_rows: rows marked N, the objective first.
        columns: names, in the order of the file.
        costs: of columns in the objective.
        coefficients: (row, column) to value.
        right: right-hand sides by row, the objective's among them (a constant with its sign turned).
        ranges: by row.
        lower, upper: bounds by column where declared.
    """

    name: str = ""
    maximise: bool = False
    objective: str = ""
    senses: dict[str, str] = field(default_factory=dict)
    free_rows: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    costs: dict[str, float] = field(default_factory=dict)
    coefficients: dict[tuple[str, str], float] = field(default_factory=dict)
    right: dict[str, float] = field(default_factory=dict)
    ranges: dict[str, float] = field(default_factory=dict)
    lower: dict[str, float] = field(default_factory=dict)
    upper: dict[str, float] = field(default_factory=dict)

    def sides(self, row: str, right: float | None = None) -> tuple[float, float]:
        """Lower and upper side of a row, with another right-hand side where one is given.

        Source: the MPS convention for RANGES: a G row reaches |R| above, an L row |R| below its right-hand side, an E
        row R to the side of R's sign.
        """
        at = self.right.get(row, 0.0) if right is None else right
        spread, sense = self.ranges.get(row), self.senses[row]
        if sense == "L":
            return (-math.inf if spread is None else at - abs(spread)), at
        if sense == "G":
            return at, (math.inf if spread is None else at + abs(spread))
        wide = 0.0 if spread is None else spread
        return at + min(wide, 0.0), at + max(wide, 0.0)

    def bounds(self, column: str) -> tuple[float, float]:
        """Lower and upper bound of a column: 0 and infinite where none is declared."""
        return self.lower.get(column, 0.0), self.upper.get(column, math.inf)


def lines_of(path: Path) -> list[tuple[int, list[str], bool]]:
    """The lines of a file that say something: their number, words, and whether they begin a section."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise SmpsRefused(path, 0, error.strerror or "cannot be read") from None
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("*"):
            found.append((number, line.split(), not line[0].isspace()))
    return found


def number_in(path: Path, line: int, word: str) -> float:
    """A number of a file; SMPS files write exponents with D as well as E."""
    try:
        value = float(word.replace("D", "E").replace("d", "e"))
    except ValueError:
        raise SmpsRefused(path, line, f"{word} is no number") from None
    if math.isnan(value):
        raise SmpsRefused(path, line, f"{word} is no number")
    return value


def read_core(path: Path, relax_integers: bool = False) -> Core:
    """Read a core file (MPS, fields parted by blanks).

    Args:
        path: the file.
        relax_integers: read integer columns as continuous ones; they are refused otherwise.

    Returns:
        Core.

    Raises:
        SmpsRefused: with the line, where the file cannot be read as a linear programme.
    """
    core, section, integers = Core(), "", False
    for line, words, heads in lines_of(path):
        if heads:
            section = words[0].upper()
            if section == "NAME":
                core.name = " ".join(words[1:])
            elif section == "OBJSENSE" and len(words) > 1:
                core.maximise = words[1].upper().startswith("MAX")
            elif section == "ENDATA":
                break
            elif section not in SECTIONS:
                raise SmpsRefused(path, line, f"unknown section {words[0]}")
            continue
        if "'MARKER'" in words:
            integers = "'INTORG'" in words
            if integers and not relax_integers:
                raise SmpsRefused(path, line, "integer columns: this solver is for linear programmes")
            continue
        _READERS.get(section, _unexpected)(core, path, line, words)
    if not core.objective:
        raise SmpsRefused(path, 0, "no objective row (N)")
    return core


def pairs_in(path: Path, line: int, words: list[str]) -> list[tuple[str, float]]:
    """Names and numbers that alternate."""
    if len(words) % 2:
        raise SmpsRefused(path, line, "a name without its number")
    return [(words[at], number_in(path, line, words[at + 1])) for at in range(0, len(words), 2)]


def _rows(core: Core, path: Path, line: int, words: list[str]) -> None:
    if len(words) != 2 or words[0].upper() not in ("N", "L", "G", "E"):
        raise SmpsRefused(path, line, "a row is N, L, G or E and its name")
    kind, name = words[0].upper(), words[1]
    if name in core.senses or name in core.free_rows:
        raise SmpsRefused(path, line, f"row {name} stands twice")
    if kind == "N":
        core.objective = core.objective or name
        core.free_rows.append(name)
    else:
        core.senses[name] = kind


def _columns(core: Core, path: Path, line: int, words: list[str]) -> None:
    name = words[0]
    if not core.columns or core.columns[-1] != name:
        if name in core.columns:
            raise SmpsRefused(path, line, f"column {name} is not told in one piece")
        core.columns.append(name)
    for row, value in pairs_in(path, line, words[1:]):
        if row == core.objective:
            core.costs[name] = value
        elif row in core.senses:
            if (row, name) in core.coefficients:
                raise SmpsRefused(path, line, f"row {row} stands twice in column {name}")
            core.coefficients[row, name] = value
        elif row not in core.free_rows:
            raise SmpsRefused(path, line, f"unknown row {row}")


def _right(core: Core, path: Path, line: int, words: list[str]) -> None:
    for row, value in pairs_in(path, line, words[len(words) % 2 :]):
        if row not in core.senses and row not in core.free_rows:
            raise SmpsRefused(path, line, f"unknown row {row}")
        core.right[row] = value


def _ranges(core: Core, path: Path, line: int, words: list[str]) -> None:
    for row, value in pairs_in(path, line, words[len(words) % 2 :]):
        if row not in core.senses:
            raise SmpsRefused(path, line, f"unknown row {row}")
        core.ranges[row] = value


WITHOUT_VALUE = ("FR", "MI", "PL", "BV")


def _bounds(core: Core, path: Path, line: int, words: list[str]) -> None:
    kind = words[0].upper()
    wanted = 2 if kind in WITHOUT_VALUE else 3
    if len(words) < wanted:
        raise SmpsRefused(path, line, "a bound needs a column and a value")
    # The name of the set may be left out.
    rest = words[1:] if len(words) == wanted else words[2:]
    column = rest[0]
    if column not in core.costs and column not in core.columns:
        raise SmpsRefused(path, line, f"unknown column {column}")
    value = number_in(path, line, rest[1]) if kind not in WITHOUT_VALUE else 0.0
    if kind in ("UP", "FX"):
        core.upper[column] = value
        if kind == "UP" and value < 0 and column not in core.lower:
            core.lower[column] = -math.inf
    if kind in ("LO", "FX"):
        core.lower[column] = value
    if kind in ("FR", "MI"):
        core.lower[column] = -math.inf
    if kind in ("FR", "PL"):
        core.upper[column] = math.inf
    if kind not in ("UP", "FX", "LO", "FR", "MI", "PL"):
        raise SmpsRefused(path, line, f"bounds of kind {kind} are for integers or unknown")


def _sense(core: Core, path: Path, line: int, words: list[str]) -> None:
    core.maximise = words[0].upper().startswith("MAX")


def _unexpected(core: Core, path: Path, line: int, words: list[str]) -> None:
    raise SmpsRefused(path, line, "a line outside the sections known here")


_READERS = {
    "ROWS": _rows,
    "COLUMNS": _columns,
    "RHS": _right,
    "RANGES": _ranges,
    "BOUNDS": _bounds,
    "OBJSENSE": _sense,
}
