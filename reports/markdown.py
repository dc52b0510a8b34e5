"""The summary as Markdown, for a message or a repository: what matters first, every name inert."""

import re

from reports.blocks import Block, Bullets, Folded, Heading, Line, Paragraph, Section, Table, Tile, Tiles
from reports.catalogue import msg
from reports.document import Document
from reports.inert import still
from reports.price_sentences import plain

ROWS = 12
"""Rows of a long table that a summary shows."""

_SIGNS = re.compile(r"([\\`*_{}\[\]<>|#$&~^@])")
_STARTS = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def markdown_of(document: Document) -> str:
    """A document summed up in Markdown; the same document gives the same text."""
    parts = [f"# {escaped(document.title)}", _words(document.subtitle)]
    if document.verdict:
        parts.append(f"**{_words(document.verdict)}**")
    if document.headline is not None:
        parts.extend(_block(block, document) for block in document.headline.blocks)
    told = {section.key: section for section in (*document.sheet, *document.sections)}
    parts.extend(_section(told[key], document) for key in document.summed_up if key in told)
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """A text that Markdown shows as it is: no markup, no link, no turned direction, one line."""
    text = _SIGNS.sub(r"\\\1", still(re.sub(r"\s*[\r\n]+\s*", " ", text)))
    text = text.replace("://", ":\\//").replace("www.", "www\\.")
    return _STARTS.sub(lambda start: f"{start[1]}\\{start[2]}" if start[2] in "-+=" else start[0], text)


def _words(line: Line) -> str:
    return escaped(plain(line))


def _section(section: Section, document: Document) -> str:
    parts = [f"## {escaped(section.title)}", _words(section.lead)]
    parts.extend(_block(block, document) for block in section.blocks)
    # A section of charts alone has nothing to read here, and a heading over nothing puzzles.
    return "\n\n".join(part for part in parts if part) if any(parts[1:]) else ""


def _block(block: Block, document: Document) -> str:
    match block:
        case Paragraph():
            return _words(block.line)
        case Heading():
            return f"### {_words(block.text)}"
        case Bullets():
            return "\n".join(f"- {_words(line)}" for line in block.lines)
        case Tiles():
            return "\n".join(_tile(tile) for tile in block.tiles)
        case Table():
            return _table(block, document)
        case Folded(printed=True):
            return "\n\n".join(_block(inner, document) for inner in block.blocks)
    return ""


def _tile(tile: Tile) -> str:
    return "; ".join((f"- **{_words(tile.value)}** {escaped(tile.label)}", *(_words(note) for note in tile.notes)))


def _table(table: Table, document: Document) -> str:
    sides = ["---:" if column.kind == "number" else "---" for column in table.columns]
    rows = [[escaped(column.title) for column in table.columns], sides]
    shown = table.rows if len(table.rows) <= ROWS + 1 else table.rows[:ROWS]
    rows.extend([_words(cell) for cell in row.cells] for row in shown)
    text = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    parts = [f"**{escaped(table.caption)}**", text]
    left = len(table.rows) - len(shown)
    if left:
        parts.append(_words(document.language.line(msg("{count} further rows stand in the report."), count=str(left))))
    if table.note:
        parts.append(f"*{_words(table.note)}*")
    return "\n\n".join(parts)
