"""Requests whose type of pathway the export does not name: what their hours, costs and lengths say of all types."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.history import History
from forecast.row_in_force import rows_in_force
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


def expected_of_requests(history: History, inflow: Inflow, types: tuple[str, ...]) -> tuple[Float, Float]:
    """Mean hours of a pathway and fee an hour that a scenario expects of each request.

    A request of no known type is held against the mix of types in force on the day it was filed; the mix's fee is an
    average over hours, as fees are in the fit.

    Args:
        history: clean requests.
        inflow: of the scenario.
        types: codes of the types, in order.

    Returns:
        Hours and EUR an hour, float64 (requests,) each.
    """
    hours = np.asarray([mean_of(inflow.pathways[code].hours) for code in types]) * inflow.hours_factor
    fee = np.asarray([mean_of(inflow.pathways[code].fee_eur_per_hour) for code in types]) * inflow.fee_factor
    rows, held = rows_in_force(history.filed, inflow.pathway_shares)
    part = np.asarray([[row.shares.get(code, 0.0) for code in types] for row in rows])
    whole = part @ hours
    mixed = whole / np.maximum(part.sum(axis=1), 1e-9)
    mixed_fee = np.divide(part @ (hours * fee), whole, out=np.zeros(len(rows)), where=whole > 0)
    known, kind = history.pathway >= 0, np.maximum(history.pathway, 0)
    return np.where(known, hours[kind], mixed[held]), np.where(known, fee[kind], mixed_fee[held])


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
    hours, fee = expected_of_requests(history, scenario.inflow, tuple(scenario.scheme.pathway_types))
    weight = np.maximum(history.trainees, 1).astype(np.float64)
    each = history.hours_hundredths / 100
    with_hours = history.hours_hundredths > 0
    with_fee = with_hours & (history.cost_cents > 0)
    whole = weight * each
    priced = history.cost_cents / 100 / np.maximum(whole, 1e-9)
    untyped = history.pathway < 0
    told = []
    for known, values, heavy, usual in ((with_hours, each, weight, hours), (with_fee, priced, whole, fee)):
        mine = known & untyped
        count = int(mine.sum())
        expected = float((usual[mine] * heavy[mine]).sum() / heavy[mine].sum()) if count else 0.0
        if count < enough or 2 * count < known.sum() or expected <= 0:
            told.append(Untyped())
            continue
        mean = float((values[mine] * heavy[mine]).sum() / heavy[mine].sum())
        error = float(np.sqrt((heavy[mine] ** 2 * (values[mine] - mean) ** 2).sum()) / heavy[mine].sum()) / mean
        trust = count / (count + prior)
        told.append(Untyped(count, math.exp(trust * math.log(mean / expected)), error))
    return told[0], told[1]


def untyped_lengths(history: History, scenario: Scenario, enough: int, prior: int) -> Untyped:
    """Days from the start of training to service done, of requests of no known type.

    Args:
        history: clean requests.
        scenario: the base.
        enough, prior: as in `untyped_means`.

    Returns:
        As of hours, each request counting once.
    """
    inflow, types = scenario.inflow, tuple(scenario.scheme.pathway_types)
    known = (history.started > 0) & (history.done >= history.started)
    mine = known & (history.pathway < 0)
    count = int(mine.sum())
    if count < enough or 2 * count < known.sum():
        return Untyped()
    usual = np.asarray([mean_of(inflow.pathways[code].duration_days) for code in types])
    rows, held = rows_in_force(history.filed, inflow.pathway_shares)
    part = np.asarray([[row.shares.get(code, 0.0) for code in types] for row in rows])
    mixed = (part @ usual) / np.maximum(part.sum(axis=1), 1e-9)
    days = np.maximum((history.done - history.started)[mine].astype(np.float64), 0.5)
    expected, mean = float(mixed[held][mine].mean()), float(days.mean())
    if expected <= 0:
        return Untyped()
    error = float(days.std()) / math.sqrt(count) / mean
    return Untyped(count, math.exp(count / (count + prior) * math.log(mean / expected)), error)
