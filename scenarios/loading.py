"""From a scenario file to a checked Scenario, with the register of where each value comes from."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from scenarios.checks import checks
from scenarios.extending import OVERRIDE, override, resolve
from scenarios.ordered_mappings import with_order
from scenarios.ordering import in_order
from scenarios.problems import InputRefused, Place, Problem
from scenarios.refusals import problem_of, unknown_migration
from scenarios.register import Entry, register_of
from scenarios.scenario import Scenario
from scenarios.yaml_reading import Node, plain


@dataclass(frozen=True, eq=False)
class Loaded:
    """A scenario with its provenance.

    Attributes:
        scenario: the checked question.
        register: every value with its place, unit, source and kind.
        overrides: the `--set` values, as given.
        hash: sha256 of the resolved scenario (names, titles and language included).
    """

    scenario: Scenario
    register: tuple[Entry, ...]
    overrides: dict[str, str]
    hash: str


def load(question: str, overrides: tuple[str, ...] = ()) -> Loaded:
    """Read, resolve and check a scenario.

    Args:
        question: a shipped name or the path of a file.
        overrides: texts KEY=VALUE, applied in order.

    Returns:
        The loaded scenario.

    Raises:
        InputRefused: with every problem found, each with its place.
    """
    tree, given, problems = tree_of(question, overrides)
    scenario = _checked(tree, problems)
    return Loaded(scenario, register_of(tree), given, fingerprint(scenario))


def tree_of(question: str, overrides: tuple[str, ...] = ()) -> tuple[Node, dict[str, str], list[Problem]]:
    """The tree of a scenario under some overrides, these by key, and what was wrong on the way; nothing is checked."""
    tree = in_order(resolve(question))
    given: dict[str, str] = {}
    problems: list[Problem] = [*tree.problems]
    for text in overrides:
        try:
            key, value = override(tree, text)
            given[key] = value
        except InputRefused as refusal:
            problems.extend(refusal.problems)
    return tree, given, problems


def with_runs(loaded: Loaded, runs: int) -> Loaded:
    """The same question asked with another number of runs, as `--runs` would ask it.

    Args:
        loaded: the question.
        runs: at least 1.

    Returns:
        Loaded, with the override recorded and a fingerprint of its own.
    """
    scenario = loaded.scenario.model_copy(update={"runs": runs})
    entry = Entry("runs", runs, "", OVERRIDE, "override", Place("--set runs"))
    stated = any(other.key == entry.key for other in loaded.register)
    return Loaded(
        scenario,
        tuple(entry if other.key == entry.key else other for other in loaded.register) + (() if stated else (entry,)),
        {**loaded.overrides, entry.key: str(runs)},
        fingerprint(scenario),
    )


def _checked(tree: Node, problems: list[Problem]) -> Scenario:
    if not tree.value:
        raise InputRefused([*problems, Problem(tree.place, "empty")])
    problems.extend(unknown_migration(tree))
    scenario = None
    try:
        scenario = Scenario.model_validate(plain(tree), by_alias=True, by_name=False)
    except ValidationError as error:
        told = (problem_of(detail, tree) for detail in error.errors(include_url=False))
        problems.extend(problem for problem in told if problem is not None)
        problems.extend(_further_problems(tree, problems))
    if scenario is not None:
        problems.extend(checks(scenario, tree))
    if problems or scenario is None:
        raise InputRefused(problems, _stated_language(tree))
    return scenario


def _stated_language(tree: Node) -> str | None:
    """The language of the file itself; one that it inherits says nothing of who wrote it."""
    stated = tree.value.get("language")
    return stated.value if stated is not None and stated.place.file == tree.place.file else None


def _further_problems(tree: Node, found: list[Problem]) -> list[Problem]:
    """What else is wrong across the values, with each refused one taken from a sound scenario or left out.

    All problems at once: a person mends the file once, not once for each pass of the reader.
    """
    refused = []
    for problem in found:
        steps = tuple(problem.key.split(".")) if problem.key else ()
        if steps:  # an entry that lacks a value is set aside whole
            refused.append(steps[:-1] if problem.code == "missing" and len(steps) > 1 else steps)
    stand_in = plain(resolve("convention-2i"))
    values = plain(tree)
    for steps in refused:
        values = _with_stand_in(values, stand_in, steps)
    try:
        scenario = Scenario.model_validate(values, by_alias=True, by_name=False)
    except ValidationError:
        return []
    told = [] if any(len(steps) == 1 and steps[0] == "schema" for steps in refused) else checks(scenario, tree)
    return [problem for problem in told if not any(_overlap(problem.key, steps) for steps in refused)]


def _overlap(key: str, steps: tuple[str, ...]) -> bool:
    mine = tuple(key.split("."))
    shared = min(len(mine), len(steps))
    return mine[:shared] == steps[:shared]


def _with_stand_in(values: Any, stand_in: Any, steps: tuple[str, ...]) -> Any:
    """Values with the one at `steps` replaced by the stand-in's, or left out where that has none."""
    first, rest = steps[0], steps[1:]
    if isinstance(values, dict):
        other = stand_in.get(first) if isinstance(stand_in, dict) else None
        kept = {key: value for key, value in values.items() if key != first}
        if rest and first in values:
            return {**kept, first: _with_stand_in(values[first], other, rest)}
        return kept if other is None else {**kept, first: other}
    if isinstance(values, tuple) and first.isdecimal() and int(first) < len(values):
        at = int(first)
        other = stand_in[at] if isinstance(stand_in, tuple) and at < len(stand_in) else None
        inner = _with_stand_in(values[at], other, rest) if rest else other
        return (*values[:at], *(() if inner is None else (inner,)), *values[at + 1 :])
    return stand_in if stand_in is not None else values


def fingerprint(scenario: Scenario) -> str:
    """The sha256 of a resolved scenario, the same on every machine; which variants it declares is no part of it."""
    values = {key: with_order(key, value) for key, value in resolved(scenario).items() if key != "sweep"}
    return hashlib.sha256(canonical_json(values).encode("utf-8")).hexdigest()


def resolved(scenario: Scenario) -> dict[str, Any]:
    """The scenario with all that it inherits, as plain values under the names of the file."""
    return scenario.model_dump(mode="json", by_alias=True, exclude_none=True)


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no spare space: equal values give equal texts."""
    return _CANONICAL.encode(value)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
