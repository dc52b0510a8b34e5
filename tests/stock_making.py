"""A lived run written down on a day as a register would: a stock, for tests that live on from it."""

import numpy as np

from scenarios.calendar import DAY
from scenarios.stock import UNKNOWN, RequestState, Stock
from sim.ground import NEVER, Ground
from sim.lived import Lived
from sim.refusal import Refusal
from sim.run_requests import RunRequests


def register_of(ground: Ground, requests: RunRequests, decided: np.ndarray, lived: Lived, day: int) -> Stock:
    """What is known of a run at the beginning of the day with this number (0 is the opening)."""
    first = day * DAY
    opens = ground.calendar.opens.toordinal()
    life = {
        name: np.asarray(getattr(lived, name), dtype=np.int64)
        for name in ("refusal", "parked", "committed", "committed_cents", "served", "released_cents", "due", "paid")
    }

    def days(minutes: np.ndarray) -> np.ndarray:
        return np.where(minutes < first, minutes // DAY + opens, UNKNOWN)

    filed = np.flatnonzero(requests.all.filing_minute < first)
    patience = life["parked"] + ground.scenario.parking.patience_days * DAY
    gone = np.where(life["refusal"] == Refusal.PATIENCE, patience, np.where(life["refusal"] > 0, decided, NEVER))
    gone = np.where(life["refusal"] == Refusal.DEADLINE, ground.commitment_end, gone)
    conditions = [
        life["paid"] < first,
        life["served"] < first,
        life["committed"] < first,
        (gone < first) & np.isin(life["refusal"], (Refusal.PATIENCE, Refusal.DEADLINE)),
        gone < first,
        decided < first,
    ]
    states = ("PAID", "SERVED", "COMMITTED", "GAVE_UP", "REFUSED", "PARKED")
    state = np.select(conditions, [int(RequestState[name]) for name in states], int(RequestState.AT_DESK))[filed]
    committed = (state >= RequestState.COMMITTED) & (state <= RequestState.PAID)
    served = (state == RequestState.SERVED) | (state == RequestState.PAID)
    known = requests.all
    end = life["committed"] + known.start_minutes + known.duration_minutes
    late = ~(life["served"] < ground.filing_end) & (life["served"] < first)
    lapsed = np.zeros(len(ground.cells.lines), dtype=np.int64)
    np.add.at(lapsed, requests.line[late], life["released_cents"][late])

    none_ahead = np.zeros(len(requests), dtype=np.int64)
    ahead, ahead_at = none_ahead, none_ahead
    if lived.advances is not None:
        kept, back = np.asarray(lived.advances.cents), np.asarray(lived.advances.recovered_cents)
        ahead_at = np.asarray(lived.advances.paid)
        ahead = np.where(ahead_at < first, kept + np.where(life["served"] < first, 0, back), 0)
    money = np.where(
        state == RequestState.PAID, (life["committed_cents"] - life["released_cents"])[filed], ahead[filed]
    )
    last = np.where(state == RequestState.PAID, life["paid"][filed], ahead_at[filed])

    def where(mask: np.ndarray, values: np.ndarray, other: int) -> np.ndarray:
        return np.where(mask, values[filed], other).astype(np.int64)

    return Stock(
        from_day=ground.calendar.date_of(first),
        branch=requests.branch[filed],
        size_band=known.size_band[filed],
        situation=known.situation[filed],
        pathway=known.pathway[filed],
        company=known.company[filed],
        state=state.astype(np.int64),
        trainees=known.trainees[filed],
        hours_hundredths=known.hours_hundredths[filed],
        fee_cents_per_hour=known.fee_cents_per_hour[filed],
        pay_cents_per_hour=known.pay_cents_per_hour[filed],
        filed_day=days(known.filing_minute)[filed],
        decided_day=days(decided)[filed],
        committed_day=where(committed, days(life["committed"]), UNKNOWN),
        committed_cents=where(committed, life["committed_cents"], 0),
        start_day=where(committed, (life["committed"] + known.start_minutes) // DAY + opens, UNKNOWN),
        end_day=where(committed, np.where(life["served"] < first, life["served"], end) // DAY + opens, UNKNOWN),
        finishing=where(served, known.trainees - known.drop_outs, UNKNOWN),
        released_cents=where(served, life["released_cents"], 0),
        due_day=where(served, life["due"] // DAY + opens, UNKNOWN),
        paid_day=np.where(money > 0, last // DAY + opens, UNKNOWN).astype(np.int64),
        paid_cents=money.astype(np.int64),
        lapsed_cents=lapsed,
    )
