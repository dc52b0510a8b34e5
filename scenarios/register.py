"""The register of values: each with its unit, its source, its kind and the place it was written."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from scenarios.extending import OVERRIDE
from scenarios.problems import Place
from scenarios.yaml_reading import Node

DATED_ASSUMPTION = re.compile(r"^assumption \d{4}-\d{2}-\d{2}: \S")
"""How the source of an assumption is written: "assumption 2026-11-24: why"."""

_UNITS = (
    ("_eur_per_hour", "EUR/h"),
    ("_eur", "EUR"),
    ("_minutes", "min"),
    ("_hours", "h"),
    ("_hour", "h"),
    ("_days", "d"),
    ("_share", "share"),
    ("_shares", "share"),
    ("_factor", "factor"),
    ("_weights", "share"),
    ("_per_year", "1/year"),
    ("employees", "employees"),
    ("companies", "companies"),
    ("companies_in_reach", "companies"),
    ("pathways", "pathways"),
    ("officers", "officers"),
    ("at_opening", "share"),
    ("at_deadline", "share"),
    ("shares", "share"),
    ("trainees", "trainees"),
    ("hours", "h"),
    ("factor", "factor"),
    ("share", "share"),
    ("days", "d"),
    ("target_pathways", "pathways"),
    ("sigma", "1"),
)


@dataclass(frozen=True)
class Entry:
    """One value of a scenario file.

    Attributes:
        key: dotted.
        value: a number, a text, a truth value or a date.
        unit: read off the key's name, "" where it has none.
        source: as written, "" where the file gives none.
        kind: sourced, derived, assumption, override or unsourced.
        place: where it was written.
    """

    key: str
    value: Any
    unit: str
    source: str
    kind: str
    place: Place


def register_of(tree: Node) -> tuple[Entry, ...]:
    """Every plain value of a resolved scenario, in the order of the file.

    Args:
        tree: the resolved tree.

    Returns:
        The entries; a list of plain values is one entry.
    """
    entries: list[Entry] = []
    _walk(tree, (), entries)
    return tuple(entries)


def _walk(node: Node, steps: tuple[str, ...], entries: list[Entry]) -> None:
    if isinstance(node.value, dict):
        for key, inner in node.value.items():
            _walk(inner, (*steps, str(key)), entries)
    elif isinstance(node.value, list) and any(isinstance(e.value, dict | list) for e in node.value):
        for number, inner in enumerate(node.value):
            _walk(inner, (*steps, str(number)), entries)
    else:
        value = [inner.value for inner in node.value] if isinstance(node.value, list) else node.value
        source = node.source or ""
        entries.append(Entry(".".join(steps), _text(value), unit_of(steps), source, kind_of(source), node.place))


def _text(value: Any) -> Any:
    if isinstance(value, list):
        return [_text(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)  # 1.0 and 1 are one number: a workbook cannot tell them apart
    return value.isoformat() if isinstance(value, date) else value


def unit_of(steps: tuple[str, ...]) -> str:
    """The unit of a value, from the nearest name of its key that has one."""
    if "uncertain" in steps:
        return "factor"
    exact = dict(_UNITS)
    for step in reversed(steps):
        if step in exact:
            return exact[step]
        for ending, unit in _UNITS:
            if ending.startswith("_") and step.endswith(ending):
                return unit
        if step in ("mean", "median", "p90", "low", "mode", "high", "at") or step.isdecimal():
            continue
        if step in ("kind", "from", "until", "name_fr", "name_en", "label", "date", "unit", "population"):
            return ""
    return ""


def kind_of(source: str) -> str:
    """The kind of a value from the first word of its source."""
    if source == OVERRIDE:
        return "override"
    if source.startswith("assumption"):
        return "assumption"
    if source.startswith("derived"):
        return "derived"
    return "sourced" if source else "unsourced"
