"""Months to come, drawn many times from a fitted volume model: branches that add up to the total in every draw.

Draws are keyed like all luck of the engine (seed, purpose); rates are rounded to nine decimals.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from forecast.keyed import luck
from forecast.level import Level
from forecast.level_months import CONTRASTS, SEASON_AT, TREND_AT
from forecast.volume import Volume

Int = NDArray[np.int64]
Float = NDArray[np.float64]

DRAWS = 1_000


@dataclass(frozen=True, eq=False)
class Drawn:
    """Parameters and months to come, draw by draw: what is told of parameters is what months are drawn with.

    Attributes:
        trend: float64 (draws,), growth of a year, in the logarithm.
        season: float64 (draws, 12), the log season.
        rates: float64 (draws, months), requests of all branches that a whole usual month would bring.
        parts: float64 (draws, branches, months), the branches' parts of them, sum 1 over branches.
    """

    trend: Float
    season: Float
    rates: Float
    parts: Float


def drawn_months(volume: Volume, months: int, draws: int, seed: int, purpose: str) -> Drawn:
    """Draw parameters and the months after the history, given all that is uncertain.

    A branch's year is good or bad as a whole; what the running year has shown is kept. Parts drift as they did.

    Args:
        volume: as fitted.
        months: how many months after the last one counted.
        draws: how many times.
        seed, purpose: of the luck.

    Returns:
        Drawn.
    """
    level, shares = volume.level, volume.shares
    generator = luck(seed, f"{purpose} months")
    point = level.chosen(draws)
    coefficients, rates = _levels(level, point, volume.counts.months + np.arange(months, dtype=np.int64), generator)
    evened = level.evened(point)[:, None]
    chosen = _alike(level.range_of[point], shares.range_of, generator)
    part, good, dispersion = shares.draws.part[chosen], shares.draws.good[chosen], shares.draws.dispersion[chosen]
    year_of = (volume.counts.first + volume.counts.months + np.arange(months)) // 12
    parts, parts_seen = np.zeros((draws, part.shape[1], months)), shares.parts_seen()
    for year in np.unique(year_of):
        seen = int(year) in shares.years
        if seen:
            place = shares.years.index(int(year))
            lived = parts_seen[chosen, :, place] * good[:, :, place]
        else:
            size = 1 / dispersion[:, None]
            lived = (
                shares.parts_of(int(year))[chosen] * generator.standard_gamma(np.broadcast_to(size, part.shape)) / size
            )
        sums = np.maximum(lived.sum(axis=1, keepdims=True), 1e-300)
        inside = year_of == year
        parts[:, :, inside] = (lived / sums)[:, :, None]
        if not seen:
            rates[:, inside] *= np.where(evened, 1.0, sums)
    drawn_to = level.points[point, 4][:, None]
    return Drawn(
        coefficients[:, TREND_AT],
        drawn_to * level.months.base_season + coefficients[:, SEASON_AT] @ CONTRASTS.T,
        np.round(rates, 9),
        parts,
    )


def _levels(level: Level, point: Int, places: Int, generator: Generator) -> tuple[Float, Float]:
    """Coefficients and rates of months, without years that are not seen yet."""
    draws = len(point)
    size = SEASON_AT.stop + len(level.months.years)
    normal = generator.standard_normal((draws, size + len(places)))
    coefficients, rates = np.zeros((draws, size)), np.zeros((draws, len(places)))
    for one in np.unique(point):
        which, given = point == one, level.given(int(one))
        coefficients[which] = given.coefficients(normal[which, :size])
        logs = given.rates(places, coefficients[which], normal[which, size:])
        rates[which] = np.exp(np.clip(logs, -20, 20))
    return coefficients, rates


def _alike(wanted: Int, offered: Int, generator: Generator) -> Int:
    """For each draw of the level, a draw of the branches whose dispersion lies in the same range, if it lies in one."""
    unit = generator.random(len(wanted))
    out = np.zeros(len(wanted), dtype=np.int64)
    for one in np.unique(wanted):
        there = np.flatnonzero(offered == one)
        there = there if len(there) else np.arange(len(offered))
        which = wanted == one
        out[which] = there[np.minimum((unit[which] * len(there)).astype(np.int64), len(there) - 1)]
    return out


def drawn_counts(volume: Volume, shape: Float, draws: int, seed: int, purpose: str) -> Int:
    """Requests by branch in the months after the history.

    Args:
        volume: as fitted.
        shape: float64 (months,) or (branches, months), how much of a usual month each month to come is.
        draws, seed, purpose: how many times, and of which luck.

    Returns:
        int64 (draws, branches, months).
    """
    drawn = drawn_months(volume, shape.shape[-1], draws, seed, purpose)
    mean = drawn.parts * drawn.rates[:, None, :] * shape
    generator = luck(seed, f"{purpose} counts")
    noise = volume.shares.month_dispersion
    if noise > 0:
        # Branches' own good and bad months even out: how the total's months vary was seen in the total itself.
        own = mean * generator.standard_gamma(1 / noise, mean.shape)
        mean = own * (mean.sum(axis=1, keepdims=True) / np.maximum(own.sum(axis=1, keepdims=True), 1e-300))
    return np.asarray(generator.poisson(np.minimum(mean, 1e9)), dtype=np.int64)
