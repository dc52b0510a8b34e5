"""A scenario file of an earlier form as text of the present one; comments, order and spacing stay as they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scenarios.migrating.earlier import RENAMED
from scenarios.problems import InputRefused, Place, Problem
from scenarios.refusals import known_keys
from scenarios.scenario import SCHEMA, Scenario
from scenarios.yaml_reading import Node, read_yaml


@dataclass(frozen=True)
class Change:
    """One place that was written anew.

    Attributes:
        place: in the earlier file.
        before: what stood there, "" where something was put in.
        after: what stands there now.
    """

    place: Place
    before: str
    after: str


@dataclass(frozen=True)
class Migrated:
    """A file in the present form.

    Attributes:
        text: of the whole file.
        found: the form it was in.
        changes: in the order of the file; none where it was of the present form already.
    """

    text: str
    found: int
    changes: tuple[Change, ...]


def migrated(text: str, file: str) -> Migrated:
    """Bring a scenario file to the present form.

    Args:
        text: of the file.
        file: its name in problems.

    Returns:
        The new text, which says the same.

    Raises:
        InputRefused: where the file cannot be read, or is of a form that this engine does not know.
    """
    tree = read_yaml(text, file)
    found = _form(tree)
    changes = sorted(_changes(tree, found), key=lambda change: (change.place.line, change.place.column))
    lines = text.split("\n")
    for change in reversed(changes):
        line, at = change.place.line - 1, change.place.column - 1
        old = lines[line]
        before = change.before
        if old[at : at + 1] in ("'", '"') and old[at + 1 :].startswith(before):
            at += 1
        if not old.startswith(before, at):
            raise InputRefused([Problem(change.place, "migrate_by_hand", details={"after": change.after})])
        lines[line] = old[:at] + change.after + old[at + len(before) :]
    return Migrated("\n".join(lines), found, tuple(changes))


def _form(tree: Node) -> int:
    """The form of a file: as it says, else the first."""
    node = tree.value.get("schema") or tree.value.get("schema_version")
    if node is None:
        return 0
    if isinstance(node.value, bool) or not isinstance(node.value, int) or not 0 <= node.value <= SCHEMA:
        raise InputRefused([Problem(node.place, "schema", "schema", {"found": node.value})])
    return node.value


def _changes(tree: Node, found: int) -> Iterator[Change]:
    yield from _renamed(tree, ())
    named = tree.value.get("schema") or tree.value.get("schema_version")
    if named is not None and found != SCHEMA:
        yield Change(named.place, str(named.value), str(SCHEMA))
    if named is None and tree.value:
        first = min(
            (node.key_place for node in tree.value.values() if node.key_place is not None),
            key=lambda place: (place.line, place.column),
        )
        # A file in braces on one line stays on one line.
        yield Change(first, "", f"schema: {SCHEMA}\n" if first.column == 1 else f"schema: {SCHEMA}, ")


def _renamed(node: Node, steps: tuple[Any, ...]) -> Iterator[Change]:
    if isinstance(node.value, list):
        for number, entry in enumerate(node.value):
            yield from _renamed(entry, (*steps, number))
    elif isinstance(node.value, dict):
        known = known_keys(steps, Scenario)
        for key, inner in node.value.items():
            if key in RENAMED and key not in known and RENAMED[key] in known and inner.key_place is not None:
                yield Change(inner.key_place, key, RENAMED[key])
            yield from _renamed(inner, (*steps, key))
