"""What the requests seen so far say of those still to come: the gamma-Poisson update, with shrinkage.

A branch's requests are Poisson with the scenario's expected number times C * B[b]: C is common to all branches, B[b]
the branch's own. C has mean 1 and, as variance, what the scenario does not know of the whole year; B[b] is gamma of
mean 1, its variance the branch's own part of its over-dispersion.

Sources: the conjugate gamma-Poisson update (Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.6); the linear
credibility of the common part (Bühlmann, 1967).
"""

import math
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
        own_variance: float64 (branches,), of each B[b].
        month_weights: float64 (days + 1, months), share of the requests expected in a month before each day.
        month_covariance: float64 (months, months), of the monthly factors.
    """

    expected: Float
    common_variance: float
    own_variance: Float
    month_weights: Float
    month_covariance: Float

    def months_variance(self, day: int, first: int) -> float:
        """Variance of the mean of the monthly factors over the requests expected from one day to before another."""
        last = len(self.month_weights) - 1
        seen = self.month_weights[min(day, last)] - self.month_weights[min(first, last)]
        whole = float(seen.sum())
        shares = seen / whole if whole > 0 else np.zeros_like(seen)
        return float(np.einsum("m,mn,n->", shares, self.month_covariance, shares))


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
    volumes = branch_volumes(scenario)
    daily = np.outer(volumes * volume.mean(), np.ones(calendar.days)) * daily
    expected = np.pad(np.cumsum(daily, axis=1), ((0, 0), (1, 0)))
    given = [branch.volume_dispersion for branch in scenario.branches.values()]
    dispersion = np.asarray([inflow.branch_dispersion if one is None else one for one in given], dtype=np.float64)
    weights, covariance = _months(scenario, calendar, season)
    return InflowPrior(
        expected=expected,
        common_variance=float(volume.var() / volume.mean() ** 2)
        + shared_variance(dispersion, volumes, inflow.branch_dispersion, inflow.branch_correlation),
        own_variance=dispersion - inflow.branch_correlation * dispersion,
        month_weights=weights,
        month_covariance=covariance,
    )


def shared_variance(dispersion: Float, volumes: Float, usual: float, correlation: float) -> float:
    """The variance that branches' years have in common, of all branches together.

    Args:
        dispersion: float64 (branches,), variance of each branch's year.
        volumes: float64 (branches,), requests expected.
        usual: the dispersion of a branch that has none of its own.
        correlation: of the copula.

    Returns:
        correlation * (sum of w[b] * sd[b])^2, w[b] a branch's share of the volume.

    Source: branches b and c have covariance correlation * sd[b] * sd[c], to the first order of the copula.
    """
    whole, sd = float(volumes.sum()), math.sqrt(usual)
    # Measured from the usual one, so that branches without a dispersion of their own share exactly that.
    apart = float(volumes @ (np.sqrt(dispersion) - sd)) / whole if whole > 0 else 0.0
    return correlation * (usual + apart * (2 * sd + apart))


def _months(scenario: Scenario, calendar: Calendar, season: Float) -> tuple[Float, Float]:
    """The months of an AR(1): what was expected of each before each day, and their covariance."""
    common = scenario.inflow.common_factor
    months = len(calendar.months)
    apart = np.abs(np.subtract.outer(np.arange(months), np.arange(months)))
    covariance = common.monthly_sd**2 * np.where(apart == 0, 1.0, common.autocorrelation**apart)
    weights = np.zeros((calendar.days + 1, months))
    weights[np.arange(1, calendar.days + 1), calendar.month_of_day[: calendar.days]] = season
    return np.cumsum(weights, axis=0), np.asarray(covariance, dtype=np.float64)


def posterior_mean(prior: InflowPrior, seen: NDArray[np.int64], day: int, first: int = 0) -> tuple[Float, float]:
    """By how much each branch's requests to come exceed what the scenario expected.

    With n[b] seen where m[b] were expected: C is the credibility mean Z * (n / m) + 1 - Z over all branches together,
    Z = v / (v + s), v the variance of C and s that of n / m for a given C (chance, branches' own years, months); then
    the branch is C * (a[b] + n[b]) / (a[b] + C * m[b]) with a[b] = 1 / (variance of its own).

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
    most = float(own.max())
    noise = 1 / whole
    if most > 0:
        noise += most * float((own / most * expected**2).sum()) / whole**2
    noise += prior.months_variance(day, first)
    trust = prior.common_variance / (prior.common_variance + noise)
    common = trust * float(seen.sum()) / whole + 1 - trust
    by_branch = np.full(len(expected), common)
    apart = own > 0
    if common > 0:
        shape = 1 / own[apart]
        by_branch[apart] = common * (shape + seen[apart]) / (shape + common * expected[apart])
    return by_branch, common
