"""A run that starts from a stock of requests in flight, with the money really left."""

from dataclasses import replace

import numpy as np
import pytest
from generated import OVERRIDES, generated
from hypothesis import given, settings
from hypothesis import strategies as st
from stock_making import register_of
from test_sim_engines import digest
from tiny import by_demand, tiny

from scenarios.allocation import Allocation
from scenarios.calendar import DAY
from scenarios.scenario import Scenario
from scenarios.stock import COLUMNS, RequestState, Stock, empty_stock, stock_of
from sim.beginning import beginning, in_force
from sim.committee import RULES
from sim.engines import NAMES, engine_named
from sim.experiment import simulate
from sim.ground import NEVER, Ground, ground_of
from sim.inflow import draw_requests
from sim.ledger import Ledger
from sim.lived import Event, Lived
from sim.payment_flows import payment_flows
from sim.price_list import PriceList
from sim.run_requests import RunRequests, together
from sim.stock_requests import requests_of


def lived_until(scenario: Scenario, day: int, policy: str = "fixed", run: int = 0) -> tuple[Ground, Stock, Lived]:
    """A run of a scenario, and the register of its requests on a day."""
    ground = ground_of(scenario)
    requests = together(ground, draw_requests(ground, run))
    engine = engine_named("compiled")
    examined = engine.examine(ground, requests, None)
    lived = engine.live(ground, requests, examined, PriceList(ground, requests), policy, by_demand(scenario))
    return ground, register_of(ground, requests, examined.decision_minute, lived, day), lived


NOTHING_NEW = "inflow.requests_per_year=0"
Told = list[tuple[Event, list[int], list[list[int]]]]


def told_from(
    ground: Ground, stock: Stock, policy: str, allocation: Allocation, name: str, run: int = 0
) -> tuple[Told, RunRequests, Lived]:
    """All events of a run that starts from a stock, with all accounts after each."""
    told: Told = []

    def watch(event: Event, ledger: Ledger) -> None:
        assert ledger.difference() == 0, event
        told.append((event, ledger.numbers(), ledger.by_line()))

    engine = engine_named(name)
    requests = requests_of(ground, run, stock)
    examined = engine.examine(ground, requests, None)
    begins = beginning(ground, requests, allocation, RULES[policy].one_pot, stock)
    lived = engine.live(ground, requests, examined, PriceList(ground, requests), policy, allocation, watch, begins)
    return told, requests, lived


@settings(max_examples=40)
@given(OVERRIDES, st.sampled_from([1, 60, 91, 165, 166, 280, 364, 365, 500]), st.sampled_from(sorted(RULES)))
def test_both_engines_live_on_from_a_stock_alike_and_the_accounts_always_add_up(
    overrides: dict[str, object], day: int, policy: str
) -> None:
    scenario = generated(overrides)
    ground, stock, _ = lived_until(scenario, day)
    allocation = in_force(ground, stock, by_demand(scenario))
    one, requests, lived = told_from(ground, stock, policy, allocation, "compiled")
    other, _, judged = told_from(ground, stock, policy, allocation, "simpy")
    assert one == other
    assert all(event.minute >= day * DAY for event, _, _ in one)
    for name in ("refusal", "parked", "committed", "committed_cents", "served", "released_cents", "due", "paid"):
        assert np.array_equal(getattr(lived, name), getattr(judged, name)), name
    assert len(requests) >= len(stock)


def test_what_the_stock_tells_of_the_past_stays_as_it_is() -> None:
    """Commitments, payments and refusals of the register are the run's own, request by request."""
    scenario = tiny("events=[]", "envelope_eur=60_000")
    ground, stock, before = lived_until(scenario, 200, "pro_rata")
    assert {RequestState(state).name for state in stock.state.tolist()} >= {"AT_DESK", "PARKED", "COMMITTED", "PAID"}
    _, requests, after = told_from(ground, stock, "fixed", in_force(ground, stock, by_demand(scenario)), "compiled")
    mine = np.flatnonzero(requests.all.number < 0)
    rows = np.lexsort((stock.filed_day, np.asarray([ground.cells.branches[at] for at in stock.branch])))
    committed = np.isin(stock.state[rows], (RequestState.COMMITTED, RequestState.SERVED, RequestState.PAID))
    assert np.array_equal(after.committed_cents[mine][committed], stock.committed_cents[rows][committed])
    done = stock.state[rows] >= RequestState.SERVED
    done &= stock.state[rows] <= RequestState.PAID
    assert np.array_equal(after.released_cents[mine][done], stock.released_cents[rows][done])
    paid = stock.state[rows] == RequestState.PAID
    assert (after.paid[mine][paid] < 200 * DAY).all()
    assert (np.asarray(after.committed)[mine][stock.state[rows] == RequestState.REFUSED] == NEVER).all()
    assert sum(before.committed_cents) > 0


