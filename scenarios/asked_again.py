"""A question read back from what was found out about it, whatever has become of its file."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from scenarios.checks import checks
from scenarios.loading import Loaded, fingerprint, resolved
from scenarios.problems import InputRefused, Place, Problem
from scenarios.register import register_of
from scenarios.scenario import Scenario
from scenarios.yaml_reading import Node


def question_told(scenario: Scenario) -> dict[str, Any]:
    """The question as findings keep it: all that it asks, with no path; which variants it declares is no part of it."""
    values = resolved(scenario)
    values.pop("sweep", None)
    return values


def asked_again(values: Any, sources: Mapping[str, str], overrides: Mapping[str, str], file: str) -> Loaded:
    """The question that findings keep.

    Args:
        values: as `question_told` gave them.
        sources: where values come from, by dotted key; a section's holds for all below it.
        overrides: what was changed for that run.
        file: the findings, for problems and places.

    Returns:
        The question, checked as any other.

    Raises:
        InputRefused: where the values are no question, or an unsound one.
    """
    place = Place(file)
    try:
        # In the order of the file: that of branches and bands means something.
        scenario = Scenario.model_validate_json(json.dumps(values, allow_nan=False), by_alias=True, by_name=False)
    except (ValidationError, ValueError, TypeError, RecursionError):
        raise InputRefused([Problem(place, "not_findings")]) from None
    tree = _tree(values, place, "", None, sources)
    problems = checks(scenario, tree)
    if problems:
        raise InputRefused(problems)
    return Loaded(scenario, register_of(tree), dict(overrides), fingerprint(scenario))


def _tree(value: Any, place: Place, key: str, inherited: str | None, sources: Mapping[str, str]) -> Node:
    source = sources.get(key, inherited)

    def below(name: str, inner: Any) -> Node:
        return _tree(inner, place, f"{key}.{name}" if key else name, source, sources)

    if isinstance(value, dict):
        return Node({name: below(name, inner) for name, inner in value.items()}, place, place, source)
    if isinstance(value, list):
        return Node([below(str(number), inner) for number, inner in enumerate(value)], place, place, source)
    return Node(value, place, place, source)
