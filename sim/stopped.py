"""Where the judge's run stands when it is stopped, in the columns that either engine goes on from."""

import numpy as np
from numpy.typing import NDArray

from sim.life_state import (
    COMMITTED_AT,
    COMMITTED_CENTS,
    DUE_AT,
    PAID_AT,
    PARKED,
    REFUSAL,
    RELEASED_CENTS,
    SERVED,
    TRAINEE_CENTS,
    WAITS,
)
from sim.lived import Lived
from sim.paying import Paying
from sim.standing import Standing, nothing_yet
from sim.waiting_room import WaitingRoom

Int = NDArray[np.int64]


def stopped_at(
    minute: int, begins: Standing, lived: Lived, room: WaitingRoom, least: list[tuple[int, int]], paying: Paying
) -> Standing:
    """Where a run stands.

    Args:
        minute: at which it was stopped.
        begins: where it began.
        lived: what has become of its requests so far.
        room: who waits for money.
        least: for each queue the segment of time in which the least that anybody asked for is known, and that amount.
        paying: what is due, and what may be paid.

    Returns:
        Standing.
    """
    count = len(begins.fate)
    fate = nothing_yet(count)
    for column, values in (
        (REFUSAL, lived.refusal),
        (PARKED, lived.parked),
        (COMMITTED_AT, lived.committed),
        (TRAINEE_CENTS, lived.trainee_cents),
        (COMMITTED_CENTS, lived.committed_cents),
        (SERVED, lived.served),
        (RELEASED_CENTS, lived.released_cents),
        (DUE_AT, lived.due),
        (PAID_AT, lived.paid),
        (WAITS, [int(room.waits(place)) for place in range(count)]),
    ):
        fate[:, column] = values
    return Standing(
        minute=minute,
        fate=fate,
        numbers=np.asarray(lived.ledger.numbers(), dtype=np.int64),
        accounts=np.asarray(lived.ledger.by_line(), dtype=np.int64).T.copy(),
        least=np.asarray(least, dtype=np.int64),
        year_left=np.asarray(paying.treasury.left_by_year(), dtype=np.int64),
        cash=paying.treasury.cash(begins.cash),
        advances=paying.advances_now(begins.advances),
        quota_waits=room.quota_waits(),
        moves=lived.moves,
        weighed=lived.weighed,
        opens=False,
    )
