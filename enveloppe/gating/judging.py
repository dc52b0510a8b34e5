"""Whether gates hold: each one judged against the findings, and against a baseline where it is about movement."""

import hashlib
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from enveloppe.comparing.side import Side as StoredSide
from enveloppe.comparing.side import same_luck
from enveloppe.comparing.stored_side import stored_side
from enveloppe.gating.declaration import Bounds, Further, Gate, MovementGate, PrecisionGate, ValueGate
from enveloppe.gating.figures import NoFigure, Told, figure_of, is_money
from enveloppe.gating.movement import Side, half_width, movement
from enveloppe.gating.reading import ReadGates
from enveloppe.gating.rule import rule_of
from enveloppe.gating.sentences import error_shown, percent, said, shown
from enveloppe.gating.versions import differing, versions_behind
from enveloppe.same_question import same_question
from enveloppe.stored import stored_findings
from scenarios.problems import InputRefused, Place, Problem

Status = Literal["pass", "warn", "fail", "skipped", "accepted"]
ORDER: tuple[Status, ...] = ("fail", "warn", "accepted", "skipped", "pass")
"""The worst first."""


@dataclass(frozen=True)
class Stored:
    """Findings with what stands beside them.

    Attributes:
        findings: docs/findings.md.
        side: their figures, run by run where these are known.
        sha256: of the findings file.
        versions: of what made them, by package; None where nothing tells them.
    """

    findings: dict[str, Any]
    side: StoredSide
    sha256: str
    versions: dict[str, str] | None = None


def read_stored(place: Path) -> Stored:
    """Read findings and their runs.

    Args:
        place: the findings file, or the folder that holds it.

    Raises:
        InputRefused: where they cannot be read.
    """
    file = place / "findings.json" if place.is_dir() else place
    findings = stored_findings(file)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return Stored(findings, stored_side(file), sha256, versions_behind(file, sha256))


@dataclass(frozen=True)
class Judged:
    """A gate and how it fared.

    Attributes:
        name, kind, figure: of the gate; the figure with its scope.
        place: of the gate in its file.
        status: how it fared.
        reason: in one sentence.
        details: the figures behind it, ready for JSON.
        rule: the sha256 of what the gate asks, by which an acceptance knows it again.
    """

    name: str
    kind: str
    figure: str
    place: Place
    status: Status
    reason: str
    details: dict[str, Any]
    rule: str = ""


def judged(
    gates: ReadGates, stored: Stored, baseline: Stored | None, language: str, *, first_night: bool = False
) -> list[Judged]:
    """Judge every gate.

    Args:
        gates: read and checked.
        stored: the findings.
        baseline: earlier findings; without them gates about movement are not judged, or fail where that is asked.
        language: "fr" or "en", of the reasons.
        first_night: there is no baseline yet, whatever the file requires.

    Returns:
        In the order of the file.

    Raises:
        InputRefused: where a gate asks for what the findings do not have; all such gates at once.
    """
    told: list[Judged] = []
    problems: list[Problem] = []
    required = gates.declared.baseline == "required" and not first_night
    for number, (gate, place) in enumerate(gates):
        try:
            one = _judged(gate, place, stored, baseline, gates.declared.rate, language)
            if one.status == "skipped" and required:
                one = replace(one, status="fail", reason=said("baseline_required", language))
            told.append(one)
        except NoFigure as none:
            problems.append(Problem(place, none.code, f"gates.{number}", none.details))
    if problems:
        raise InputRefused(problems)
    return told


def _judged(gate: Gate, place: Place, stored: Stored, baseline: Stored | None, rate: float, language: str) -> Judged:
    figure = figure_of(gate, stored.findings)
    match gate:
        case ValueGate():
            status, reason, details = _value(gate, figure, language)
        case PrecisionGate():
            runs = int(stored.findings["scenario"]["runs"])
            status, reason, details = _precision(gate, figure, runs, language)
        case MovementGate():
            status, reason, details = _moved(gate, figure, stored, baseline, gate.rate or rate, language)
    named = " ".join([*(f"{key} {code}" for key, code in gate.scope), gate.figure])
    return Judged(gate.name, gate.kind, named, place, status, reason, details, rule_of(gate, rate))


