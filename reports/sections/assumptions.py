"""The register: every value with its unit, its source and its kind; what nobody has sourced comes first."""

import json
from typing import Any

from reports import numbers
from reports.blocks import Block, Code, Column, Folded, Line, Name, Paragraph, Row, Section, Shown, Table
from reports.catalogue import Language, msg
from reports.names import KINDS, UNITS
from reports.reading import Found

FIRST = ("override", "assumption")
"""The kinds shown at once; the rest is there for who asks."""


def assumptions(findings: Found, language: Language) -> Section | None:
    """What was assumed, what was changed, and where every other value comes from."""
    entries = list(findings.items("assumptions"))
    if not entries:
        return None
    first = sorted(
        (entry for entry in entries if entry.text("kind") in FIRST), key=lambda entry: FIRST.index(entry.text("kind"))
    )
    rest = [entry for entry in entries if entry.text("kind") not in FIRST]
    blocks: list[Block] = []
    if first:
        blocks.append(_table("assumptions", msg("Values that no published source settles"), first, language))
    else:
        blocks.append(Paragraph(language.line(msg("Every value of this scenario has a source."))))
    if rest:
        caption = msg("Values with a source, derived or without one")
        blocks.append(Folded(language.words(caption), (_table("sourced", caption, rest, language),), printed=True))
    return Section(
        "assumptions",
        language.words(msg("Assumptions and sources")),
        language.line(
            msg("What is not sourced is assumed, dated, and can be changed in the scenario file or by --set.")
        ),
        tuple(blocks),
    )


def _table(key: str, caption: str, entries: list[Found], language: Language) -> Table:
    titles = (msg("Value of the scenario"), msg("Value"), msg("Unit"), msg("Source"), msg("Kind"))
    return Table(
        key,
        language.words(caption),
        tuple(
            Column(language.words(title), "number" if at == 1 else "text", wrap=True) for at, title in enumerate(titles)
        ),
        tuple(_row(entry, language) for entry in entries),
    )


def _row(entry: Found, language: Language) -> Row:
    unit, kind = entry.text("unit"), entry.text("kind")
    source = Name(language.data(entry.text("source")))
    return Row(
        (
            (Code(entry.text("key")),),
            _value(entry["value"], unit, language) if entry.get("value") is not None else (),
            (language.words(UNITS[unit]) if unit in UNITS else "" if unit == "1" else unit,),
            (source,) if source.text else (),
            (language.words(KINDS[kind]) if kind in KINDS else kind,),
        )
    )


def _value(found: Found, unit: str, language: Language) -> Line:
    value: Any = found.value
    if isinstance(value, bool):
        return (language.words(msg("yes")) if value else language.words(msg("no")),)
    if isinstance(value, int | float):
        places = min(6, len(repr(value).partition(".")[2])) if isinstance(value, float) and value % 1 else 0
        grouped = unit not in ("", "1") or abs(value) >= 10_000
        text = numbers.digits(value, places, language.code) if grouped else repr(value)
        return (Shown(text if grouped or language.code == "en" else text.replace(".", ","), found.path, value),)
    if isinstance(value, str):
        return (Name(language.data(value)),)
    return (Code(language.data(json.dumps(value, ensure_ascii=False))),)
