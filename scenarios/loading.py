"""From a scenario file to a checked Scenario, with the register of where each value comes from."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from scenarios.checks import checks
from scenarios.extending import override, resolve
from scenarios.ordering import in_order
from scenarios.problems import InputRefused, Problem
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
    tree = in_order(resolve(question))
    given: dict[str, str] = {}
    problems: list[Problem] = [*tree.problems]
    for text in overrides:
        try:
            key, value = override(tree, text)
            given[key] = value
        except InputRefused as refusal:
            problems.extend(refusal.problems)
    scenario = _checked(tree, problems)
    return Loaded(scenario, register_of(tree), given, fingerprint(scenario))


def _checked(tree: Node, problems: list[Problem]) -> Scenario:
    problems.extend(unknown_migration(tree))
    scenario = None
    try:
        scenario = Scenario.model_validate(plain(tree))
    except ValidationError as error:
        told = (problem_of(detail, tree) for detail in error.errors(include_url=False))
        problems.extend(problem for problem in told if problem is not None)
    if scenario is not None:
        problems.extend(checks(scenario, tree))
    if problems or scenario is None:
        raise InputRefused(problems)
    return scenario


def fingerprint(scenario: Scenario) -> str:
    """The sha256 of a resolved scenario, the same on every machine."""
    return hashlib.sha256(canonical_json(resolved(scenario)).encode("utf-8")).hexdigest()


def resolved(scenario: Scenario) -> dict[str, Any]:
    """The scenario with all that it inherits, as plain values under the names of the file."""
    return scenario.model_dump(mode="json", by_alias=True, exclude_none=True)


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no spare space: equal values give equal texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
