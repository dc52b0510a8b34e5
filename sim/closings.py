"""Closings of the steering rules: what is filed too late for them never reaches the desk."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenarios.steered_demand import named_cells
from scenarios.steering import Closing
from sim.ground import NEVER, Ground
from sim.run_requests import RunRequests

Int = NDArray[np.int64]


@lru_cache(maxsize=1)
def closed_requests(ground: Ground, requests: RunRequests) -> NDArray[np.bool_]:
    """Which requests of a run a closing names and are filed after its day: bool (requests,).

    What a run finds in its stock was let in already.
    """
    attributes = requests.all
    closed = np.zeros(len(requests), dtype=bool)
    for rule in ground.scenario.steering:
        if isinstance(rule, Closing):
            cell = (requests.branch, attributes.size_band, attributes.situation, attributes.pathway)
            late = attributes.filing_minute >= ground.calendar.end_of(rule.last_day)
            closed |= named_cells(ground.cells, rule)[cell] & late & (attributes.number >= 0)
    return closed


def to_the_desk(ground: Ground, requests: RunRequests) -> tuple[Int, Int]:
    """When each request reaches the desk, and when each that does not is decided on.

    Args:
        ground: the scenario laid out.
        requests: the run's requests.

    Returns:
        Two int64 (requests,), each NEVER where the other is not: what a closing keeps out is decided on as it is filed.
    """
    arrives, known = requests.arrives, requests.in_flight
    decided = np.full(len(requests), NEVER, dtype=np.int64) if known is None else known.decided.copy()
    closed = closed_requests(ground, requests)
    if closed.any():
        arrives = np.where(closed, NEVER, arrives)
        decided[closed] = requests.all.filing_minute[closed]
    return arrives, decided
