"""Requests whose type of pathway the export does not name: what their hours and costs say of all types together."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.history import History
from scenarios.inflow import Inflow
from scenarios.scenario import Scenario
from scenarios.variates import mean_of

Float = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Untyped:
    """A mean over requests of no known type, against what the scenario expects of its mix of types.

    Attributes:
        count: requests it rests on; 0 where there are too few, or more that name their type.
        factor: of every type's mean, drawn to 1 where requests are few; 1 where `count` is 0.
        error: relative standard error of the mean.
    """

    count: int = 0
    factor: float = 1.0
    error: float = 0.0


def expected_of_mix(inflow: Inflow, types: tuple[str, ...]) -> tuple[Float, Float]:
    """Mean hours of a pathway and fee an hour by type, and last of the scenario's mix of types.

    The mix's fee is an average over hours, as fees are in the fit.

    Args:
        inflow: of the scenario.
        types: codes of the types, in order.

    Returns:
        Hours and EUR an hour, float64 (types + 1,) each; a request of no known type has the last place.
    """
    shares = inflow.pathway_shares[-1].shares
    part = np.asarray([shares.get(code, 0.0) for code in types])
    hours = np.asarray([mean_of(inflow.pathways[code].hours) for code in types]) * inflow.hours_factor
    fee = np.asarray([mean_of(inflow.pathways[code].fee_eur_per_hour) for code in types]) * inflow.fee_factor
    whole = float(part @ hours)
    usual = float(part @ (hours * fee)) / whole if whole > 0 else 0.0
    return np.append(hours, whole / max(float(part.sum()), 1e-9)), np.append(fee, usual)


def untyped_means(history: History, scenario: Scenario, enough: int, prior: int) -> tuple[Untyped, Untyped]:
    """Hours and fee of requests of no known type.

    Args:
        history: clean requests.
        scenario: the base.
        enough: requests from which a mean is used.
        prior: what the base counts for, in requests.

    Returns:
        Of hours and of the fee an hour; nothing where fewer than `enough` are untyped, or most name their type.
    """
    hours, fee = expected_of_mix(scenario.inflow, tuple(scenario.scheme.pathway_types))
    weight = np.maximum(history.trainees, 1).astype(np.float64)
    each = history.hours_hundredths / 100
    with_hours = history.hours_hundredths > 0
    with_fee = with_hours & (history.cost_cents > 0)
    whole = weight * each
    priced = history.cost_cents / 100 / np.maximum(whole, 1e-9)
    untyped = history.pathway < 0
    told = []
    for known, values, heavy, usual in ((with_hours, each, weight, hours[-1]), (with_fee, priced, whole, fee[-1])):
        mine = known & untyped
        count = int(mine.sum())
        if count < enough or 2 * count < known.sum() or usual <= 0:
            told.append(Untyped())
            continue
        mean = float((values[mine] * heavy[mine]).sum() / heavy[mine].sum())
        error = float(np.sqrt((heavy[mine] ** 2 * (values[mine] - mean) ** 2).sum()) / heavy[mine].sum()) / mean
        trust = count / (count + prior)
        told.append(Untyped(count, math.exp(trust * math.log(mean / float(usual))), error))
    return told[0], told[1]
