"""One figure of a checked scenario by its dotted key: what it is, and the scenario with another one."""

from typing import Any

from scenarios.scenario import Scenario


def current(scenario: Scenario, key: str) -> float:
    """The figure that stands at a dotted key.

    Raises:
        KeyError: where no number stands there.
    """
    node: Any = scenario.model_dump(by_alias=True)
    for step in key.split("."):
        node = _below(node, step, key)
    if isinstance(node, bool) or not isinstance(node, int | float):
        raise KeyError(key)
    return float(node)


def with_figure(scenario: Scenario, key: str, value: float) -> Scenario:
    """The scenario with another figure at a dotted key; whole where the old one was.

    Raises:
        KeyError: where no number stands there.
    """
    tree = scenario.model_dump(by_alias=True)
    node: Any = tree
    steps = key.split(".")
    for step in steps[:-1]:
        inner = _below(node, step, key)
        if isinstance(inner, tuple):
            inner = list(inner)
            _put(node, step, inner)
        node = inner
    old = _below(node, steps[-1], key)
    _put(node, steps[-1], round(value) if isinstance(old, int) else value)
    return Scenario.model_validate(_tuples(tree))


def _below(node: Any, step: str, key: str) -> Any:
    if isinstance(node, dict) and step in node:
        return node[step]
    if isinstance(node, list | tuple) and step.isdecimal() and int(step) < len(node):
        return node[int(step)]
    raise KeyError(key)


def _put(node: Any, step: str, value: Any) -> None:
    if isinstance(node, list):
        node[int(step)] = value
    else:
        node[step] = value


def _tuples(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _tuples(value) for key, value in node.items()}
    return tuple(_tuples(value) for value in node) if isinstance(node, list | tuple) else node