def test_training_in_flight_ends_no_earlier_than_the_first_day_and_everything_is_paid_in_the_end() -> None:
    scenario = tiny("events=[]", "payments.year_ceilings=[]")
    ground, stock, _ = lived_until(scenario, 150, "fixed")
    unplanned = replace(stock, end_day=np.where(stock.state == RequestState.COMMITTED, -1, stock.end_day))
    _, requests, lived = told_from(ground, unplanned, "fixed", in_force(ground, stock, by_demand(scenario)), "compiled")
    flying = np.flatnonzero((requests.all.number < 0) & (np.asarray(lived.committed) < 150 * DAY))
    flying = flying[np.asarray(lived.served)[flying] >= 150 * DAY]
    assert len(flying) == int((stock.state == RequestState.COMMITTED).sum()) > 0
    assert (np.asarray(lived.paid)[flying] < NEVER).all()


def test_a_scheme_without_stock_begins_on_its_day_with_the_same_luck() -> None:
    """Requests drawn from the first day on are the ones of the run that starts with the opening, number by number."""
    scenario = tiny("events=[]")
    ground = ground_of(scenario)
    whole = together(ground, draw_requests(ground, 3))
    later = requests_of(ground, 3, empty_stock(ground.calendar.date_of(100 * DAY), len(ground.cells.lines)))
    kept = whole.all.filing_minute >= 100 * DAY
    assert np.array_equal(later.all.number, whole.all.number[kept])
    assert np.array_equal(later.all.hours_hundredths, whole.all.hours_hundredths[kept])
    assert 0 < kept.sum() < len(kept)


def test_an_experiment_from_a_stock_is_the_same_for_any_engine_and_number_of_workers() -> None:
    scenario = tiny()
    ground, stock, _ = lived_until(scenario, 120)
    allocation = in_force(ground, stock, by_demand(scenario))
    tables = {
        digest(simulate(scenario, allocation, runs=6, jobs=jobs, engine=engine, stock=stock))
        for jobs, engine in ((1, "compiled"), (1, "simpy"), (2, "compiled"))
    }
    assert len(tables) == 1
    assert NAMES == ("compiled", "simpy")


def test_the_money_of_a_stock_is_what_the_envelope_leaves() -> None:
    """Worked by hand: 100,000 EUR, 5 % fee, nothing reserved; one commitment of 1,200 EUR, one payment of 500 EUR."""
    scenario = tiny("envelope_eur=100_000", "events=[]", "committee.reserve_share=0.0")
    ground = ground_of(scenario)
    day = ground.calendar.opens.toordinal()
    column = {
        "branch": [0, 0],
        "state": [RequestState.COMMITTED, RequestState.PAID],
        "trainees": [2, 1],
        "filed_day": [day + 3, day + 4],
        "committed_day": [day + 10, day + 11],
        "committed_cents": [120_000, 60_000],
        "end_day": [day + 80, day + 30],
        "released_cents": [0, 10_000],
        "paid_cents": [0, 50_000],
        "finishing": [-1, 1],
    }
    lines = len(ground.cells.lines)
    arrays = {name: np.asarray(values, dtype=np.int64) for name, values in column.items()}
    stock = stock_of(ground.calendar.date_of(50 * DAY), lines, arrays)
    line = int(ground.cells.line_of_cell[0, 0, 0, 0])
    meant = [0] * lines
    meant[line] = 1_000_000
    requests = requests_of(ground, 0, stock)
    begins = beginning(ground, requests, in_force(ground, stock, Allocation(tuple(meant))), False, stock)
    assert begins.accounts[line].tolist() == [1_000_000 - 170_000, 120_000, 50_000, 1_000_000]
    assert begins.numbers.tolist() == [10_000_000, 0, 500_000, 0, 8_500_000, 0, 170_000]
    pot = beginning(ground, requests, Allocation(tuple(meant)), True, stock)
    assert pot.numbers.tolist() == [10_000_000, 0, 500_000, 0, 9_330_000, 0, 170_000]


AHEAD = {"state": RequestState.COMMITTED, "trainees": 1, "committed_cents": 100_000, "paid_cents": 40_000}


