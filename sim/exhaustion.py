"""When money ran out: dates over the runs in which it did."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY, Calendar
from scenarios.committee import Policy
from sim.committee import rule_of
from sim.ground import NEVER
from sim.statistics import figure, order_statistic, wilson_interval

FEWEST = 10
"""Runs in which money must have run out before percentiles are told, unless it did in all."""


def envelope_exhausted(minutes: NDArray[np.int64], notified: Sequence[int], share: float, policy: Policy) -> int:
    """When the envelope ran out: the lines that hold a share of the notified money had each a request parked.

    Args:
        minutes: int64 (lines,), of each line's first request parked for money; NEVER where there was none.
        notified: cents notified to each line.
        share: of the notified money.
        policy: under `first_come` all lines draw on one pot, so the first parked request tells that it is empty; so it
            does where nothing was notified at all.

    Returns:
        The minute, or NEVER.

    Source: model.md section 3 (exhaustion of a line), carried to the whole by the money that lines hold.
    """
    if rule_of(policy).one_pot or not any(notified):
        return int(minutes.min(initial=NEVER))
    order = np.argsort(minutes, kind="stable")
    held = np.cumsum(np.asarray(notified, dtype=np.int64)[order])
    first = int(np.searchsorted(held, share * float(held[-1]), side="left"))
    return int(minutes[order[min(first, len(order) - 1)]])


def exhaustion_date(calendar: Calendar, minutes: NDArray[np.int64]) -> dict[str, Any]:
    """The date on which money ran out.

    Args:
        calendar: for the dates.
        minutes: int64 (runs,), NEVER where it did not.

    Returns:
        `{p10, p50, p90, probability, low, high}`; the percentiles are over the runs in which money ran out, and absent
        where these are fewer than ten and not all; `low` and `high` are the 95 % interval of the probability.
    """
    known = np.sort(minutes[minutes < NEVER]).astype(np.float64)
    out: dict[str, Any] = {}
    if len(known) and (len(known) >= FEWEST or len(known) == len(minutes)):
        for percent in (10, 50, 90):
            day = int(order_statistic(known, percent)) // DAY
            out[f"p{percent}"] = (calendar.opens + timedelta(days=day)).isoformat()
    low, high = wilson_interval(len(known), len(minutes))
    return {**out, "probability": figure(len(known) / len(minutes)), "low": figure(low), "high": figure(high)}
