"""What the scenario reaches of the published figures that it should reproduce."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from scenarios.calibration import Quantity, Target
from sim.experiment import Experiment
from sim.statistics import estimate, figure, floats, ratio

Float = NDArray[np.float64]
Reached = Callable[[Experiment, Target], Float]


def _mean_price_eur(experiment: Experiment, target: Target) -> Float:
    """The price of a pathway to the fund, over the need."""
    need = experiment.need.by_line
    return ratio(need["need_cents"].sum(axis=1), need["asked_pathways"].sum(axis=1) * 100)


def _need_eur(experiment: Experiment, target: Target) -> Float:
    """What would be committed with no ceiling."""
    return np.asarray(experiment.need.by_line["need_cents"].sum(axis=1) / 100, dtype=np.float64)


def _pathways_asked(experiment: Experiment, target: Target) -> Float:
    """Pathways of the need."""
    return floats(experiment.need.by_line["asked_pathways"].sum(axis=1))


def _companies_asking(experiment: Experiment, target: Target) -> Float:
    """Distinct companies with a request in the need."""
    return floats(experiment.need.by_pair["asking_companies"].sum(axis=(1, 2)))


def _share(table: NDArray[np.int64], codes: Sequence[str], chosen: Sequence[str]) -> Float:
    where = [index for index, code in enumerate(codes) if code in chosen]
    return ratio(table[:, where].sum(axis=1), table.sum(axis=1))


def _pathway_type_share(experiment: Experiment, target: Target) -> Float:
    """The share of some types in the pathways of the need."""
    table = experiment.need.by_type["asked_pathways"]
    return _share(table, experiment.ground.cells.pathway_types, target.codes)


def _size_band_share(experiment: Experiment, target: Target) -> Float:
    """The share of some size bands in the pathways of the need."""
    return _share(experiment.need.by_band["asked_pathways"], experiment.ground.cells.size_bands, target.codes)


def _group_share(experiment: Experiment, target: Target) -> Float:
    """The share of some size groups in the pathways of the need."""
    table = experiment.need.by_pair["asked_pathways"].sum(axis=1)
    return _share(table, experiment.ground.cells.size_groups, target.codes)


def _decision_days_median(experiment: Experiment, target: Target) -> Float:
    """The median, in each run, of the days from first filing to the decision."""
    return experiment.need.totals["decision_minutes_median"] / DAY


def _decision_days_p90(experiment: Experiment, target: Target) -> Float:
    """The ninth decile, in each run, of the days from first filing to the decision."""
    return experiment.need.totals["decision_minutes_p90"] / DAY


def _exhausted_before_probability(experiment: Experiment, target: Target) -> Float:
    """1 in a run whose envelope is exhausted, under the headline policy, by the end of the target's day."""
    ground = experiment.ground
    day = target.day or ground.scenario.windows.last_payment
    minutes = experiment.policies[0].totals["exhausted_minute"]
    return (minutes < ground.calendar.end_of(day)).astype(np.float64)


QUANTITIES: dict[Quantity, Reached] = {
    "mean_price_eur": _mean_price_eur,
    "need_eur": _need_eur,
    "pathways_asked": _pathways_asked,
    "companies_asking": _companies_asking,
    "pathway_type_share": _pathway_type_share,
    "size_band_share": _size_band_share,
    "group_share": _group_share,
    "decision_days_median": _decision_days_median,
    "decision_days_p90": _decision_days_p90,
    "exhausted_before_probability": _exhausted_before_probability,
}
"""How each quantity of a target is counted, run by run."""


def calibration(experiment: Experiment, sources: Sequence[str | None]) -> list[dict[str, Any]]:
    """Each target of the scenario beside what is reached.

    Args:
        experiment: the runs.
        sources: where each target comes from, in the order of the scenario's targets; None where untold.

    Returns:
        The `calibration` section of docs/findings.md; `met` compares the mean over runs with the target. A target
        that no run can be measured on is told without `reached`, as not met.
    """
    targets = experiment.ground.scenario.calibration_targets
    return [_row(experiment, target, source) for target, source in zip(targets, sources, strict=True)]


def _row(experiment: Experiment, target: Target, source: str | None) -> dict[str, Any]:
    row: dict[str, Any] = {"quantity": target.quantity}
    if target.codes:
        row["codes"] = list(target.codes)
    row |= {"unit": target.unit, "population": target.population}
    row |= {"name_fr": target.name_fr or target.quantity, "name_en": target.name_en or target.quantity}
    row |= {"target": target.target, "tolerance": target.tolerance, "sense": target.sense}
    reached = estimate(QUANTITIES[target.quantity](experiment, target), target.unit)
    met = False
    if reached is not None:
        row["reached"] = reached["mean"]
        if "se" in reached:
            row["se"] = reached["se"]
        gap = figure(reached["mean"] - target.target)
        met = gap >= -target.tolerance if target.sense == "at_least" else abs(gap) <= target.tolerance
    row["met"] = met
    if source is not None:
        row["source"] = source
    return row
