"""The volume of a scenario given the requests to date.

Level and common factor: the year's uncertain volume and the AR(1) of the months are jointly normal in the logarithm;
the months seen condition both (Gaussian-process regression, as in `forecast.level`). Branches: a branch's year is a
gamma of mean 1, its requests are Poisson given it, so that it stays a gamma: shape 1/k + requests, rate 1/k + requests
expected.

Sources: Rasmussen and Williams (2006), section 2.2; Gelman et al. (2013), "Bayesian Data Analysis", section 2.6.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from forecast.history import History
from forecast.relative_variance import relative_variance
from forecast.told_interval import HALF_WIDTH, Told
from scenarios.arrival_rate import branch_volumes
from scenarios.calendar import Calendar
from scenarios.distributions import LognormalMean
from scenarios.inflow import CommonFactor, EconomicFactor, Inflow
from scenarios.scenario import Scenario
from scenarios.variates import mean_of

Float = NDArray[np.float64]
Int = NDArray[np.int64]

_LEAST_VARIANCE = 1e-6
_STEPS = 12


class BranchYear(NamedTuple):
    """A branch's year given its requests.

    Attributes:
        requests, expected: filed, and expected by the scenario, up to the day.
        factor: on what the scenario expects of it, on the mean.
        variance: what is left of its year's relative variance.
    """

    requests: int
    expected: float
    factor: float
    variance: float


@dataclass(frozen=True, eq=False)
class Volume:
    """What is known of the volume.

    Attributes:
        inflow: the scenario's inflow, moved.
        to_come: factor on the months to come.
        branches: by code.
    """

    inflow: Inflow
    to_come: Told
    branches: dict[str, BranchYear]


def volume_conditioned(
    scenario: Scenario, calendar: Calendar, weights: Float, own: Float | None, last: int, history: History
) -> Volume:
    """Condition the volume on the requests that came.

    Args:
        scenario: a checked scenario.
        calendar: of it.
        weights: float64 (days,), the part of a year's requests that each day gets.
        own: float64 (branches, days), factors of some branches alone; None where there are none.
        last: number of the last day that is known.
        history: the requests to date.

    Returns:
        Volume.
    """
    inflow = scenario.inflow
    expected = _expected(scenario, calendar, weights, own, last)
    counts = _counts(calendar, history, len(expected.part))
    used = np.flatnonzero(expected.total > 0.5)
    ahead = np.flatnonzero(expected.coming > 0)
    dispersion = _dispersion_of_branches(scenario)
    months = _Months.of(inflow, _variance_of_level(inflow, expected.part, dispersion))
    seen = months.given(counts.sum(axis=0)[used], expected.total[used], used)
    forth = months.ahead_of(seen, used, ahead, expected.coming)
    branches = _branch_years(scenario, dispersion, counts, expected.by_branch, seen.state, used)
    factors = np.asarray([year.factor for year in branches.values()])
    kept = np.asarray([year.variance for year in branches.values()])
    reweighed = float(expected.part_ahead @ factors)
    # What branches still leave open of the total stands with them; the year's uncertain volume holds the rest.
    inside = float(((expected.part_ahead * factors / max(reweighed, 1e-9)) ** 2) @ kept)
    left = math.sqrt(max(forth.variance - forth.factor_variance - inside, _LEAST_VARIANCE))
    sd = inflow.common_factor.monthly_sd * math.sqrt(min(forth.factor_variance / forth.free_variance, 1.0))
    usual = mean_of(inflow.uncertain.volume)
    uncertain = LognormalMean(kind="lognormal", mean=1.0, sigma=min(left, 3.0))
    updated = inflow.model_copy(
        update={
            "volume_factor": min(inflow.volume_factor * forth.overall * usual / max(reweighed, 1e-9), 1000.0),
            "economic_factors": (*inflow.economic_factors, *_economic(calendar, ahead, forth, last)),
            "branch_correlation": 0.0,
            "common_factor": CommonFactor(monthly_sd=sd, autocorrelation=inflow.common_factor.autocorrelation),
            "uncertain": inflow.uncertain.model_copy(update={"volume": uncertain}),
        }
    )
    half = HALF_WIDTH * math.sqrt(forth.variance)
    centre = math.log(max(forth.overall, 1e-9)) - forth.variance / 2
    return Volume(updated, (forth.overall, math.exp(centre - half), math.exp(centre + half)), branches)


# What the scenario expects


class _Expected(NamedTuple):
    """Requests the scenario expects.

    Attributes:
        part: float64 (branches,), of the year; part_ahead: of what is to come.
        by_branch: float64 (branches, months), up to the last day; total: float64 (months,), of all branches.
        coming: float64 (months,), weight of what is to come.
    """

    part: Float
    part_ahead: Float
    by_branch: Float
    total: Float
    coming: Float


def _expected(scenario: Scenario, calendar: Calendar, weights: Float, own: Float | None, last: int) -> _Expected:
    yearly, months = branch_volumes(scenario), len(calendar.months)
    usual = mean_of(scenario.inflow.uncertain.volume)
    month = calendar.month_of_day
    past = np.arange(calendar.days) <= last
    part = yearly / max(yearly.sum(), 1e-9)
    part_ahead = part
    each: Float | None = None
    if own is not None:  # each branch has weights, months and a part to come of its own
        each = yearly[:, None] * weights * own
        to_come = each[:, ~past].sum(axis=1)
        part_ahead = to_come / to_come.sum() if to_come.sum() > 0 else part
        weights = weights * (part @ own)
    seen = np.bincount(month, np.where(past, weights, 0.0), months)
    coming: Float = np.bincount(month, np.where(past, 0.0, weights), months).astype(np.float64)
    total = yearly.sum() * seen * usual
    if each is None:
        by_branch = part[:, None] * total
    else:
        by_branch = usual * np.stack([np.bincount(month, np.where(past, row, 0.0), months) for row in each])
    return _Expected(part, part_ahead, np.asarray(by_branch, dtype=np.float64), total, coming)


def _counts(calendar: Calendar, history: History, branches: int) -> Float:
    """Requests filed, float64 (branches, months)."""
    counts = np.zeros((branches, len(calendar.months)))
    day = np.clip(history.filed - calendar.opens.toordinal(), 0, calendar.days - 1)
    np.add.at(counts, (history.branch, calendar.month_of_day[day]), 1)
    return counts


def _dispersion_of_branches(scenario: Scenario) -> Float:
    usual = scenario.inflow.branch_dispersion
    own = [branch.volume_dispersion for branch in scenario.branches.values()]
    return np.asarray([usual if one is None else one for one in own])


def _variance_of_level(inflow: Inflow, part: Float, dispersion: Float) -> float:
    """Variance of the logarithm of the year's total: its uncertain volume, and what branches' years share or sum to."""
    rho = inflow.branch_correlation
    shared = float((part @ np.sqrt(dispersion)) ** 2 * rho + (part**2 @ dispersion) * (1 - rho))
    return math.log1p(relative_variance(inflow.uncertain.volume)) + shared


# The months


class _Seen(NamedTuple):
    """The months seen: `state`, logarithms of their multipliers; `gain` and `precision` of the regression on them."""

    state: Float
    gain: Float
    precision: Float


class _Ahead(NamedTuple):
    """The months to come.

    Attributes:
        rates: float64 (months to come,), mean multipliers; overall: their weighted mean.
        variance: of the logarithm of their weighted mean; factor_variance: what the common factor has of it.
        free_variance: what it would have, had nothing been seen.
    """

    rates: Float
    overall: float
    variance: float
    factor_variance: float
    free_variance: float


class _Months(NamedTuple):
    """The prior of the months: a level common to all, and an AR(1); variances of the logarithm."""

    level: float
    spread: float
    stay: float

    @classmethod
    def of(cls, inflow: Inflow, level: float) -> "_Months":
        return cls(level, math.log1p(inflow.common_factor.monthly_sd**2), inflow.common_factor.autocorrelation)

    @property
    def before(self) -> float:
        """The mean of a month's logarithm: each multiplier has a mean of 1."""
        return -(self.level + self.spread) / 2

    def apart(self, rows: Int, columns: Int) -> Float:
        """Covariance of the AR(1) between months."""
        lag = np.abs(rows[:, None] - columns[None, :])
        return np.asarray(self.spread * np.where(lag == 0, 1.0, np.round(self.stay ** np.maximum(lag, 1), 12)))

    def given(self, counted: Float, expected: Float, used: Int) -> _Seen:
        """The months seen, by Newton's steps on the working response of the Poisson around the last guess."""
        if not len(used):
            return _Seen(np.zeros(0), np.zeros(0), np.zeros((0, 0)))
        prior = self.level + self.apart(used, used)
        middle = np.full(len(used), self.before)
        # From the plain ratio: from the prior's mean the steps would overshoot where far more came.
        state = np.log((counted + 0.5) / np.maximum(expected, 0.5))
        for _ in range(_STEPS):
            rate = expected * np.exp(np.clip(state, -5, 5))
            response = state + (counted - rate) / np.maximum(rate, 0.5)
            noise = 1 / np.maximum(rate, 0.5)
            gain = np.linalg.solve(prior + np.diag(noise), response - middle)
            state = middle + prior @ gain
        return _Seen(state, gain, np.asarray(np.linalg.inv(prior + np.diag(noise)), dtype=np.float64))

    def ahead_of(self, seen: _Seen, used: Int, ahead: Int, coming: Float) -> _Ahead:
        """The months to come, given those seen; `coming` weighs the months."""
        free = self.apart(ahead, ahead)
        factors_only = self.apart(used, ahead)
        across = self.level + factors_only
        mean = self.before + across.T @ seen.gain
        cov = self.level + free - across.T @ seen.precision @ across
        of_factors = free - factors_only.T @ seen.precision @ factors_only
        heavy = coming[ahead] / max(coming[ahead].sum(), 1e-12)
        rates = np.exp(mean + np.diag(cov) / 2)
        return _Ahead(
            rates,
            float(heavy @ rates) if len(ahead) else 1.0,
            max(float(heavy @ cov @ heavy), _LEAST_VARIANCE),
            max(float(heavy @ of_factors @ heavy), 0.0),
            max(float(heavy @ free @ heavy), 1e-12),
        )


