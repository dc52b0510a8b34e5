"""The cells of a workbook as plain values, each knowing its place; formulas, macros and links are never followed."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from scenarios.problems import InputRefused, Place, Problem
from scenarios.workbook_guard import LARGEST_WORKBOOK, Hollow, WorkbookUnsafe, inspected
from scenarios.workbook_shapes import NOTHING, Kind
from scenarios.yaml_reading import read_yaml

_LONG = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_MOST_DIGITS = 15
"""What a spreadsheet's number keeps; longer ones are written as text and read back as numbers."""
_FLAGS = {"true": True, "vrai": True, "false": False, "faux": False}
"""Truth values that a spreadsheet of another language took for text."""


@dataclass(frozen=True)
class Cell:
    """A value and where it stands; None is an empty cell."""

    value: Any
    place: Place


@dataclass(frozen=True)
class Grid:
    """One sheet: rows of cells from A1, and what ails cells that show a value to nobody (rows, columns from 1)."""

    name: str
    rows: tuple[tuple[Any, ...], ...]
    file: str
    hollow: dict[tuple[int, int], str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell:
        """A cell by its row and column, both from 0; beyond the edge it is empty."""
        inside = row < len(self.rows) and column < len(self.rows[row])
        return Cell(self.rows[row][column] if inside else None, Place(self.file, row + 1, column + 1, self.name))


def read_cells(path: Path, shown: str) -> list[Grid]:
    """Every sheet of a workbook.

    Args:
        path: the file, which is only read.
        shown: its name in problems.

    Returns:
        The sheets.

    Raises:
        InputRefused: where the file is too large or is no workbook.
    """
    try:
        if path.stat().st_size > LARGEST_WORKBOOK:
            raise InputRefused([Problem(Place(shown), "too_large", details={"limit": LARGEST_WORKBOOK})])
        data = path.read_bytes()
    except OSError as error:
        details = {"reason": error.strerror or type(error).__name__}
        raise InputRefused([Problem(Place(shown), "unreadable", details=details)]) from None
    try:
        hollow = inspected(data)
        return _grids(data, shown, hollow)
    except WorkbookUnsafe as unsafe:
        raise InputRefused([Problem(Place(shown), unsafe.code, details=unsafe.details)]) from None


def _grids(data: bytes, shown: str, hollow: list[Hollow]) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook  # imported late: a YAML scenario needs no workbook

    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            return [
                Grid(
                    name,
                    tuple(
                        tuple(_value(value) for value in row)
                        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                    ),
                    shown,
                    {(cell.row, cell.column): cell.code for cell in hollow if cell.sheet == name},
                )
                for name in book.sheet_names
            ]
    except (CalamineError, ValueError, OSError, OverflowError):
        raise WorkbookUnsafe("not_workbook") from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader's own crash: it derives from BaseException
            raise WorkbookUnsafe("not_workbook") from None
        raise


def _value(value: Any) -> Any:
    """A cell as a scenario's value: whole numbers are integers, midnights are dates, blanks are nothing."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value


def understood(value: Any, kind: Kind) -> Any:
    """What a cell of a kind says; a value of another kind is left as it is, for the scenario to refuse."""
    if isinstance(value, str):
        if kind in ("number", "numbers") and len(value) > _MOST_DIGITS and _LONG.fullmatch(value):
            return int(value) if value.lstrip("+-").isdecimal() else float(value)
        if kind == "flag":
            return _FLAGS.get(value.strip().lower(), value)
        if kind == "plains":
            return plains(value)
        if kind == "texts":
            return [part.strip() for part in re.split("[,;]", value) if part.strip()]
        return unquoted(value)
    if kind == "plains":
        return [value]
    if kind == "texts":
        return [told(value)]
    if kind == "text" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return told(value) if kind == "iso" else value


def plains(text: str) -> list[Any]:
    """Values parted by commas (or by semicolons, which other spreadsheets part lists by), read as a file's are."""
    parted = text if '"' in text else text.replace(";", ",")
    try:
        entries = read_yaml(f"values: [{parted}]", "").value["values"].value
    except InputRefused:
        return [text]
    return [entry.value if not isinstance(entry.value, dict | list) else text for entry in entries]


def told(value: Any) -> Any:
    """A number or a date where a code or a text is meant: 1411 is "1411"."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def unquoted(text: str) -> str:
    """The text behind quotes that were put around it because a cell could not hold it bare."""
    inner = text[1:-1]
    return inner if text == quoted(inner) else text


def quoted(text: str) -> str:
    """A text as a cell can hold it: what is blank, means nothing, or bears quotes already is put in quotes."""
    wrapped = len(text) >= 2 and text[0] == '"' == text[-1]
    return f'"{text}"' if wrapped or not text.strip() or text == NOTHING else text
