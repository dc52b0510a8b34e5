"""From a run's tables to the arrays of the kernel, and between these arrays and a ledger."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from scenarios.payment_money import payable_in
from scenarios.settings import share_to_basis_points
from sim import life_state as at
from sim.desk import Examined
from sim.event_key import fits, keys_of
from sim.ground import NEVER, Ground
from sim.happenings import NUMBER
from sim.kinds import Kind
from sim.ledger import Ledger
from sim.life_state import LifeState
from sim.price_list import PriceList
from sim.run_requests import RunRequests
from sim.treasury import waits_to_be_paid

Int = NDArray[np.int64]

_PRICE_DATES = {"commitment": at.AT_COMMITMENT, "filing": at.AT_FILING, "start": at.AT_START}
_LONGEST = 2**31 - 1
"""Minutes past every horizon, in half the memory: the kernel waits for memory more than it computes."""
_ROWS_OF_A_REQUEST = 8
"""Parked; committed or refused; service done; advance and balance each due, then paid; advance recovered."""


def state_of(
    ground: Ground,
    requests: RunRequests,
    examined: Examined,
    prices: PriceList,
    ledger: Ledger,
    one_pot: bool,
    tracing: bool,
) -> LifeState:
    """A run on its opening day.

    Args:
        ground: the scenario laid out.
        requests: the run's requests.
        examined: what the desk did with them.
        prices: what each would cost, by day.
        ledger: the accounts on the opening day.
        one_pot: whether all lines draw on one pot.
        tracing: whether rows are kept of all events.

    Returns:
        LifeState.

    Raises:
        ValueError: where the run is too large for the kernel's keys.
    """
    scenario, count, lines = ground.scenario, len(requests), len(ledger.open)
    if not fits(ground.horizon, count):
        raise ValueError("too many requests or years for the compiled engine")
    patience = scenario.parking.patience_days * DAY
    decided = examined.decision_minute
    claims = count * (2 if share_to_basis_points(scenario.payments.advance_share) else 1)
    nothing_yet = np.zeros(at.FATES, dtype=np.int64)
    nothing_yet[[at.PARKED, at.COMMITTED_AT, at.SERVED, at.DUE_AT, at.PAID_AT]] = NEVER
    queues = np.zeros((1 if one_pot else lines, 4), dtype=np.int64)
    queues[:, : at.LEAST] = -1
    state = LifeState(
        one_pot=int(one_pot),
        head_blocks=int(scenario.parking.blocking == "head_blocks"),
        tracing=int(tracing),
        price_date=_PRICE_DATES[scenario.scheme.price_date],
        cash_counts=int(bool(scenario.payments.instalments)),
        advance_points=share_to_basis_points(scenario.payments.advance_share),
        unpaid_note=NUMBER[waits_to_be_paid(scenario)],
        patience=patience,
        filing_end=ground.filing_end,
        commitment_end=ground.commitment_end,
        execution_end=ground.execution_end,
        horizon=ground.horizon,
        requests=_rows_of(ground, requests),
        decisions=_decisions(ground, examined),
        prices=prices.foresee(decided),
        days=_days(ground),
        fate=np.tile(nothing_yet, (count, 1)),
        accounts=np.zeros((lines, 4), dtype=np.int64),
        queues=queues,
        granted=np.zeros(int(requests.company.max(initial=-1)) + 1, dtype=np.int64),
        year_left=_year_ceilings(ground),
        unpaid=np.empty(claims, dtype=np.int64),
        advances=_advances(ground, requests),
        calendar=np.empty(claims + 1, dtype=np.int64),
        patience_ends=np.empty(count, dtype=np.int64),
        numbers=np.zeros(at.NUMBERS, dtype=np.int64),
        rows=np.empty((_most_rows(ground, count, lines) if tracing else 0, at.TOLD_COLUMNS), dtype=np.int64),
    )
    put_ledger(state, ledger)
    return state


@lru_cache(maxsize=1)
def _rows_of(ground: Ground, requests: RunRequests) -> NDArray[np.int32]:
    """The same for all policies of a run."""
    attributes, count = requests.all, len(requests)
    shift: Int | int = 0
    if ground.scenario.scheme.price_date == "filing":
        shift = attributes.filing_minute
    elif ground.scenario.scheme.price_date == "start":
        shift = attributes.start_minutes
    rows = np.empty((count, 9), dtype=np.int32)
    rows[:, at.LINE] = requests.line
    rows[:, at.COMPANY] = requests.company
    rows[:, at.TRAINEES] = attributes.trainees
    rows[:, at.FINISHING] = attributes.trainees - attributes.drop_outs
    rows[:, at.EXECUTED] = attributes.executed_basis_points
    rows[:, at.ELIGIBLE] = attributes.eligible
    rows[:, at.TRAINING] = np.minimum(attributes.start_minutes + attributes.duration_minutes, _LONGEST)
    rows[:, at.PAYMENT_LAG] = np.minimum(attributes.invoice_minutes + attributes.payment_minutes, _LONGEST)
    rows[:, at.PRICE_SHIFT] = shift
    return rows


@lru_cache(maxsize=1)
def _decisions(ground: Ground, examined: Examined) -> Int:
    decided = examined.decision_minute
    within = np.flatnonzero(decided < ground.horizon)
    return np.sort(keys_of(decided[within], Kind.DECISION, within))


@lru_cache(maxsize=1)
def _days(ground: Ground) -> Int:
    ceilings = [-1 if ceiling is None else ceiling for ceiling in ground.aid_ceiling_of_day]
    return np.stack(
        [
            ground.segment_of_day,
            ground.year_of_day - ground.years[0],
            np.asarray(ceilings, dtype=np.int64),
            np.asarray(ground.earlier_by_day, dtype=np.int64),
        ],
        axis=1,
    )


def _year_ceilings(ground: Ground) -> Int:
    left = payable_in(ground.scenario, ground.years)
    return np.asarray([-1 if cents is None else cents for cents in left], dtype=np.int64)


def _advances(ground: Ground, requests: RunRequests) -> Int:
    """Advances on the opening day: none has fallen due."""
    if not share_to_basis_points(ground.scenario.payments.advance_share):
        return np.zeros((0, 5), dtype=np.int64)
    attributes = requests.all
    out = np.zeros((len(requests), 5), dtype=np.int64)
    out[:, at.ADVANCE_LAG] = attributes.start_minutes + attributes.payment_minutes
    out[:, [at.ADVANCE_DUE, at.ADVANCE_PAID]] = NEVER
    return out


def _most_rows(ground: Ground, count: int, lines: int) -> int:
    dated = len(ground.scenario.events) + len(ground.scenario.committee.dates)
    instalments = len(ground.scenario.payments.instalments)
    return _ROWS_OF_A_REQUEST * count + (dated + 1) * (lines + 1) + instalments + 1


_ACCOUNTS = ("authorised", "shortfall", "fee", "reserve", "unnotified", "lapsed", "committed")
"""In the order of the first places of `numbers`."""
_OF_LINES = ("open", "to_pay", "paid", "notified")
"""In the order of the columns of `accounts`."""


def ledger_from(numbers: Int, accounts: Int) -> Ledger:
    """A ledger of the kernel's accounts: int64 (at least 7,) and (lines, 4)."""
    ledger = Ledger(0, 0, 0, 0, len(accounts))
    put_numbers(ledger, numbers[: len(_ACCOUNTS)].tolist())
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


def ledger_of(state: LifeState) -> Ledger:
    """The accounts as they stand."""
    return ledger_from(state.numbers, state.accounts)


def put_ledger(state: LifeState, ledger: Ledger) -> None:
    """Let the kernel go on with these accounts."""
    for place, name in enumerate(_ACCOUNTS):
        state.numbers[place] = getattr(ledger, name)
    for column, name in enumerate(_OF_LINES):
        state.accounts[:, column] = getattr(ledger, name)
