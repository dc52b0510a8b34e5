"""Each branch's part of the total: a gamma-Poisson model in which small branches borrow strength from all.

A branch's part has a gamma prior around its part of employees; a year of it is multiplied by a gamma of mean 1 (the
scenario's `branch_dispersion`), so that a year's count is negative binomial. Where the years show that branches grow or
shrink beside the others, each has a drift of its own (`forecast.branch_drift`). How far branches stray from their
employees, and years from their branch, is found from all branches together (empirical Bayes, with what stays unknown of
both averaged over): `forecast.branch_chain` draws it all.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from forecast.branch_chain import KEPT, BranchDraws, branch_draws
from forecast.branch_drift import Drift, fit_drift
from forecast.counts import Counts
from forecast.level import Years

Float = NDArray[np.float64]

RANGES = (0.0008, 0.003, 0.009, 0.025, 0.07)
"""The branches' dispersion, cut into ranges that the total's years are weighed by."""
_LEAST_DRAWS = 8
_LEAST_VARIANCE = 1e-8


@dataclass(frozen=True, eq=False)
class Shares:
    """What the counts say of the branches' parts.

    Attributes:
        prior: float64 (branches,), parts by employees, sum 1.
        draws: from the posterior; parts are those of each branch's central year.
        drift: how parts change from year to year.
        weight: float64 (draws,), how probable each is once the totals have told too, sum 1.
        month_dispersion: variance (mean 1) of single months of a branch beyond all else.
        years: the calendar years counted on.
    """

    prior: Float
    draws: BranchDraws
    drift: Drift
    weight: Float
    month_dispersion: float
    years: tuple[int, ...]

    @property
    def mean(self) -> Float:
        """Posterior mean of each branch's part, float64 (branches,), sum 1."""
        mean = self.weight @ self.draws.part
        return np.asarray(mean / mean.sum(), dtype=np.float64)

    @property
    def relative_variance(self) -> Float:
        """Posterior variance of each branch's part over its squared mean, float64 (branches,)."""
        first, second = self.weight @ self.draws.part, self.weight @ self.draws.part**2
        return np.asarray(np.maximum(second / first**2 - 1, 0.0), dtype=np.float64)

    @property
    def year_dispersion(self) -> float:
        """Posterior mean of the variance of a branch's year."""
        return float(self.weight @ self.draws.dispersion)

    def interval(self, branch: int, low: float, high: float) -> tuple[float, float]:
        """Quantiles of a branch's part."""
        return quantiles(self.draws.part[:, branch], self.weight, low, high)

    def parts_of(self, year: int) -> Float:
        """Parts of a year that is not seen yet, before its luck: float64 (draws, branches), sum 1 over branches."""
        part = self.draws.part * self.drift.times(year)
        return np.asarray(part / part.sum(axis=1, keepdims=True), dtype=np.float64)

    def parts_seen(self) -> Float:
        """Parts of the history's years, without their luck: float64 (draws, branches, years), sum 1 over branches."""
        return parts_by_year(self.draws.part, self.drift.seen(self.years))

    def ahead(self, year: int) -> "Shares":
        """The same with the parts of a year to come in place of the usual ones."""
        return replace(self, draws=replace(self.draws, part=self.parts_of(year)))

    @property
    def range_of(self) -> NDArray[np.int64]:
        """The range of dispersion of each draw, int64 (draws,)."""
        return np.searchsorted(RANGES, self.draws.dispersion).astype(np.int64)

    def of_years(self) -> tuple[Years, ...]:
        """What the branches say of the years' totals, by range of their dispersion."""
        logs, place = np.log(np.maximum(self.draws.year, 1e-12)), self.range_of
        out = []
        for number in range(len(RANGES) + 1):
            inside = place == number
            weight = float(inside.mean()) if inside.sum() >= _LEAST_DRAWS else 0.0
            chosen = logs[inside] if weight else logs
            cov = np.atleast_2d(np.cov(chosen.T)) + _LEAST_VARIANCE * np.eye(logs.shape[1])
            out.append(Years(chosen.mean(axis=0), cov, weight))
        return tuple(out)

    def told_by(self, range_weights: Float) -> "Shares":
        """The same draws, weighed by what the totals say of the ranges of dispersion.

        Args:
            range_weights: float64 (ranges,), posterior probabilities.
        """
        place = self.range_of
        each = np.bincount(place, minlength=len(range_weights))
        weight = range_weights[place] / np.maximum(each[place], 1)
        return replace(self, weight=weight / weight.sum())


