"""What is looked at before a workbook is read: its true size, how far its cells reach, cells without a value.

A workbook is a zip of XML parts. Sizes in its directory may lie, so every part is unpacked once, counted, and thrown
away; parts that hold cells are walked by expat, which builds nothing and is forbidden to expand entities.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.parsers import expat

LARGEST_WORKBOOK = 20_000_000
LARGEST_UNPACKED = 200_000_000
MOST_PARTS = 2_000
LAST_ROW = 50_000
LAST_COLUMN = 500

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bin", ".vml", ".tiff", ".bmp")


class WorkbookUnsafe(Exception):
    """A workbook that is not to be read: the code of the problem and its details."""

    def __init__(self, code: str, **details: Any) -> None:
        """Keep the code and the details."""
        super().__init__(code)
        self.code, self.details = code, details


@dataclass(frozen=True)
class Hollow:
    """A cell that shows a value to nobody: an error, or a formula that was never computed."""

    sheet: str
    row: int
    column: int
    code: str


@dataclass
class _Walk:
    hollow: list[tuple[int, int, str]] = field(default_factory=list)
    row: int = 0
    column: int = 0
    kind: str = ""
    formula: bool = False
    inside: bool = False
    valued: bool = False


def inspected(data: bytes) -> list[Hollow]:
    """Look a workbook over before it is read.

    Args:
        data: the bytes of the file.

    Returns:
        The cells without a value, by sheet.

    Raises:
        WorkbookUnsafe: where it is too large, reaches too far, or is no workbook.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len({entry.filename for entry in entries}) < len(entries):
                raise WorkbookUnsafe("not_workbook")
            if len(entries) > MOST_PARTS:
                raise WorkbookUnsafe("workbook_large", limit=LARGEST_UNPACKED)
            parts = _unpacked(archive, entries)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise WorkbookUnsafe("not_workbook") from None
    names = _sheet_parts(parts)
    hollow: list[Hollow] = []
    for part, content in parts.items():
        for row, column, code in _walked(content).hollow:
            if part in names:
                hollow.append(Hollow(names[part], row, column, code))
    return hollow


def _unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    left, parts = LARGEST_UNPACKED, {}
    for entry in entries:
        with archive.open(entry) as packed:
            content = packed.read(left + 1)
        left -= len(content)
        if left < 0 or entry.file_size > LARGEST_UNPACKED:
            raise WorkbookUnsafe("workbook_large", limit=LARGEST_UNPACKED)
        if not entry.filename.lower().endswith(_PICTURES):
            parts[entry.filename.lstrip("/")] = content
    return parts


def _walked(content: bytes) -> _Walk:
    """Walk the cells of one part; raises WorkbookUnsafe where they reach too far or the part is no XML."""
    walk = _Walk()

    def start(name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            walk.row = int(attributes["r"]) if attributes.get("r", "").isdecimal() else walk.row + 1
            walk.column = 0
        elif name == "c":
            found = _CELL.fullmatch(attributes.get("r", ""))
            if found:
                walk.row, walk.column = int(found[2]), _number(found[1])
            else:
                walk.column += 1
            walk.kind, walk.formula, walk.valued = attributes.get("t", "n"), False, False
        elif name == "f":
            walk.formula = True
        elif name in ("v", "is"):
            walk.inside = True
            walk.valued = walk.valued or walk.kind == "str"  # the empty text is a value
            if walk.row > LAST_ROW or walk.column > LAST_COLUMN:
                raise WorkbookUnsafe("workbook_wide", rows=LAST_ROW, columns=LAST_COLUMN)

    def text(content: str) -> None:
        walk.valued = walk.valued or (walk.inside and bool(content))

    def end(name: str) -> None:
        walk.inside = False
        if name.rpartition(":")[2] == "c":
            if walk.kind == "e":
                walk.hollow.append((walk.row, walk.column, "cell_error"))
            elif walk.formula and not walk.valued:
                walk.hollow.append((walk.row, walk.column, "cell_not_computed"))

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    _parse(parser, content)
    return walk


def _parse(parser: expat.XMLParserType, content: bytes) -> None:
    """Parse a part; one that is no XML, or that declares entities, is no part of a workbook."""
    parser.EntityDeclHandler = _no_entities
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise WorkbookUnsafe("not_workbook") from None


def _no_entities(*_declared: Any) -> None:
    raise WorkbookUnsafe("not_workbook")


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """The name of the sheet that each part holds."""
    identities = {
        found.get("Id", ""): found.get("Target", "")
        for found in _elements(parts.get("xl/_rels/workbook.xml.rels", b""), "Relationship")
    }
    names = {}
    for sheet in _elements(parts.get("xl/workbook.xml", b""), "sheet"):
        identity = next((value for key, value in sheet.items() if key.rpartition(":")[2] == "id"), "")
        target = identities.get(identity, "").lstrip("/")
        names[target if target.startswith("xl/") else f"xl/{target}"] = sheet.get("name", "")
    return names


def _elements(content: bytes, name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(":")[2] == name:
            found.append(attributes)

    parser.StartElementHandler = start
    _parse(parser, content)
    return found
