"""The whole volume model, fitted: the total's level and the branches' parts."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from forecast.counts import Counts
from forecast.keyed import luck
from forecast.level import Level, Years, fit_level
from forecast.shares import Shares, fit_shares
from scenarios.arrival_rate import branch_volumes
from scenarios.scenario import Scenario

Float = NDArray[np.float64]


MOST_MONTHS = 72
"""Months of history that are fitted; what lies before says little of what is to come."""


@dataclass(frozen=True, eq=False)
class Volume:
    """A fitted volume model.

    Attributes:
        counts: what it was fitted to.
        level: of the total.
        shares: of the branches.
    """

    counts: Counts
    level: Level
    shares: Shares


def fit_volume(counts: Counts, scenario: Scenario) -> Volume:
    """Fit level and shares to monthly counts.

    Args:
        counts: the months so far; the last `MOST_MONTHS` of them are fitted.
        scenario: the base: its season, parts of employees and dispersion are what the fit is drawn to.

    Returns:
        Volume.
    """
    counts = counts.recent(MOST_MONTHS)
    volumes = branch_volumes(scenario)
    yearly = float(volumes.sum())
    prior = volumes / yearly if yearly > 0 else np.full(len(volumes), 1 / len(volumes))
    season, usual = scenario.inflow.month_weights, scenario.inflow.branch_dispersion
    # A first, rough level tells how requests lie over the months of a year, and so how lumpy branches' months are.
    steps = usual * float((prior**2).sum()) + 1e-4
    several = len({(counts.first + place) // 12 for place in range(counts.months)})
    rough = fit_level(counts, season, yearly, (Years(np.zeros(several), steps * np.eye(several), 1.0),), fine=False)
    shares = fit_shares(counts, prior, usual, luck(scenario.seed, "branches"), rough.smoothed(counts.months))
    whole = replace(counts, shape=counts.usual(shares.mean))
    level = fit_level(whole, season, yearly, shares.of_years())
    return Volume(counts, level, shares.told_by(level.range_weights))
