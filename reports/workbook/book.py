"""What every workbook of ours has in common: its styles, its fixed birthday, names and texts that stay inert."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from reports import palette

BORN = datetime(2021, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Every workbook's date of creation, so that the same content gives the same bytes."""
LONGEST_TEXT = 32_767
"""Letters that a cell holds. SOURCE: Excel specifications and limits."""
FONT = "Calibri"


class Book:
    """A workbook being written, with its styles by name."""

    def __init__(self, stream: BytesIO) -> None:
        """Open a workbook whose texts are texts: never formulas, never links."""
        self.file = xlsxwriter.Workbook(
            stream,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **wanted: Any) -> Any:
        """A style; the same wishes give the same style."""
        wishes = {"font_name": FONT, "font_size": 10, "font_color": palette.INK, "valign": "top", **wanted}
        key = tuple(sorted(wishes.items()))
        if key not in self._styles:
            self._styles[key] = self.file.add_format(wishes)
        return self._styles[key]


@contextmanager
def book(title: str, stream: BytesIO) -> Iterator[Book]:
    """A workbook that is whole once the block ends.

    Args:
        title: told in the file's properties.
        stream: receives the bytes.
    """
    opened = Book(stream)
    opened.file.set_properties({"title": title[:255], "author": "enveloppe", "created": BORN})
    opened.file.set_calc_mode("auto")
    yield opened
    opened.file.close()


def bytes_of(title: str, write: Callable[[Book], None]) -> bytes:
    """The bytes of a workbook."""
    stream = BytesIO()
    with book(title, stream) as opened:
        write(opened)
    return stream.getvalue()


def quoted_sheet(name: str) -> str:
    """A sheet's name as formulas want it."""
    return "'" + name.replace("'", "''") + "'"


def short(text: str) -> str:
    """A text that a cell can hold; what is longer ends in an ellipsis."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
