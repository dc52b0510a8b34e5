"""What is wrong with an input: all problems at once, each with its place, in the user's language."""

from dataclasses import dataclass, field
from typing import Any

from scenarios.messages import sentence


@dataclass(frozen=True)
class Place:
    """Where something stands: a file (or the command line), a line and a column from 1; 0 means the whole file.

    In a workbook the sheet is named, and line and column are those of the cell.
    """

    file: str
    line: int = 0
    column: int = 0
    sheet: str = ""

    @property
    def cell(self) -> str:
        """The cell of a workbook, as in Rules!B7; "" elsewhere."""
        if not self.sheet or not self.line:
            return self.sheet
        sheet = self.sheet if self.sheet.isidentifier() else "'" + self.sheet.replace("'", "''") + "'"
        return f"{sheet}!{cell_name(self.line, self.column)}"

    def __str__(self) -> str:
        """file:line:column, as editors understand it; file:sheet!cell in a workbook."""
        if self.sheet:
            return f"{self.file}:{self.cell}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


def cell_name(row: int, column: int) -> str:
    """The name of a cell of a sheet, both from 1: (7, 28) is AB7."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


@dataclass(frozen=True)
class Problem:
    """One thing to mend.

    Attributes:
        place: where it stands.
        code: which problem; a key of the message catalogue.
        key: the dotted key it is about, "" where there is none.
        details: what the message names (expected, found, likely, ...).
    """

    place: Place
    code: str
    key: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """place: key: what is wrong and what to do, on one line."""
        told = sentence(self.code, language, self.details)
        # On the command line the place is the key itself.
        known = not self.key or self.place.file == f"--set {self.key}"
        subject = "" if known else f"{_shortened(self.key)}: "
        return f"{self.place}: {subject}{told}"


def _shortened(text: str, most: int = 120) -> str:
    clean = "".join(letter if letter.isprintable() else "?" for letter in text)
    return clean if len(clean) <= most else clean[: most - 1] + "…"


class InputRefused(Exception):
    """An input that cannot be used, with every problem found.

    Attributes:
        problems: at least one, in the order of their places.
        language: "fr" or "en" where the refused file says that it is of this language.
    """

    def __init__(self, problems: list[Problem], language: str | None = None) -> None:
        """Keep the problems once each, in the order of file and line."""
        unique = {(str(p.place), p.code, p.key, repr(p.details)): p for p in problems}
        self.problems = tuple(
            sorted(unique.values(), key=lambda p: (p.place.file, p.place.sheet, p.place.line, p.place.column))
        )
        self.language = language
        super().__init__("\n".join(problem.text("en") for problem in self.problems))
