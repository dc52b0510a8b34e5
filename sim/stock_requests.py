"""A stock in a run: its requests beside those that the run draws from its first day on."""

from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from scenarios.attributes import SHARE_SCALE, Requests, draw_branches, draw_parameters
from scenarios.calendar import DAY
from scenarios.stock import UNKNOWN, RequestState, Stock
from sim.ground import NEVER, Ground
from sim.inflow import draw_requests
from sim.life_state import (
    ADVANCE_CENTS,
    ADVANCE_DUE,
    ADVANCE_PAID,
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
from sim.refusal import Refusal
from sim.run_requests import InFlight, RunRequests, together
from sim.standing import no_advances, nothing_yet

Int = NDArray[np.int64]

_ATTEMPTS = 8
"""How often a length that would be over already is drawn again; a last one that still would be ends on the first day.
Source: rejection sampling, which draws from the lengths that are longer than what has passed."""
_DRAWN = ("hours_hundredths", "fee_cents_per_hour", "pay_cents_per_hour")


def requests_of(
    ground: Ground, run: int, stock: Stock | None = None, drawn: tuple[Requests, ...] | None = None
) -> RunRequests:
    """The requests of a run.

    Args:
        ground: the scenario laid out.
        run: the number of the run, from 0.
        stock: what the run starts from, None at the opening.
        drawn: the requests of the branches where they are known already.

    Returns:
        RunRequests, with `in_flight` where it starts from a stock.

    Raises:
        ValueError: where the stock does not belong to the scenario.
    """
    if drawn is None:
        drawn = draw_requests(ground, run)
    return together(ground, drawn, run) if stock is None else with_stock(ground, drawn, stock, run)


def refuse_foreign(ground: Ground, stock: Stock) -> None:
    """Refuse a stock that does not belong to a scenario.

    Raises:
        ValueError: where its first day lies outside the horizon, or an index names nothing.
    """
    first = ground.calendar.day(stock.from_day) * DAY
    if not 0 < first < ground.horizon:
        raise ValueError("the first day of a stock must lie after the opening and within the horizon")
    for event in ground.amendments.values():
        if event.day < stock.from_day and event.probability < 1:
            raise ValueError("an amendment before a stock's first day came or did not: its probability is 0 or 1")
    sizes = dict(zip(("branch", "size_band", "situation", "pathway"), ground.cells.shape, strict=True))
    for name, size in sizes.items():
        values = getattr(stock, name)
        if len(values) and not 0 <= values.min() <= values.max() < size:
            raise ValueError(f"column {name} of a stock names what the scenario does not have")
    if len(stock.lapsed_cents) != len(ground.cells.lines):
        raise ValueError("lapsed_cents of a stock must have one figure a line")


def with_stock(ground: Ground, drawn: tuple[Requests, ...], stock: Stock, run: int) -> RunRequests:
    """The requests of a run that starts from a stock.

    The stock's requests are numbered -n to -1 in each branch by their day of filing, so that what the run draws keeps
    its numbers and its luck; what it draws for days before the first is left out. What is not known of the stock is
    drawn from streams of its own.

    Args:
        ground: the scenario laid out.
        drawn: the run's requests by branch, from the opening on.
        stock: what is in flight.
        run: the number of the run.

    Returns:
        RunRequests with `in_flight`.

    Raises:
        ValueError: where the stock does not belong to the scenario.
    """
    refuse_foreign(ground, stock)
    first = ground.calendar.day(stock.from_day) * DAY
    rows = np.lexsort((stock.filed_day, stock.branch))
    counts = np.bincount(stock.branch, minlength=len(ground.cells.branches))
    known = _attributes(ground, stock, rows, counts, run, first)
    ends = np.cumsum(counts)
    parts, fates, decided, advances = [], [], [], []
    told = _fates(ground, stock, rows, known, first)
    for branch, end in enumerate(ends):
        mine = slice(int(end - counts[branch]), int(end))
        later = drawn[branch].filing_minute >= first
        parts.append(
            Requests(
                **{
                    field.name: np.concatenate(
                        [getattr(known, field.name)[mine], getattr(drawn[branch], field.name)[later]]
                    )
                    for field in fields(Requests)
                }
            )
        )
        fates.append(np.concatenate([told.fate[mine], nothing_yet(int(later.sum()))]))
        advances.append(np.concatenate([told.advances[mine], no_advances(int(later.sum()))]))
        decided.append(np.concatenate([told.decided[mine], np.full(int(later.sum()), NEVER)]))
    order = ground.branches_by_code
    requests = together(ground, tuple(parts), run)
    minute_decided = np.concatenate([decided[branch] for branch in order]).astype(np.int64)
    arrives = np.where(minute_decided < NEVER, NEVER, _desk_minutes(ground, requests.all.filing_minute, first))
    return replace(
        requests,
        company=_companies(ground, requests),
        in_flight=InFlight(
            first,
            arrives,
            minute_decided,
            np.concatenate([fates[branch] for branch in order]),
            np.concatenate([advances[branch] for branch in order]),
        ),
    )


def _minutes(ground: Ground, days: Int) -> Int:
    """When the office opens on ordinal days, from the opening day on."""
    calendar = ground.calendar
    return np.maximum((days - calendar.opens.toordinal()) * DAY + calendar.office_opens, 0)


def _served_at(ground: Ground, ends: Int, first: int) -> Int:
    """When training was over: on its last day, else on the eve of the first day."""
    return np.where(ends != UNKNOWN, _minutes(ground, ends), first - 1)


def _desk_minutes(ground: Ground, filed: Int, first: int) -> Int:
    """When files reach the desk: those in stock lie there since the evening before, the older ones since earlier."""
    evening = DAY - ground.calendar.office_closes
    age = np.minimum((first - filed) // DAY + 1, max(evening, 1))
    return np.where(filed < first, first - age, filed)


def _companies(ground: Ground, requests: RunRequests) -> Int:
    """Numbers of companies: as the scenario numbers them, and beyond these for those that are not in its pools."""
    company = requests.company.copy()
    pools = ground.attribute_tables.pools[requests.branch, requests.all.size_band]
    strange = (requests.all.company < 0) | (requests.all.company >= pools)
    if strange.any():
        keys = np.stack([requests.branch, requests.all.size_band, requests.all.company])[:, strange]
        own = keys[2] < 0
        keys[2, own] = -np.arange(1, int(own.sum()) + 1)
        _, place = np.unique(keys, axis=1, return_inverse=True)
        company[strange] = ground.companies + place.ravel()
    return company


def _attributes(ground: Ground, stock: Stock, rows: Int, counts: Int, run: int, first: int) -> Requests:
    """The attributes of the stock's requests, in the order of `rows`: what is known, and draws for what is not."""
    filed = _minutes(ground, stock.filed_day[rows])
    parameters = draw_parameters(ground.scenario, run)
    fixed = {name: getattr(stock, name)[rows] for name in ("size_band", "situation", "pathway", "trainees")}

    def draw(attempt: int) -> Requests:
        streams = tuple(f"{code}\nstock {attempt}" for code in ground.attribute_tables.streams)
        tables = replace(ground.attribute_tables, streams=streams)
        split = np.split(filed, np.cumsum(counts)[:-1])
        return draw_branches(tables, range(len(counts)), run, split, parameters, fixed)

    out = draw(0)
    committed, over, state = stock.committed_day[rows], stock.end_day[rows], stock.state[rows]
    served = (state == RequestState.SERVED) | (state == RequestState.PAID)
    # What has not begun has no time behind it: -1 is shorter than any length.
    passed_training = np.where(committed == UNKNOWN, -1, first - _minutes(ground, committed))
    passed_served = np.where(served, first - _served_at(ground, over, first), -1)
    for attempt in range(1, _ATTEMPTS):
        again = draw(attempt)
        short = out.start_minutes + out.duration_minutes < passed_training
        early = out.invoice_minutes + out.payment_minutes < passed_served
        out = replace(
            out,
            start_minutes=np.where(short, again.start_minutes, out.start_minutes),
            duration_minutes=np.where(short, again.duration_minutes, out.duration_minutes),
            invoice_minutes=np.where(early, again.invoice_minutes, out.invoice_minutes),
            payment_minutes=np.where(early, again.payment_minutes, out.payment_minutes),
        )
    known = {name: _known(getattr(stock, name)[rows], getattr(out, name)) for name in _DRAWN}
    finishing = stock.finishing[rows]
    begun = stock.start_day[rows]
    start = np.where((begun != UNKNOWN) & (committed != UNKNOWN), (begun - committed) * DAY, out.start_minutes)
    whole = np.maximum(over - committed, 0) * DAY
    ends = (over != UNKNOWN) & (committed != UNKNOWN)
    start = np.maximum(np.where(ends, np.minimum(start, whole), start), 0)
    return replace(
        out,
        **known,
        number=np.concatenate([np.arange(-count, 0, dtype=np.int64) for count in counts]),
        company=stock.company[rows],
        eligible=np.where(state == RequestState.AT_DESK, out.eligible, state != RequestState.REFUSED),
        start_minutes=start,
        duration_minutes=np.where(ends, whole - start, out.duration_minutes),
        drop_outs=np.where(finishing != UNKNOWN, stock.trainees[rows] - finishing, out.drop_outs),
        executed_basis_points=_executed(stock, rows, out),
    )


def _known(values: Int, drawn: Int) -> Int:
    return np.where(values != UNKNOWN, values, drawn)


def _executed(stock: Stock, rows: Int, drawn: Requests) -> Int:
    """What share of the finishing trainees' price was executed where training is over, basis points."""
    state, trainees = stock.state[rows], stock.trainees[rows]
    over = (state == RequestState.SERVED) | (state == RequestState.PAID)
    finishing = np.where(stock.finishing[rows] != UNKNOWN, stock.finishing[rows], trainees - drawn.drop_outs)
    committed = stock.committed_cents[rows]
    most = committed * finishing
    executed = (committed - stock.released_cents[rows]) * trainees * SHARE_SCALE // np.maximum(most, 1)
    return np.where(over & (most > 0), np.minimum(executed, SHARE_SCALE), drawn.executed_basis_points)


def _fates(ground: Ground, stock: Stock, rows: Int, known: Requests, first: int) -> InFlight:
    """What has happened to the stock's requests, in the order of `rows`."""
    state = stock.state[rows]
    fate = nothing_yet(len(rows))
    filed = known.filing_minute
    committed_at = _minutes(ground, stock.committed_day[rows])
    asked = np.where(stock.decided_day[rows] != UNKNOWN, _minutes(ground, stock.decided_day[rows]), filed)
    committed = (state >= RequestState.COMMITTED) & (state <= RequestState.PAID)
    decided = np.where(committed & (stock.decided_day[rows] == UNKNOWN), committed_at, asked)
    served = (state == RequestState.SERVED) | (state == RequestState.PAID)
    waited = (state == RequestState.PARKED) | (state == RequestState.GAVE_UP) | (committed & (decided < committed_at))
    served_at = _served_at(ground, stock.end_day[rows], first)
    lag = known.invoice_minutes + known.payment_minutes
    is_paid = state == RequestState.PAID
    paid_at = np.where(stock.paid_day[rows] != UNKNOWN, _minutes(ground, stock.paid_day[rows]), first - 1)
    # What is paid has fallen due: without a day of its own it did so when it was paid, whatever a draw would say.
    undated = np.where(is_paid, paid_at, served_at + lag)
    due = np.where(stock.due_day[rows] != UNKNOWN, _minutes(ground, stock.due_day[rows]), undated)
    for column, rows_told, values in (
        (PARKED, waited, decided),
        (COMMITTED_AT, committed, committed_at),
        (TRAINEE_CENTS, committed, stock.committed_cents[rows] // stock.trainees[rows]),
        (COMMITTED_CENTS, committed, stock.committed_cents[rows]),
        (SERVED, served, np.maximum(served_at, committed_at)),
        (RELEASED_CENTS, served, stock.released_cents[rows]),
        (DUE_AT, served & ~is_paid, np.maximum(due, first)),
        (DUE_AT, is_paid, np.minimum(due, paid_at)),
        (PAID_AT, is_paid, paid_at),
        (WAITS, state == RequestState.PARKED, np.ones(len(rows), dtype=np.int64)),
        (REFUSAL, state == RequestState.REFUSED, np.full(len(rows), int(Refusal.INELIGIBLE))),
        (REFUSAL, state == RequestState.GAVE_UP, np.full(len(rows), int(Refusal.PATIENCE))),
    ):
        fate[rows_told, column] = values[rows_told]
    at_desk = state == RequestState.AT_DESK
    return InFlight(first, filed, np.where(at_desk, NEVER, decided), fate, _advances(stock, rows, paid_at))


def _advances(stock: Stock, rows: Int, paid_at: Int) -> Int:
    """What was paid of requests that are not paid to the last cent: their advances."""
    out, cents = no_advances(len(rows)), stock.paid_cents[rows]
    ahead = (stock.state[rows] != RequestState.PAID) & (cents > 0)
    for column, values in ((ADVANCE_CENTS, cents), (ADVANCE_DUE, paid_at), (ADVANCE_PAID, paid_at)):
        out[ahead, column] = values[ahead]
    return out
