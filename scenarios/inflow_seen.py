"""What the requests seen so far say of those still to come: the gamma-Poisson update, with shrinkage.

A branch's requests are Poisson with the scenario's expected number times C * B[b]: C is common to all branches, B[b]
the branch's own. C has mean 1 and, as variance, what the scenario does not know of the whole year; B[b] is gamma of
mean 1, its variance the branch's own part of the over-dispersion.

Sources: the conjugate gamma-Poisson update (Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.6); the linear
credibility of the common part (Bühlmann, 1967).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.arrival_rate import branch_factors, branch_volumes, day_weights
from scenarios.calendar import Calendar
from scenarios.scenario import Scenario
from scenarios.variates import integer_table

Float = NDArray[np.float64]

_SCALE = 10_000


@dataclass(frozen=True, eq=False)
class InflowPrior:
    """What is believed of a scenario's inflow before anything is seen.

    Attributes:
        expected: float64 (branches, days + 1), requests expected before the first minute of each day.
        common_variance: of C.
        own_variance: of each B[b].
        months: float64 (days + 1,), variance of the mean of the monthly factors over the requests expected so far.
    """

    expected: Float
    common_variance: float
    own_variance: float
    months: Float


def inflow_prior(scenario: Scenario, calendar: Calendar) -> InflowPrior:
    """Lay out the prior of a scenario.

    Args:
        scenario: a checked scenario, as far as it is known (`scenarios.foresight.as_known`).
        calendar: its calendar.

    Returns:
        InflowPrior; the copula's share of a branch's variance is common to all, the rest is its own.
    """
    inflow = scenario.inflow
    volume = integer_table(inflow.uncertain.volume, _SCALE) / _SCALE
    season = day_weights(scenario, calendar)
    own = branch_factors(scenario, calendar)
    daily = season if own is None else season * own
    daily = np.outer(branch_volumes(scenario) * volume.mean(), np.ones(calendar.days)) * daily
    expected = np.pad(np.cumsum(daily, axis=1), ((0, 0), (1, 0)))
    shared = inflow.branch_correlation * inflow.branch_dispersion
    return InflowPrior(
        expected=expected,
        common_variance=float(volume.var() / volume.mean() ** 2) + shared,
        own_variance=inflow.branch_dispersion - shared,
        months=_months_variance(scenario, calendar, season),
    )


def _months_variance(scenario: Scenario, calendar: Calendar, season: Float) -> Float:
    """Variance of the weighted mean of an AR(1)'s months, by the day up to which they are seen."""
    common = scenario.inflow.common_factor
    months = len(calendar.months)
    apart = np.abs(np.subtract.outer(np.arange(months), np.arange(months)))
    covariance = common.monthly_sd**2 * np.where(apart == 0, 1.0, common.autocorrelation**apart)
    weights = np.zeros((calendar.days + 1, months))
    weights[np.arange(1, calendar.days + 1), calendar.month_of_day[: calendar.days]] = season
    weights = np.cumsum(weights, axis=0)
    whole = weights.sum(axis=1, keepdims=True)
    shares = np.divide(weights, whole, out=np.zeros_like(weights), where=whole > 0)
    return np.asarray(np.einsum("dm,mn,dn->d", shares, covariance, shares), dtype=np.float64)


def posterior_mean(prior: InflowPrior, seen: NDArray[np.int64], day: int, first: int = 0) -> tuple[Float, float]:
    """By how much each branch's requests to come exceed what the scenario expected.

    With n[b] seen where m[b] were expected: C is the credibility mean Z * (n / m) + 1 - Z over all branches together,
    Z = v / (v + s), v the variance of C and s that of n / m for a given C (chance, branches' own years, months); then
    the branch is C * (a + n[b]) / (a + C * m[b]) with a = 1 / (variance of its own).

    Args:
        prior: of the scenario.
        seen: int64 (branches,), requests filed from the first day on and before the day.
        day: number of the day, 0 for the opening.
        first: number of the first day that is looked at.

    Returns:
        float64 (branches,), multipliers of the scenario's rate; and that of all branches together, C.
    """
    last = prior.expected.shape[1] - 1
    expected = prior.expected[:, min(day, last)] - prior.expected[:, min(first, last)]
    whole = float(expected.sum())
    if whole <= 0:
        return np.ones(len(expected)), 1.0
    own = prior.own_variance
    noise = 1 / whole + own * float((expected**2).sum()) / whole**2
    noise += float(prior.months[min(day, len(prior.months) - 1)])
    trust = prior.common_variance / (prior.common_variance + noise)
    common = trust * float(seen.sum()) / whole + 1 - trust
    if own <= 0 or common <= 0:
        return np.full(len(expected), common), common
    return common * (1 / own + seen) / (1 / own + common * expected), common
