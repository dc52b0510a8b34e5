"""Payments: ceilings of the year, the State's cash, advances; what is due and cannot be paid waits in order."""

from typing import Any

import numpy as np
import pytest
from hand_made import decided_at
from hand_made import requests_of as written
from hypothesis import given, settings
from hypothesis import strategies as st
from stock_making import register_of
from tiny import by_demand, tiny

from scenarios.opening_money import opening_money
from scenarios.payment_money import cash_coming, payable_in
from scenarios.scenario import Scenario
from sim.beginning import beginning, in_force
from sim.engines import NAMES, EngineName, engine_named
from sim.experiment import simulate
from sim.ground import NEVER, ground_of
from sim.inflow import draw_requests
from sim.ledger import Ledger
from sim.lived import Event, Lived
from sim.price_list import PriceList
from sim.run_requests import together
from sim.stock_requests import requests_of
from sim.summary import summarise
from sim.treasury import instalments_of

CASH = (
    "payments.instalments=[{date: 2021-01-01, share: 0.1}, {date: 2021-09-01, share: 0.2}, "
    "{date: 2022-04-01, share: 0.6}]"
)
NO_CEILING = "payments.year_ceilings=[]"


def lived_through(scenario: Scenario, run: int = 0) -> tuple[Lived, list[Event]]:
    ground = ground_of(scenario)
    requests = together(ground, draw_requests(ground, run))
    engine, events = engine_named("compiled"), []

    def watch(event: Event, ledger: Ledger) -> None:
        events.append(event)

    examined = engine.examine(ground, requests, None)
    lived = engine.live(ground, requests, examined, PriceList(ground, requests), "fixed", by_demand(scenario), watch)
    return lived, events


SIGNS = {"paid": 1, "advance paid": 1, "advance recovered": -1}


