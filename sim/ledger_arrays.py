"""Between a ledger and the arrays that the compiled engine keeps its accounts in."""

import numpy as np
from numpy.typing import NDArray

from sim.ledger import OF_ALL, Ledger

Int = NDArray[np.int64]


def ledger_from(numbers: Int, accounts: Int) -> Ledger:
    """A ledger of the kernel's accounts: int64 (at least 7,) and (lines, 4)."""
    ledger = Ledger(0, 0, 0, 0, len(accounts))
    put_numbers(ledger, numbers[: len(OF_ALL)].tolist())
    put_lines(ledger, accounts)
    return ledger


def put_numbers(ledger: Ledger, numbers: list[int]) -> None:
    """Give a ledger the accounts that are no line's."""
    (
        ledger.authorised,
        ledger.shortfall,
        ledger.fee,
        ledger.reserve,
        ledger.unnotified,
        ledger.lapsed,
        ledger.committed,
    ) = numbers


def put_lines(ledger: Ledger, accounts: Int) -> None:
    """Give a ledger the accounts of its lines, int64 (lines, 4)."""
    ledger.open, ledger.to_pay, ledger.paid, ledger.notified = accounts.T.tolist()
