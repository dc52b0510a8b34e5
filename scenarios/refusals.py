"""What pydantic says of a scenario, told again with the place in the file and the likely word."""

import re
from datetime import date
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from scenarios.migrating.earlier import RENAMED
from scenarios.problems import Problem
from scenarios.scenario import SCHEMA, Scenario
from scenarios.spelling import likely
from scenarios.yaml_reading import Node

_CODES = {
    "missing": "missing",
    "int_type": "whole_number",
    "int_from_float": "whole_number",
    "float_type": "number",
    "string_type": "text",
    "bool_type": "truth",
    "date_type": "date",
    "date_from_datetime_inexact": "date",
    "tuple_type": "list",
    "dict_type": "section",
    "model_type": "section",
    "model_attributes_type": "section",
    "finite_number": "finite",
    "string_pattern_mismatch": "pattern",
}
_LIMITS = {
    "greater_than_equal": ("at_least", "ge"),
    "less_than_equal": ("at_most", "le"),
    "greater_than": ("above", "gt"),
    "less_than": ("below", "lt"),
    "too_short": ("too_short", "min_length"),
    "too_long": ("too_long", "max_length"),
    "string_too_long": ("text_too_long", "max_length"),
    "string_too_short": ("text_too_short", "min_length"),
}


def find(tree: Node, steps: tuple[Any, ...]) -> tuple[Node, list[str]]:
    """The deepest node that some steps lead to, and the steps that were really taken."""
    node, taken = tree, []
    for step in steps:
        if (isinstance(node.value, dict) and step in node.value) or (
            isinstance(node.value, list) and isinstance(step, int) and step < len(node.value)
        ):
            node = node.value[step]
        else:
            continue
        taken.append(str(step))
    return node, taken


