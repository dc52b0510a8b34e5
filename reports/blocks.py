"""What a section is made of: spans, lines and blocks that know nothing of HTML."""

from dataclasses import dataclass, field
from typing import Literal

from reports.reading import Raw

Tone = Literal["ok", "watch", "short", "more", "less", "plain"]
Kind = Literal["text", "number", "status"]


@dataclass(frozen=True)
class Shown:
    """A number or a date of the findings, as written, with the place it was read from.

    Attributes:
        text: what the reader sees.
        key: its path in the findings.
        raw: the value that stands there.
        scale: what one displayed unit is worth in the findings' unit.
    """

    text: str
    key: str
    raw: Raw
    scale: float = 1


@dataclass(frozen=True)
class Name:
    """A text that somebody else wrote (a branch's name, a source): shown as it is, isolated from its surroundings."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Spans that carry the message of a sentence."""

    spans: tuple["Span", ...]


@dataclass(frozen=True)
class Sign:
    """A verdict told three ways: sign, word and colour."""

    sign: str
    word: str
    tone: Tone


@dataclass(frozen=True)
class Code:
    """A key or a fingerprint, in fixed width."""

    text: str


Span = str | Shown | Name | Strong | Sign | Code
Line = tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    """A sentence or a few."""

    line: Line
    style: Literal["body", "note", "bridge"] = "body"


@dataclass(frozen=True)
class Bullets:
    """Sentences that stand side by side."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Tile:
    """One headline figure: the value, what it is, how sure it is."""

    value: Line
    label: str
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Tiles:
    """The headline figures."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    title: str
    kind: Kind = "text"
    wrap: bool = False


@dataclass(frozen=True)
class Row:
    """A row; the first cell names it.

    Attributes:
        cells: one a column.
        total: it stands for all the others.
    """

    cells: tuple[Line, ...]
    total: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption that says what it shows."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Line = ()
    style: Literal["plain", "dense", "numbered", "register", "sides"] = "plain"
    """`numbered`: many rows that bear numbers instead of names."""


@dataclass(frozen=True)
class Chart:
    """A drawing in two widths, with the words for who cannot see it; and in a third where paper has less room."""

    key: str
    wide: str
    narrow: str
    title: str
    description: str
    note: Line = ()
    titled: bool = False
    paper: str = ""


@dataclass(frozen=True)
class Terms:
    """Words and what they mean."""

    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Folded:
    """Blocks that are there for who asks.

    Attributes:
        summary: what opens them.
        blocks: what they are.
        printed: whether paper shows them too; a table that only repeats a chart stays off it.
    """

    summary: str
    blocks: tuple["Block", ...]
    printed: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    text: Line


Block = Paragraph | Bullets | Tiles | Table | Chart | Terms | Folded | Heading


@dataclass(frozen=True)
class Section:
    """One part of a report.

    Attributes:
        key: its fixed name, also the anchor in the page.
        title: its heading.
        lead: the sentence that says what it shows; may be empty.
        blocks: what it is made of.
    """

    key: str
    title: str
    lead: Line = ()
    blocks: tuple[Block, ...] = field(default=())
