"""Each branch's part of the total: a gamma-Poisson model in which small branches borrow strength from all.

A branch's part has a gamma prior around its part of employees; a year of it is multiplied by a gamma of mean 1 (the
scenario's `branch_dispersion`), so that a year's count is negative binomial. How far branches stray from their
employees, and years from their branch, is found from all branches together by marginal likelihood (empirical Bayes).

Source: Carlin and Louis (2000), "Bayes and Empirical Bayes Methods for Data Analysis", section 3.3 (gamma-Poisson);
the marginal likelihood is integrated over the branch's part on a grid.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.counts import Counts

Float = NDArray[np.float64]

YEAR_DISPERSION = (0.0002, 0.001, 0.003, 0.008, 0.02, 0.05, 0.12, 0.3)
"""Variances of a branch's year (mean 1) that are averaged over."""
STRAYING = (0.02, 0.1, 0.4, 1.2, 4.0)
"""Variances of a branch's part around its part of employees (mean 1) that are averaged over."""
_POINTS = 81
_PRIOR_LOG_SD = 1.0


@dataclass(frozen=True, eq=False)
class Shares:
    """What the counts say of the branches' parts.

    Attributes:
        prior: float64 (branches,), parts by employees, sum 1.
        part: float64 (branches, points), the grid of parts.
        weight: float64 (settings, branches, points), posterior probability of each, given a setting.
        settings: float64 (settings, 2): year dispersion, straying.
        setting_weight: float64 (settings,), their posterior probability.
        month_dispersion: variance (mean 1) of single months of a branch beyond all else.
        years: the calendar years counted on.
        expected: float64 (years,), the total expected in each, by the smoothed level.
        by_year: float64 (branches, years), requests.
        scale: float64 (branches,), counts are worth this much of independent ones (1 without month dispersion).
    """

    prior: Float
    part: Float
    weight: Float
    settings: Float
    setting_weight: Float
    month_dispersion: float
    years: tuple[int, ...]
    expected: Float
    by_year: Float
    scale: Float

    @property
    def mean(self) -> Float:
        """Posterior mean of each branch's part, float64 (branches,), sum 1."""
        mean = np.einsum("s,sbp,bp->b", self.setting_weight, self.weight, self.part)
        return np.asarray(mean / mean.sum(), dtype=np.float64)

    @property
    def relative_variance(self) -> Float:
        """Posterior variance of each branch's part over its squared mean, float64 (branches,)."""
        first = np.einsum("s,sbp,bp->b", self.setting_weight, self.weight, self.part)
        second = np.einsum("s,sbp,bp->b", self.setting_weight, self.weight, self.part**2)
        return np.asarray(np.maximum(second / first**2 - 1, 0.0), dtype=np.float64)

    @property
    def year_dispersion(self) -> float:
        """Posterior mean of the variance of a branch's year."""
        return float(self.setting_weight @ self.settings[:, 0])

    def interval(self, branch: int, low: float, high: float) -> tuple[float, float]:
        """Quantiles of a branch's part."""
        weight = np.cumsum(np.einsum("s,sp->p", self.setting_weight, self.weight[:, branch]))
        ends = np.interp([low, high], weight, self.part[branch])
        return float(ends[0]), float(ends[1])


