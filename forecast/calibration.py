"""Calibration, whole: from clean requests to fitted quantities, warnings, and the values of a scenario."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.attribute_fit import FITS
from forecast.counts import counted, month_label
from forecast.fitted import Fitted, Written
from forecast.history import History
from forecast.opening_kept import fitting_base, opens_slowly, rushes, written_opening
from forecast.volume import Volume, fit_volume
from forecast.volume_told import FEW, told_volume
from scenarios.arrival_rate import branch_volumes
from scenarios.scenario import Scenario

SHORT_MONTHS = 12
"""A history shorter than a year says nothing of the season."""
TWO_YEARS = 24
"""A history shorter than two years cannot tell a trend from a season."""
LEAST_DRIFT = 0.05
"""Growth of a year from which a branch's drift is warned of."""
USUAL_REQUESTS = 3
"""Requests expected of a month from which on it is strange that none came (by chance alone, one month in twenty)."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """All that was fitted.

    Attributes:
        volume: the volume model.
        fitted: every quantity, in the order it is told.
        written: the values of the scenario.
        warnings: (code, details) of what a reader should know.
    """

    volume: Volume
    fitted: tuple[Fitted, ...]
    written: tuple[Written, ...]
    warnings: tuple[tuple[str, dict[str, object]], ...]


def calibrated(history: History, scenario: Scenario, seed: int, widened: float = 1.0) -> Calibration:
    """Fit the inflow of a scenario to past requests.

    Args:
        history: clean requests, at least one.
        scenario: the base; what the requests do not tell stands as it has it.
        seed: of the luck that the year to come is drawn with.
        widened: by how much the back-test asks for wider intervals of the total.

    Returns:
        Calibration.
    """
    base, scenario = scenario, fitting_base(history, scenario)
    running = scenario is not base
    volume = fit_volume(counted(history, scenario), scenario)
    fitted, written = told_volume(volume, scenario, seed, widened)
    for fit in FITS:
        more_fitted, more_written = fit(history, scenario)
        fitted = fitted + more_fitted
        written = written + more_written
    written = [*written, *(written_opening(history) if running else ()), *_desk(fitted, scenario)]
    told = _warnings(volume, fitted, scenario, history)
    told += _of_opening(scenario, running=running)
    return Calibration(volume, tuple(fitted), tuple(written), tuple(told))


def _of_opening(scenario: Scenario, *, running: bool) -> list[tuple[str, dict[str, object]]]:
    told: list[tuple[str, dict[str, object]]] = []
    if running:
        told.append(("opening_dropped", {}))
        return told
    if opens_slowly(scenario.inflow):
        told.append(("opening_kept", {"days": scenario.inflow.ramp_up.days}))
    if rushes(scenario.inflow):
        told.append(("rush_kept", {"days": scenario.inflow.deadline_rush.days}))
    return told


def _desk(fitted: list[Fitted], scenario: Scenario) -> list[Written]:
    """Officers in proportion to the requests, so that the desk is as busy as in the base: an export names none."""
    base = scenario.inflow.requests_per_year * scenario.inflow.volume_factor
    yearly = next(one.value for one in fitted if one.name == "requests")
    if base <= 0:
        return []
    officers = max(round(scenario.desk.officers * yearly / base), 1)
    return [Written(("desk", "officers"), officers, "officers in proportion to the requests, as busy as in the base")]


def _warnings(
    volume: Volume, fitted: list[Fitted], scenario: Scenario, history: History
) -> list[tuple[str, dict[str, object]]]:
    told: list[tuple[str, dict[str, object]]] = []
    counts = volume.counts
    if counts.months < SHORT_MONTHS:
        told.append(("short_history", {"months": counts.months}))
    elif counts.months < TWO_YEARS:
        told.append(("one_year", {"months": counts.months}))
    told += _thin_branches(volume, scenario)
    told += _drifting(fitted)
    untyped = (history.pathway < 0) & (history.hours_hundredths > 0)
    if (count := int(untyped.sum())) and 2 * count >= int((history.hours_hundredths > 0).sum()):
        told.append(("no_types", {"requests": count}))
    usual = volume.level.smoothed(counts.months) * counts.usual(volume.shares.mean)
    empty = np.flatnonzero((counts.total == 0) & (usual >= USUAL_REQUESTS))
    if len(empty):
        told.append(("empty_months", {"months": [month_label(counts.first + int(place)) for place in empty]}))
    if volume.level.shocks:
        told.append(("shocks", {"months": [month_label(counts.first + place) for place in volume.level.shocks]}))
    kept = [one.name + (f" ({one.subject})" if one.subject else "") for one in fitted if one.kept]
    if kept:
        told.append(("kept_from_base", {"names": kept}))
    bad = [one for one in fitted if one.distance is not None and one.distance > 0.1 and one.count >= 200]
    if bad:
        told.append(("poor_fit", {"names": [one.name + (f" ({one.subject})" if one.subject else "") for one in bad]}))
    deadline = scenario.windows.filing_deadline
    if (late := int((history.filed > deadline.toordinal()).sum())) > 0:
        told.append(("after_deadline", {"requests": late, "day": deadline.isoformat()}))
    gap = scenario.windows.opens.year * 12 + scenario.windows.opens.month - 1 - (counts.first + counts.months)
    if gap > 6:
        told.append(("far_ahead", {"months": gap}))
    return told


def _drifting(fitted: list[Fitted]) -> list[tuple[str, dict[str, object]]]:
    """Branches whose drift lies to one side of none."""
    sure = [one for one in fitted if one.name == "branch_drift" and (one.low >= 0 or one.high <= 0)]
    told: list[tuple[str, dict[str, object]]] = []
    for code, up in (("growing", True), ("shrinking", False)):
        if found := [one for one in sure if abs(one.value) >= LEAST_DRIFT and (one.value > 0) is up]:
            details = {"branches": [one.subject for one in found], "count": len(found)}
            told.append((f"branches_{code}", {**details, "fastest_share": round(max(abs(o.value) for o in found), 6)}))
    return told


def _thin_branches(volume: Volume, scenario: Scenario) -> list[tuple[str, dict[str, object]]]:
    """Branches that never occur, and branches of few requests: what their employees would give, what the fit gives."""
    told: list[tuple[str, dict[str, object]]] = []
    requests = volume.counts.by_branch.sum(axis=1)
    codes, shares = list(scenario.branches), volume.shares

    def parts(chosen: NDArray[np.bool_]) -> dict[str, object]:
        return {
            "branches": [code for code, one in zip(codes, chosen, strict=True) if one],
            "count": int(chosen.sum()),
            "headcount_share": round(float(shares.prior[chosen].sum()), 6),
            "seen_share": round(float(requests[chosen].sum() / max(requests.sum(), 1)), 6),
            "fitted_share": round(float(shares.mean[chosen].sum()), 6),
        }

    if (absent := (requests == 0) & (branch_volumes(scenario) > 0)).any():
        told.append(("absent_branches", parts(absent)))
    if (few := (requests > 0) & (requests < FEW)).any():
        told.append(("few_requests", {**parts(few), "limit": FEW}))
    return told
