"""The level of all requests together: season, trend, years and the common factor, by Gaussian-process regression.

The logarithm of a month's expected total is a level, a trend (straight so far, fading from now on), a season of twelve,
what the branches' years make of the total if anything, and the scenario's common factor, a stationary AR(1). Given the
factor's spread and stickiness all of it is jointly normal, so parameters and months to come follow by conditioning.
Spread, stickiness, the season's and the trend's freedom, how much branches' years vary, and whether a month was a shock
(and which) are averaged over by their marginal likelihood: nothing that is uncertain is taken as known.

Sources: Rasmussen and Williams (2006), "Gaussian Processes for Machine Learning", sections 2.2 (prediction), 2.7
(explicit basis functions), 5.4 (marginal likelihood; equations 5.10 to 5.12, leaving one month out). Counts enter
through the working response of Poisson regression (McCullagh and Nelder, 1989, section 2.5).
"""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from forecast.counts import Counts
from forecast.level_months import Given, Months, factor_of, given, log_likelihoods, priors_of

Float = NDArray[np.float64]
Int = NDArray[np.int64]

SPREADS = (0.008, 0.016, 0.028, 0.042, 0.06, 0.085, 0.12, 0.17, 0.25, 0.4)
"""Standard deviations of the logarithm of the common factor that are averaged over."""
STICKINESS = (0.0, 0.25, 0.5, 0.7, 0.85, 0.94, 0.985)
"""Its correlation from month to month."""
WANDERING = (0.008, 0.02)
"""Standard deviations of the level's own step from month to month that are averaged over, beside none."""
_ROUGH_SPREADS = (0.01, 0.03, 0.07, 0.15, 0.35)
_ROUGH_STICKINESS = (0.0, 0.4, 0.8)
_WANDERS = 0.5
"""How probable it is beforehand that the level wanders."""
SEASON_FREEDOM = (0.03, 0.09, 0.17, 0.3)
"""How far (log, standard deviation) a month's weight may lie from the season it is drawn to."""
BASE_SEASON = (1.0, 0.0)
"""How much of the base scenario's season months are drawn to: all of it, or none (a year without season)."""
TRENDS = (0.01, 0.06, 0.15)
"""Standard deviations of the trend's prior (growth of a year, in the logarithm): hardly any, or one worth following."""
SHOCK_SD = 0.8
"""How far (log, standard deviation) a shocked month lies off."""
SHOCK_CHANCE = 0.012
"""How probable it is beforehand that a month was shocked."""
_SPREAD_SCALE = 0.25
"""Half-normal prior of the spread."""
_LEAST_FOR_SHOCKS = 9
"""Months of history from which one of them may be called a shock."""
_FREE = 1e3
"""Variance of a month that says nothing."""
_LEAST_WEIGHT = 1e-6


@dataclass(frozen=True, eq=False)
class Years:
    """What the branches say of the years' totals, under one range of their dispersion.

    Attributes:
        mean, cov: float64 (years,) and (years, years), of the logarithm of what a year's total was multiplied by.
        weight: probability of the range.
        told: False where years even out: what one branch has more, others have less, and the total does not step.
    """

    mean: Float
    cov: Float
    weight: float
    told: bool = True