Verdict = tuple[Status, str, dict[str, Any]]


def _value(gate: ValueGate, figure: Told, language: str) -> Verdict:
    if gate.statistic not in figure:
        known = [name for name in figure if name != "unit"]
        raise NoFigure("gate_statistic", found=gate.statistic, expected=known)
    value = figure[gate.statistic]
    unit = figure.get("unit", "")
    details: dict[str, Any] = {"statistic": gate.statistic, "value": value, "unit": unit}
    for status, bounds in (("fail", gate.fail), ("warn", gate.warn)):
        for bound, limit in _limits(bounds, figure):
            if (value < limit) if bound == "at_least" else (value > limit):
                details["limit"] = limit
                reason = said(
                    f"{bound}_broken", language, value=shown(value, unit, language), limit=shown(limit, unit, language)
                )
                return ("fail" if status == "fail" else "warn"), f"{_named(gate, figure, language)}{reason}", details
    reason = said("holds", language, value=shown(value, unit, language))
    return "pass", f"{_named(gate, figure, language)}{reason}", details


def _named(gate: ValueGate, figure: Told, language: str) -> str:
    """Which statistic is judged; a single number has none."""
    return "" if figure.keys() == {"mean", "unit"} else said(gate.statistic, language) + " "


def _limits(bounds: Bounds | None, figure: Told) -> list[tuple[str, float]]:
    if bounds is None:
        return []
    given = bounds.model_dump(exclude_none=True)
    for key in given:
        _right_unit(key, figure)
    return [(key.removesuffix("_eur"), limit * (100 if key.endswith("_eur") else 1)) for key, limit in given.items()]


def _right_unit(key: str, figure: Told) -> None:
    if is_money(figure) and not key.endswith("_eur"):
        raise NoFigure("gate_money", expected=f"{key}_eur")
    if not is_money(figure) and key.endswith("_eur"):
        raise NoFigure("gate_not_money", expected=key.removesuffix("_eur"))


def _precision(gate: PrecisionGate, figure: Told, runs: int, language: str) -> Verdict:
    """Half the width of the 95 % interval: Wilson's of a probability, Student's of a mean."""
    if "low" in figure and "high" in figure:
        half = (figure["high"] - figure["low"]) / 2
    elif "se" not in figure:
        raise NoFigure("gate_statistic", found="se", expected=[name for name in figure if name != "unit"])
    else:
        half = half_width(figure["se"], runs) / abs(figure["mean"]) if figure["mean"] else math.inf
        half = 0.0 if not figure["se"] else half
    details: dict[str, Any] = {"half_width": half if math.isfinite(half) else None, "unit": "share"}
    details = {key: value for key, value in details.items() if value is not None}
    for status, most in (("fail", gate.fail), ("warn", gate.warn)):
        if most is not None and half > most.at_most:
            details["limit"] = most.at_most
            reason = said("imprecise", language, half=percent(half, language), limit=percent(most.at_most, language))
            return ("fail" if status == "fail" else "warn"), reason, details
    return "pass", said("precise", language, half=percent(half, language)), details


