"""Months to come, drawn many times from a fitted volume model: branches that add up to the total in every draw.

Draws are keyed like all luck of the engine (seed, purpose); exponentials are rounded to nine decimals.
"""

import numpy as np
from numpy.random import Generator, Philox
from numpy.typing import NDArray

from forecast.volume import Volume
from scenarios.luck import stream_number

Int = NDArray[np.int64]
Float = NDArray[np.float64]

DRAWS = 1_000


def luck(seed: int, purpose: str) -> Generator:
    """The generator of one purpose of the forecast."""
    return Generator(Philox(key=np.array([seed, stream_number(f"forecast {purpose}")], dtype=np.uint64)))


def drawn_rates(volume: Volume, months: int, draws: int, seed: int, purpose: str) -> Float:
    """Rates of the total in the months after the history, given all that is uncertain.

    Args:
        volume: as fitted.
        months: how many months after the last one counted.
        draws: how many times.
        seed, purpose: of the luck.

    Returns:
        float64 (draws, months): requests a whole usual month would bring.
    """
    level, last = volume.level, volume.counts.months
    places = np.arange(last, last + months, dtype=np.int64)
    generator = luck(seed, f"{purpose} rates")
    normal = generator.standard_normal((draws, months))
    # Systematic shares of the grid: each point gets its part of the draws, to one.
    ends = np.cumsum(level.weights)
    point = np.minimum(np.searchsorted(ends, (np.arange(draws) + 0.5) / draws), len(ends) - 1)
    rates = np.zeros((draws, months))
    for chosen in np.unique(point):
        mean, cov = level.about(places, int(chosen))
        spread = np.linalg.cholesky(cov + 1e-10 * np.eye(months))
        which = point == chosen
        rates[which] = np.round(np.exp(np.clip(mean + normal[which] @ spread.T, -20, 20)), 9)
    return rates


def drawn_parts(volume: Volume, months: int, draws: int, seed: int, purpose: str) -> Float:
    """The branches' parts in the months to come.

    Returns:
        float64 (draws, branches, months), adding up to 1 over branches: a branch's year is good or bad as a whole, and
        what the running year has shown is kept.
    """
    shares = volume.shares
    generator = luck(seed, f"{purpose} parts")
    branches, points = shares.part.shape
    ends = np.cumsum(shares.setting_weight)
    setting = np.minimum(np.searchsorted(ends, generator.permutation(draws) / draws + 0.5 / draws), len(ends) - 1)
    unit = generator.random((draws, branches))
    part = np.zeros((draws, branches))
    for chosen in np.unique(setting):
        which = np.flatnonzero(setting == chosen)
        cumulative = np.cumsum(shares.weight[chosen], axis=1)
        for branch in range(branches):
            at = np.minimum(np.searchsorted(cumulative[branch], unit[which, branch]), points - 1)
            part[which, branch] = shares.part[branch, at]
    year_of = (volume.counts.first + volume.counts.months + np.arange(months)) // 12
    dispersion = shares.settings[setting, 0][:, None]
    out = np.zeros((draws, branches, months))
    for year in np.unique(year_of):
        seen = expected = np.zeros((1, branches))
        if int(year) in shares.years:
            at = shares.years.index(int(year))
            seen = (shares.by_year[:, at] * shares.scale)[None, :]
            expected = shares.expected[at] * shares.scale[None, :]
        shape = 1 / dispersion + seen
        good = generator.standard_gamma(shape) / (1 / dispersion + expected * part)
        lived = part * good
        out[:, :, year_of == year] = (lived / lived.sum(axis=1, keepdims=True))[:, :, None]
    return out


def drawn_counts(volume: Volume, shape: Float, draws: int, seed: int, purpose: str) -> Int:
    """Requests by branch in the months after the history.

    Args:
        volume: as fitted.
        shape: float64 (months,), how much of a usual month each month to come is.
        draws, seed, purpose: how many times, and of which luck.

    Returns:
        int64 (draws, branches, months).
    """
    months = len(shape)
    rates = drawn_rates(volume, months, draws, seed, purpose) * shape
    mean = drawn_parts(volume, months, draws, seed, purpose) * rates[:, None, :]
    generator = luck(seed, f"{purpose} counts")
    noise = volume.shares.month_dispersion
    if noise > 0:
        mean = mean * generator.standard_gamma(1 / noise, mean.shape) * noise
    return np.asarray(generator.poisson(np.minimum(mean, 1e9)), dtype=np.int64)
