"""A document as plain JSON values, for a typesetter that reads data and never markup."""

from typing import Any

from reports.blocks import Block, Code, Line, Name, Section, Shown, Sign, Span, Strong
from reports.document import Document
from reports.inert import breakable, still

Plain = dict[str, Any]


def plain_document(document: Document) -> Plain:
    """The document, words and all.

    Args:
        document: what to set.

    Returns:
        Values that JSON holds; every text in them is text.
    """
    headline = document.headline
    return {
        "language": document.language.code,
        "title": still(document.title),
        "subtitle": _line(document.subtitle),
        "verdict": _line(document.verdict),
        "headline": [] if headline is None else [_block(block) for block in headline.blocks],
        "sheet": [_section(section) for section in document.sheet],
        "sections": [_section(section) for section in document.sections],
        "foot": document.foot,
    }


def _section(section: Section) -> Plain:
    return {
        "key": section.key,
        "title": section.title,
        "lead": _line(section.lead),
        "blocks": [_block(block) for block in section.blocks],
    }


def _line(line: Line) -> list[str | Plain]:
    return [_span(span) for span in line]


def _span(span: Span) -> str | Plain:
    match span:
        case str():
            return span
        case Shown():
            return span.text
        case Name():
            return breakable(still(span.text))
        case Code():
            return {"kind": "code", "text": breakable(still(span.text), after="._/-")}
        case Strong():
            return {"kind": "strong", "spans": _line(span.spans)}
        case Sign():
            return {"kind": "sign", "sign": span.sign, "word": span.word, "tone": span.tone}


def _block(block: Block) -> Plain:
    plain: Plain = {"kind": type(block).__name__}
    for name, value in vars(block).items():
        plain[name] = _value(value)
    return plain


def _value(value: Any) -> Any:
    """A field of a block: a line, a list of lines, columns, rows, tiles, blocks, or a plain value."""
    if isinstance(value, tuple):
        return [_value(entry) for entry in value]
    if isinstance(value, Span):
        return _span(value)
    if isinstance(value, Block):
        return _block(value)
    if hasattr(value, "__dataclass_fields__"):
        return {name: _value(part) for name, part in vars(value).items()}
    return value
