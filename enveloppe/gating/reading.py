"""From a gates file to checked gates; everything that is wrong with it is told at once, with its place."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from enveloppe.gating.declaration import Further, Gate, Gates, ValueGate
from scenarios.extending import read_file
from scenarios.problems import InputRefused, Place, Problem
from scenarios.refusals import find, problem_of
from scenarios.yaml_reading import Node, plain

_ONE: TypeAdapter[Gate] = TypeAdapter(Gate)


@dataclass(frozen=True, eq=False)
class ReadGates:
    """Gates with their places.

    Attributes:
        file: as the command line names it.
        declared: the whole file.
        places: of each gate, in order.
    """

    file: str
    declared: Gates
    places: tuple[Place, ...]

    def __iter__(self) -> Iterator[tuple[Gate, Place]]:
        """Each gate with its place."""
        return iter(zip(self.declared.gates, self.places, strict=True))


def read_gates(file: Path) -> ReadGates:
    """Read and check a gates file.

    Args:
        file: YAML, under the guards of scenario files.

    Raises:
        InputRefused: with every problem, each at its place.
    """
    tree = read_file(file, str(file))
    if not tree.value:
        raise InputRefused([Problem(tree.place, "gates_empty")])
    try:
        declared = Gates.model_validate(plain(tree), by_alias=True, by_name=False)
    except ValidationError as error:
        told = (problem_of(detail, tree, Gates) for detail in error.errors(include_url=False))
        sound = dict(_sound(tree))
        raise InputRefused([*(one for one in told if one is not None), *_problems(sound, tree)]) from None
    problems = list(_problems(dict(enumerate(declared.gates)), tree))
    if problems:
        raise InputRefused(problems)
    entries = tree.value["gates"].value
    return ReadGates(str(file), declared, tuple(entry.place for entry in entries))


def _sound(tree: Node) -> Iterator[tuple[int, Gate]]:
    """The gates that are sound alone, by number: what is wrong between them is told in the same breath."""
    for number, entry in _entries(tree):
        with suppress(ValidationError):
            yield number, _ONE.validate_python(plain(entry))


def _same_names(tree: Node) -> Iterator[Problem]:
    """Gates of one name, whatever else is wrong with them."""
    names: dict[str, int] = {}
    for number, entry in _entries(tree):
        name = entry.value.get("name") if isinstance(entry.value, dict) else None
        if name is None or not isinstance(name.value, str):
            continue
        if name.value in names:
            first = find(tree, ("gates", names[name.value]))[0].place.line
            yield _at(tree, ("gates", number, "name"), "same_gate", found=name.value, first=first)
        names.setdefault(name.value, number)


def _entries(tree: Node) -> Iterator[tuple[int, Node]]:
    listed = tree.value.get("gates") if isinstance(tree.value, dict) else None
    yield from enumerate(listed.value if listed is not None and isinstance(listed.value, list) else ())


def _problems(gates: dict[int, Gate], tree: Node) -> Iterator[Problem]:
    yield from _same_names(tree)
    for number, gate in gates.items():
        if len(gate.scope) > 1:
            yield _at(tree, ("gates", number), "exactly_one", expected=[key for key, _ in gate.scope])
        if gate.figure.startswith("plan.") and (gate.scope or not isinstance(gate, ValueGate)):
            yield _at(tree, ("gates", number, "figure"), "gate_plan", found=gate.figure)
        yield from _thresholds(gate, number, tree)


def _thresholds(gate: Gate, number: int, tree: Node) -> Iterator[Problem]:
    if gate.warn is None and gate.fail is None:
        yield _at(tree, ("gates", number), "at_least_one", expected=["warn", "fail"])
    for level in ("warn", "fail"):
        bounds = getattr(gate, level)
        if bounds is None:
            continue
        given = bounds.model_dump(exclude_none=True)
        where = ("gates", number, level)
        expected = list(type(bounds).model_fields)
        if not given:
            yield _at(tree, where, "at_least_one", expected=expected)
        if isinstance(bounds, Further) and len(given) > 1:
            yield _at(tree, where, "exactly_one", expected=expected)
        if isinstance(gate, ValueGate):
            for low, high in (("at_least", "at_most"), ("at_least_eur", "at_most_eur")):
                if low in given and high in given and given[low] > given[high]:
                    yield _at(tree, where, "order", later=high, earlier=low)
    yield from _order(gate, number, tree)


def _order(gate: Gate, number: int, tree: Node) -> Iterator[Problem]:
    """A warning comes before an error: one that never could is a mistake."""
    if gate.warn is None or gate.fail is None:
        return
    warn, fail = gate.warn.model_dump(exclude_none=True), gate.fail.model_dump(exclude_none=True)
    for key in warn.keys() & fail.keys():
        later = warn[key] < fail[key] if key.startswith("at_least") else warn[key] > fail[key]
        if later:
            yield _at(tree, ("gates", number, "warn", key), "gate_order", found=warn[key], limit=fail[key])


def _at(tree: Node, steps: tuple[Any, ...], code: str, **details: Any) -> Problem:
    node, taken = find(tree, steps)
    return Problem(node.place, code, ".".join(taken), details)