def month_dispersion(counts: Counts, rate: Float) -> float:
    """Variance (mean 1) of single months of a branch beyond Poisson, by moments over all branches and years.

    Args:
        counts: the months so far.
        rate: float64 (months,), the total's smoothed rate of each.

    Returns:
        At least 0; 0 where there is too little to tell.
    """
    expected = rate * counts.shape
    above = below = 0.0
    for year in np.unique((counts.first + np.arange(counts.months)) // 12):
        inside = np.flatnonzero((counts.first + np.arange(counts.months)) // 12 == year)
        if len(inside) < 3 or expected[inside].sum() <= 0:
            continue
        part = expected[inside] / expected[inside].sum()
        of_branch = counts.by_branch[:, inside]
        sums = of_branch.sum(axis=1)
        # The largest branch is nearly the total itself, from which the rate was smoothed: it would tell too little.
        told = (sums >= 12) & (sums <= 0.4 * max(sums.sum(), 1))
        mean = sums[told, None] * part
        above += float((((of_branch[told] - mean) ** 2) - mean * (1 - part)).sum())
        below += float(((mean**2) * (1 - part)).sum())
    return float(np.clip(above / below, 0.0, 2.0)) if below > 0 else 0.0


def fit_shares(counts: Counts, rate: Float, prior: Float, usual_dispersion: float) -> Shares:
    """Fit the branches' parts.

    Args:
        counts: the months so far.
        rate: float64 (months,), the total's smoothed rate.
        prior: float64 (branches,), parts by employees, sum 1.
        usual_dispersion: the base scenario's variance of a branch's year, which the fit is drawn to.

    Returns:
        Shares.
    """
    from scipy.special import gammaln

    noise = month_dispersion(counts, rate)
    numbers = (counts.first + np.arange(counts.months)) // 12
    expected_month = rate * counts.shape
    years = tuple(int(year) for year in np.unique(numbers))
    expected = np.asarray([expected_month[numbers == year].sum() for year in years])
    by_year = np.stack([counts.by_branch[:, numbers == year].sum(axis=1) for year in years], axis=1).astype(np.float64)
    lumps = np.asarray([(expected_month[numbers == year] ** 2).sum() for year in years])
    floor = 0.25 / max(len(prior), 1) * 1e-3
    prior = np.maximum(prior, floor)
    # A month that is lumpy by itself makes a count worth less than so many independent requests.
    scale = 1 / (1 + noise * prior * lumps.sum() / max(expected.sum(), 1e-9))
    counted = by_year * scale[:, None]
    settings = np.asarray([(one, other) for one in YEAR_DISPERSION for other in STRAYING])
    seen = (counted.sum(axis=1) + 0.5) / max(expected.sum(), 1e-9) / scale
    centre = np.sqrt(np.maximum(seen, 1e-7) * prior)
    reach = np.abs(np.log(np.maximum(seen, 1e-7) / prior)) / 2 + 1.5
    part = np.exp(np.log(centre)[:, None] + reach[:, None] * np.linspace(-1, 1, _POINTS))
    if len(years):
        # Where there is much to count on, the grid closes in on it.
        width = np.clip(6 * np.sqrt(0.02 + 1 / (counted.sum(axis=1) + 0.5)), 0.25, None)
        near = counted.sum(axis=1) > 30
        part[near] = np.exp(np.log(seen[near])[:, None] + width[near, None] * np.linspace(-1, 1, _POINTS))
    logs = np.zeros((len(settings), len(prior), _POINTS))
    mean = part[:, :, None] * expected * scale[:, None, None]
    for at, (dispersion, straying) in enumerate(settings):
        size = 1 / dispersion
        shape = 1 / straying
        likelihood = (
            gammaln(counted[:, None, :] + size)
            - gammaln(size)
            - gammaln(counted[:, None, :] + 1)
            + size * np.log(size / (size + mean))
            + counted[:, None, :] * np.log(mean / (size + mean))
        ).sum(axis=2)
        relative = part / prior[:, None]
        before = shape * np.log(relative * shape) - gammaln(shape) - shape * relative
        logs[at] = likelihood + before
    step = np.log(part[:, 1] / part[:, 0])
    top = logs.max(axis=2, keepdims=True)
    weight = np.exp(logs - top)
    sums = weight.sum(axis=2)
    evidence = (np.log(sums) + top[:, :, 0] + np.log(step)).sum(axis=1)
    drawn_to = -((np.log(settings[:, 0] / max(usual_dispersion, 1e-4)) / _PRIOR_LOG_SD) ** 2) / 2
    posterior = evidence + drawn_to
    setting_weight = np.exp(posterior - posterior.max())
    return Shares(
        prior / prior.sum(),
        part,
        weight / sums[:, :, None],
        settings,
        setting_weight / setting_weight.sum(),
        noise,
        years,
        expected,
        by_year,
        scale,
    )