def parts_by_year(part: Float, times: Float) -> Float:
    """Usual parts as they drift: float64 (draws, branches, years), sum 1 over branches."""
    moved = part[:, :, None] * times
    return np.asarray(moved / moved.sum(axis=1, keepdims=True), dtype=np.float64)


def quantiles(values: Float, weight: Float, low: float, high: float) -> tuple[float, float]:
    """Two quantiles of weighted draws."""
    order = np.argsort(values, kind="stable")
    ordered, part = values[order], weight[order]
    ends = np.interp([low, high], np.cumsum(part) - part / 2, ordered)
    return float(ends[0]), float(ends[1])


def month_dispersion(counts: Counts, rate: Float) -> float:
    """Variance (mean 1) of single months of a branch beyond Poisson, by moments over all branches and years.

    Args:
        counts: the months so far.
        rate: float64 (months,), the total's smoothed rate of each.

    Returns:
        At least 0; 0 where there is too little to tell.
    """
    expected = np.broadcast_to(rate * counts.each(), counts.by_branch.shape)
    numbers = (counts.first + np.arange(counts.months)) // 12
    above = below = 0.0
    for year in np.unique(numbers):
        inside = np.flatnonzero(numbers == year)
        of_branch, usual = counts.by_branch[:, inside], expected[:, inside]
        sums = of_branch.sum(axis=1)
        if len(inside) < 3 or usual.sum() <= 0:
            continue
        # The largest branch is nearly the total itself, from which the rate was smoothed: it would tell too little.
        told = (sums >= 12) & (sums <= 0.4 * max(sums.sum(), 1))
        part = usual[told] / np.maximum(usual[told].sum(axis=1, keepdims=True), 1e-9)
        mean = sums[told, None] * part
        above += float((((of_branch[told] - mean) ** 2) - mean * (1 - part)).sum())
        below += float(((mean**2) * (1 - part)).sum())
    return float(np.clip(above / below, 0.0, 2.0)) if below > 0 else 0.0


def fit_shares(counts: Counts, prior: Float, usual_dispersion: float, generator: Generator, rate: Float) -> Shares:
    """Fit the branches' parts.

    Args:
        counts: the months so far.
        prior: float64 (branches,), parts by employees, sum 1.
        usual_dispersion: the base scenario's variance of a branch's year, which the fit is drawn to.
        generator: luck of the draws.
        rate: float64 (months,), the total's smoothed rate.

    Returns:
        Shares.
    """
    noise = month_dispersion(counts, rate)
    numbers = (counts.first + np.arange(counts.months)) // 12
    years = tuple(int(year) for year in np.unique(numbers))
    by_year = np.stack([counts.by_branch[:, numbers == year].sum(axis=1) for year in years], axis=1).astype(np.float64)
    prior = np.maximum(prior, 0.25 / max(len(prior), 1) * 1e-3)
    prior = prior / prior.sum()
    # A month that is lumpy by itself makes a count worth less than so many independent requests.
    expected = rate * counts.shape
    scale = 1 / (1 + noise * prior * float((expected**2).sum()) / max(float(expected.sum()), 1e-9))
    worth = np.repeat(scale[:, None], len(years), axis=1)
    if counts.own is not None:
        # What a declared shock of some branches made of their years.
        weighed = np.stack([expected * (numbers == year) for year in years], axis=1)
        worth *= np.maximum(counts.own @ weighed, 1e-9) / np.maximum(weighed.sum(axis=0), 1e-9)
    exposed = worth / scale[:, None] * np.asarray([max(float(expected[numbers == year].sum()), 1e-9) for year in years])
    drift = fit_drift(by_year, exposed, years, usual_dispersion, KEPT, generator)
    times = drift.seen(years)
    draws = branch_draws(by_year * scale[:, None], worth * times, prior, usual_dispersion, generator)
    # What a year's make-up says of its total is told beside parts that drift.
    draws = replace(draws, year=(parts_by_year(draws.part, times) * draws.good).sum(axis=1))
    return Shares(prior, draws, drift, np.full(len(draws.part), 1 / len(draws.part)), noise, years)
