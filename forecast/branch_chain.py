"""Branches' parts and years, drawn from what the history says of them: a gamma-Poisson model, by Gibbs sampling.

A branch's part has a gamma prior around its part of employees (borrowed strength); each of its years is multiplied by
a gamma of mean 1, as in the scenario. The totals of years are left free: only how each is made up tells here, and what
it tells of the total (the branch that makes half of it had a good year) is handed to `forecast.level`.

Sources: Carlin and Louis (2000), "Bayes and Empirical Bayes Methods for Data Analysis", section 3.3 (gamma-Poisson);
van Dyk and Park (2008), "Partially collapsed Gibbs samplers" (dispersion and parts are drawn with the years integrated
out); Liu and Sabatti (2000), "Generalised Gibbs sampler" (moves along a common scale, which counts do not tell).
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Float = NDArray[np.float64]

DISPERSIONS = tuple(float(value) for value in np.geomspace(0.0002, 0.6, 30))
"""Variances of a branch's year (mean 1) that are averaged over."""
STRAYING = tuple(float(value) for value in np.geomspace(0.01, 40.0, 18))
"""Variances of a branch's part around its part of employees (mean 1) that are averaged over."""
PRIOR_LOG_SD = 1.2
"""How far (log, standard deviation) the dispersion may lie from the base scenario's."""
_STRAYING_SCALE = 0.7
"""Half-Cauchy prior of the standard deviation of straying (Gelman, 2006): nearly flat, and a scheme that only a few
branches use is never ruled out."""
_LEAST_PART = 1e-100
KEPT = 600
_THIN = 2
_BURN = 200


@dataclass(frozen=True, eq=False)
class BranchDraws:
    """Draws from the posterior.

    Attributes:
        part: float64 (draws, branches), parts of a usual year, sum 1.
        good: float64 (draws, branches, years), what each year multiplied them by.
        year: float64 (draws, years), what a year's total was multiplied by: the sum of part * good.
        dispersion, straying: float64 (draws,).
    """

    part: Float
    good: Float
    year: Float
    dispersion: Float
    straying: Float


def branch_draws(
    counted: Float,
    scale: Float,
    prior: Float,
    usual: float,
    generator: Generator,
    kept: int = KEPT,
    dispersions: tuple[float, ...] = DISPERSIONS,
    strayings: tuple[float, ...] = STRAYING,
) -> BranchDraws:
    """Draw parts, years and how much both vary.

    Args:
        counted: float64 (branches, years), requests, each worth so much that they are as good as independent.
        scale: float64 (branches, years), what one request was worth, times what was declared of the branch's year.
        prior: float64 (branches,), parts by employees, sum 1, none 0.
        usual: the base scenario's dispersion, which its prior (lognormal) is centred on.
        generator: luck.
        kept: draws.
        dispersions, strayings: values averaged over.

    Returns:
        BranchDraws.
    """
    from scipy.special import gammaln

    sizes, shapes = 1 / np.asarray(dispersions), 1 / np.asarray(strayings)
    branches, years = counted.shape
    whole = counted.sum(axis=0)
    of_branch = counted.sum(axis=1)
    size_prior = -((np.log(sizes * max(usual, 1e-4)) / PRIOR_LOG_SD) ** 2) / 2
    shape_prior = -np.log(shapes) / 2 - np.log1p(1 / (shapes * _STRAYING_SCALE**2))
    # The part of the negative binomial's likelihood that does not change from sweep to sweep.
    fixed = (gammaln(counted + sizes[:, None, None]) - gammaln(sizes)[:, None, None]).sum(axis=(1, 2))
    fixed = fixed + size_prior + branches * years * sizes * np.log(sizes)
    raw = of_branch / scale.mean(axis=1)
    part = (raw + 1) / max(float(raw.sum() + 1 / prior.max()), 1.0)
    rate = whole + 0.5
    part = part / part.sum()
    shape, size = float(shapes[len(shapes) // 2]), float(sizes[len(sizes) // 2])
    step = 2 * np.sqrt(0.03 + 1 / (of_branch + 1.0))
    out = BranchDraws(
        np.zeros((kept, branches)),
        np.zeros((kept, branches, years)),
        np.zeros((kept, years)),
        np.zeros(kept),
        np.zeros(kept),
    )
    for sweep in range(_BURN + kept * _THIN):
        unit = generator.random((2, branches))
        mean = part[:, None] * rate * scale
        if sweep % _THIN == 0:
            logs = fixed - ((sizes[:, None, None] + counted) * np.log(sizes[:, None, None] + mean)).sum(axis=(1, 2))
            size = float(sizes[_picked(logs, float(generator.random()))])
        normal = generator.standard_normal((2, branches))
        for turn in range(2):
            factor = np.exp(step * normal[turn])
            better = (
                np.log(factor) * (of_branch + shape)
                - ((size + counted) * np.log1p((factor - 1)[:, None] * mean / (size + mean))).sum(axis=1)
                - shape * part * (factor - 1) / prior
            )
            taken = np.log(unit[turn]) < better
            part = np.maximum(np.where(taken, part * factor, part), _LEAST_PART)
            mean = np.where(taken[:, None], mean * factor[:, None], mean)
            if sweep < _BURN:
                step = np.clip(step * np.exp(0.15 * (taken - 0.4)), 0.003, 6.0)
        ratio = part / prior
        logs = (
            shape_prior
            + branches * (shapes * np.log(shapes) - gammaln(shapes))
            + shapes * np.log(ratio).sum()
            - shapes * float(ratio.sum())
        )
        shape = float(shapes[_picked(logs, float(generator.random()))])
        good = generator.standard_gamma(size + counted) / (size + mean)
        rate = generator.standard_gamma(whole + 0.5) / np.maximum(((part[:, None] * scale) * good).sum(axis=0), 1e-300)
        # Along the scales that counts do not tell: a year's total against its branches' years, parts against totals.
        by = generator.standard_gamma(np.full(years, branches * size)) / (size * good.sum(axis=0))
        good, rate = good * by, rate / by
        by_all = float(generator.standard_gamma(branches * shape)) / (shape * float((part / prior).sum()))
        part, rate = part * by_all, rate / by_all
        place, left = divmod(sweep - _BURN, _THIN)
        if place >= 0 and left == 0:
            usual_part = part / part.sum()
            out.part[place], out.good[place], out.year[place] = usual_part, good, usual_part @ good
            out.dispersion[place], out.straying[place] = 1 / size, 1 / shape
    return out


def _picked(logs: Float, unit: float) -> int:
    weights = np.cumsum(np.exp(logs - logs.max()))
    return min(int(np.searchsorted(weights, unit * weights[-1])), len(logs) - 1)
