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
EVENED = 0.5
"""How probable it is beforehand that branches' years even out in the total. Of a single branch it is certain: its year
is the total's, which the level follows by itself."""
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
        """What the branches say of the years' totals, by range of their dispersion; last, that they say nothing."""
        evened = EVENED if len(self.prior) > 1 else 1.0
        logs, place = np.log(np.maximum(self.draws.year, 1e-12)), self.range_of
        out = []
        for number in range(len(RANGES) + 1):
            inside = place == number
            weight = float(inside.mean()) if inside.sum() >= _LEAST_DRAWS else 0.0
            chosen = logs[inside] if weight else logs
            cov = np.atleast_2d(np.cov(chosen.T)) + _LEAST_VARIANCE * np.eye(logs.shape[1])
            out.append(Years(chosen.mean(axis=0), cov, weight * (1 - evened)))
        nothing = np.zeros(logs.shape[1])
        return (*out, Years(nothing, np.diag(nothing + _LEAST_VARIANCE), evened, told=False))

    def told_by(self, range_weights: Float) -> "Shares":
        """The same draws, weighed by what the totals say of the ranges of dispersion.

        Args:
            range_weights: float64 (ranges + 1,), posterior probabilities; the last, that years even out, tells no range
                from another.
        """
        place = self.range_of
        each = np.bincount(place, minlength=len(range_weights))
        weight = range_weights[place] / np.maximum(each[place], 1) + range_weights[-1] / len(place)
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


def month_dispersion(counts: Counts) -> float:
    """Variance (mean 1) of single months of a branch beyond Poisson, by moments over all branches and years.

    A branch's month is held against its part of that month's own total, so that what all branches share (a shock, the
    common factor) is not taken for the branches' own noise. Given both sums counts are hypergeometric; noise of
    variance v on each branch leaves v * mean ** 2 * (1 - 2 part + sum of squared parts) of a branch's distance.

    Args:
        counts: the months so far.

    Returns:
        At least 0; 0 where there is too little to tell, as of a single branch.
    """
    numbers = (counts.first + np.arange(counts.months)) // 12
    above = below = 0.0
    for year in np.unique(numbers):
        inside = np.flatnonzero(numbers == year)
        of_branch = counts.by_branch[:, inside].astype(np.float64)
        sums, whole = of_branch.sum(axis=1), float(of_branch.sum())
        if len(inside) < 3 or whole <= 1:
            continue
        usual = np.broadcast_to(of_branch.sum(axis=0), of_branch.shape)
        if counts.own is not None:
            own = counts.own[:, inside]
            usual = usual * own / np.maximum(sums @ own / whole, 1e-9)
        month = usual / np.maximum(usual.sum(axis=1, keepdims=True), 1e-9)
        part = sums / whole
        told = sums >= 12
        mean = (sums[:, None] * month)[told]
        left = (1 - month)[told]
        above += float(((of_branch[told] - mean) ** 2 - mean * left * (1 - part[told, None])).sum())
        below += float((mean**2 * left * (1 - 2 * part[told, None] + float((part**2).sum()))).sum())
    return float(np.clip(above / below, 0.0, 2.0)) if below > 1e-9 * max(abs(above), 1.0) else 0.0


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
    noise = month_dispersion(counts)
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
