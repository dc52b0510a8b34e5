"""Checks across a declared sweep."""

from collections.abc import Iterator

from scenarios.check_findings import Finding, Steps
from scenarios.scenario import Scenario
from scenarios.sweeping.declaration import MOST_VARIANTS, Axis, Sweep
from scenarios.sweeping.points import count_of
from scenarios.sweeping.sobol import MOST_AXES

FIXED = ("schema", "extends", "name", "title_fr", "title_en", "language", "currency", "sweep", "committee.rivals")
"""Keys that a variant may not change: what it is called, and what the sweep itself sets."""


def sweep_declared(scenario: Scenario) -> Iterator[Finding]:
    """All that is wrong with the declaration itself; whether each variant is sound is seen when they are resolved."""
    sweep = scenario.sweep
    if sweep is None:
        return
    sound = True
    for steps, code, details in _axes(sweep):
        sound = False
        yield steps, code, details
    sampled = sweep.method in ("latin_hypercube", "sobol")
    if sampled and sweep.points is None:
        yield ("sweep", "method"), "needs", {"expected": ["points"]}
    if not sampled and sweep.points is not None:
        yield ("sweep", "points"), "unused", {"found": sweep.method}
    if sweep.method == "sobol" and len(sweep.over) > MOST_AXES:
        yield ("sweep", "over"), "at_most", {"limit": MOST_AXES, "found": len(sweep.over)}
    if sound and count_of(sweep) > MOST_VARIANTS:
        yield ("sweep", "over"), "at_most", {"limit": MOST_VARIANTS, "found": count_of(sweep)}


def _axes(sweep: Sweep) -> Iterator[Finding]:
    keys: list[str] = []
    for number, axis in enumerate(sweep.over):
        steps: Steps = ("sweep", "over", number)
        yield from _key(axis, keys, (*steps, "key"))
        keys.append(axis.key)
        yield from _values(axis, steps) if axis.values is not None else _range(sweep, axis, steps)
        first = sweep.over[0].values
        if sweep.method == "list" and axis.values is not None and first is not None and len(axis.values) != len(first):
            yield (*steps, "values"), "sweep_lengths", {"expected": len(first), "found": len(axis.values)}
        elif sweep.method != "list" and axis.values is not None:
            # 1 and 1.0 are the same value; true is another one.
            told = [(isinstance(value, bool), value) for value in axis.values]
            if len(set(told)) < len(told):
                at = next(at for at, value in enumerate(told) if value in told[:at])
                yield (*steps, "values", at), "repeated", {"found": axis.values[at]}


def _key(axis: Axis, before: list[str], steps: Steps) -> Iterator[Finding]:
    if any(axis.key == fixed or axis.key.startswith(f"{fixed}.") for fixed in FIXED):
        yield steps, "sweep_key", {"found": axis.key}
    mine = _steps(axis.key)
    for other in before:
        its = _steps(other)
        if mine == its:
            yield steps, "repeated", {"found": axis.key}
        elif mine[: len(its)] == its or its[: len(mine)] == mine:
            yield steps, "sweep_overlap", {"found": axis.key, "other": other}


def _steps(key: str) -> tuple[str | int, ...]:
    """The way that a key leads: entry 00 of a list is entry 0."""
    return tuple(int(step) if step.isdecimal() else step for step in key.split("."))


def _values(axis: Axis, steps: Steps) -> Iterator[Finding]:
    for name in ("low", "high", "count", "step"):
        if getattr(axis, name) is not None:
            yield (*steps, name), "unused", {"found": "values"}


def _range(sweep: Sweep, axis: Axis, steps: Steps) -> Iterator[Finding]:
    if axis.low is None or axis.high is None:
        yield steps, "exactly_one", {"expected": ["values", "low + high"]}
        return
    if axis.low >= axis.high:
        yield (*steps, "high"), "order", {"later": "high", "earlier": "low"}
    if sweep.method == "list":
        yield (*steps, "low"), "unused", {"found": sweep.method}
    elif sweep.method == "grid" and (axis.count is None) == (axis.step is None):
        yield steps, "exactly_one", {"expected": ["count", "step"]}
    elif sweep.method != "grid" and axis.count is not None:
        yield (*steps, "count"), "unused", {"found": sweep.method}
    elif axis.step is not None and (axis.high - axis.low) / axis.step > MOST_VARIANTS:
        found = round((axis.high - axis.low) / axis.step)
        yield (*steps, "step"), "at_most", {"limit": MOST_VARIANTS, "found": found}
