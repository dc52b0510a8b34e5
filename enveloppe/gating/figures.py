"""A gate's figure in the findings, or what is wrong with asking for it."""

from collections.abc import Mapping
from typing import Any, get_args

from enveloppe.gating.declaration import Gate, Statistic
from scenarios.spelling import likely

LARGEST = 1e300
Told = dict[str, Any]
_LISTS = {"branch": "branches", "size_group": "size_groups", "line": "lines", "year": "years"}


class NoFigure(Exception):
    """The findings do not have what a gate asks for."""

    def __init__(self, code: str, **details: Any) -> None:
        """Keep the code of the message and what it names."""
        super().__init__(code)
        self.code, self.details = code, details


def figure_of(gate: Gate, findings: Mapping[str, Any]) -> Told:
    """The estimate that a gate is about.

    Args:
        gate: a gate.
        findings: docs/findings.md.

    Returns:
        `{mean, ..., unit}`; a single number is its own mean.

    Raises:
        NoFigure: where the findings have no such part or figure.
    """
    if gate.figure.startswith("plan."):
        return _number(gate.figure, _walk(findings["plan"], gate.figure.removeprefix("plan.").split("."), gate.figure))
    if not gate.scope:
        return _of(findings["simulation"]["kpis"], gate.figure)
    ((key, code),) = gate.scope
    parts = {part.get(key): part for part in findings["simulation"].get(_LISTS[key], ()) if isinstance(part, dict)}
    if code not in parts:
        near = likely(code, [str(known) for known in parts])
        raise NoFigure("gate_figure", found=f"{key} {code}", likely=near)
    part = parts[code]
    return _of(part.get("kpis", part), gate.figure)


def _walk(found: Any, steps: list[str], whole: str) -> Any:
    for step in steps:
        if not isinstance(found, dict) or step not in found:
            near = likely(step, list(found)) if isinstance(found, dict) else None
            raise NoFigure("gate_figure", found=whole, likely=near)
        found = found[step]
    return found


def _of(figures: Mapping[str, Any], name: str) -> Told:
    if name not in figures:
        raise NoFigure("gate_figure", found=name, likely=likely(name, list(figures)))
    low, high = figures.get(f"{name}_low"), figures.get(f"{name}_high")
    if low is not None and high is not None:
        return _number(name, {"mean": figures[name], "low": low, "high": high, "unit": "probability"})
    return _number(name, figures[name])


def _number(name: str, value: Any) -> Told:
    if isinstance(value, dict) and all(_is_number(value[key]) for key in get_args(Statistic) if key in value):
        if "mean" in value:
            return value
    elif _is_number(value):
        return {"mean": value, "unit": "cents" if name.endswith("_cents") else ""}
    raise NoFigure("gate_figure", found=name, likely=None)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -LARGEST < value < LARGEST


def is_money(figure: Told) -> bool:
    """Whether a figure is counted in cents."""
    return figure.get("unit") == "cents"
