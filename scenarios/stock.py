"""Requests already in flight on a day: what a run starts from in place of an empty desk.

One row a request, whatever became of it: rows in a final state make the totals of the whole scheme right, rows in
flight are lived on. Days are ordinal days (`date.toordinal`), UNKNOWN where a day is not known or has not come.
"""

import hashlib
from dataclasses import dataclass, fields
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int64]

UNKNOWN = -1


class RequestState(IntEnum):
    """Where a request stands at the beginning of the day.

    AT_DESK: filed, not yet decided on. PARKED: decided on, waits for money. COMMITTED: committed, its training is not
    over. SERVED: training over, not yet paid. PAID: paid to the last cent. REFUSED: by the rules (never entitled, not
    eligible). GAVE_UP: waited for money in vain.
    """

    AT_DESK = 0
    PARKED = 1
    COMMITTED = 2
    SERVED = 3
    PAID = 4
    REFUSED = 5
    GAVE_UP = 6


@dataclass(frozen=True, eq=False)
class Stock:
    """The requests known at the beginning of a day, and the money that is not a request's.

    The money of a run that starts from it: the envelope in force is the scenario's, with all amendments dated before
    `from_day`; the allocation handed to the simulation says what each line holds *in all* by the notifications in
    force on `from_day`, money already used included (`used_cents`); what is left of the envelope is unnotified.

    Attributes:
        from_day: the first day that is lived; all columns tell what was known when it began. At least one day after
            the opening.
        branch: int64 (requests,), index of the branch in the scenario, as all of the next three.
        size_band, situation, pathway: indices of size band, situation and pathway type.
        company: the company's number inside its branch and size band, at least 0; UNKNOWN: a company of its own.
        state: a `RequestState`.
        trainees: pathways asked for, at least 1.
        hours_hundredths, fee_cents_per_hour, pay_cents_per_hour: of one pathway, before rates and caps; UNKNOWN: drawn
            from the scenario by each run.
        filed_day: day of filing, always known.
        decided_day: day of the desk's decision, on which the request was committed, refused or first found no money;
            known from PARKED on (UNKNOWN: the day of the commitment, or of filing).
        committed_day, committed_cents: day and whole amount of the commitment; known from COMMITTED to PAID.
        start_day, end_day: first day of training and the day after which it is over, planned or real. UNKNOWN: drawn by
            each run, so that the training ends no earlier than `from_day`.
        finishing: trainees who did not drop out; known from SERVED on, UNKNOWN: drawn.
        released_cents: given back when training was over; known from SERVED on.
        due_day: day on which the invoice falls due; from SERVED on, UNKNOWN: drawn, or of a PAID request the day on
            which it was paid.
        paid_day, paid_cents: day of the last payment and what was paid so far; of a request that is not PAID, its
            advance.
        lapsed_cents: int64 (lines,), money given back after filing had closed, which nobody may commit again.
        reserve_cents: what is left of the reserve; UNKNOWN: the scenario's reserve, untouched.
    """

    from_day: date
    branch: Int
    size_band: Int
    situation: Int
    pathway: Int
    company: Int
    state: Int
    trainees: Int
    hours_hundredths: Int
    fee_cents_per_hour: Int
    pay_cents_per_hour: Int
    filed_day: Int
    decided_day: Int
    committed_day: Int
    committed_cents: Int
    start_day: Int
    end_day: Int
    finishing: Int
    released_cents: Int
    due_day: Int
    paid_day: Int
    paid_cents: Int
    lapsed_cents: Int
    reserve_cents: int = UNKNOWN

    def __post_init__(self) -> None:
        """Refuse columns of several lengths and rows that contradict themselves.

        Raises:
            ValueError: naming the column.
        """
        for name in COLUMNS:
            values = getattr(self, name)
            if values.dtype != np.int64 or values.shape != self.branch.shape:
                raise ValueError(f"column {name} of a stock must be int64 and as long as the others")
        state, day = self.state, self.from_day.toordinal()
        committed = (state >= RequestState.COMMITTED) & (state <= RequestState.PAID)
        served = (state == RequestState.SERVED) | (state == RequestState.PAID)
        wrong = {
            "state": (state < 0) | (state > max(RequestState)),
            "trainees": self.trainees < 1,
            "filed_day": (self.filed_day < 1) | (self.filed_day >= day),
            "decided_day": self.decided_day >= day,
            "committed_day": committed & ((self.committed_day < self.filed_day) | (self.committed_day >= day)),
            "committed_cents": (committed & (self.committed_cents < 0)) | (~committed & (self.committed_cents > 0)),
            "finishing": self.finishing > self.trainees,
            "end_day": served & (self.end_day >= day),
            "released_cents": (served & ((self.released_cents < 0) | (self.released_cents > self.committed_cents)))
            | (~served & (self.released_cents > 0)),
            "paid_day": self.paid_day >= day,
            "paid_cents": (self.paid_cents < 0)
            | (self.paid_cents > np.where(committed, self.committed_cents - np.maximum(self.released_cents, 0), 0))
            | (
                (state == RequestState.PAID)
                & (self.paid_cents != self.committed_cents - np.maximum(self.released_cents, 0))
            ),
        }
        for name, rows in wrong.items():
            if rows.any():
                raise ValueError(f"column {name} of a stock is wrong in row {int(np.flatnonzero(rows)[0])}")
        if self.lapsed_cents.dtype != np.int64 or (self.lapsed_cents < 0).any():
            raise ValueError("lapsed_cents of a stock must be int64, one figure a line, at least 0")

    def __len__(self) -> int:
        """How many requests are known."""
        return len(self.branch)

    def digest(self) -> str:
        """A sha256 of all that it says."""
        seen = hashlib.sha256(f"{self.from_day.isoformat()} {self.reserve_cents}".encode())
        for name in (*COLUMNS, "lapsed_cents"):
            seen.update(name.encode() + getattr(self, name).astype("<i8").tobytes())
        return seen.hexdigest()

    def used_cents(self, line: Int, lines: int) -> Int:
        """What of each line's notified money is used: committed and not released, or lapsed; int64 (lines,).

        Args:
            line: int64 (requests,), the line of each request.
            lines: how many lines there are.
        """
        used = self.lapsed_cents.copy()
        if used.shape != (lines,):
            raise ValueError("lapsed_cents of a stock must have one figure a line")
        np.add.at(used, line, np.maximum(self.committed_cents, 0) - np.maximum(self.released_cents, 0))
        return used


