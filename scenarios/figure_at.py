"""One figure of a checked scenario by its dotted key: what it is, and the scenario with another one."""

from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError, create_model

from scenarios.scenario import Scenario
from scenarios.settings import Settings


def current(scenario: Scenario, key: str) -> float:
    """The figure that stands at a dotted key.

    Raises:
        KeyError: where no number stands there.
    """
    return _number(_way(scenario, key)[-1], key)


def with_figure(scenario: Scenario, key: str, value: float) -> Scenario:
    """The scenario with another figure at a dotted key; whole where the old one was.

    Only the value that the figure is part of is read again: no rule of a section spans several of its values (those
    that do are checks, `scenarios.checks`).

    Raises:
        KeyError: where no number stands there.
        ValidationError: where the figure may not stand there.
    """
    way, steps = _way(scenario, key), key.split(".")
    new: Any = _as_before(way[-1], value, key)
    read = False
    for node, step in zip(reversed(way[:-1]), reversed(steps), strict=True):
        if not isinstance(node, BaseModel):
            new = _put(node, step, new)
            continue
        name = _names(type(node))[step]
        if not read:
            new, read = getattr(_alone(type(node), name).model_validate({name: new}), name), True
        new = node.model_copy(update={name: new})
    changed: Scenario = new
    return changed


def may_stand(scenario: Scenario, key: str, value: float) -> bool:
    """Whether another figure may stand at a dotted key: whether `with_figure` would give a scenario.

    Raises:
        KeyError: where no number stands there.
    """
    way, steps = _way(scenario, key), key.split(".")
    new: Any = _as_before(way[-1], value, key)
    for node, step in zip(reversed(way[:-1]), reversed(steps), strict=True):
        if isinstance(node, BaseModel):
            single = isinstance(new, int | float)
            return (_read_before if single else _read)(type(node), _names(type(node))[step], new)
        new = _put(node, step, new)
    raise KeyError(key)


def _way(scenario: Scenario, key: str) -> list[Any]:
    """All that stands on the way to a dotted key, the scenario first and what stands there last."""
    way: list[Any] = [scenario]
    for step in key.split("."):
        way.append(_below(way[-1], step, key))
    return way


def _number(node: Any, key: str) -> float:
    if isinstance(node, bool) or not isinstance(node, int | float):
        raise KeyError(key)
    return float(node)


def _as_before(old: Any, value: float, key: str) -> float | int:
    _number(old, key)
    return round(value) if isinstance(old, int) else value


def _below(node: Any, step: str, key: str) -> Any:
    if isinstance(node, BaseModel):
        name = _names(type(node)).get(step)
        if name is not None:
            return getattr(node, name)
    elif isinstance(node, dict):
        if step in node:
            return node[step]
    elif isinstance(node, tuple) and step.isdecimal() and int(step) < len(node):
        return node[int(step)]
    raise KeyError(key)


def _put(node: Any, step: str, value: Any) -> Any:
    """A table or a list with another value at one place."""
    if isinstance(node, dict):
        return {**node, step: value}
    return (*node[: int(step)], value, *node[int(step) + 1 :])


@lru_cache(maxsize=256)
def _names(model: type[BaseModel]) -> dict[str, str]:
    """The program's name of each value by that of the file."""
    return {info.alias or name: name for name, info in model.model_fields.items()}


@lru_cache(maxsize=256)
def _alone(model: type[BaseModel], name: str) -> type[Settings]:
    """A section of one value only, under the same rules."""
    info = model.model_fields[name]
    fields: dict[str, Any] = {name: (info.annotation, info)}
    return create_model("One", __base__=Settings, **fields)


def _read(model: type[BaseModel], name: str, value: Any) -> bool:
    try:
        _alone(model, name).model_validate({name: value})
    except ValidationError:
        return False
    return True


_read_before = lru_cache(maxsize=256, typed=True)(_read)
