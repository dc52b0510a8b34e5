"""A planner's workbook to the same tree of values that YAML is read to; places name the sheet and the cell."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios.problems import InputRefused, Place, Problem
from scenarios.spelling import likely
from scenarios.workbook_cells import Cell, Grid, read_cells, understood, unquoted
from scenarios.workbook_columns import columns_of
from scenarios.workbook_layout import GUIDE, SHEETS
from scenarios.workbook_shapes import (
    LAW_FIELDS,
    NOTHING,
    SOURCE,
    Distributions,
    Kind,
    Records,
    Settings,
    Shares,
    Sheet,
    Variant,
)
from scenarios.yaml_reading import Node

ENDINGS = (".xlsx", ".xlsm")
_HIGHEST_HEADER = 30
"""The row of keys stands among the first rows of a sheet."""


_UNREADABLE = ("workbook_empty", "no_header", "unknown_column", "column_twice", "sheet_twice")
"""Problems that leave whole columns unread: what checking would add to them is noise."""


def is_workbook(path: Path) -> bool:
    """Whether a file is read as a workbook, by its name."""
    return path.suffix.lower() in ENDINGS


def read_workbook(path: Path, shown: str) -> Node:
    """Read a workbook as a scenario.

    Args:
        path: an .xlsx (or .xlsm, whose macros are ignored); it is only read.
        shown: its name in problems.

    Returns:
        The tree, with the problems of its cells; what is not filled in is not in it.

    Raises:
        InputRefused: where the file or its columns cannot be read.
    """
    grids = read_cells(path, shown)
    problems: list[Problem] = []
    reading = _Reading(Node({}, Place(shown)), problems)
    known = {name: number for number, sheet in enumerate(SHEETS) for name in sheet.sheet}
    read: dict[int, Grid] = {}
    for grid in grids:
        if grid.name in GUIDE or grid.name.startswith("_"):
            continue
        number = known.get(grid.name)
        if number is None:
            found = likely(grid.name, known)
            problems.append(Problem(Place(shown, sheet=grid.name), "workbook_sheet", details={"likely": found}))
        elif number in read:
            problems.append(Problem(Place(shown, sheet=grid.name), "sheet_twice"))
        else:
            read[number] = grid
    for number in sorted(read):  # whatever the order of the tabs: sets of numbers need the entries they belong to
        _sheet(SHEETS[number], read[number], reading)
    if not read:
        problems.append(Problem(Place(shown), "workbook_empty"))
    if any(problem.code in _UNREADABLE for problem in problems):
        raise InputRefused(problems)
    reading.remember_blanks()
    reading.root.problems.extend(problems)
    return reading.root


@dataclass
class _Reading:
    root: Node
    problems: list[Problem]
    blanks: list[tuple[tuple[str, ...], Place]] = field(default_factory=list)
    """Where values that are not filled in would stand."""

    def refuse(self, place: Place, code: str, key: str = "", **details: Any) -> None:
        self.problems.append(Problem(place, code, key, details))

    def section(self, steps: tuple[str, ...], place: Place, key: str) -> Node | None:
        """The section at some steps, made where it is missing; None (and a problem) where a value stands there."""
        node = self.root
        for step in steps:
            if not isinstance(node.value, dict):
                self.refuse(place, "key_through", key, found=key.rpartition(".")[0])
                return None
            node = node.value.setdefault(step, Node({}, place, place))
        if not isinstance(node.value, dict):
            self.refuse(place, "key_through", key, found=key.rpartition(".")[0])
            return None
        return node

    def remember_blanks(self) -> None:
        """Tell every section that lacks a part where its cell is."""
        for steps, place in self.blanks:
            node = self.root
            for step in steps:
                if not isinstance(node.value, dict):
                    break
                node.blanks.setdefault(step, place)
                if step not in node.value:
                    break
                node = node.value[step]


@dataclass(frozen=True)
class _Row:
    """A row of a sheet: its cells by the keys of the columns."""

    cells: dict[str, Cell]
    kinds: dict[str, Kind]
    sources: dict[str, Cell] = field(default_factory=dict)

    def filled(self, column: str) -> bool:
        return column in self.cells and self.cells[column].value is not None

    def source(self, column: str) -> str | None:
        """The source of a cell: its own where the sheet has a column for it, else that of the row."""
        own = self.sources.get(f"{SOURCE}:{column}")
        if own is None or own.value is None:
            own = self.sources.get(SOURCE)
        if own is None or own.value is None or own.value == NOTHING:
            return None
        return unquoted(own.value) if isinstance(own.value, str) else str(own.value)

    def node(self, column: str, kind: Kind | None = None) -> Node:
        """A filled cell as a value with its source."""
        cell = self.cells[column]
        kind = kind or self.kinds[column]
        source = self.source(column)
        if cell.value == NOTHING:
            return Node([] if kind in ("texts", "plains", "dates", "numbers") else None, cell.place, cell.place, source)
        value = understood(cell.value, kind)
        if isinstance(value, list):
            value = [Node(part, cell.place, source=source) for part in value]
        return Node(value, cell.place, cell.place, source)


def _rows(sheet: Sheet, grid: Grid, reading: _Reading) -> Iterator[_Row]:
    """The rows of a sheet that hold something, below the row of keys and the row of titles."""
    kinds = columns_of(sheet)
    first = next(iter(kinds))
    head = next((at for at in range(_HIGHEST_HEADER) if grid.cell(at, 0).value == first), None)
    if head is None:
        if any(value is not None for row in grid.rows for value in row):
            reading.refuse(Place(grid.file, sheet=grid.name), "no_header", first=first)
        return
    width = max((len(row) for row in grid.rows), default=0)
    columns: dict[str, int] = {}
    allowed = [*kinds, SOURCE, *(f"{SOURCE}:{column}" for column in kinds)]
    for at in range(width):
        key = grid.cell(head, at)
        if key.value is None or (isinstance(key.value, str) and key.value.startswith("(")):
            continue
        if key.value in columns:
            reading.refuse(key.place, "column_twice", str(key.value))
        elif key.value not in allowed:
            reading.refuse(key.place, "unknown_column", str(key.value), likely=likely(key.value, allowed))
        else:
            columns[key.value] = at
    for at in range(head + 2, len(grid.rows)):
        cells = {key: grid.cell(at, column) for key, column in columns.items()}
        for cell in cells.values():
            ailing = grid.hollow.get((cell.place.line, cell.place.column))
            if ailing is not None:
                reading.refuse(cell.place, ailing)
        if not any(cell.value is not None for cell in cells.values()):
            continue
        if cells[first].value is None:
            place = next(cell.place for cell in cells.values() if cell.value is not None)
            reading.refuse(place, "row_unnamed")
            continue
        values = {key: cell for key, cell in cells.items() if key in kinds}
        yield _Row(values, kinds, {key: cell for key, cell in cells.items() if key not in kinds})


def _sheet(sheet: Sheet, grid: Grid, reading: _Reading) -> None:
    rows = _rows(sheet, grid, reading)
    match sheet:
        case Settings():
            _settings(sheet, rows, reading)
        case Records():
            _records(sheet, rows, reading)
        case Distributions():
            _distributions(sheet, rows, reading)
        case Shares():
            _shares(sheet, rows, reading)


def _settings(sheet: Settings, rows: Iterator[_Row], reading: _Reading) -> None:
    kinds: dict[str, Kind] = {setting.key: setting.kind for setting in sheet.settings}
    for row in rows:
        named = row.cells["key"]
        key = str(named.value)
        kind = kinds.get(key, "text")
        steps = tuple(key.split("."))
        if not row.filled("value"):
            if "value" in row.cells:
                reading.blanks.append((steps, row.cells["value"].place))
            continue
        node = row.node("value", kind)
        section = reading.section(steps[:-1], named.place, key)
        if section is None:
            continue
        before = section.value.get(steps[-1])
        if kind in ("dates", "numbers") and isinstance(before.value if before else [], list):
            _listed(section, steps[-1], node, before, reading, key)
        elif before is not None:
            reading.refuse(named.place, "duplicate_key", key, first=before.place.line)
        else:
            section.value[steps[-1]] = Node(node.value, node.place, named.place, node.source)


def _listed(section: Node, step: str, node: Node, before: Node | None, reading: _Reading, key: str) -> None:
    """One row of a list that takes one row a value; a row that says (none) empties it."""
    if before is None:
        entries = node.value if isinstance(node.value, list) else [node]
        section.value[step] = Node(entries, node.place, node.key_place, node.source)
    elif isinstance(node.value, list) or not before.value:
        reading.refuse(node.place, "none_alone", key)
    else:
        before.value.append(node)
        before.source = before.source or node.source


def _records(sheet: Records, rows: Iterator[_Row], reading: _Reading) -> None:
    first = next(iter(sheet.columns))
    emptied: dict[tuple[str, ...], Place] = {}
    for row in rows:
        named = row.cells[first]
        word = "" if "" in sheet.variants else str(named.value)
        variant = sheet.variants.get(word)
        if variant is None:
            details = {"expected": list(sheet.variants), "found": word, "likely": likely(word, sheet.variants)}
            reading.refuse(named.place, "one_of", first, **details)
        elif variant.coded:
            _coded(word, variant, row, reading)
        else:
            _entry(word, variant, row, reading, emptied)


def _coded(word: str, variant: Variant, row: _Row, reading: _Reading) -> None:
    if not row.filled("code"):
        place = row.cells["code"].place if "code" in row.cells else next(iter(row.cells.values())).place
        reading.refuse(place, "missing", "code")
        return
    code = row.cells["code"]
    name = str(understood(code.value, "text"))
    section = reading.section(variant.path, code.place, ".".join((*variant.path, name)))
    if section is None:
        return
    if name in section.value:
        reading.refuse(code.place, "duplicate_key", name, first=section.value[name].place.line)
        return
    section.value[name] = _fields(word, variant, row, code.place, reading, ("code", "list"))


def _entry(word: str, variant: Variant, row: _Row, reading: _Reading, emptied: dict[tuple[str, ...], Place]) -> None:
    first, named = next(iter(row.cells.items()))
    column = next((column for column in row.kinds if column != first and row.filled(column)), first)
    nothing = NOTHING in (named.value, row.cells[column].value if column != first else None)
    section = reading.section(variant.path[:-1], named.place, ".".join(variant.path))
    if section is None:
        return
    entries = section.value.get(variant.path[-1])
    if nothing and sum(row.filled(column) for column in row.kinds) <= (1 if word == "" else 2):
        if entries is not None:
            reading.refuse(named.place, "none_alone", ".".join(variant.path))
        emptied[variant.path] = named.place
        section.value[variant.path[-1]] = Node([], named.place, named.place, row.source(column))
        return
    if variant.path in emptied:
        reading.refuse(emptied[variant.path], "none_alone", ".".join(variant.path))
        return
    if entries is None:
        entries = Node([], named.place, named.place)
        section.value[variant.path[-1]] = entries
    entries.value.append(_fields(word, variant, row, named.place, reading, (first,) if word else ()))


def _fields(word: str, variant: Variant, row: _Row, place: Place, reading: _Reading, naming: tuple[str, ...]) -> Node:
    """The values of a row as a section."""
    entry = Node({}, place, place)
    if variant.chosen:
        key, value = variant.chosen
        entry.value[key] = Node(value, place, place, row.source(next(iter(row.cells))))
    for column, key in variant.fields.items():
        if row.filled(column):
            entry.value[key] = row.node(column)
        elif column in row.cells:
            entry.blanks[key] = row.cells[column].place
    for column, cell in row.cells.items():
        if cell.value is not None and column not in variant.fields and column not in naming:
            reading.refuse(cell.place, "not_of_this_row", column, row=word)
    return entry


def _distributions(sheet: Distributions, rows: Iterator[_Row], reading: _Reading) -> None:
    for row in rows:
        named = row.cells["key"]
        key = str(named.value)
        steps = _law_steps(key, sheet)
        filled = [column for column in ("kind", *LAW_FIELDS) if row.filled(column)]
        if not filled:
            if "kind" in row.cells:
                reading.blanks.append((steps, row.cells["kind"].place))
            continue
        section = reading.section(steps[:-1], named.place, key)
        if section is None:
            continue
        if steps[-1] in section.value:
            reading.refuse(named.place, "duplicate_key", key, first=section.value[steps[-1]].place.line)
            continue
        law = Node({column: row.node(column) for column in filled}, named.place, named.place)
        law.blanks = {column: cell.place for column, cell in row.cells.items() if column not in filled}
        section.value[steps[-1]] = law


def _law_steps(key: str, sheet: Distributions) -> tuple[str, ...]:
    """The steps of a dotted key; the code of a pathway type may itself bear dots."""
    head, _, last = key.rpartition(".")
    if key.startswith("inflow.pathways.") and last in sheet.by_type and head.count(".") >= 2:
        return ("inflow", "pathways", head.removeprefix("inflow.pathways."), last)
    return tuple(key.split("."))


def _shares(sheet: Shares, rows: Iterator[_Row], reading: _Reading) -> None:
    tables = sheet.tables
    sets: dict[tuple[str, str], Node] = {}
    for row in rows:
        named = row.cells[sheet.naming]
        table = str(named.value)
        if table not in tables:
            details = {"expected": tables, "found": table, "likely": likely(table, tables)}
            reading.refuse(named.place, "one_of", sheet.naming, **details)
            continue
        if not row.filled("code"):
            reading.refuse(row.cells["code"].place if "code" in row.cells else named.place, "missing", "code")
            continue
        numbers = _set_of(sheet, table, row, sets, reading)
        if numbers is None:
            continue
        code = row.cells["code"]
        name = str(understood(code.value, "text"))
        if name in numbers.value:
            reading.refuse(code.place, "duplicate_key", name, first=numbers.value[name].place.line)
        elif row.filled(sheet.value):
            numbers.value[name] = row.node(sheet.value)
            numbers.value[name].key_place = code.place
        else:
            reading.refuse(row.cells[sheet.value].place if sheet.value in row.cells else code.place, "missing", name)


def _set_of(sheet: Shares, table: str, row: _Row, sets: dict[tuple[str, str], Node], reading: _Reading) -> Node | None:
    """The set that a row adds to."""
    if table in sheet.dated:
        return _dated_set(table, row, sets, reading)
    place = row.cells[sheet.naming].place
    steps = tuple(table.split("."))
    for column in ("from", "until", *(("set",) if table in sheet.plain else ())):
        if row.filled(column):
            reading.refuse(row.cells[column].place, "not_of_this_row", column, row=table)
    if table in sheet.plain:
        return reading.section(steps, place, table)
    if not row.filled("set"):
        reading.refuse(row.cells["set"].place if "set" in row.cells else place, "missing", "set")
        return None
    told = row.cells["set"]
    name = str(understood(told.value, "text"))
    if table in sheet.coded:
        return reading.section((*steps[:-1], name, steps[-1]), told.place, table)
    return _numbered_set(steps, name, told, reading)


def _numbered_set(steps: tuple[str, ...], name: str, told: Cell, reading: _Reading) -> Node | None:
    """The set of an entry of a list that another sheet holds."""
    *path, last = steps
    node: Node | None = reading.root
    for step in path:
        node = node.value.get(step) if node is not None and isinstance(node.value, dict) else None
    entries = node.value if node is not None and isinstance(node.value, list) else []
    numbers = {str(number): entry for number, entry in enumerate(entries, start=1)}
    if name not in numbers:
        reading.refuse(told.place, "unknown_code", "set", found=name, what=".".join(path), likely=likely(name, numbers))
        return None
    found: Node = numbers[name].value.setdefault(last, Node({}, told.place, told.place))
    return found


def _dated_set(table: str, row: _Row, sets: dict[tuple[str, str], Node], reading: _Reading) -> Node | None:
    """The shares of a dated set; its dates stand in any one of its rows."""
    place = next(iter(row.cells.values())).place
    steps = tuple(table.split("."))
    number = (table, str(row.cells["set"].value if "set" in row.cells else ""))
    if number not in sets:
        section = reading.section(steps[:-1], place, table)
        if section is None:
            return None
        entries = section.value.setdefault(steps[-1], Node([], place, place))
        sets[number] = Node({"shares": Node({}, place, place)}, place, place)
        entries.value.append(sets[number])
    entry = sets[number]
    for column in ("from", "until"):
        if row.filled(column) and column not in entry.value:
            entry.value[column] = row.node(column)
        elif row.filled(column) and entry.value[column].value != row.cells[column].value:
            reading.refuse(row.cells[column].place, "duplicate_key", column, first=entry.value[column].place.line)
        elif column in row.cells:
            entry.blanks.setdefault(column, row.cells[column].place)
    shares: Node = entry.value["shares"]
    return shares
