"""Shares of requests refused and of commitments dropped, half-year by half-year, beside the one that was fitted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from forecast.fitted import Fitted
from forecast.history import History
from forecast.names import STATUSES
from forecast.settled import drop_outs, dropped_when_committed, refusals

LEAST = 10
"""Requests below which a half-year's share says nothing."""


@dataclass(frozen=True)
class HalfYear:
    """A share observed among the requests filed in half a year.

    Attributes:
        starts: its first day.
        hits, trials: requests; their share has a 90 % interval from `low` to `high` (Jeffreys).
    """

    starts: date
    hits: int
    trials: int
    low: float
    high: float


@dataclass(frozen=True)
class Rate:
    """A fitted share with its half-years, the earliest first."""

    fitted: Fitted
    halves: tuple[HalfYear, ...]


def rates(history: History, fitted: Sequence[Fitted]) -> list[Rate]:
    """The shares that the export tells.

    Args:
        history: clean requests.
        fitted: what the calibration found.

    Returns:
        One a share that was fitted, with the half-years of enough requests whose end is known (`forecast.settled`).
    """
    status = history.status
    refused, dropped = refusals(history).counted, drop_outs(history).counted
    among = {
        "ineligible": (status == STATUSES.index("refused"), refused),
        "drop_out": (dropped_when_committed(history), dropped),
    }
    return [Rate(one, _halves(history, *among[one.name])) for one in fitted if one.name in among and not one.kept]


def _halves(history: History, hit: NDArray[np.bool_], counted: NDArray[np.bool_]) -> tuple[HalfYear, ...]:
    if not counted.any():
        return ()
    days = history.filed[counted]
    first, last = (date.fromordinal(int(day)) for day in (days.min(), days.max()))
    begins = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 7)]
    half = np.searchsorted([day.toordinal() for day in begins], days, side="right") - 1
    trials = np.bincount(half, minlength=len(begins))
    hits = np.bincount(half, hit[counted], minlength=len(begins))
    return tuple(
        HalfYear(begins[at], int(hits[at]), int(trials[at]), *jeffreys(int(hits[at]), int(trials[at])))
        for at in np.flatnonzero(trials >= LEAST)
    )


def jeffreys(hits: int, trials: int) -> tuple[float, float]:
    """The 90 % interval of a share (Brown, Cai and DasGupta 2001, Statistical Science 16, section 4.1.3)."""
    low = float(betaincinv(hits + 0.5, trials - hits + 0.5, 0.05)) if hits else 0.0
    high = float(betaincinv(hits + 0.5, trials - hits + 0.5, 0.95)) if hits < trials else 1.0
    return low, high
