"""What the simulated committee knows on its date, and what it decides: the types that cross between the rooms.

A policy that plans again is a callable of these types; the front door hands it to the simulator, which knows nothing
of the optimiser.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from scenarios.relaxation import BoundName
from scenarios.scenario import Scenario

Int = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CommitteeView:
    """All that is known when the committee sits: nothing of it lies after the first minute of the date.

    Attributes:
        day: the date.
        number: which of the scenario's committee dates it is, from 0.
        open_cents: by line, money that may be committed.
        notified_cents: by line, money notified so far, what was taken back taken off.
        unnotified_cents: money that no line has been given.
        waiting_cents: by line, what the requests parked there would cost at today's prices.
        seen_from: the first day whose requests are counted: the opening, or a stock's first day, because a scenario
            that goes on from a stock is told what came before.
        requests_seen: int64 (branches,), requests filed since then.
        committed_pathways: int64 (lines, periods), gross pathways committed so far by period of the plan.
    """

    day: date
    number: int
    open_cents: tuple[int, ...]
    notified_cents: tuple[int, ...]
    unnotified_cents: int
    waiting_cents: tuple[int, ...]
    seen_from: date
    requests_seen: Int
    committed_pathways: Int


@dataclass(frozen=True)
class Advice:
    """What a policy decides.

    Attributes:
        changes_cents: by line, the change of its notified money; the sum is taken from what is unnotified, no line
            gives more than it has open, and all together no more than is unnotified.
        forecast_cents: by line, what is still expected to be asked and was weighed; empty where the policy forecasts
            nothing.
        given_up: the bounds that had to give way, because what has happened leaves no plan within them.
    """

    changes_cents: tuple[int, ...]
    forecast_cents: tuple[int, ...] = ()
    given_up: tuple[BoundName, ...] = ()


Adviser = Callable[[CommitteeView], Advice]
"""Decides on a date; the same view gives the same advice, whatever was asked before."""

AdviserMaker = Callable[[Scenario], Adviser]
"""Makes an adviser of a scenario. It crosses to worker processes by its name, so that each makes its own."""
