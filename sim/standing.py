"""Where a run stands at the beginning of a minute: all that either engine needs to live on from there.

What lies ahead is not kept but follows from what has happened: a request in training will be done, what is served will
fall due, who waits will lose patience.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from scenarios.settings import share_to_basis_points
from sim.ground import NEVER, Ground
from sim.ledger import Ledger
from sim.ledger_arrays import ledger_from
from sim.life_state import (
    ADVANCE_CENTS,
    ADVANCE_DUE,
    ADVANCE_LAG,
    ADVANCE_PAID,
    ADVANCES,
    COMMITTED_AT,
    COMMITTED_CENTS,
    DUE_AT,
    FATES,
    PAID_AT,
    PARKED,
    RELEASED_CENTS,
    SERVED,
    WAITS,
    WAITS_SINCE,
)
from sim.run_requests import RunRequests
from sim.steering import Steering
from sim.weighed import Weighed

Int = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Standing:
    """A run under a policy at the beginning of a minute; nothing of that minute has happened yet.

    Attributes:
        minute: from midnight of the opening day.
        fate: int64 (requests, FATES), columns as in `sim.life_state`; BEFORE and AFTER are not read.
        numbers: int64 (7,), the accounts that are no line's, AUTHORISED to COMMITTED.
        accounts: int64 (lines, 4), OPEN to NOTIFIED.
        least: int64 (queues, 2), SEGMENT_OF_LEAST and LEAST of each queue.
        year_left: int64 (years,), what may still be paid by fiscal year, cents; -1 without a ceiling.
        cash: what the State has sent, less what was paid, cents.
        advances: int64 (requests, 5), columns as in `sim.life_state`; (0, 5) where nothing is advanced.
        quota_waits: int64 (requests, 2), columns as in `sim.life_state`; (0, 2) where the scenario declares no quota.
        moves: what was moved so far, by date.
        weighed: what the committee weighed so far, by date.
        opens: whether the run begins here, and its opening is told; False where it was stopped.
    """

    minute: int
    fate: Int
    numbers: Int
    accounts: Int
    least: Int
    year_left: Int
    cash: int
    advances: Int
    quota_waits: Int
    moves: dict[date, list[int]]
    weighed: dict[date, Weighed] = field(default_factory=dict)
    opens: bool = True


def ledger_at(standing: Standing) -> Ledger:
    """The accounts of a standing run."""
    return ledger_from(standing.numbers, standing.accounts)


def nothing_yet(count: int) -> Int:
    """The fate of requests to which nothing has happened: int64 (count, FATES), column after column in memory."""
    fate = np.zeros((count, FATES), dtype=np.int64, order="F")
    fate[:, [PARKED, COMMITTED_AT, SERVED, DUE_AT, PAID_AT]] = NEVER
    return fate


def no_advances(count: int) -> Int:
    """The advances of requests of which nothing was paid ahead: int64 (count, ADVANCES)."""
    out = np.zeros((count, ADVANCES), dtype=np.int64)
    out[:, [ADVANCE_DUE, ADVANCE_PAID]] = NEVER
    return out


def advances_at(ground: Ground, requests: RunRequests, minute: int, fate: Int) -> Int:
    """The advances of a run that begins at a minute: int64 (requests, 5), (0, 5) where nothing is advanced nor was.

    What a stock tells as paid ahead stays as it is. Of what else was committed before and is in training, the advance
    falls due in its time, at the earliest on that minute. What is served then has its balance alone.
    """
    points = share_to_basis_points(ground.scenario.payments.advance_share)
    out = no_advances(len(requests)) if requests.in_flight is None else requests.in_flight.advances.copy()
    told = out[:, ADVANCE_PAID] < NEVER
    if not points and not told.any():
        return np.zeros((0, ADVANCES), dtype=np.int64)
    attributes = requests.all
    out[:, ADVANCE_LAG] = attributes.start_minutes + attributes.payment_minutes
    if not points:
        return out
    trained = (fate[:, COMMITTED_AT] < NEVER) & (fate[:, SERVED] == NEVER) & ~told
    due = np.maximum(fate[trained, COMMITTED_AT] + out[trained, ADVANCE_LAG], minute)
    out[trained, ADVANCE_DUE] = due
    out[trained, ADVANCE_CENTS] = (2 * fate[trained, COMMITTED_CENTS] * points + 10_000) // 20_000
    return out


def in_training(standing: Standing, requests: RunRequests) -> tuple[Int, Int]:
    """Requests whose training is not over, in the order of places, and the minutes at which it will be."""
    fate, attributes = standing.fate, requests.all
    places = np.flatnonzero((fate[:, COMMITTED_AT] < NEVER) & (fate[:, SERVED] == NEVER))
    lasts = (attributes.start_minutes + attributes.duration_minutes)[places]
    return places, np.maximum(fate[places, COMMITTED_AT] + lasts, standing.minute)


def to_fall_due(standing: Standing) -> tuple[Int, Int]:
    """Requests whose invoice will fall due, in the order of places, and the minutes at which it will."""
    fate = standing.fate
    places = np.flatnonzero((fate[:, SERVED] < NEVER) & (fate[:, PAID_AT] == NEVER) & ~_is_due(standing))
    return places, fate[places, DUE_AT]


def advances_ahead(standing: Standing) -> tuple[Int, Int]:
    """Requests whose advance will fall due, in the order of places, and the minutes at which it will."""
    due = standing.advances[:, ADVANCE_DUE]
    places = np.flatnonzero((due < NEVER) & (due >= standing.minute))
    return places, due[places]


def unpaid(standing: Standing) -> Int:
    """Claims that are due and wait to be paid, in the order of falling due: twice the place, 1 more for an advance."""
    fate, advances = standing.fate, standing.advances
    places = np.flatnonzero(_is_due(standing) & (fate[:, PAID_AT] == NEVER))
    ahead = np.flatnonzero((advances[:, ADVANCE_DUE] < standing.minute) & (advances[:, ADVANCE_PAID] == NEVER))
    claims = np.concatenate([2 * ahead + 1, 2 * places])
    minutes = np.concatenate([advances[ahead, ADVANCE_DUE], fate[places, DUE_AT]])
    return claims[np.argsort(minutes, kind="stable")]


def _is_due(standing: Standing) -> NDArray[np.bool_]:
    return (standing.fate[:, SERVED] < NEVER) & (standing.fate[:, DUE_AT] < standing.minute)


def waiting(standing: Standing) -> Int:
    """Requests that wait, in the order in which they came."""
    places = np.flatnonzero(standing.fate[:, WAITS])
    return places[np.argsort(_since(standing)[places], kind="stable")]


def _since(standing: Standing) -> Int:
    """When each request began to wait: for a quota, or for money."""
    return standing.quota_waits[:, WAITS_SINCE] if len(standing.quota_waits) else standing.fate[:, PARKED]


def patience_ends(ground: Ground, standing: Standing) -> tuple[Int, Int]:
    """Requests that wait, in the order in which they came, and the minutes at which their patience ends."""
    places = waiting(standing)
    ends = np.maximum(_since(standing)[places] + ground.scenario.parking.patience_days * DAY, standing.minute)
    # Where patience is over already, all leave at once: in the order of places, as all that happens in a minute.
    order = np.lexsort((places, ends))
    return places[order], ends[order]


def no_quota_waits(steering: Steering, fate: Int) -> Int:
    """Who waits at the beginning of a run waits for money: int64 (requests, 2), (0, 2) without quotas."""
    waits = np.zeros((len(fate) if len(steering.quotas) else 0, 2), dtype=np.int64)
    if len(waits):
        waits[:, WAITS_SINCE] = fate[:, PARKED]
    return waits


def quota_used(standing: Standing, requests: RunRequests, steering: Steering, one_pot: bool) -> Int:
    """What the requests that each quota names hold: int64 (quotas, lines)."""
    if not len(steering.quotas):
        return np.zeros((0, len(standing.accounts)), dtype=np.int64)
    cents = standing.fate[:, COMMITTED_CENTS] - standing.fate[:, RELEASED_CENTS]
    line = np.zeros_like(requests.line) if one_pot else requests.line
    return steering.used(cents, line, len(standing.accounts))


def granted(standing: Standing, requests: RunRequests) -> Int:
    """What each company was committed so far, gross, in this scheme: int64 (companies,)."""
    out = np.zeros(int(requests.company.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(out, requests.company, standing.fate[:, COMMITTED_CENTS])
    return out