COLUMNS = tuple(
    entry.name for entry in fields(Stock) if entry.name not in ("from_day", "lapsed_cents", "reserve_cents")
)
"""The columns with one entry a request."""

_NOTHING = ("size_band", "situation", "pathway", "committed_cents", "released_cents", "paid_cents")


def empty_stock(from_day: date, lines: int) -> Stock:
    """Nothing in flight: a scheme that begins anew on a day.

    Args:
        from_day: the first day that is lived.
        lines: how many lines the scenario has.

    Returns:
        Stock without requests.
    """
    return stock_of(from_day, lines, {name: np.zeros(0, dtype=np.int64) for name in COLUMNS})


def stock_of(from_day: date, lines: int, columns: dict[str, Int]) -> Stock:
    """A stock of some columns; those that are not given are UNKNOWN (money: nothing) in every row.

    Args:
        from_day: the first day that is lived.
        lines: how many lines the scenario has.
        columns: int64 (requests,) by name; `branch`, `state`, `trainees` and `filed_day` at least.

    Returns:
        Stock in which nothing has lapsed and the reserve is untouched.
    """
    count = len(columns["branch"])
    zeros = {name: np.zeros(count, dtype=np.int64) for name in _NOTHING}
    unknown = {name: np.full(count, UNKNOWN, dtype=np.int64) for name in COLUMNS}
    return Stock(
        from_day=from_day,
        lapsed_cents=np.zeros(lines, dtype=np.int64),
        **{**unknown, **zeros, **columns},  # type: ignore[arg-type]  # reserve_cents is no column
    )
