"""Each variant of a sweep resolved, checked and hashed: quickly, because only what it changes is read again."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError, create_model

from scenarios.checks import CHECKS
from scenarios.loading import Loaded, canonical_json, load, resolved, tree_of
from scenarios.ordered_mappings import with_order
from scenarios.problems import InputRefused, Place, Problem
from scenarios.refusals import find
from scenarios.scenario import Scenario
from scenarios.settings import Settings
from scenarios.sweeping.declaration import Plain, Sweep
from scenarios.sweeping.points import given_text, points_of
from scenarios.yaml_reading import Node

MOST_EXAMINED = 200
"""Refused variants whose problems are told; of more only the number."""


@dataclass(frozen=True)
class Variant:
    """One variant.

    Attributes:
        number: from 0, in the order of the declaration.
        values: of each axis.
        hash: sha256 of the resolved scenario, as `scenarios.loading.fingerprint`.
        given: what makes it of the question, as `--set` takes it.
    """

    number: int
    values: tuple[Plain, ...]
    hash: str
    given: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Variants:
    """A sweep, resolved.

    Attributes:
        question: the scenario as the command line names it.
        base: the scenario that declares the sweep.
        sweep: its declaration.
        variants: all of them, sound.
    """

    question: str
    base: Loaded
    sweep: Sweep
    variants: tuple[Variant, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What is varied."""
        return tuple(axis.key for axis in self.sweep.over)

    def loaded(self, variant: Variant) -> Loaded:
        """A variant as if it had been asked for alone, by `--set`."""
        return alone(load(self.question, variant.given))


def alone(loaded: Loaded) -> Loaded:
    """A scenario without the variants that it declares."""
    scenario = loaded.scenario.model_copy(update={"sweep": None})
    register = tuple(entry for entry in loaded.register if entry.key.partition(".")[0] != "sweep")
    return replace(loaded, scenario=scenario, register=register)


def variants_of(question: str, overrides: tuple[str, ...] = ()) -> Variants:
    """Resolve, check and hash every variant that a scenario declares.

    Args:
        question: a shipped name or the path of a file.
        overrides: texts KEY=VALUE, applied to all variants, weaker than what is varied.

    Raises:
        InputRefused: where the scenario is not sound, declares no sweep, or where any variant is not sound; every
            problem at once, at the value that makes it.
    """
    base = load(question, overrides)
    sweep = base.scenario.sweep
    if sweep is None:
        raise InputRefused([Problem(Place(question), "no_sweep")])
    constant = () if sweep.rivals or not base.scenario.committee.rivals else ("committee.rivals=[]",)
    rows = list(points_of(sweep, base.scenario.seed))
    reader = _Reader(base.scenario, [axis.key for axis in sweep.over], drop_rivals=bool(constant))
    keys = [axis.key for axis in sweep.over]
    found, refused = [], []
    for number, row in enumerate(rows):
        given = (*overrides, *constant, *(f"{key}={given_text(value)}" for key, value in zip(keys, row, strict=True)))
        digest = reader.hash_of(row)
        if digest is None:
            refused.append(Variant(number, row, "", given))
        else:
            found.append(Variant(number, row, digest, given))
    if refused:
        raise InputRefused(list(_problems(question, overrides, sweep, refused)))
    return Variants(question, base, sweep, tuple(found))


