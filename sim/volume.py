"""How much comes in a run: branches' good and bad years, and the months that are good or bad for all."""

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc, gammaincinv

from scenarios.luck import raw_draws
from scenarios.scenario import Scenario
from scenarios.variates import TABLE_SIZE

Int = NDArray[np.int64]

MILLIONTHS = 1_000_000
_NORMAL = NormalDist()
_DIGITS = 9
"""Decimals kept of what goes through a logarithm or an exponential, so that processors agree."""


@lru_cache(maxsize=64)
def gamma_table(variance: float) -> Int:
    """A gamma distribution of mean 1 as equally likely integers.

    A Poisson count whose mean is multiplied by it is negative binomial: var = mean + variance * mean².

    Args:
        variance: of the multiplier, at least 0.

    Returns:
        int64 (8192,), millionths, ascending: each entry is the mean over its slice, so that the mean is kept.

    Source: E[X; X <= x] = P(a + 1, a x) for X gamma of shape a and mean 1, P the regularised incomplete gamma.
    """
    if variance == 0:
        return np.full(TABLE_SIZE, MILLIONTHS, dtype=np.int64)
    shape = 1 / variance
    inner = gammaincinv(shape, np.arange(1, TABLE_SIZE) / TABLE_SIZE)
    below = np.concatenate([[0.0], gammainc(shape + 1, inner), [1.0]])
    table = np.floor(np.diff(below) * TABLE_SIZE * MILLIONTHS + 0.5).astype(np.int64)
    return np.maximum.accumulate(np.maximum(table, 0))


def normals(seed: int, purpose: str, run: int, stream: str, count: int) -> list[float]:
    """Standard normal draws of an address, each rounded to nine decimals."""
    raw = raw_draws(seed, purpose, run, stream, count)
    return [round(_NORMAL.inv_cdf(((int(bits) >> 12) + 0.5) * 2.0**-52), _DIGITS) for bits in raw]


def branch_multipliers(scenario: Scenario, run: int) -> Int:
    """Each branch's good or bad year in a run, tied between branches by a Gaussian copula.

    Args:
        scenario: a checked scenario.
        run: the number of the run.

    Returns:
        int64 (branches,), millionths of the expected volume; a branch's own part of the luck is named by its code.
    """
    inflow = scenario.inflow
    own_variance = [branch.volume_dispersion for branch in scenario.branches.values()]
    tables = [gamma_table(inflow.branch_dispersion if own is None else own) for own in own_variance]
    shared = math.sqrt(inflow.branch_correlation)
    own = math.sqrt(1 - inflow.branch_correlation)
    common = normals(scenario.seed, "branch volume", run, "", 1)[0]
    scores = [
        shared * common + own * normals(scenario.seed, "branch volume", run, code, 1)[0] for code in scenario.branches
    ]
    places = [min(int(round(_NORMAL.cdf(score), _DIGITS) * TABLE_SIZE), TABLE_SIZE - 1) for score in scores]
    return np.asarray([table[place] for table, place in zip(tables, places, strict=True)], dtype=np.int64)


def monthly_factor(scenario: Scenario, run: int, months: int) -> NDArray[np.float64]:
    """The economy's factor of each calendar month, shared by all branches.

    The logarithm is a stationary AR(1); it is centred so that the factor's mean is exactly 1 and its standard
    deviation `monthly_sd`.

    Args:
        scenario: a checked scenario.
        run: the number of the run.
        months: how many, from the month of the opening; asking for more only appends.

    Returns:
        float64 (months,).
    """
    common = scenario.inflow.common_factor
    variance = math.log1p(common.monthly_sd**2)
    sigma, stay = math.sqrt(variance), common.autocorrelation
    step = math.sqrt(1 - stay * stay)
    state, factors = 0.0, []
    for number, shock in enumerate(normals(scenario.seed, "common factor", run, "", months)):
        state = shock if number == 0 else stay * state + step * shock
        factors.append(round(math.exp(sigma * state - variance / 2), _DIGITS))
    return np.asarray(factors, dtype=np.float64)