def _moved(
    gate: MovementGate, figure: Told, stored: Stored, baseline: Stored | None, rate: float, language: str
) -> Verdict:
    for bounds in (gate.fail, gate.warn):
        for key in bounds.model_dump(exclude_none=True) if bounds is not None else ():
            if key != "more_than_share":
                _right_unit(key, figure)
    if figure.keys() == {"mean", "unit"}:
        # A single number has no error to be beyond.
        raise NoFigure("gate_statistic", found="se", expected=["mean"])
    if baseline is None:
        return "skipped", said("no_baseline", language), {}
    before = figure_of(gate, baseline.findings)
    unit = figure.get("unit", "")
    if same_question(stored.findings, baseline.findings):
        details = {"baseline": before["mean"], "value": figure["mean"], "unit": unit, "same_inputs": True}
        if before == figure:
            return "pass", said("same_answer", language), details
        gap = shown(figure["mean"] - before["mean"], unit, language, signed=True)
        return _with_versions(said("same_inputs_moved", language, gap=gap), details, baseline, stored, language)
    found = movement(
        _side(gate, before, baseline),
        _side(gate, figure, stored),
        rate,
        common_luck=same_luck(stored.side, baseline.side),
    )
    details = {
        "baseline": before["mean"],
        "value": figure["mean"],
        "difference": found.difference,
        "unit": unit,
        "paired": found.paired,
        "rate": rate,
    }
    if found.error is not None:
        details["error"] = found.error
    needed = found.runs_to_see((gate.sees_share or 0) * abs(before["mean"]), rate) if gate.sees_share else None
    if needed is not None:
        details["runs_needed"] = needed
    if found.error is None:
        gap = shown(found.difference, unit, language, signed=True)
        return "warn", said("unknown_error", language, gap=gap), details
    gap, error = shown(found.difference, unit, language, signed=True), error_shown(found.error, unit, language)
    if not found.beyond:
        runs = min(stored.findings["scenario"]["runs"], baseline.findings["scenario"]["runs"])
        if gate.sees_share and (needed is None or needed > runs):
            told = {"share": percent(gate.sees_share, language), "runs": runs, "needed": needed or "?"}
            return "warn", said("blind", language, gap=gap, error=error, **told), details
        return "pass", said("not_moved", language, gap=gap, error=error), details
    for status, bounds in (("fail", gate.fail), ("warn", gate.warn)):
        limit = _far(bounds, before)
        if limit is not None and abs(found.difference) > limit:
            details["limit"] = limit
            reason = said("moved", language, gap=gap, error=error, limit=error_shown(limit, unit, language))
            return ("fail" if status == "fail" else "warn"), reason, details
    return "pass", said("moved_little", language, gap=gap, error=error), details


def _with_versions(reason: str, details: dict[str, Any], baseline: Stored, stored: Stored, language: str) -> Verdict:
    """A changed answer to the same question fails, and says which versions changed with it."""
    if baseline.versions is None or stored.versions is None:
        return "fail", said("versions_unknown", language, reason=reason), details
    versions = differing(baseline.versions, stored.versions)
    if not versions:
        return "fail", said("versions_same", language, reason=reason), details
    told = ", ".join(f"{name} {old} → {new}" for name, (old, new) in versions.items())
    return "fail", said("versions_differ", language, reason=reason, versions=told), {**details, "versions": versions}


def _far(bounds: Further | None, before: Told) -> float | None:
    """How far is too far, in the figure's unit."""
    if bounds is None:
        return None
    if bounds.more_than_share is not None:
        return bounds.more_than_share * abs(float(before["mean"]))
    if bounds.more_than_eur is not None:
        return 100 * bounds.more_than_eur
    return bounds.more_than


def _side(gate: MovementGate, figure: Told, stored: Stored) -> Side:
    values = None
    if not gate.scope:
        known = stored.side.kpis.get(gate.figure)
        values = known.runs if known is not None else None
    else:
        ((key, code),) = gate.scope
        parts = {"branch": stored.side.branches, "size_group": stored.side.size_groups}.get(key, {})
        part = parts.get(str(code), {}).get(gate.figure)
        values = part.runs if part is not None else None
    runs = int(stored.findings["scenario"]["runs"])
    if values is not None and not _of_these(values, figure, runs):
        values = None
    return Side(figure["mean"], figure.get("se"), runs, values, figure.get("unit") == "probability")


def _of_these(values: NDArray[np.float64], figure: Told, runs: int) -> bool:
    """Whether runs are those behind a figure; runs.npz of other findings may have been copied beside them."""
    known = values[~np.isnan(values)]
    if len(values) != runs or not len(known):
        return False
    near = max(1.0 if is_money(figure) else 0.0, 1e-6 * abs(figure["mean"]), 1e-9)
    return bool(abs(float(known.mean()) - figure["mean"]) <= near)