def _economic(calendar: Calendar, ahead: Int, forth: _Ahead, last: int) -> list[EconomicFactor]:
    """What the months to come have beside each other, as the scenario writes it."""
    return [
        EconomicFactor(
            starts=max(_month_start(calendar, int(number)), calendar.opens + timedelta(days=last + 1)),
            until=_month_start(calendar, int(number) + 1) - timedelta(days=1),
            factor=min(float(rate) / max(forth.overall, 1e-9), 100.0),
        )
        for number, rate in zip(ahead, forth.rates, strict=True)
    ]


def _month_start(calendar: Calendar, number: int) -> date:
    whole = calendar.opens.year * 12 + calendar.opens.month - 1 + number
    return date(whole // 12, whole % 12 + 1, 1)


# The branches


def _branch_years(
    scenario: Scenario, dispersion: Float, counts: Float, expected: Float, state: Float, used: Int
) -> dict[str, BranchYear]:
    lived = (expected[:, used] * np.exp(state)).sum(axis=1)
    out: dict[str, BranchYear] = {}
    for place, code in enumerate(scenario.branches):
        requests = float(counts[place, used].sum())
        variance = float(dispersion[place])
        if variance > 0:
            shape = 1 / variance + requests
            factor, left = shape / (1 / variance + float(lived[place])), 1 / shape
        else:
            factor, left = 1.0, 0.0
        out[code] = BranchYear(int(counts[place].sum()), float(expected[place].sum()), factor, left)
    return out