@pytest.mark.parametrize("engine", NAMES)
@pytest.mark.parametrize("share", [0.0, 0.5])
@pytest.mark.parametrize(("executed", "balance", "back"), [(90_000, 50_000, 0), (30_000, 0, 10_000)])
def test_an_advance_that_was_paid_is_not_paid_again_and_what_it_was_too_large_by_comes_back(
    engine: str, share: float, executed: int, balance: int, back: int
) -> None:
    """By hand: 1,000 EUR committed, 400 paid ahead before 20 February, whatever the scenario advances from now on."""
    scenario = tiny(
        "events=[]", "committee.dates=[]", "payments.year_ceilings=[]", f"payments.advance_share={share}", NOTHING_NEW
    )
    ground = ground_of(scenario)
    opens = ground.calendar.opens.toordinal()
    days = {"filed_day": opens + 3, "committed_day": opens + 10, "start_day": opens + 11, "end_day": opens + 80}
    columns = {"branch": 0, "paid_day": opens + 20, **AHEAD, **days}
    arrays = {name: np.asarray([value], dtype=np.int64) for name, value in columns.items()}
    stock = stock_of(ground.calendar.date_of(50 * DAY), len(ground.cells.lines), arrays)
    allocation = in_force(ground, stock, by_demand(scenario))
    requests = requests_of(ground, 0, stock)
    exact = replace(
        requests.all, drop_outs=requests.all.drop_outs * 0, executed_basis_points=np.asarray([executed // 10])
    )
    requests = replace(requests, all=exact)
    begins = beginning(ground, requests, allocation, False, stock)
    told: list[tuple[str, int]] = []

    def watch(event: Event, ledger: Ledger) -> None:
        assert ledger.difference() == 0, event
        if event.request >= 0:
            told.append((event.what, event.amount_cents))

    chosen, desk = engine_named(engine), engine_named(engine).examine(ground, requests, None)
    lived = chosen.live(ground, requests, desk, PriceList(ground, requests), "fixed", allocation, watch, begins)
    released = 100_000 - executed
    done = [("service done", released - back)] + ([("advance recovered", back)] if back else [])
    assert told == [*done, ("paid", balance)]
    assert sum(lived.ledger.paid) == executed
    assert payment_flows(ground, lived).paid_cents.sum() == executed


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("state", 9, "state"),
        ("trainees", 0, "trainees"),
        ("filed_day", 10**6, "filed_day"),
        ("committed_cents", 100, "committed_cents"),
        ("released_cents", 100, "released_cents"),
        ("paid_cents", 100, "paid_cents"),
        ("finishing", 5, "finishing"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused_by_its_column(column: str, value: int, said: str) -> None:
    columns = {"branch": 0, "state": 0, "trainees": 1, "filed_day": tiny().windows.opens.toordinal(), column: value}
    arrays = {name: np.asarray([figure], dtype=np.int64) for name, figure in columns.items()}
    ground = ground_of(tiny())
    with pytest.raises(ValueError, match=f"column {said} .* row 0"):
        stock_of(ground.calendar.date_of(50 * DAY), len(ground.cells.lines), arrays)


def test_a_stock_of_another_scenario_is_refused() -> None:
    ground = ground_of(tiny())
    lines = len(ground.cells.lines)
    arrays = {name: np.asarray([9 if name == "branch" else 1], dtype=np.int64) for name in COLUMNS}
    arrays |= {"state": np.zeros(1, dtype=np.int64), "filed_day": np.asarray([ground.calendar.opens.toordinal()])}
    arrays |= {name: np.zeros(1, dtype=np.int64) for name in ("committed_cents", "released_cents", "paid_cents")}
    strange = stock_of(ground.calendar.date_of(50 * DAY), lines, arrays)
    with pytest.raises(ValueError, match="branch"):
        requests_of(ground, 0, strange)
    with pytest.raises(ValueError, match="first day"):
        requests_of(ground, 0, empty_stock(ground.calendar.opens, lines))


def test_what_has_not_begun_is_drawn_as_long_as_what_the_run_draws_itself() -> None:
    """Requests at the desk, and served ones whose day is not told, are not redrawn for longer trainings or lags."""
    ground = ground_of(tiny("inflow.requests_per_year=9000", "events=[]"))
    first = ground.calendar.opens.toordinal() + 60
    drawn = together(ground, draw_requests(ground, 0))
    known = drawn.all
    filed = known.filing_minute // DAY + ground.calendar.opens.toordinal()
    kept = np.flatnonzero(filed < first)
    columns = {
        name: getattr(known, name)[kept] for name in ("size_band", "situation", "pathway", "trainees", "company")
    }
    columns |= {"branch": drawn.branch[kept], "filed_day": filed[kept]}
    for state in (RequestState.AT_DESK, RequestState.PARKED, RequestState.SERVED):
        more = {"state": np.full(len(kept), int(state))}
        if state == RequestState.SERVED:
            more |= {"committed_day": filed[kept], "committed_cents": np.full(len(kept), 1000)}
        stock = stock_of(ground.calendar.date_of(60 * DAY), len(ground.cells.lines), columns | more)
        told = requests_of(ground, 0, stock).all
        own = told.number < 0
        for begins, lasts in (("start_minutes", "duration_minutes"), ("invoice_minutes", "payment_minutes")):
            if state == RequestState.SERVED and begins == "start_minutes":
                continue  # its training is over: it has no length to come
            usual = getattr(known, begins)[kept] + getattr(known, lasts)[kept]
            mine = getattr(told, begins)[own] + getattr(told, lasts)[own]
            error = float(np.hypot(usual.std(), mine.std())) / len(kept) ** 0.5
            assert abs(float(mine.mean() - usual.mean())) < 4 * error, (state, begins)
