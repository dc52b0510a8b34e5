"""What became of the requests of a run under a policy, and how its events are told while it is lived."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.committee import Policy
from sim.kinds import Kind
from sim.ledger import Ledger
from sim.standing import Standing
from sim.weighed import Weighed


class Event(NamedTuple):
    """One thing that happened.

    Attributes:
        minute, kind, place: of the moment that it belongs to; the place is a request's, or the dated row's number.
        what: in a word or two.
        request: the place of the request it happened to, -1 where it happened to none.
        line: the line concerned, -1 where there is none.
        amount_cents: the money moved, 0 where none.
    """

    minute: int
    kind: Kind
    place: int
    what: str
    request: int
    line: int
    amount_cents: int


Watch = Callable[[Event, Ledger], None]
"""Told of each event, with the ledger as it stands after it."""


Numbers = list[int] | NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Advances:
    """What was advanced to each request, where the scenario advances anything.

    Attributes:
        due: when the advance fell due.
        paid: when it was paid.
        cents: what it came to: cut, or recovered, to what was executed in the end.
        recovered_cents: what was paid and came back at service done.
    """

    due: Numbers
    paid: Numbers
    cents: Numbers
    recovered_cents: Numbers


@dataclass(frozen=True, eq=False)
class Lived:
    """What became of the requests of a run under one policy.

    Lists (or int64 arrays) have one entry a request, in the order of places; minutes that never came are NEVER, money
    is in cents.

    Attributes:
        policy: under which they lived.
        refusal: why each was refused (`Refusal`).
        parked: when each first found no money.
        committed: when each was committed.
        trainee_cents: the price of one trainee at the commitment.
        committed_cents: the whole commitment.
        served: when its training was over, as far as that lies within the horizon.
        released_cents: what was given back then.
        due: when its invoice fell due.
        paid: when it was paid (where there was an advance: the balance).
        ledger: the accounts at the end of the horizon.
        moves: for each of the ground's dates, the change of each line's notified money.
        advances: None where the scenario advances nothing.
        weighed: what the committee weighed on its dates; empty under a policy that moves nothing.
        standing: where the run was stopped, so that it can be lived on from there; None where it went to its end.
    """

    policy: Policy
    refusal: Numbers
    parked: Numbers
    committed: Numbers
    trainee_cents: Numbers
    committed_cents: Numbers
    served: Numbers
    released_cents: Numbers
    due: Numbers
    paid: Numbers
    ledger: Ledger
    moves: dict[date, list[int]]
    advances: Advances | None = None
    weighed: dict[date, Weighed] = field(default_factory=dict)
    standing: Standing | None = None
