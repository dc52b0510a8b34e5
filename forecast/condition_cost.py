"""Mean hours, fee and trainees of a scenario given the requests to date: normal in the logarithm.

Source: Gelman et al. (2013), "Bayesian Data Analysis", section 2.5.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.attribute_fit import PRIOR_REQUESTS, lognormal_centre
from forecast.history import History
from forecast.relative_variance import relative_variance
from forecast.told_interval import HALF_WIDTH, Told
from forecast.untyped import expected_of_requests
from scenarios.distributions import Distribution, LognormalMean
from scenarios.scenario import Scenario
from scenarios.variates import integer_table, mean_of

Float = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Costs:
    """A scenario whose mean hours, fee and trainees are given what has come.

    Attributes:
        scenario: with these factors, and what is still open of them as its uncertain parameters.
        hours, fee, trainees: the factor on the scenario's own mean.
    """

    scenario: Scenario
    hours: Told
    fee: Told
    trainees: Told


def costs_conditioned(changed: Scenario, history: History) -> Costs:
    """Move mean hours, fee and trainees by what came.

    Args:
        changed: the scenario to be changed.
        history: the requests to date.

    Returns:
        Costs.
    """
    inflow, scheme = changed.inflow, changed.scheme
    usual, usual_fee = expected_of_requests(history, inflow, tuple(scheme.pathway_types))
    weight = np.maximum(history.trainees, 1).astype(np.float64)
    hours = history.hours_hundredths / 100
    of_hours = history.hours_hundredths > 0
    told_hours, sd_hours = _moved(hours[of_hours], usual[of_hours], weight[of_hours], inflow.uncertain.hours)
    of_fee = of_hours & (history.cost_cents > 0)
    whole = (weight * hours)[of_fee]
    fee = history.cost_cents[of_fee] / 100 / np.maximum(whole, 1e-9)
    told_fee, sd_fee = _moved(fee, usual_fee[of_fee], whole, inflow.uncertain.fee_per_hour)
    seen = history.trainees[history.trainees > 0].astype(np.float64)
    base = float(np.clip(integer_table(inflow.trainees, 1), 1, None).mean())
    trust = len(seen) / (len(seen) + PRIOR_REQUESTS)
    error = float(seen.std()) / base / math.sqrt(len(seen)) if len(seen) else 0.0
    ratio = math.exp(trust * math.log(float(seen.mean()) / base)) if len(seen) else 1.0
    told_trainees = (ratio, ratio * math.exp(-HALF_WIDTH * error), ratio * math.exp(HALF_WIDTH * error))
    updated = inflow.model_copy(
        update={
            "hours_factor": min(inflow.hours_factor * told_hours[0] * mean_of(inflow.uncertain.hours), 100.0),
            "fee_factor": min(inflow.fee_factor * told_fee[0] * mean_of(inflow.uncertain.fee_per_hour), 100.0),
            "trainees": _trainees(inflow.trainees, base * ratio) if len(seen) else inflow.trainees,
            "uncertain": inflow.uncertain.model_copy(
                update={
                    "hours": LognormalMean(kind="lognormal", mean=1.0, sigma=min(sd_hours, 3.0)),
                    "fee_per_hour": LognormalMean(kind="lognormal", mean=1.0, sigma=min(sd_fee, 3.0)),
                }
            ),
        }
    )
    return Costs(changed.model_copy(update={"inflow": updated}), told_hours, told_fee, told_trainees)


def _moved(values: Float, usual: Float, weight: Float, law: Distribution) -> tuple[Told, float]:
    """The factor of a mean given what came: (factor, low, high) and the standard deviation left of its logarithm."""
    prior = math.log1p(relative_variance(law))
    if len(values) < 2 or prior <= 0:
        half = HALF_WIDTH * math.sqrt(prior)
        return (1.0, math.exp(-half), math.exp(half)), math.sqrt(prior)
    expected = float((usual * weight).sum())
    ratio = float((values * weight).sum()) / expected
    error = float(np.sqrt((weight**2 * (values - ratio * usual) ** 2).sum())) / expected / max(ratio, 1e-6)
    trust = prior / (prior + error**2)
    mean, left = trust * (math.log(max(ratio, 1e-6)) + prior / 2) - prior / 2, prior * (1 - trust)
    half = HALF_WIDTH * math.sqrt(left)
    return (math.exp(mean + left / 2), math.exp(mean - half), math.exp(mean + half)), math.sqrt(left)


def _trainees(law: Distribution, mean: float) -> Distribution:
    """The law of trainees with another mean (rounded, at least 1): a lognormal of the same spread."""
    table = np.maximum(integer_table(law, 1000).astype(np.float64), 1.0)
    sigma = max(float(np.log(table).std()), 0.05)
    centre = lognormal_centre(max(mean, 1.0005), sigma)
    return LognormalMean(kind="lognormal", mean=math.exp(centre + sigma**2 / 2), sigma=sigma)
