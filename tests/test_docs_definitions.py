"""The pages of docs/ define what they promise: keys of a scenario file, key figures, columns of a trace."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scenarios.scenario import Scenario
from sim.kinds import Kind
from sim.kpis import KPIS
from sim.trace import Row

DOCS = Path(__file__).parent.parent / "docs"
KEYS_OF = ("scenario-file.md", "uncertainty.md", "sweeps.md")
"""The pages that explain the keys of a scenario file."""


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def written_as_code(text: str) -> set[str]:
    """All words that stand in a block of code or between backquotes."""
    blocks = re.findall(r"```.*?```", text, re.DOTALL)
    spans = re.findall(r"`([^`\n]+|[^`]+?)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return {word for part in (*blocks, *spans) for word in re.findall(r"\w+", part)}


def keys(schema: Any) -> Iterator[str]:
    """Every key that a JSON Schema names, at any depth."""
    if isinstance(schema, dict):
        named = schema.get("properties")
        yield from named if isinstance(named, dict) else ()
        for value in schema.values():
            yield from keys(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from keys(value)


def test_every_key_of_a_scenario_file_is_explained() -> None:
    told = set().union(*(written_as_code(page(name)) for name in KEYS_OF))
    assert sorted(set(keys(Scenario.model_json_schema(by_alias=True))) - told) == []


def test_every_key_figure_is_defined_beside_being_named() -> None:
    """Each stands in the list of names, and once more where it is said what it is."""
    text = page("findings.md")
    names = text[text.index("Names of `kpis`:") : text.index("By line, branch and size group at least:")]
    elsewhere = written_as_code(text.replace(names, ""))
    assert sorted(kpi.name for kpi in KPIS if not re.search(rf"\b{kpi.name}\b", names)) == []
    assert sorted({kpi.name for kpi in KPIS} - elsewhere) == []


@pytest.mark.parametrize("names", [Row._fields, tuple(kind.name.lower() for kind in Kind)], ids=["columns", "kinds"])
def test_the_trace_is_told_column_by_column_and_kind_by_kind(names: tuple[str, ...]) -> None:
    """In the order in which they stand in a row, and inside a minute."""
    text = page("findings.md")
    told = text[text.index("| column | holds |") : text.index("No row of their own have")]
    found = [word for word in re.findall(r"\w+", told) if word in names]
    assert tuple(dict.fromkeys(found)) == names
