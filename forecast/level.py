"""The level of all requests together: season, trend and the common factor, by Gaussian-process regression.

The logarithm of a month's expected total is a level, a straight trend, a season of twelve and the scenario's common
factor, a stationary AR(1). Given the factor's spread and stickiness all of it is jointly normal, so the months to
come follow by conditioning; spread, stickiness and the season's freedom are averaged over a grid by their marginal
likelihood.

Source: Rasmussen and Williams (2006), "Gaussian Processes for Machine Learning", sections 2.2 (prediction), 2.7
(explicit basis functions) and 5.4 (marginal likelihood). Counts enter through the working response of Poisson
regression (McCullagh and Nelder, 1989, section 2.5).
"""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from forecast.counts import Counts

Float = NDArray[np.float64]

SPREADS = (0.015, 0.035, 0.07, 0.125, 0.22, 0.4)
"""Standard deviations of the logarithm of the common factor that are averaged over."""
STICKINESS = (0.0, 0.4, 0.75, 0.93, 0.99)
"""Its correlation from month to month."""
SEASON_FREEDOM = (0.03, 0.12, 0.4)
"""How far (log, standard deviation) a month's weight may lie from the season it is drawn to."""
BASE_SEASON = (1.0, 0.0)
"""How much of the base scenario's season months are drawn to: all of it, or none (a year without season)."""
_SPREAD_SCALE = 0.25
"""Half-normal prior of the spread."""
TRENDS = (0.03, 0.15)
"""Standard deviations of the trend's prior (growth of a year, in the logarithm): hardly any, or one worth following."""
_LEVEL_SD = 3.0
SHOCK = 3.5
"""A month so many standard deviations off what the others say of it is a shock."""


@dataclass(frozen=True, eq=False)
class Level:
    """What the months so far say of the total.

    Attributes:
        first: number of the first month.
        used: int64, places of the months that were counted on.
        response, noise: float64 (used,), the log rate of each and its variance beyond the common factor.
        base_season: float64 (12,), the log season of the base scenario, mean 0.
        points: float64 (grid, 5): spread, stickiness, freedom of the season, part of the base's season, freedom of
            the trend.
        weights: float64 (grid,), their posterior probability, sum 1.
        shocks: places of the months taken for shocks.
        centre: what the prior of the level is centred on.
    """

    first: int
    used: NDArray[np.int64]
    response: Float
    noise: Float
    base_season: Float
    points: Float
    weights: Float
    shocks: tuple[int, ...]
    centre: float

    def about(self, places: NDArray[np.int64], point: int) -> tuple[Float, Float]:
        """Mean and covariance of the log rate of months, under one point of the grid.

        Args:
            places: int64 (months,), counted from `first`; months to come as well as past ones.
            point: of the grid.

        Returns:
            float64 (months,) and (months, months).
        """
        here = np.concatenate([self.used, places])
        prior_mean, prior = _prior(self, here, point)
        count = len(self.used)
        gain, left = _solved(prior[:count, :count] + np.diag(self.noise), prior[:count, count:])
        mean = prior_mean[count:] + gain.T @ (self.response - prior_mean[:count])
        cov = prior[count:, count:] - left.T @ left
        return mean, (cov + cov.T) / 2

    @cached_property
    def mean_parameters(self) -> tuple[float, float]:
        """Posterior means of the common factor's standard deviation (of the factor) and autocorrelation."""
        sd = float(self.weights @ np.sqrt(np.expm1(self.points[:, 0] ** 2)))
        return sd, float(self.weights @ self.points[:, 1])

    def smoothed(self, months: int) -> Float:
        """Posterior mean of the rate of past months, float64 (months,)."""
        best = int(np.argmax(self.weights))
        mean, cov = self.about(np.arange(months, dtype=np.int64), best)
        return np.asarray(np.exp(mean + np.diag(cov) / 2), dtype=np.float64)


def _solved(matrix: Float, right: Float) -> tuple[Float, Float]:
    """A⁻¹ B and L⁻¹ B for A = L Lᵀ."""
    from scipy.linalg import cho_solve, cholesky, solve_triangular

    lower = cholesky(matrix, lower=True)
    return cho_solve((lower, True), right), solve_triangular(lower, right, lower=True)


def _shapes(level: Level, places: NDArray[np.int64]) -> tuple[Float, Float]:
    """How months go together by trend and by season, for freedoms of 1."""
    months = (level.first + places) % 12
    middle = level.used.mean() if len(level.used) else 0.0
    time = (places - middle) / 12
    season = (months[:, None] == months[None, :]) - 1 / 12
    return np.asarray(np.outer(time, time)), np.asarray(season)


def _prior(level: Level, places: NDArray[np.int64], point: int) -> tuple[Float, Float]:
    spread, stay, freedom, drawn_to, trend = level.points[point]
    mean = level.centre + drawn_to * level.base_season[(level.first + places) % 12]
    trending, season = _shapes(level, places)
    lag = np.abs(places[:, None] - places[None, :])
    powers = np.where(lag == 0, 1.0, np.round(stay ** np.maximum(lag, 1), 12))
    fixed = _LEVEL_SD**2 + trend**2 * trending
    return mean, np.asarray(fixed + freedom**2 * season + spread**2 * powers, dtype=np.float64)


