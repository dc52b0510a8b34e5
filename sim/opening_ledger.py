"""The accounts of a run on the opening day."""

from scenarios.allocation import Allocation
from scenarios.opening_money import opening_money
from sim.ground import Ground
from sim.ledger import Ledger


def opening_ledger(ground: Ground, allocation: Allocation, one_pot: bool) -> Ledger:
    """Open the accounts of a run.

    Args:
        ground: the scenario laid out.
        allocation: the money notified to each line at the opening (under one pot: not used).
        one_pot: whether all lines draw on one pot.

    Returns:
        Ledger.

    Raises:
        ValueError: when more is notified than may be distributed, or not to each line.
    """
    money = opening_money(ground.scenario)
    lines = len(ground.cells.lines)
    if len(allocation.notified_cents) != lines:
        raise ValueError("an allocation tells the money of each line")
    if allocation.total_cents > money.distributable_cents:
        raise ValueError("more is notified than may be distributed")
    ledger = Ledger(
        money.authorised_cents, money.management_fee_cents, money.reserve_cents, money.distributable_cents, lines
    )
    if not one_pot:
        for line, cents in enumerate(allocation.notified_cents):
            ledger.notify(line, cents)
    return ledger
