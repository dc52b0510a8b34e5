"""A column as numbers of its distinct texts: each text is read once, however often it stands there."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.table_reading import Table

Int = NDArray[np.int64]


class _Numbered(dict[Any, int]):
    """Numbers texts in the order they are first met."""

    def __missing__(self, text: Any) -> int:
        number = self[text] = len(self)
        return number


@dataclass(frozen=True, eq=False)
class Column:
    """One column of an export.

    Attributes:
        texts: its distinct cells, in the order they were first met: texts, or a workbook's values.
        codes: int32 (rows,), which of them stands in each row.
    """

    texts: list[Any]
    codes: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Cells:
    """What an export holds.

    Attributes:
        table: where it was read from.
        columns: by field.
        rows: int64 (rows,), the number of each row as a spreadsheet counts.
        blank: bool (rows,), rows without any value.
        misshapen: bool (rows,), rows with too few or too many cells.
    """

    table: Table
    columns: dict[str, Column]
    rows: Int
    blank: NDArray[np.bool_]
    misshapen: NDArray[np.bool_]

    def found(self, name: str, row: int) -> Any:
        """What stands in a field of a row (by its index); "" where the export has no such column."""
        column = self.columns.get(name)
        return "" if column is None else column.texts[int(column.codes[row])]


def read_cells_of(table: Table) -> Cells:
    """Read a table to its end.

    Args:
        table: as opened.

    Returns:
        Cells; texts are held once each.
    """
    wide = len(table.headings)
    places = table.fields
    numbered = {name: _Numbered() for name in places}
    codes: dict[str, list[NDArray[np.int32]]] = {name: [] for name in places}
    blank: list[NDArray[np.bool_]] = []
    misshapen: list[NDArray[np.bool_]] = []
    for chunk in table.chunks():
        bare, bent = np.zeros(len(chunk), dtype=bool), np.zeros(len(chunk), dtype=bool)
        if set(map(len, chunk)) != {wide}:
            _straightened(chunk, wide, bare, bent)
        columns = list(zip(*chunk, strict=True))
        for name, place in places.items():
            codes[name].append(
                np.fromiter(map(numbered[name].__getitem__, columns[place]), dtype=np.int32, count=len(chunk))
            )
        blank.append(bare)
        misshapen.append(bent)
    count = sum(map(len, blank))
    joined = {
        name: Column(list(numbered[name]), np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32))
        for name, parts in codes.items()
    }
    bare = np.concatenate(blank) if blank else np.zeros(0, dtype=bool)
    nothing = np.ones(count, dtype=bool)
    for column in joined.values():
        empty = np.asarray([_is_empty(text) for text in column.texts], dtype=bool)
        nothing &= empty[column.codes] if count else nothing
    bent = np.concatenate(misshapen) if misshapen else np.zeros(0, dtype=bool)
    return Cells(table, joined, table.first_row + np.arange(count, dtype=np.int64), bare | (nothing & ~bent), bent)


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _straightened(chunk: list[list[Any]], wide: int, bare: NDArray[np.bool_], bent: NDArray[np.bool_]) -> None:
    """Give every row of a chunk as many cells as there are headings; what does not fit is marked."""
    for at, row in enumerate(chunk):
        if len(row) == wide:
            continue
        if len(row) > wide and all(_is_empty(cell) for cell in row[wide:]):
            chunk[at] = row[:wide]
        elif all(_is_empty(cell) for cell in row):
            bare[at] = True
            chunk[at] = [""] * wide
        elif isinstance(row[0], str):
            bent[at] = True
            chunk[at] = [""] * wide
        else:
            chunk[at] = [*row[:wide], *[None] * (wide - len(row))]
