"""What fell due and what was paid, movement by movement: balances, advances, and advances that came back."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.settings import share_to_basis_points
from sim.ground import NEVER, Ground
from sim.lived import Lived

Int = NDArray[np.int64]
Movements = list[tuple[Int, Int]]


@dataclass(frozen=True, eq=False)
class PaymentFlows:
    """Movements as (minutes, cents), int64 (requests,) each; what never came has the minute NEVER.

    Attributes:
        due: what fell due; an advance that is cut, or recovered, is taken away at service done.
        paid: what was paid; a recovered advance is taken away at service done.
        paid_cents: int64 (requests,), what each request was paid in all.
    """

    due: Movements
    paid: Movements
    paid_cents: Int


def payment_flows(ground: Ground, lived: Lived) -> PaymentFlows:
    """The payments of a run.

    Args:
        ground: the scenario laid out.
        lived: what became of the requests.

    Returns:
        PaymentFlows.
    """
    committed, released, served, due, paid = (
        np.asarray(values, dtype=np.int64)
        for values in (lived.committed_cents, lived.released_cents, lived.served, lived.due, lived.paid)
    )
    if lived.advances is None:
        executed = committed - released
        return PaymentFlows([(due, executed)], [(paid, executed)], np.where(paid < NEVER, executed, 0))
    advances = lived.advances
    advance_due, advance_paid, kept, recovered = (
        np.asarray(values, dtype=np.int64)
        for values in (advances.due, advances.paid, advances.cents, advances.recovered_cents)
    )
    points = share_to_basis_points(ground.scenario.payments.advance_share)
    promised = (2 * committed * points + 10_000) // 20_000
    # Inside a minute service is done before the advance falls due.
    promised = np.where(advance_paid < NEVER, kept + recovered, promised)
    claimed = np.where(served <= advance_due, kept, promised)
    balance = committed - released - kept
    return PaymentFlows(
        due=[(advance_due, claimed), (served, kept - claimed), (due, balance)],
        paid=[(advance_paid, kept + recovered), (served, -recovered), (paid, balance)],
        paid_cents=np.where(advance_paid < NEVER, kept, 0) + np.where(paid < NEVER, balance, 0),
    )


def until(movements: Movements, minute: int) -> int:
    """What movements come to before a minute, cents."""
    return sum(int(cents[minutes < minute].sum()) for minutes, cents in movements)
