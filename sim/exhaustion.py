"""When money ran out: dates over the runs in which it did."""

from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY, Calendar
from sim.ground import NEVER
from sim.statistics import figure, order_statistic

FEWEST = 10
"""Runs in which money must have run out before percentiles are told, unless it did in all."""


def exhaustion_date(calendar: Calendar, minutes: NDArray[np.int64]) -> dict[str, Any]:
    """The date on which money ran out.

    Args:
        calendar: for the dates.
        minutes: int64 (runs,), NEVER where it did not.

    Returns:
        `{p10, p50, p90, probability}`; the percentiles are over the runs in which money ran out, and absent where
        these are fewer than ten and not all.
    """
    known = np.sort(minutes[minutes < NEVER]).astype(np.float64)
    out: dict[str, Any] = {}
    if len(known) and (len(known) >= FEWEST or len(known) == len(minutes)):
        for percent in (10, 50, 90):
            day = int(order_statistic(known, percent)) // DAY
            out[f"p{percent}"] = (calendar.opens + timedelta(days=day)).isoformat()
    out["probability"] = figure(len(known) / len(minutes))
    return out
