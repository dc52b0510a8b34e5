"""Where the money stands on the last day known: of the whole envelope, and line by line."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.allocation import Allocation
from scenarios.stock import RequestState, Stock
from sim.beginning import lines_of_stock, stock_ledger
from sim.ground import Ground

Int = NDArray[np.int64]


def money_standing(ground: Ground, stock: Stock, allocation: Allocation, one_pot: bool) -> dict[str, Any]:
    """What of the envelope in force is used, still open, and not notified, cents.

    Args:
        ground: the scenario laid out.
        stock: the requests to date.
        allocation: what each line holds by the notifications in force.
        one_pot: whether all lines draw on one pot; then all that is left is open to all.

    Returns:
        {authorised_cents, management_fee_cents, reserve_cents, committed_cents, lapsed_cents, open_cents,
        unnotified_cents, shortfall_cents?}: authorised + shortfall = the sum of the others.
    """
    ledger = stock_ledger(ground, stock, allocation, one_pot)
    pot = ledger.unnotified if one_pot else 0
    return {
        "authorised_cents": ledger.authorised,
        "management_fee_cents": ledger.fee,
        "reserve_cents": ledger.reserve,
        "committed_cents": ledger.committed,
        "lapsed_cents": ledger.lapsed,
        "open_cents": sum(ledger.open) + pot,
        "unnotified_cents": ledger.unnotified - pot,
        **({"shortfall_cents": ledger.shortfall} if ledger.shortfall else {}),
    }


def lines_standing(
    ground: Ground, stock: Stock, asked: NDArray[np.float64], allocation: Allocation, one_pot: bool
) -> list[dict[str, Any]]:
    """What has come to each line, what it has committed and paid, who waits, and what it holds.

    Args:
        ground: the scenario laid out.
        stock: the requests to date.
        asked: float64 (requests,), what each asks the fund for, cents (`forecast.in_flight.asked_cents`).
        allocation: what each line holds by the notifications in force.
        one_pot: whether all lines draw on one pot; then no line holds anything of its own.

    Returns:
        A row a line, in the order of the scenario's lines (docs/forecast.md).
    """
    lines = ground.cells.lines
    line = lines_of_stock(ground, stock)
    state = stock.state
    committed = (state >= RequestState.COMMITTED) & (state <= RequestState.PAID)
    waits = (state == RequestState.AT_DESK) | (state == RequestState.PARKED)

    def by_line(values: Int) -> list[int]:
        out = np.zeros(len(lines), dtype=np.int64)
        np.add.at(out, line, values)
        return [int(value) for value in out]

    columns = {
        "requests": by_line(np.ones(len(stock), dtype=np.int64)),
        "at_desk": by_line((state == RequestState.AT_DESK).astype(np.int64)),
        "parked": by_line((state == RequestState.PARKED).astype(np.int64)),
        "pathways_committed": by_line(np.where(committed, stock.trainees, 0)),
        "committed_cents": by_line(stock.committed_cents - stock.released_cents),
        "paid_cents": by_line(stock.paid_cents),
        "waiting_cents": by_line(np.rint(np.where(waits, asked, 0.0)).astype(np.int64)),
    }
    if not one_pot:
        used = stock.used_cents(line, len(lines)).tolist()
        columns["notified_cents"] = list(allocation.notified_cents)
        columns["open_cents"] = [held - spent for held, spent in zip(allocation.notified_cents, used, strict=True)]
    names = [
        {
            name: getattr(one, name)
            for name in ("branch", "size_group", "size_band", "situation", "pathway")
            if getattr(one, name) is not None
        }
        for one in lines
    ]
    return [
        {"line": one.key, **names[at], **{key: values[at] for key, values in columns.items()}}
        for at, one in enumerate(lines)
    ]


COMING = ("need_cents", "pathways_committed", "committed_cents", "paid_cents")
"""The figures that are told to date, to come and in all."""


def to_come(to_date: dict[str, Any], kpis: dict[str, Any]) -> dict[str, Any]:
    """What is still to come of each figure, on the mean of the runs: their mean at the end less what stands today.

    Args:
        to_date: the figures of the day (docs/forecast.md).
        kpis: the key figures of the runs, from the opening to the end.

    Returns:
        A number a figure, in its own unit; below nothing where more is released than will be committed.
    """
    return {name: round(kpis[name]["mean"] - to_date[name], 6) for name in COMING}
