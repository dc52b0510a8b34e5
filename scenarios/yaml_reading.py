"""YAML text to a tree of values that know their place and their source.

Read from the parser's events, so that guards act before anything is built: size, depth, number of values; no
alias, no tag, no duplicate key. YAML 1.1's surprises are off: `NO`, `012`, `1e3`, `12:30` stay texts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from scenarios.problems import InputRefused, Place, Problem
from scenarios.yaml_syntax import syntax_problem

LARGEST_FILE = 1_000_000
DEEPEST = 40
MOST_NODES = 200_000

_WHOLE = re.compile(r"[+-]?(0|[1-9][0-9]*(_[0-9]{3})*)")
_DECIMAL = re.compile(r"[+-]?[0-9]+(_[0-9]{3})*\.[0-9]+([eE][+-]?[0-9]+)?")
_LANGUAGE = re.compile(r"^language:\s*(fr|en)\b", re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Node:
    """A value of a file.

    Attributes:
        value: a dict of nodes, a list of nodes, or a plain value.
        place: where the value stands.
        key_place: where its key stands.
        source: where the value comes from, if the file says so.
        blanks: where a key that a section lacks would stand, where the file has a place for it.
        problems: of a whole file: what is wrong already, to be told with what checking finds.
    """

    value: Any
    place: Place
    key_place: Place | None = None
    source: str | None = None
    blanks: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class _Reading:
    file: str
    problems: list[Problem] = field(default_factory=list)
    nodes: int = 0

    def place(self, mark: Any) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1)

    def refuse(self, place: Place, code: str, key: str = "", **details: Any) -> None:
        self.problems.append(Problem(place, code, key, details))


def read_yaml(text: str, file: str) -> Node:
    """Read one YAML document.

    Args:
        text: the file's text.
        file: its name in problems.

    Returns:
        The tree.

    Raises:
        InputRefused: with every problem that could be found; a syntax error ends the search.
    """
    reading = _Reading(file)
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError:
        raise InputRefused([Problem(Place(file), "not_utf8")]) from None
    if size > LARGEST_FILE:
        raise InputRefused([Problem(Place(file), "too_large", details={"limit": LARGEST_FILE})])
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = iter(yaml.parse(text, Loader=loader))
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    reading.refuse(reading.place(event.start_mark), "several_documents")
                    break
                root = _node(next(events), events, reading, 1)
    except (yaml.YAMLError, ValueError) as error:
        reading.problems.append(syntax_problem(error, text, file))
        raise InputRefused(reading.problems, _stated_language(text)) from None
    if root is None or (root.value is None and not reading.problems):
        root = Node({}, Place(file, 1, 1))
    if not isinstance(root.value, dict) and not reading.problems:
        reading.refuse(root.place, "not_a_mapping")
    if reading.problems:
        raise InputRefused(reading.problems, _stated_language(text))
    _hand_down_sources(root, None)
    return root


def _stated_language(text: str) -> str | None:
    """The language that a text says it is in, read off a line that may stand in a text that is no YAML."""
    stated = _LANGUAGE.search(text)
    return stated[1] if stated else None


def _hand_down_sources(node: Node, inherited: str | None) -> None:
    """Give every plain value the source of the nearest section that has one, so that merging cannot mix them up."""
    node.source = node.source if node.source is not None else inherited
    inner = node.value.values() if isinstance(node.value, dict) else node.value
    for child in inner if isinstance(node.value, dict | list) else ():
        _hand_down_sources(child, node.source)


def _node(event: Any, events: Iterator[Any], reading: _Reading, depth: int) -> Node:
    place = reading.place(event.start_mark)
    reading.nodes += 1
    if depth > DEEPEST:
        raise InputRefused([*reading.problems, Problem(place, "too_deep", details={"limit": DEEPEST})])
    if reading.nodes > MOST_NODES:
        raise InputRefused([*reading.problems, Problem(place, "too_many_nodes", details={"limit": MOST_NODES})])
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        reading.refuse(place, "alias")
    if getattr(event, "tag", None):
        reading.refuse(place, "tag")
    if isinstance(event, yaml.ScalarEvent):
        return Node(_scalar(event, place, reading), place)
    if isinstance(event, yaml.SequenceStartEvent):
        entries = []
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            entries.append(_node(inner, events, reading, depth + 1))
        return Node(entries, place)
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(place, events, reading, depth)
    return Node(None, place)


def _mapping(place: Place, events: Iterator[Any], reading: _Reading, depth: int) -> Node:
    entries: dict[str, Node] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key_place = reading.place(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            key = event.value
        else:
            _node(event, events, reading, depth + 1)
            reading.refuse(key_place, "key_not_text")
            key = ""
        value = _node(next(events), events, reading, depth + 1)
        value.key_place = key_place
        if key in entries:
            first = entries[key].key_place
            reading.refuse(key_place, "duplicate_key", key, first=first.line if first else 0)
        entries[key] = value
    return _with_source(Node(entries, place), reading)


def _with_source(node: Node, reading: _Reading) -> Node:
    """Take `source:` out of a section; `{value: ..., source: ...}` becomes the value itself."""
    source = node.value.get("source")
    if source is None:
        return node
    if not isinstance(source.value, str):
        reading.refuse(source.place, "source_not_text", "source")
        return node
    del node.value["source"]
    if set(node.value) == {"value"}:
        inner = node.value["value"]
        return Node(inner.value, inner.place, source=source.value)
    node.source = source.value
    return node


def _scalar(event: Any, place: Place, reading: _Reading) -> Any:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if len(text) > 40 and re.fullmatch(r"[+-]?[0-9_.]+", text):
        reading.refuse(place, "number_too_long")
        return None
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text  # told as a bad date where a date is expected
    return text


def plain(node: Node) -> Any:
    """The bare values of a tree: dicts, tuples and plain values."""
    if isinstance(node.value, dict):
        return {key: plain(inner) for key, inner in node.value.items()}
    if isinstance(node.value, list):
        return tuple(plain(inner) for inner in node.value)
    return node.value
