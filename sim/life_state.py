"""The life of a run's requests as plain arrays: all that the compiled kernel reads and writes.

State is data: the tuple of these arrays at a moment is the run at that moment.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int64]

LINE, COMPANY, TRAINEES, FINISHING, EXECUTED, ELIGIBLE, TRAINING, PAYMENT_LAG, PRICE_SHIFT = range(9)
"""Columns of `requests`. FINISHING: trainees who do not drop out; ELIGIBLE: 0 or 1, 2 where a closing keeps it out;
PRICE_SHIFT: minutes from the commitment to the moment that sets the price, or that moment itself where it is the
filing."""

REFUSAL, PARKED, COMMITTED_AT, TRAINEE_CENTS, COMMITTED_CENTS = range(5)
SERVED, RELEASED_CENTS, DUE_AT, PAID_AT, WAITS, BEFORE, AFTER = range(5, 12)
"""Columns of a fate, rows of `fate`. BEFORE, AFTER: neighbours in the waiting line, -1 for none; WAITS: 0 or 1."""
FATES = 12

OPEN, TO_PAY, PAID, NOTIFIED = range(4)
"""Columns of `accounts`."""

FIRST, LAST, SEGMENT_OF_LEAST, LEAST, FOR_MONEY, BLOCKED_IN = range(6)
"""Columns of `queues`, one row for each rank of each queue: who waits longest and shortest (-1: nobody). In the row of
the first rank, for the queue: the price segment in which the least that anybody asked for is known (-1: unknown), and
that amount; how many wait for money and not for a quota; the pass over all queues in which somebody blocked it."""
QUEUE = 6

SEGMENT, YEAR, AID_CEILING, EARLIER_BY = range(4)
"""Columns of `days`: price segment (-1: none), number of the fiscal year, cents (-1: no ceiling), cash that older
commitments have taken by then."""

ADVANCE_LAG, ADVANCE_DUE, ADVANCE_PAID, ADVANCE_CENTS, RECOVERED_CENTS = range(5)
"""Columns of `advances`. ADVANCE_LAG: minutes from the commitment to the day it falls due."""
ADVANCES = 5

WAITS_SINCE, FOR_QUOTA = range(2)
"""Columns of `quota_waits`: the minute, and 0 or 1."""
RANK, NAMED = range(2)
"""Columns of `steered`: the rank that waiting requests are tried by, and a bit for each quota that names them."""

AUTHORISED, SHORTFALL, FEE, RESERVE, UNNOTIFIED, LAPSED, COMMITTED = range(7)
NEXT_DECISION, PLANNED, NEXT_PATIENCE, LAST_PATIENCE, UNPAID_FIRST, UNPAID_LAST, TOLD, NOW, KIND, PLACE = range(7, 17)
CASH, APPROPRIATED, PASSES = 17, 18, 19
"""Places in `numbers`: accounts that are no line's; then how far the desk's decisions are lived, the size of the
calendar, how far patience is lived and planned, what is due and waits, the number of rows; the moment that happens; the
State's cash that is not paid out yet; appropriations open so far (-1: all, from the first day);
passes over all queues so far."""
NUMBERS = 20

TOLD_COLUMNS = 18
"""Columns of `rows`: minute, kind, place, note, request, line, amount, AUTHORISED to COMMITTED, OPEN to NOTIFIED."""

AT_COMMITMENT, AT_FILING, AT_START = range(3)
"""When a price is taken."""


class LifeState(NamedTuple):
    """A run under a policy, all int64 unless said.

    Attributes:
        one_pot, head_blocks, tracing: 0 or 1.
        price_date: AT_COMMITMENT, AT_FILING or AT_START.
        cash_counts: 0 or 1: whether payments need the State's instalments.
        advance_points: basis points of a commitment that are advanced.
        over_points: basis points of what was notified that may be committed beyond it.
        unpaid_note: what is told of a balance that waits to be paid.
        patience, filing_end, commitment_end, execution_end, horizon: minutes.
        requests: int32 (requests, 9), read. decisions: keys of the desk's decisions, ascending, read.
        prices: (segments, requests), cents of one trainee, -1 where not entitled, read. days: (days, 4), read.
        fate: (12, requests), since one thing of all requests is what is asked of it afterwards.
        accounts: (lines, 4), cents. queues: (queues * ranks, 6). granted: cents by company.
        year_left: what may still be paid by year, cents; -1 without a ceiling.
        unpaid: claims due and waiting, in order: twice the request's place, and 1 more for an advance.
        advances: (requests, 5) where anything is advanced.
        ranks: of waiting requests, 1 without a priority. over_all_lines: 0 or 1: whether a quota holds over all lines.
        steered: (requests, 2) where there is a priority or a quota, read. quotas: (quotas, 2), see `sim.steering`.
        quota_used: (quotas, lines), cents; over all lines in the first column. quota_waits: (requests, 2) where there
            are quotas.
        calendar: heap of keys. patience_ends: keys; everyone has the same patience, so they come in ascending order.
        numbers: (20,). rows: (events, 18) where tracing.
    """

    one_pot: int
    head_blocks: int
    tracing: int
    price_date: int
    cash_counts: int
    advance_points: int
    over_points: int
    unpaid_note: int
    patience: int
    filing_end: int
    commitment_end: int
    execution_end: int
    horizon: int
    requests: NDArray[np.int32]
    decisions: Int
    prices: Int
    days: Int
    fate: Int
    accounts: Int
    queues: Int
    granted: Int
    year_left: Int
    unpaid: Int
    advances: Int
    ranks: int
    over_all_lines: int
    steered: Int
    quotas: Int
    quota_used: Int
    quota_waits: Int
    calendar: Int
    patience_ends: Int
    numbers: Int
    rows: Int