class _Reader:
    """Reads what a variant changes, and takes all else from the scenario that declares it."""

    def __init__(self, base: Scenario, keys: list[str], *, drop_rivals: bool) -> None:
        if drop_rivals:
            base = base.model_copy(update={"committee": base.committee.model_copy(update={"rivals": ()})})
        self._base = base.model_copy(update={"sweep": None})
        self._paths = [tuple(key.split(".")) for key in keys]
        names = {info.alias or name: name for name, info in Scenario.model_fields.items()}
        touched = list(dict.fromkeys(path[0] for path in self._paths if path[0] in names))
        self._strange = any(path[0] not in names for path in self._paths)
        self._fields = {alias: names[alias] for alias in touched}
        whole = base.model_dump(by_alias=True, exclude_unset=True)
        self._plain = {alias: whole[alias] for alias in touched if alias in whole}
        fields: dict[str, Any] = {
            names[alias]: (Scenario.model_fields[names[alias]].annotation, Scenario.model_fields[names[alias]])
            for alias in touched
        }
        self._model: type[BaseModel] = create_model("Touched", __base__=Settings, **fields)
        texts = resolved(self._base)
        self._parts = _parts(texts, touched)

    def hash_of(self, row: tuple[Plain, ...]) -> str | None:
        """The hash of a variant; None where it is not sound."""
        if self._strange:
            return None
        values: Any = self._plain
        try:
            for path, value in zip(self._paths, row, strict=True):
                values = _put(values, path, value)
            touched = self._model.model_validate(values, by_alias=True, by_name=False)
        except (_NoWayError, ValidationError):
            return None
        scenario = self._base.model_copy(update={name: getattr(touched, name) for name in self._fields.values()})
        if any(True for check in CHECKS for _ in check(scenario)):
            return None
        changed = touched.model_dump(mode="json", by_alias=True, exclude_none=True)
        parts = (
            f"{name}:{canonical_json(with_order(key, changed[key]))}" if key in changed else text
            for key, name, text in self._parts
        )
        whole = ",".join(part for part in parts if part)
        return hashlib.sha256(f"{{{whole}}}".encode()).hexdigest()


def _parts(texts: dict[str, Any], touched: list[str]) -> list[tuple[str, str, str]]:
    """The canonical text of a scenario in parts: what is touched by its key and its name, what is not as its text."""
    parts: list[tuple[str, str, str]] = []
    for key in sorted({*texts, *touched}):
        if key in touched:
            parts.append((key, canonical_json(key), ""))
            continue
        text = f"{canonical_json(key)}:{canonical_json(with_order(key, texts[key]))}"
        if parts and not parts[-1][0]:
            text = f"{parts.pop()[2]},{text}"
        parts.append(("", "", text))
    return parts


class _NoWayError(Exception):
    """A key leads through a single value, or past the end of a list."""


def _put(values: Any, path: tuple[str, ...], value: Plain) -> Any:
    """Values with another one at the end of a path; what is not on the path is shared."""
    if not path:
        return value
    if isinstance(values, dict):
        return {**values, path[0]: _put(values.get(path[0], {}), path[1:], value)}
    if isinstance(values, tuple) and path[0].isdecimal() and int(path[0]) < len(values):
        at = int(path[0])
        return (*values[:at], _put(values[at], path[1:], value), *values[at + 1 :])
    raise _NoWayError


def _problems(question: str, overrides: tuple[str, ...], sweep: Sweep, refused: list[Variant]) -> Iterator[Problem]:
    """What is wrong with the refused variants, each problem at the value in the declaration that makes it.

    A variant whose values were all seen in others before is passed over: thousands of combinations say the same.
    """
    tree, _, _ = tree_of(question, overrides)
    seen: set[tuple[int, str]] = set()
    examined = passed = 0
    for variant in refused:
        values = set(enumerate(map(repr, variant.values)))
        if examined >= MOST_EXAMINED or (values <= seen and examined):
            passed += 1
            continue
        seen |= values
        examined += 1
        try:
            load(question, variant.given)
        except InputRefused as refusal:
            for problem in refusal.problems:
                yield _placed(problem, tree, sweep, variant)
    if examined >= MOST_EXAMINED and passed:
        yield Problem(find(tree, ("sweep", "over"))[0].place, "sweep_more", details={"found": passed})


def _placed(problem: Problem, tree: Node, sweep: Sweep, variant: Variant) -> Problem:
    """A problem of a value that was set, told where the sweep declares that value."""
    for number, axis in enumerate(sweep.over):
        if problem.place.file == f"--set {axis.key}":
            node, _ = find(tree, ("sweep", "over", number, "key"))
            if axis.values is not None:
                at = axis.values.index(variant.values[number])
                node, _ = find(tree, ("sweep", "over", number, "values", at))
            return replace(problem, place=node.place)
    return problem