def problem_of(detail: Any, tree: Node, model: type[BaseModel] = Scenario) -> Problem | None:
    """One pydantic error as a problem of the file.

    Args:
        detail: an entry of `ValidationError.errors()`.
        tree: the resolved tree that was validated.
        model: what it was validated as.

    Returns:
        The problem, at the place of the value, of its key, or of the section that lacks it; None where pydantic
        only repeats what it says of an inner value.
    """
    steps, kind, context = tuple(detail["loc"]), detail["type"], detail.get("ctx", {})
    node, taken = find(tree, steps)
    in_key = bool(steps) and steps[-1] == "[key]"
    key = ".".join(taken)
    place = node.place
    found = _found(node)
    if kind == "extra_forbidden" and taken[-1].isdecimal():
        return Problem(node.key_place or place, "comma", key, {"found": taken[-1]})
    if kind == "extra_forbidden":
        known = [name for name in known_keys(steps[:-1], model) if name != taken[-1]]
        if model is Scenario and RENAMED.get(taken[-1]) in known:
            details = {"expected": RENAMED[taken[-1]], "file": place.file}
            return Problem(node.key_place or place, "earlier_key", key, details)
        return Problem(node.key_place or place, "unknown_key", key, {"likely": likely(taken[-1], known)})
    if kind == "missing" and model is Scenario and steps == ("schema",):
        return Problem(place, "schema_earlier", "schema", {"file": place.file})
    if kind == "missing" and isinstance(node.value, dict) and steps[-1] in {RENAMED.get(one) for one in node.value}:
        return None  # it stands there under its earlier name
    if kind == "missing":
        whole = ".".join([*taken, str(steps[-1])])
        return Problem(node.blanks.get(str(steps[-1]), place), "missing", whole, {"likely": _sibling(tree, taken)})
    if in_key:
        return Problem(node.key_place or place, "pattern", key, {"found": taken[-1] if taken else ""})
    if kind == "literal_error":
        if key == "schema":
            return _of_another_form(node)
        options = [part.strip().strip("'") for part in context["expected"].replace(" or ", ", ").split(",")]
        return Problem(place, "one_of", key, {"expected": options, "found": found, "likely": likely(found, options)})
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tags = [part.strip().strip("'") for part in context.get("expected_tags", "").split(",") if part]
        if kind == "union_tag_not_found":
            return Problem(place, "kind_missing", key, {"expected": tags or _distribution_kinds()})
        tag = context.get("tag", "")
        named = node.value.get("kind") if isinstance(node.value, dict) else None
        return Problem(
            named.place if named else place,
            "one_of",
            f"{key}.kind",
            {"expected": tags, "found": tag, "likely": likely(tag, tags)},
        )
    if kind == "value_error" and "whole_cents" in detail["msg"]:
        return Problem(place, "whole_cents", key)
    if kind == "value_error" and "plain_value" in detail["msg"]:
        return Problem(place, "plain_value", key, {"found": found})
    if kind == "date_type" and isinstance(found, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", found):
        return Problem(place, "bad_date", key, {"found": found})
    if place.sheet and kind in _TYPED_CELLS and (code := _cell_code(kind, found)):
        return Problem(place, code, key, {"found": found})
    if kind in ("float_type", "int_type") and _almost_a_number(found):
        return Problem(place, "number_form", key, {"found": found})
    if kind == "less_than_equal" and context["le"] == 1 and isinstance(found, int | float):
        return Problem(place, "share_form", key, {"found": found})
    if kind in _LIMITS:
        code, name = _LIMITS[kind]
        if kind == "too_short" and isinstance(node.value, list | dict) and len(node.value) >= context[name]:
            return None  # its entries are refused one by one
        return Problem(place, code, key, {"limit": context[name], "found": found})
    if kind in _CODES:
        return Problem(place, _CODES[kind], key, {"found": found})
    return Problem(place, "other", key, {"reason": detail["msg"]})


_TYPED_CELLS = ("float_type", "int_type", "date_type", "date_from_datetime_inexact")


def _cell_code(kind: str, found: Any) -> str | None:
    """What became of what was typed into a cell, where a spreadsheet took it for something else."""
    if kind not in ("float_type", "int_type"):
        return "date_in_cell"
    if isinstance(found, date):
        return "number_as_date"
    return "number_as_text" if _almost_a_number(found) else None


def _almost_a_number(found: Any) -> bool:
    """Whether a text is a number written as people write it: 1,5 or 120 000 000 € or 120M."""
    return isinstance(found, str) and bool(re.fullmatch(r"[-+]?\d[\d\s.,'  ]*\s*(k|M|€|EUR|%|M€)?", found))


def _sibling(tree: Node, taken: list[str]) -> str | None:
    """The likely name of a new entry that lacks everything because its name is misspelt."""
    if not taken:
        return None
    above, _ = find(tree, tuple(taken[:-1]))
    if not isinstance(above.value, dict) or len(above.value) < 2:
        return None
    return likely(taken[-1], (name for name in above.value if name != taken[-1]))


def unknown_migration(tree: Node) -> list[Problem]:
    """A file of another schema is told so first, whatever else is wrong with it."""
    node = tree.value.get("schema")
    if node is not None and isinstance(node.value, int) and node.value != SCHEMA:
        return [_of_another_form(node)]
    return []


def _of_another_form(node: Node) -> Problem:
    """An earlier form can be migrated; a later one, or none at all, cannot be read."""
    if isinstance(node.value, int) and not isinstance(node.value, bool) and 0 <= node.value < SCHEMA:
        return Problem(node.place, "schema_earlier", "schema", {"file": node.place.file})
    return Problem(node.place, "schema", "schema", {"found": _found(node)})


def _found(node: Node) -> Any:
    if isinstance(node.value, dict):
        return "{…}"
    if isinstance(node.value, list):
        return "[…]"
    return "null" if node.value is None else node.value


def _distribution_kinds() -> list[str]:
    return ["constant", "uniform", "triangular", "exponential", "lognormal", "lognormal_quantiles"]


def known_keys(steps: tuple[Any, ...], model: type[BaseModel]) -> list[str]:
    """The keys that the section at some steps may have, by the model's own fields; several where it may be of kinds."""
    places: list[Any] = [model]
    for step in steps:
        places = [inner for place in places for inner in _inside(place, step)]
    keys: list[str] = []
    for model in _models(places):
        keys.extend(info.alias or name for name, info in model.model_fields.items())
    return keys


def _models(places: list[Any]) -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = []
    for place in places:
        if isinstance(place, type) and issubclass(place, BaseModel):
            found.append(place)
        elif get_origin(place) in (Annotated, Union, UnionType):
            found.extend(_models([part for part in get_args(place) if isinstance(part, type) or get_args(part)]))
    return found


def _inside(place: Any, step: Any) -> list[Any]:
    origin = get_origin(place)
    if origin in (Annotated, Union, UnionType):
        parts = [part for part in get_args(place) if isinstance(part, type) or get_args(part)]
        found = [inner for part in parts for inner in _inside(part, step)]
        # The tag of a discriminated union is a step of its own: stay on the union.
        return found or [place]
    if origin is dict:
        return [get_args(place)[1]]
    if origin is tuple:
        return [get_args(place)[0]]
    if isinstance(place, type) and issubclass(place, BaseModel):
        for name, info in place.model_fields.items():
            if step in (name, info.alias):
                return [info.annotation]
        return []
    return []