@settings(max_examples=15)
@given(st.integers(0, 11), st.sampled_from([0.0, 0.4]), st.sampled_from(["[]", "[{year: 2021, due_eur: 2000}]"]))
def test_no_more_is_ever_paid_than_cash_has_come_less_what_older_commitments_took(
    run: int, advance: float, earlier: str
) -> None:
    scenario = tiny(CASH, NO_CEILING, f"payments.advance_share={advance}", f"payments.earlier_commitments={earlier}")
    ground = ground_of(scenario)
    _, events = lived_through(scenario, run)
    received = paid = 0
    for event in events:
        if event.what == "instalment":
            received += event.amount_cents
        paid += SIGNS.get(event.what, 0) * event.amount_cents
        if SIGNS.get(event.what) == 1 and event.amount_cents:
            assert paid <= received - ground.earlier_by_day[event.minute // 1440], event
    assert received == sum(cents for _, cents in instalments_of(ground))


def test_claims_are_paid_in_the_order_of_falling_due() -> None:
    """Of all balances and advances paid, none that fell due later was paid before one that fell due earlier."""
    lived, _ = lived_through(tiny(CASH, "payments.advance_share=0.3"))
    assert lived.advances is not None
    balance = np.asarray(lived.committed_cents) - np.asarray(lived.released_cents) - np.asarray(lived.advances.cents)
    due = np.concatenate([np.asarray(lived.advances.due), np.where(balance > 0, np.asarray(lived.due), NEVER)])
    paid = np.concatenate([np.asarray(lived.advances.paid), np.where(balance > 0, np.asarray(lived.paid), NEVER)])
    order = np.argsort(due, kind="stable")
    assert (np.diff(paid[order]) >= 0).all()
    assert (paid[due < NEVER] > due[due < NEVER]).any(), "something waited"
    assert (paid < NEVER).any()


def test_without_advance_and_instalments_declared_nothing_changes() -> None:
    """Zero declared is nothing declared, event by event."""
    assert lived_through(tiny())[1] == lived_through(tiny("payments.advance_share=0.0", "payments.instalments=[]"))[1]


def test_enough_cash_from_the_first_day_pays_as_if_there_were_no_instalments() -> None:
    plenty = "payments.instalments=[{date: 2020-12-31, eur: 1000000}]"
    (one, _), (other, _) = lived_through(tiny(NO_CEILING)), lived_through(tiny(NO_CEILING, plenty))
    assert np.array_equal(np.asarray(one.paid), np.asarray(other.paid))


@pytest.mark.parametrize(
    ("ceilings", "earlier", "left"),
    [
        (
            "[{year: 2021, ceiling_eur: 100}, {year: 2022, ceiling_eur: 100}]",
            "[{year: 2021, due_eur: 30}]",
            [7_000, 10_000],
        ),
        # 50 EUR of 2021 are paid first of all in 2022.
        ("[{year: 2021, ceiling_eur: 100}, {year: 2022, ceiling_eur: 90}]", "[{year: 2021, due_eur: 150}]", [0, 4_000]),
        ("[{year: 2021, ceiling_eur: 100}]", "[{year: 2021, due_eur: 150}]", [0, None]),
    ],
)
def test_earlier_commitments_are_paid_first_out_of_each_year(
    ceilings: str, earlier: str, left: list[int | None]
) -> None:
    scenario = tiny(f"payments.year_ceilings={ceilings}", f"payments.earlier_commitments={earlier}")
    assert payable_in(scenario, (2021, 2022)) == left


def test_the_cash_rows_of_findings_close_and_end_with_what_the_years_say() -> None:
    scenario = tiny(CASH, "payments.advance_share=0.3", "payments.earlier_commitments=[{year: 2021, due_eur: 1000}]")
    told = summarise(scenario, simulate(scenario, by_demand(scenario), runs=1))["simulation"]
    assert len(told["cash"]) == len(told["months"]) == 24
    for row, month in zip(told["cash"], told["months"], strict=True):
        paid = row["paid_cents"]["mean"]
        assert paid == month["paid_cents"]["mean"]
        assert row["left_cents"]["mean"] == row["received_cents"] - row["earlier_cents"] - paid
    for year in told["years"]:
        december = next(row for row in told["cash"] if row["month"] == f"{year['year']}-12")
        assert december["due_unpaid_cents"]["mean"] == year["due_unpaid_cents"]["mean"]
    assert told["cash"][0]["earlier_cents"] == 100_000 * 31 // 365
    assert max(row["due_unpaid_cents"]["mean"] for row in told["cash"]) > 0
    assert "cash" not in summarise(tiny(), simulate(tiny(), by_demand(tiny()), runs=1))["simulation"]


def test_shares_of_the_whole_give_the_whole_to_the_cent() -> None:
    """Thirds of 100.01 euros: 33.34, 33.33 and 33.34, each sum so far rounded half up; a half cent goes up."""
    rows = "[{date: 2021-01-01, share: 0.3333}, {date: 2021-02-01, share: 0.3333}, {date: 2021-03-01, share: 0.3334}]"
    thirds = tiny(f"payments.instalments={rows}", NO_CEILING)
    assert [cents for _, cents in cash_coming(thirds, 10_001)] == [3333, 3334, 3334]
    halves = tiny("payments.instalments=[{date: 2021-01-01, share: 0.5}, {date: 2021-02-01, share: 0.5}]", NO_CEILING)
    assert [cents for _, cents in cash_coming(halves, 5)] == [3, 2]


def test_a_late_instalment_comes_once_wherever_the_run_begins() -> None:
    """The second of three is 60 days late; on 1 April, what came before and what is to come are the whole."""
    scenario = tiny(
        "payments.instalments=[{date: 2021-01-01, share: 0.4}, {date: 2021-03-01, share: 0.3}, "
        "{date: 2021-09-01, share: 0.3}]",
        "events=[{kind: instalment_late, date: 2021-03-01, late_days: 60}]",
        NO_CEILING,
    )
    ground = ground_of(scenario)
    requests = together(ground, draw_requests(ground, 0))
    engine = engine_named("compiled")
    examined = engine.examine(ground, requests, None)
    lived = engine.live(ground, requests, examined, PriceList(ground, requests), "fixed", by_demand(scenario), None)
    day = 90
    stock = register_of(ground, requests, np.asarray(examined.decision_minute), lived, day)
    going_on = requests_of(ground, 0, stock)
    begins = beginning(ground, going_on, in_force(ground, stock, by_demand(scenario)), False, stock)
    to_come = sum(cents for number, cents in instalments_of(ground) if number >= day)
    assert begins.cash + int(stock.paid_cents.sum()) + to_come == opening_money(scenario).distributable_cents


BARE = (
    "envelope_eur=10_000_000",
    "events=[]",
    "committee.dates=[]",
    "payments.advance_share=0.5",
    "scheme.company_aid_ceilings=[]",
    NO_CEILING,
)


def paid_by(engine: EngineName, cash: str, rows: list[dict[str, Any]], days: list[int]) -> list[tuple[int, str, int]]:
    """What is told of the payments of requests decided on at midnight of some days: (day, what, cents)."""
    scenario = tiny(*BARE, f"payments.instalments={cash}")
    ground = ground_of(scenario)
    requests = written(ground, rows)
    told: list[tuple[int, str, int]] = []

    def watch(event: Event, ledger: Ledger) -> None:
        assert ledger.difference() == 0, event
        if event.request >= 0 and event.what not in ("committed", "service done"):
            told.append((event.minute // 1440, event.what, event.amount_cents))

    chosen, desk = engine_named(engine), decided_at([day * 1440 for day in days])
    chosen.live(ground, requests, desk, PriceList(ground, requests), "fixed", by_demand(scenario), watch)
    return told


@pytest.mark.parametrize("engine", NAMES)
def test_an_advance_that_waits_and_is_cut_is_paid_as_soon_as_it_fits(engine: EngineName) -> None:
    """By hand: 200 EUR, half ahead, 60 EUR in cash. 50 EUR are executed, so that on day 30 the 100 EUR become 50."""
    row = {"branch": "metal", "duration_minutes": 30 * 1440, "executed_basis_points": 2_500, "invoice_minutes": 1440}
    told = paid_by(engine, "[{date: 2021-01-01, eur: 60}]", [row], [0])
    assert told == [(0, "advance due, waits to be paid", 10_000), (30, "advance paid", 5_000), (31, "paid", 0)]


@pytest.mark.parametrize("engine", NAMES)
def test_a_balance_of_nothing_waits_for_no_money_and_blocks_nobody(engine: EngineName) -> None:
    """By hand: no cash until day 59. One request executes nothing: its balance is settled on day 10."""
    nothing = {"branch": "metal", "duration_minutes": 10 * 1440, "executed_basis_points": 0}
    whole = {"branch": "paper", "duration_minutes": 5 * 1440}
    told = paid_by(engine, "[{date: 2021-03-01, eur: 1000}]", [nothing, whole], [0, 0])
    assert told == [
        (0, "advance due, waits to be paid", 10_000),
        (0, "advance due, waits to be paid", 10_000),
        (5, "due, waits to be paid", 10_000),
        (10, "advance paid", 0),
        (10, "paid", 0),
        (59, "advance paid", 10_000),
        (59, "paid", 10_000),
    ]
