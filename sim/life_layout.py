"""From a run's tables to the arrays of the kernel, and between these arrays and a ledger."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from scenarios.settings import share_to_basis_points
from sim import life_state as at
from sim.appropriations import open_before
from sim.closings import closed_requests
from sim.desk import Examined
from sim.event_heap import push
from sim.event_key import fits, keys_of
from sim.ground import Ground
from sim.happenings import NUMBER
from sim.kinds import Kind
from sim.ledger import OF_ALL, OF_LINES, Ledger
from sim.ledger_arrays import ledger_from
from sim.life_state import LifeState
from sim.price_list import PriceList
from sim.prior_aid import aid_so_far
from sim.run_requests import RunRequests
from sim.standing import (
    Standing,
    advances_ahead,
    in_training,
    patience_ends,
    quota_used,
    to_fall_due,
    unpaid,
)
from sim.steering import steering_of
from sim.treasury import waits_to_be_paid

Int = NDArray[np.int64]

_PRICE_DATES = {"commitment": at.AT_COMMITMENT, "filing": at.AT_FILING, "start": at.AT_START}
_LONGEST = 2**31 - 1
"""Minutes past every horizon, in half the memory: the kernel waits for memory more than it computes."""
_ROWS_OF_A_REQUEST = 10
"""Parked, at most twice; drawn from the reserve; committed or refused; service done; advance and balance due, then
paid; advance recovered."""


def state_of(
    ground: Ground,
    requests: RunRequests,
    examined: Examined,
    prices: PriceList,
    standing: Standing,
    one_pot: bool,
    tracing: bool,
) -> LifeState:
    """A run where it stands.

    Args:
        ground: the scenario laid out.
        requests: the run's requests.
        examined: what the desk did with them.
        prices: what each would cost, by day.
        standing: where it begins.
        one_pot: whether all lines draw on one pot.
        tracing: whether rows are kept of all events.

    Returns:
        LifeState.

    Raises:
        ValueError: where the run is too large for the kernel's keys.
    """
    scenario, count, lines = ground.scenario, len(requests), len(standing.accounts)
    if not fits(ground.horizon, count):
        raise ValueError("too many requests or years for the compiled engine")
    patience = scenario.parking.patience_days * DAY
    decided = examined.decision_minute
    steering = steering_of(ground, requests)
    claims = count * (2 if len(standing.advances) else 1)
    state = LifeState(
        one_pot=int(one_pot),
        head_blocks=int(scenario.parking.blocking == "head_blocks"),
        tracing=int(tracing),
        price_date=_PRICE_DATES[scenario.scheme.price_date],
        cash_counts=int(bool(scenario.payments.instalments)),
        advance_points=share_to_basis_points(scenario.payments.advance_share),
        over_points=share_to_basis_points(scenario.committee.over_programming_share),
        unpaid_note=NUMBER[waits_to_be_paid(scenario)],
        patience=patience,
        filing_end=ground.filing_end,
        commitment_end=ground.commitment_end,
        execution_end=ground.execution_end,
        horizon=ground.horizon,
        requests=_rows_of(ground, requests),
        decisions=_decisions(ground, examined, standing.minute),
        prices=prices.foresee(decided),
        days=_days(ground),
        fate=standing.fate.T.copy(),
        accounts=standing.accounts.copy(),
        queues=np.full(((1 if one_pot else lines) * steering.ranks, at.QUEUE), -1, dtype=np.int64),
        granted=aid_so_far(ground, standing, requests),
        year_left=standing.year_left.copy(),
        unpaid=np.empty(claims, dtype=np.int64),
        advances=standing.advances.copy(),
        ranks=steering.ranks,
        over_all_lines=int(steering.over_all_lines),
        steered=np.stack([steering.rank, steering.named], axis=1)
        if steering.ranks > 1 or len(steering.quotas)
        else np.zeros((0, 2), dtype=np.int64),
        quotas=steering.quotas,
        quota_used=quota_used(standing, requests, steering, one_pot),
        quota_waits=standing.quota_waits.copy(),
        calendar=np.empty(claims + 1, dtype=np.int64),
        patience_ends=np.empty(count, dtype=np.int64),
        numbers=np.zeros(at.NUMBERS, dtype=np.int64),
        rows=np.empty((_most_rows(ground, count, lines) if tracing else 0, at.TOLD_COLUMNS), dtype=np.int64),
    )
    _take_up(ground, requests, standing, state)
    return state


def _take_up(ground: Ground, requests: RunRequests, standing: Standing, state: LifeState) -> None:
    """Give the kernel what lies ahead of a standing run."""
    numbers = state.numbers
    numbers[: len(OF_ALL)] = standing.numbers
    numbers[at.NOW] = standing.minute
    numbers[at.CASH] = standing.cash
    numbers[at.APPROPRIATED] = open_before(ground, standing.minute)
    ranks, head = state.ranks, state.queues[:: state.ranks]
    head[:, [at.SEGMENT_OF_LEAST, at.LEAST]] = standing.least
    head[:, [at.FOR_MONEY, at.BLOCKED_IN]] = 0
    if standing.opens and requests.in_flight is None:
        return  # nothing has happened yet
    leaving, ends = patience_ends(ground, standing)
    for place in leaving.tolist():
        queue = 0 if state.one_pot else int(requests.line[place]) * ranks
        row = queue + (int(state.steered[place, at.RANK]) if ranks > 1 else 0)
        before = state.queues[row, at.LAST]
        state.fate[at.BEFORE, place], state.fate[at.AFTER, place] = before, -1
        if before >= 0:
            state.fate[at.AFTER, before] = place
        else:
            state.queues[row, at.FIRST] = place
        state.queues[row, at.LAST] = place
        if not len(state.quota_waits) or not state.quota_waits[place, at.FOR_QUOTA]:
            state.queues[queue, at.FOR_MONEY] += 1
    state.patience_ends[: len(leaving)] = keys_of(ends, Kind.PATIENCE, leaving)
    numbers[at.LAST_PATIENCE] = len(leaving)
    late = unpaid(standing)
    state.unpaid[: len(late)] = late
    numbers[at.UNPAID_LAST] = len(late)
    for (places, minutes), kind in (
        (in_training(standing, requests), Kind.SERVICE_DONE),
        (to_fall_due(standing), Kind.DUE),
        (advances_ahead(standing), Kind.ADVANCE),
    ):
        ahead = minutes < ground.horizon
        for key in keys_of(minutes[ahead], kind, places[ahead]).tolist():
            numbers[at.PLANNED] = push(state.calendar, numbers[at.PLANNED], key)


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
    rows[:, at.ELIGIBLE] = np.where(closed_requests(ground, requests), 2, attributes.eligible)
    rows[:, at.TRAINING] = np.minimum(attributes.start_minutes + attributes.duration_minutes, _LONGEST)
    rows[:, at.PAYMENT_LAG] = np.minimum(attributes.invoice_minutes + attributes.payment_minutes, _LONGEST)
    rows[:, at.PRICE_SHIFT] = shift
    return rows


@lru_cache(maxsize=1)
def _decisions(ground: Ground, examined: Examined, first: int) -> Int:
    decided = examined.decision_minute
    within = np.flatnonzero((decided >= first) & (decided < ground.horizon))
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


def _most_rows(ground: Ground, count: int, lines: int) -> int:
    dated = len(ground.scenario.events) + len(ground.scenario.committee.dates)
    instalments = len(ground.scenario.payments.instalments) + len(ground.scenario.constraints.commitment_openings)
    return _ROWS_OF_A_REQUEST * count + (dated + 1) * (lines + 1) + instalments + 1


def ledger_of(state: LifeState) -> Ledger:
    """The accounts as they stand."""
    return ledger_from(state.numbers, state.accounts)


def put_ledger(state: LifeState, ledger: Ledger) -> None:
    """Let the kernel go on with these accounts."""
    for place, name in enumerate(OF_ALL):
        state.numbers[place] = getattr(ledger, name)
    for column, name in enumerate(OF_LINES):
        state.accounts[:, column] = getattr(ledger, name)