def fit_level(counts: Counts, month_weights: tuple[float, ...], branch_noise: float, yearly: float) -> Level:
    """Fit the level to monthly totals.

    Args:
        counts: the months so far.
        month_weights: the base scenario's season, which months are drawn to where the history is short.
        branch_noise: variance that single branches' own bad and good months add to the log of a month's total.
        yearly: the base scenario's requests of a year, where the level starts from.

    Returns:
        Level.
    """
    season = np.log(np.maximum(np.asarray(month_weights), 1e-4))
    season = season - season.mean()
    total, shape = counts.total.astype(np.float64), counts.shape
    used = np.flatnonzero(shape > 0.12)
    usual = np.exp(season[(counts.first + used) % 12]) * shape[used]
    whole = total[used].sum()
    rate = (whole + 0.5) / max(usual.sum(), 1e-9) if len(used) else yearly / 12
    centre = float(np.log(rate))
    grid = np.asarray(list(product(SPREADS, STICKINESS, SEASON_FREEDOM, BASE_SEASON, TRENDS)))
    level = Level(
        counts.first,
        used.astype(np.int64),
        np.zeros(len(used)),
        np.ones(len(used)),
        season,
        grid,
        np.full(len(grid), 1 / len(grid)),
        (),
        centre,
    )
    if not len(used):
        return level
    # Working response of the Poisson at a first smoothing, twice; then the grid is weighed with it.
    mean = np.maximum(total[used], 0.0) / shape[used]
    mean = (mean + np.exp(centre + season[(counts.first + used) % 12])) / 2
    for _ in range(2):
        expected = np.maximum(mean * shape[used], 0.05)
        response = np.log(mean) + (total[used] - expected) / expected
        level = _weighed(replace(level, response=response, noise=1 / expected + branch_noise))
        mean = np.exp(np.clip(_smooth_at_used(level), centre - 6, centre + 6))
    return _without_shocks(level, np.log((total[used] + 0.5) / shape[used]))


def _smooth_at_used(level: Level) -> Float:
    mean, _ = level.about(level.used, int(np.argmax(level.weights)))
    return mean


def _weighed(level: Level) -> Level:
    """The grid weighed by marginal likelihood, all points at once."""
    from scipy.linalg import solve_triangular

    spread, stay, freedom, drawn_to, trend = level.points.T
    lag = np.abs(level.used[:, None] - level.used[None, :])
    powers = np.where(lag == 0, 1.0, np.round(stay[:, None, None] ** np.maximum(lag, 1), 12))
    months = (level.first + level.used) % 12
    trending, season = _shapes(level, level.used)
    fixed = _LEVEL_SD**2 + trend[:, None, None] ** 2 * trending
    mean = level.centre + drawn_to[:, None] * level.base_season[months]
    cov = fixed + freedom[:, None, None] ** 2 * season + spread[:, None, None] ** 2 * powers + np.diag(level.noise)
    lower = np.linalg.cholesky(cov)
    off = level.response - mean
    logs = np.zeros(len(level.points))
    for point in range(len(level.points)):
        left = solve_triangular(lower[point], off[point], lower=True)
        logs[point] = -0.5 * float(left @ left) - float(np.log(np.diag(lower[point])).sum())
    logs -= (spread / _SPREAD_SCALE) ** 2 / 2
    weights = np.exp(logs - logs.max())
    # The grid of spreads widens as it goes: each point stands for a slice as wide as its neighbours are apart.
    slices = np.gradient(np.asarray(SPREADS))
    weights *= np.repeat(slices, len(level.points) // len(SPREADS))
    return replace(level, weights=weights / weights.sum())


_FREE = 1e3
"""Variance of a month that says nothing."""


def _without_shocks(level: Level, seen: Float) -> Level:
    """Let go of months that lie far from what all others say of them.

    The month that lies farthest off is taken out, all is fitted again without it, and it stays out if what the others
    then say of it is far off; then the next one, up to one a year. (Judged with itself inside, a single bad month
    would hide in a larger spread.)

    Args:
        level: fitted to all months.
        seen: float64 (used,), the log rate of each month as it was.

    Source: Rasmussen and Williams (2006), section 5.4.2, equation 5.12 (leave-one-out).
    """
    for _ in range(max(1, len(level.used) // 12)):
        best = int(np.argmax(level.weights))
        mean, cov = _prior(level, level.used, best)
        inverse = np.linalg.inv(cov + np.diag(level.noise))
        spread = 1 / np.diag(inverse)
        off = np.abs((inverse @ (level.response - mean)) * spread) / np.sqrt(spread)
        off[level.noise >= _FREE] = 0.0
        place = int(np.argmax(off))
        if off[place] < 2 or len(level.used) < _LEAST_FOR_SHOCKS:
            break
        noise = level.noise.copy()
        noise[place] = _FREE
        trial = _weighed(replace(level, noise=noise))
        there = level.used[place : place + 1]
        expected, apart = trial.about(there, int(np.argmax(trial.weights)))
        if abs(seen[place] - expected[0]) < SHOCK * float(np.sqrt(apart[0, 0] + level.noise[place])):
            break
        level = replace(trial, shocks=(*level.shocks, int(there[0])))
    return level


_LEAST_FOR_SHOCKS = 9
"""Months of history from which one of them may be called a shock."""
