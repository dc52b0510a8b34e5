"""An export as rows of texts: its encoding, separator and heading found out, whatever wrote it.

Bytes that are no UTF-8 are read as Windows-1252 (the Windows of western Europe), line by line, so that a file two
programs wrote to is read whole; a file with a byte-order mark, or with a zero in every other byte, as UTF-16.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from forecast.column_map import NEEDED, ColumnMap, fields_of
from scenarios.problems import InputRefused, Place, Problem
from scenarios.workbook_cells import read_cells
from scenarios.workbook_reading import is_workbook

SEPARATORS = (";", ",", "\t", "|")
_HEADING_ROWS = 20
"""The row of headings stands among the first rows: exports begin with a title or two."""
_BINARY_WORKBOOK = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04")
"""How an .xls of old, and a workbook that bears another ending, begin."""
BLOCK = 4_000_000
"""Letters of an export held as text at a time."""
LARGEST_EXPORT = 4_000_000_000
"""Bytes."""
LONGEST_LINE = 1_000_000
"""Letters; a longer line is no row of an export."""


@dataclass
class Table:
    """An export, opened.

    Attributes:
        file: its name in messages.
        sheet: the sheet of a workbook, "" for a text file.
        headings: as written.
        fields: field -> column.
        separator, encoding: what was found; "" for a workbook.
        first_row: the number of the first row below the headings, as a spreadsheet counts.
        recoded: rows that were not UTF-8 and were read as Windows-1252; where no row was UTF-8, so is the encoding.
        broken: rows whose quotes do not close, read line by line.
    """

    file: str
    sheet: str
    headings: list[str]
    fields: dict[str, int]
    separator: str
    encoding: str
    first_row: int
    parts: Iterator[list[list[Any]]] = field(repr=False)
    recoded: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)

    def chunks(self) -> Iterator[list[list[Any]]]:
        """The rows below the headings, so many at a time; read once."""
        return self.parts


def open_table(path: Path, known: ColumnMap) -> Table:
    """Open an export, text or workbook, and find its headings.

    Args:
        path: a .csv (or .txt, .tsv) or an .xlsx.
        known: the column map.

    Returns:
        The table, whose rows are read as they are asked for.

    Raises:
        InputRefused: where the file cannot be read, or no row of it holds the headings that are needed.
    """
    shown = str(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as opened:
            head = opened.read(64_000)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputRefused([Problem(Place(shown), "unreadable", details={"reason": reason})]) from None
    if size > LARGEST_EXPORT:
        raise InputRefused([Problem(Place(shown), "too_large", details={"limit": LARGEST_EXPORT})])
    if is_workbook(path):
        return _workbook(path, shown, known)
    if head.startswith(_BINARY_WORKBOOK):
        raise InputRefused([Problem(Place(shown), "not_workbook")])
    if not head.strip():
        raise InputRefused([Problem(Place(shown), "export_empty")])
    return _text(path, shown, head, known)


def _workbook(path: Path, shown: str, known: ColumnMap) -> Table:
    grids = [grid for grid in read_cells(path, shown) if grid.rows]
    if not grids:
        raise InputRefused([Problem(Place(shown), "export_empty")])
    nearest: tuple[str, list[str]] = ("", [])
    for grid in grids:
        for number, row in enumerate(grid.rows[:_HEADING_ROWS]):
            headings = ["" if cell is None else str(cell) for cell in row]
            fields = fields_of(headings, known)
            if all(name in fields for name in NEEDED):
                _refuse_missing(shown, headings, fields, known)
                rows = [list(cells) for cells in grid.rows[number + 1 :]]
                return Table(shown, grid.name, headings, fields, "", "", number + 2, iter([rows]))
            if len(fields) > len(fields_of(nearest[1], known)) or not nearest[1]:
                nearest = (grid.name, headings)
    raise _no_headings(shown, nearest[1], known)


def _refuse_missing(shown: str, headings: list[str], fields: dict[str, int], known: ColumnMap) -> None:
    """A heading that the column map names must be there."""
    told = [text for text in headings if text.strip()]
    problems = [
        Problem(Place(shown), "export_column", f"columns.{name}", {"found": told})
        for name in known.columns
        if name not in fields
    ]
    if problems:
        raise InputRefused(problems)


def _no_headings(shown: str, headings: list[str], known: ColumnMap) -> InputRefused:
    fields = fields_of(headings, known)
    problems = [
        Problem(Place(shown), "export_column", name, {"found": [text for text in headings if text.strip()]})
        for name in NEEDED
        if name not in fields
    ]
    return InputRefused(problems)


def _encoding(head: bytes) -> str:
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 8:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 8 else "utf-8"


class _Lines:
    """The lines of a text export, without their ends; counts them, and remembers which were not UTF-8."""

    def __init__(self, opened: Any, encoding: str) -> None:
        errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
        self.text = TextIOWrapper(opened, encoding=encoding, errors=errors, newline=None)
        self.recoded_lines: list[int] = []
        self.number = 0
        self.accented = 0
        """Lines (or blocks of them) with letters beyond ASCII that were UTF-8."""

    def line(self) -> str | None:
        """The next line, None at the end."""
        text = self.text.readline(LONGEST_LINE)
        if not text:
            return None
        self.number += 1
        return self._mended(text.rstrip("\n"))

    def block(self) -> list[str]:
        """The next lines, many of them; none at the end."""
        text = self.text.read(BLOCK)
        if not text:
            return []
        if not text.endswith("\n"):
            text += self.text.readline(LONGEST_LINE)
        lines = text.removesuffix("\n").split("\n")
        try:
            text.encode()  # what was no UTF-8 cannot be written as such either
            self.accented += not text.isascii()
            self.number += len(lines)
        except UnicodeEncodeError:
            for at, line in enumerate(lines):
                self.number += 1
                lines[at] = self._mended(line)
        return lines

    def _mended(self, line: str) -> str:
        try:
            line.encode()
        except UnicodeEncodeError:
            self.recoded_lines.append(self.number)
            raw = line.encode("utf-8", "surrogateescape")
            try:
                return raw.decode("cp1252")
            except UnicodeDecodeError:
                return raw.decode("latin-1")
        self.accented += not line.isascii()
        return line


def _text(path: Path, shown: str, head: bytes, known: ColumnMap) -> Table:
    encoding = _encoding(head)
    # A text export stays open as long as its rows are read; the generator below closes it.
    lines = _Lines(path.open("rb"), encoding)
    try:
        first: list[str] = []
        while len(first) < _HEADING_ROWS and (line := lines.line()) is not None:
            first.append(line)
        number, separator, headings = _heading_line(first, known)
        fields = fields_of(headings, known)
        if any(name not in fields for name in NEEDED):
            raise _no_headings(shown, headings, known)
        _refuse_missing(shown, headings, fields, known)
    except InputRefused:
        lines.text.close()
        raise
    table = Table(shown, "", headings, fields, separator, encoding, number + 2, iter(()))
    table.parts = _parts(table, lines, first[number + 1 :])
    return table


def _heading_line(first: list[str], known: ColumnMap) -> tuple[int, str, list[str]]:
    """The line of headings, its separator and its texts: the line that the most fields are recognised in."""
    best: tuple[int, int, str, list[str]] = (-1, 0, ",", [])
    for number, line in enumerate(first):
        for separator in SEPARATORS:
            try:
                headings = next(csv.reader([line], delimiter=separator), [])
            except csv.Error:
                continue
            found = len(fields_of(headings, known))
            if found > best[0]:
                best = (found, number, separator, headings)
    return best[1], best[2], best[3]


def _parts(table: Table, lines: _Lines, ahead: list[str]) -> Iterator[list[list[str]]]:
    """The rows, a block at a time; where quotes stand, record by record."""
    number, block = table.first_row, ahead or lines.block()
    try:
        while block:
            rows = None if any('"' in line for line in block) else _plain_rows(block, table.separator)
            if rows is None:
                rows = list(_quoted_rows(table, lines, block, number))
            yield rows
            number += len(rows)
            block = lines.block()
    finally:
        # A line is a row as long as no cell holds a line break.
        table.recoded.extend(line for line in lines.recoded_lines if line >= table.first_row)
        if lines.recoded_lines and not lines.accented:
            table.encoding = "cp1252"
        lines.text.close()


def _plain_rows(block: list[str], separator: str) -> list[list[str]] | None:
    try:
        return list(csv.reader(block, delimiter=separator))
    except csv.Error:
        return None


def _quoted_rows(table: Table, lines: _Lines, block: list[str], number: int) -> Iterator[list[str]]:
    """The records of some lines, and of as many more as the last one runs on.

    A record whose quotes run over lines and that fits no row, or holds rows, is read again line by line.
    """
    wide, since, taken = len(table.headings), [""], 0
    since.clear()

    def fed() -> Iterator[str]:
        nonlocal taken
        for line in block:
            since.append(line)
            taken += 1
            yield line + "\n"
        while (further := lines.line()) is not None:
            since.append(further)
            yield further + "\n"

    reader = csv.reader(fed(), delimiter=table.separator)
    while taken < len(block):
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:
            row = []
        if len(since) > 1 and (len(row) != wide or _rows_inside(since, table.separator, wide)):
            yield from _line_by_line(since, table, number)
            number += len(since)
        else:
            yield row
            number += 1
        since.clear()


def _rows_inside(since: list[str], separator: str, wide: int) -> bool:
    """Whether the lines of one record look like rows of their own: a cell of several lines does not."""
    return any(line.count(separator) >= max(wide - 1, 1) for line in since[1:])


def _line_by_line(since: list[str], table: Table, number: int) -> Iterator[list[str]]:
    table.broken.extend(range(number, number + len(since)))
    for line in since:
        yield [part.strip().strip('"') for part in line.split(table.separator)]