@dataclass(frozen=True, eq=False)
class Level:
    """What the months so far say of the total.

    Attributes:
        months: the months counted on.
        years: by range of the branches' dispersion, what they say of the years; with one that says nothing.
        points: float64 (points, 6): spread, stickiness, wandering, freedom of the season, part of the base's season,
            freedom of the trend.
        range_of, shock_of: int64 (points,), the range of dispersion, and the place among the months counted on that
            was a shock (-1 for none), beside those that certainly were.
        weights: float64 (points,), posterior probability, sum 1.
        shocks: places of the months taken for shocks.
    """

    months: Months
    years: tuple[Years, ...]
    points: Float
    range_of: Int
    shock_of: Int
    weights: Float
    shocks: tuple[int, ...]

    @property
    def first(self) -> int:
        """Number of the first month."""
        return self.months.first

    @cached_property
    def best(self) -> int:
        """The most probable point."""
        return int(np.argmax(self.weights))

    @cached_property
    def mean_parameters(self) -> tuple[float, float]:
        """Posterior means of the common factor's standard deviation (of the factor) and autocorrelation."""
        sd = float(self.weights @ np.sqrt(np.expm1(self.points[:, 0] ** 2)))
        return sd, float(self.weights @ self.points[:, 1])

    @cached_property
    def range_weights(self) -> Float:
        """Posterior probability of each range of the branches' dispersion, float64 (ranges,)."""
        return np.asarray(np.bincount(self.range_of, self.weights, len(self.years)), dtype=np.float64)

    def evened(self, point: Int) -> NDArray[np.bool_]:
        """Whether the branches' years even out at each point: bool (point,)."""
        return ~np.asarray([one.told for one in self.years])[self.range_of[point]]

    def given(self, point: int, trend: float | None = None) -> Given:
        """All that is normal, given one point; under another freedom of the trend where one is told."""
        spread, stay, wander, freedom, drawn_to, usual = (float(value) for value in self.points[point])
        trend = usual if trend is None else trend
        months, shock = self.months, int(self.shock_of[point])
        if shock >= 0:
            noise = months.noise.copy()
            noise[shock] += SHOCK_SD**2
            months = replace(months, noise=noise)
        years = self.years[int(self.range_of[point])]
        return given(factor_of(months, spread, stay, wander), freedom, drawn_to, trend, years.mean, years.cov)

    def chosen(self, draws: int) -> Int:
        """Points in proportion to their probability, systematically: int64 (draws,), in order."""
        ends = np.cumsum(self.weights)
        return np.minimum(np.searchsorted(ends, (np.arange(draws) + 0.5) / draws), len(ends) - 1)

    def about(self, places: Int) -> tuple[Float, Float]:
        """Mean and standard deviation of the log rate of months (counted from the first), averaged over the points."""
        top = np.argsort(self.weights, kind="stable")[::-1][:40]
        weights = self.weights[top] / self.weights[top].sum()
        means, variances = np.zeros((len(top), len(places))), np.zeros((len(top), len(places)))
        for at, point in enumerate(top):
            mean, cov = self.given(int(point)).about(places)
            means[at], variances[at] = mean, np.diag(cov)
        mean = weights @ means
        return mean, np.sqrt(np.maximum(weights @ (variances + (means - mean) ** 2), 0.0))

    def smoothed(self, months: int) -> Float:
        """Posterior mean of the rate of past months, float64 (months,)."""
        mean, sd = self.about(np.arange(months, dtype=np.int64))
        return np.asarray(np.exp(mean + sd**2 / 2), dtype=np.float64)


