"""Mean hours, fee and trainees of a scenario given the requests to date.

What the scenario believes of a mean has Student's tails in the logarithm: where many requests contradict it, it gives
way to them, which a normal belief would not.

Sources: Gelman et al. (2013), "Bayesian Data Analysis", section 2.5 (a mean given data); O'Hagan (1979), "On outlier
rejection phenomena in Bayes inference", JRSS B 41, 358-367 (which tails give way).
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
        contradicted: of "hours" and "fee", those whose requests lie far from what the scenario believed: how many
            requests, and the factor that they show.
    """

    scenario: Scenario
    hours: Told
    fee: Told
    trainees: Told
    contradicted: dict[str, tuple[int, float]]


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
    moved_hours = _moved(hours[of_hours], usual[of_hours], weight[of_hours], inflow.uncertain.hours)
    of_fee = of_hours & (history.cost_cents > 0)
    whole = (weight * hours)[of_fee]
    fee = history.cost_cents[of_fee] / 100 / np.maximum(whole, 1e-9)
    moved_fee = _moved(fee, usual_fee[of_fee], whole, inflow.uncertain.fee_per_hour)
    seen = history.trainees[history.trainees > 0].astype(np.float64)
    base = float(np.clip(integer_table(inflow.trainees, 1), 1, None).mean())
    trust = len(seen) / (len(seen) + PRIOR_REQUESTS)
    error = float(seen.std()) / base / math.sqrt(len(seen)) if len(seen) else 0.0
    ratio = math.exp(trust * math.log(float(seen.mean()) / base)) if len(seen) else 1.0
    told_trainees = (ratio, ratio * math.exp(-HALF_WIDTH * error), ratio * math.exp(HALF_WIDTH * error))
    updated = inflow.model_copy(
        update={
            "hours_factor": min(inflow.hours_factor * moved_hours.told[0] * mean_of(inflow.uncertain.hours), 100.0),
            "fee_factor": min(inflow.fee_factor * moved_fee.told[0] * mean_of(inflow.uncertain.fee_per_hour), 100.0),
            "trainees": _trainees(inflow.trainees, base * ratio) if len(seen) else inflow.trainees,
            "uncertain": inflow.uncertain.model_copy(
                update={
                    "hours": LognormalMean(kind="lognormal", mean=1.0, sigma=min(moved_hours.left, 3.0)),
                    "fee_per_hour": LognormalMean(kind="lognormal", mean=1.0, sigma=min(moved_fee.left, 3.0)),
                }
            ),
        }
    )
    far = {
        name: (count, moved.seen)
        for name, count, moved in (
            ("hours", int(of_hours.sum()), moved_hours),
            ("fee", int(of_fee.sum()), moved_fee),
        )
        if moved.apart > CONTRADICTED
    }
    given = changed.model_copy(update={"inflow": updated})
    return Costs(given, moved_hours.told, moved_fee.told, told_trainees, far)


CONTRADICTED = 3.0
"""Standard deviations of belief and chance together from which requests contradict the scenario."""
_FREEDOM = 4.0
"""Degrees of freedom of the belief's tails."""
_SAME_MIDDLE = HALF_WIDTH / 2.1318
"""Scale of a Student law of 4 degrees whose 90 % interval is that of a normal law of scale 1."""


@dataclass(frozen=True)
class _Mean:
    """The factor of a mean given what came.

    Attributes:
        told: (factor, low, high).
        left: standard deviation left of its logarithm.
        seen: the factor that the requests show alone; 1 where they are too few.
        apart: how far that lies from the belief, in standard deviations of both together.
    """

    told: Told
    left: float
    seen: float = 1.0
    apart: float = 0.0


def _moved(values: Float, usual: Float, weight: Float, law: Distribution) -> _Mean:
    """The factor of a mean given what came."""
    prior = math.log1p(relative_variance(law))
    if len(values) < 2 or prior <= 0:
        half = HALF_WIDTH * math.sqrt(prior)
        return _Mean((1.0, math.exp(-half), math.exp(half)), math.sqrt(prior))
    expected = float((usual * weight).sum())
    ratio = max(float((values * weight).sum()) / expected, 1e-6)
    error = max(float(np.sqrt((weight**2 * (values - ratio * usual) ** 2).sum())) / expected / ratio, 1e-6)
    # What a belief of mean 1 has for its median.
    middle, seen = -prior / 2, math.log(ratio)
    scale = math.sqrt(prior) * _SAME_MIDDLE
    ends = (min(middle, seen) - 8 * min(scale, error), max(middle, seen) + 8 * min(scale, error))
    # The posterior is narrower than the requests' own error: both ends are well inside, each step a small part of it.
    steps = min(max(int((ends[1] - ends[0]) / min(scale, error) * 50), 2_000), 200_000)
    logs = np.linspace(*ends, steps)
    dense = -(((logs - seen) / error) ** 2) / 2
    dense -= (_FREEDOM + 1) / 2 * np.log1p(((logs - middle) / scale) ** 2 / _FREEDOM)
    mass = np.exp(dense - dense.max())
    mass /= mass.sum()
    mean = float(mass @ logs)
    left = float(mass @ (logs - mean) ** 2)
    low, high = np.interp([0.05, 0.95], np.cumsum(mass) - mass / 2, logs)
    told = (math.exp(mean + left / 2), math.exp(float(low)), math.exp(float(high)))
    return _Mean(told, math.sqrt(left), ratio, abs(seen - middle) / math.sqrt(prior + error**2))


def _trainees(law: Distribution, mean: float) -> Distribution:
    """The law of trainees with another mean (rounded, at least 1): a lognormal of the same spread."""
    table = np.maximum(integer_table(law, 1000).astype(np.float64), 1.0)
    sigma = max(float(np.log(table).std()), 0.05)
    centre = lognormal_centre(max(mean, 1.0005), sigma)
    return LognormalMean(kind="lognormal", mean=math.exp(centre + sigma**2 / 2), sigma=sigma)
