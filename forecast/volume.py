"""The whole volume model, fitted: the total's level and the branches' parts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.counts import Counts
from forecast.level import Level, fit_level
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
    season = scenario.inflow.month_weights
    level = fit_level(counts, season, 0.0, yearly)
    shares = fit_shares(counts, level.smoothed(counts.months), prior, scenario.inflow.branch_dispersion)
    if shares.month_dispersion > 0:
        noise = shares.month_dispersion * float((shares.mean**2).sum())
        level = fit_level(counts, season, noise, yearly)
        shares = fit_shares(counts, level.smoothed(counts.months), prior, scenario.inflow.branch_dispersion)
    return Volume(counts, level, shares)