def fit_level(
    counts: Counts,
    month_weights: tuple[float, ...],
    yearly: float,
    years: tuple[Years, ...],
    fine: bool = True,
) -> Level:
    """Fit the level to monthly totals.

    Args:
        counts: the months so far.
        month_weights: the base scenario's season, which months are drawn to where the history is short.
        yearly: the base scenario's requests of a year, where the level starts from.
        years: what the branches say of the years' totals, by range of their dispersion.
        fine: whether all that is uncertain is averaged over, or a few cases of it.

    Returns:
        Level.
    """
    season = np.log(np.maximum(np.asarray(month_weights), 1e-4))
    season = season - season.mean()
    total, shape = counts.total.astype(np.float64), counts.shape
    used = np.flatnonzero(shape > 0.12)
    usual = np.exp(season[(counts.first + used) % 12])
    rate = (total[used].sum() + 0.5) / max((usual * shape[used]).sum(), 1e-9) if len(used) else yearly / 12
    centre = float(np.log(rate))
    of_years = tuple(sorted({(counts.first + place) // 12 for place in range(counts.months)}))
    nothing = np.zeros(len(used))
    months = Months(counts.first, of_years, used.astype(np.int64), nothing, nothing + 1, season, centre)
    if not len(used):
        return _weighed(months, years, _FINE if fine else _COARSE, ())
    # Working response of the Poisson at a first smoothing, twice on a coarse grid; then the grid is weighed with it.
    mean = (np.maximum(total[used], 0.0) / shape[used] + rate * usual) / 2
    for _ in range(2):
        months = _responding(months, mean, total[used], shape[used])
        level = _weighed(months, years, _COARSE, ())
        there, _ = level.given(level.best).about(months.used)
        mean = np.exp(np.clip(there, centre - 6, centre + 6))
    months = _responding(months, mean, total[used], shape[used])
    if not fine:
        return level
    level = _weighed(months, years, _FINE, ())
    for _ in range(max(1, len(used) // 12)):
        # A month that is more probably a shock than not is let go of for good; the next one is then looked for.
        chance = np.bincount(level.shock_of + 1, level.weights, len(used) + 1)[1:]
        place = int(np.argmax(chance))
        if chance[place] <= 0.5:
            break
        noise = level.months.noise.copy()
        noise[place] = _FREE
        level = _weighed(replace(level.months, noise=noise), years, _FINE, (*level.shocks, int(used[place])))
    return level


def _responding(months: Months, mean: Float, total: Float, shape: Float) -> Months:
    expected = np.maximum(mean * shape, 0.05)
    return replace(months, response=np.log(mean) + (total - expected) / expected, noise=1 / expected)


_FACTORS = (
    *((spread, stay, 0.0) for spread, stay in product(SPREADS, STICKINESS)),
    *product(_ROUGH_SPREADS, _ROUGH_STICKINESS, WANDERING),
)
_FINE = (_FACTORS, tuple(product(SEASON_FREEDOM, BASE_SEASON, TRENDS)))
_COARSE = (
    ((0.028, 0.25, 0.0), (0.12, 0.25, 0.0), (0.028, 0.85, 0.0), (0.12, 0.85, 0.0)),
    tuple(product((0.16,), BASE_SEASON, TRENDS[-1:])),
)
_Grid = tuple[tuple[tuple[float, float, float], ...], tuple[tuple[float, float, float], ...]]


def _weighed(months: Months, years: tuple[Years, ...], grid: _Grid, shocks: tuple[int, ...]) -> Level:
    """The grid weighed by marginal likelihood, with and without each month's shock."""
    factors, settings = grid
    told = [number for number, one in enumerate(years) if one.weight > 0]
    priors = priors_of(months, settings, tuple((years[number].mean, years[number].cov) for number in told))
    logs = np.zeros((len(factors), len(settings), len(told), len(months.used) + 1))
    for at, (spread, stay, wander) in enumerate(factors):
        factor = factor_of(months, spread, stay, wander)
        logs[at] = log_likelihoods(factor, priors, SHOCK_SD, SHOCK_CHANCE)
        logs[at] -= (spread / _SPREAD_SCALE) ** 2 / 2
    logs += np.log([years[number].weight for number in told])[:, None]
    logs += np.log(_before(factors))[:, None, None, None]
    # A flat prior of a standard deviation (Gelman, 2006): a grid that widens gives its wider slices more.
    logs += np.log(_slices(settings, (0,)))[:, None, None]
    if len(months.used) < _LEAST_FOR_SHOCKS:
        logs[..., 1:] = -np.inf
    logs[..., 1:][..., months.noise >= _FREE] = -np.inf
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    kept = np.flatnonzero(weights.ravel() > _LEAST_WEIGHT * weights.max())
    of_factor, of_setting, of_range, of_shock = np.unravel_index(kept, weights.shape)
    chosen = weights.ravel()[kept]
    points = np.column_stack([np.asarray(factors)[of_factor], np.asarray(settings)[of_setting]])
    return Level(
        months,
        years,
        points,
        np.asarray(told, dtype=np.int64)[of_range],
        of_shock.astype(np.int64) - 1,
        chosen / chosen.sum(),
        tuple(sorted(shocks)),
    )


def _before(factors: tuple[tuple[float, float, float], ...]) -> Float:
    """Prior probability of every spread, stickiness and wandering: flat over the first two."""
    wandering = np.asarray([one[2] for one in factors])
    out = np.zeros(len(factors))
    for wander in np.unique(wandering):
        inside = wandering == wander
        slices = _slices(tuple(one for one, here in zip(factors, inside, strict=True) if here), (0, 1))
        out[inside] = slices / slices.sum() * (_WANDERS / len(WANDERING) if wander else 1 - _WANDERS)
    return out


def _slices(grid: tuple[tuple[float, ...], ...], axes: tuple[int, ...]) -> Float:
    """How wide a slice of some axes each point of the grid stands for: its share of a flat prior."""
    wide = np.ones(len(grid))
    for axis in axes:
        values = np.asarray([one[axis] for one in grid])
        points = np.unique(values)
        if len(points) > 1:
            wide *= np.diff(cell_edges(points))[np.searchsorted(points, values)]
    return wide


def cell_edges(points: Float, least: float = 0.0, most: float = 1.0) -> Float:
    """The ends of the slices that the points of a grid stand for: half-way between them, the outer ones as far.

    Args:
        points: float64 (points,), ascending, two at least.
        least, most: what no value can be below or above.

    Returns:
        float64 (points + 1,).
    """
    middle = (points[1:] + points[:-1]) / 2
    edges = np.concatenate([[2 * points[0] - middle[0]], middle, [2 * points[-1] - middle[-1]]])
    return np.asarray(np.clip(edges, least, most), dtype=np.float64)
