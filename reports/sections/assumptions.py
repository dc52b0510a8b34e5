"""The register: every value with its unit, its source and its kind; what nobody has sourced comes first."""

import json
import re
from typing import Any

from reports import numbers
from reports.blocks import Block, Code, Column, Folded, Line, Name, Row, Section, Shown, Table
from reports.catalogue import Language, msg
from reports.names import KINDS, UNITS
from reports.reading import Found
from reports.setting_names import setting_line
from reports.showing import show_day, show_share
from reports.source_words import source_words
from reports.typography import WIDE

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

TABLES = (
    ("overrides", ("override",), msg("Changed for this run"), False),
    ("assumptions", ("assumption",), msg("Values that no published source settles"), False),
    ("sourced", ("sourced", "derived", "unsourced"), msg("Values with a source, derived or without one"), True),
)
"""Each table of the register: its key, the kinds it holds, its caption, whether it is folded away."""


def assumptions(findings: Found, language: Language) -> Section | None:
    """What was changed, what was assumed, and where every other value comes from."""
    entries = list(findings.items("assumptions"))
    if not entries:
        return None
    blocks: list[Block] = []
    for key, kinds, caption, folded in TABLES:
        told = [entry for entry in entries if entry.text("kind") in kinds]
        if told:
            table = _table(key, caption, told, language, kinds=folded)
            blocks.append(Folded(language.words(caption), (table,), printed=True) if folded else table)
    return Section(
        "assumptions",
        language.words(msg("Assumptions and sources")),
        language.line(
            msg("What is not sourced is assumed, dated, and can be changed in the scenario file or by --set.")
        ),
        tuple(blocks),
    )


def _table(key: str, caption: str, entries: list[Found], language: Language, *, kinds: bool) -> Table:
    titles = [msg("Value of the scenario"), msg("Value"), msg("Source")]
    if kinds:
        titles.append(msg("Kind"))
    return Table(
        key,
        language.words(caption),
        tuple(Column(language.words(title), wrap=True) for title in titles),
        tuple(_row(entry, language, kinds=kinds) for entry in entries),
        style="register",
    )


def _row(entry: Found, language: Language, *, kinds: bool) -> Row:
    unit, kind = entry.text("unit"), entry.text("kind")
    source = Name(source_words(entry.text("source"), language))
    value = _value(entry["value"], unit, language) if entry.get("value") is not None else ()
    numeric = isinstance(entry.value.get("value"), int | float)
    if unit in UNITS and unit not in ("share", "factor") and numeric:
        value = (*value, WIDE, language.words(UNITS[unit]))
    cells: list[Line] = [setting_line(entry.text("key"), language), value, (source,) if source.text else ()]
    if kinds:
        cells.append((language.words(KINDS[kind]) if kind in KINDS else kind,))
    return Row(tuple(cells))


def _value(found: Found, unit: str, language: Language) -> Line:
    value: Any = found.value
    if isinstance(value, bool):
        return (language.words(msg("yes")) if value else language.words(msg("no")),)
    if isinstance(value, int | float) and unit == "share":
        # Ten digits: 0.07 times a hundred is no 7.000000000000001.
        places = len(f"{100 * value:.10g}".partition(".")[2])
        return (show_share(found, language, decimals=places),)
    if isinstance(value, int | float):
        places = min(6, len(repr(value).partition(".")[2])) if isinstance(value, float) and value % 1 else 0
        grouped = unit not in ("", "1") or abs(value) >= 10_000
        text = numbers.digits(value, places, language.code) if grouped else repr(value)
        return (Shown(text if grouped or language.code == "en" else text.replace(".", ","), found.path, value),)
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return (show_day(found, language),)
    if isinstance(value, str):
        return (Name(language.data(value)),)
    return (Code(language.data(json.dumps(value, ensure_ascii=False))),)
