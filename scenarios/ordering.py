"""Sections in the order in which a question is read, however its file was written.

The same values give the same register, and so the same findings, from YAML, from a workbook, or spread over files.
"""

from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from scenarios.scenario import Scenario
from scenarios.yaml_reading import Node


def in_order(tree: Node) -> Node:
    """A tree whose sections follow the order of the model; codes and lists keep theirs, strange keys come last."""
    return _ordered(tree, Scenario)


def _ordered(node: Node, kind: Any) -> Node:
    value = node.value
    if isinstance(value, list):
        inner = _entries_of(kind, tuple)
        value = [_ordered(entry, inner) for entry in value]
    elif isinstance(value, dict):
        model = _model_of(kind, value)
        if model is None:
            inner = _entries_of(kind, dict)
            value = {key: _ordered(entry, inner) for key, entry in value.items()}
        else:
            fields = {info.alias or name: info.annotation for name, info in model.model_fields.items()}
            known = {key: _ordered(value[key], kind) for key, kind in fields.items() if key in value}
            value = {**known, **{key: entry for key, entry in value.items() if key not in known}}
    return Node(value, node.place, node.key_place, node.source, node.blanks, node.problems)


def _parts(kind: Any) -> list[Any]:
    """The kinds that a union is made of, or the kind alone."""
    if get_origin(kind) is Annotated:
        return _parts(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return [inner for part in get_args(kind) for inner in _parts(part)]
    return [kind]


def _model_of(kind: Any, value: dict[str, Node]) -> type[BaseModel] | None:
    """The section that a mapping is; of several, the one that has its keys."""
    models = [part for part in _parts(kind) if isinstance(part, type) and issubclass(part, BaseModel)]

    def known(model: type[BaseModel]) -> int:
        return len({info.alias or name for name, info in model.model_fields.items()} & set(value))

    return max(models, key=known, default=None)


def _entries_of(kind: Any, container: type) -> Any:
    """What the entries of a list or of a coded section are."""
    for part in _parts(kind):
        if get_origin(part) is container:
            return get_args(part)[1 if container is dict else 0]
    return None
