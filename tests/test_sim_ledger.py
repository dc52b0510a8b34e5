"""The ledger closes to the cent after every event, whatever happens in whatever order."""

from collections.abc import Callable

import numpy as np
import pytest
from generated import OVERRIDES, TIED, generated
from hand_made import decided_at, requests_of
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import by_demand, tiny

from scenarios.allocation import Allocation
from scenarios.committee import Policy
from scenarios.scenario import Scenario
from scenarios.settings import share_to_basis_points
from sim.appropriations import openings_of
from sim.committee import RULES
from sim.desk import examine
from sim.ground import NEVER, Ground, ground_of
from sim.inflow import draw_requests
from sim.ledger import Ledger
from sim.lived import Event, Lived, Watch
from sim.model import live
from sim.need import need_of
from sim.payment_flows import payment_flows
from sim.price_list import PriceList
from sim.refusal import Refusal
from sim.run_requests import RunRequests, together
from sim.tables import policy_tables

POLICIES: tuple[Policy, ...] = tuple(RULES)


def closes(scenario: Scenario) -> tuple[list[str], Watch]:
    """A watch that checks the identity and the signs of all accounts after every event.

    Open money (under one pot: the pot) falls below zero only by commitments, and never by more than over-programming
    lets them.
    """
    told: list[str] = []
    points = share_to_basis_points(scenario.committee.over_programming_share)
    opened = dict(openings_of(ground_of(scenario)))
    allowed = [0]

    def watch(event: Event, ledger: Ledger) -> None:
        told.append(event.what)
        assert ledger.difference() == 0, event
        assert min([ledger.fee, ledger.reserve, ledger.lapsed, ledger.shortfall]) >= 0, event
        assert min([*ledger.to_pay, *ledger.paid]) >= 0, event
        if not points:
            assert min([ledger.unnotified, *ledger.open]) >= 0, event
        if event.what == "appropriations open":
            allowed[0] = opened[event.minute // 1440]
        if event.what == "committed":
            assert 10_000 * ledger.open[event.line] >= -points * ledger.notified[event.line], event
            assert 10_000 * ledger.unnotified >= -points * (ledger.unnotified + ledger.committed + ledger.lapsed), event
            assert not opened or ledger.committed + ledger.lapsed <= allowed[0], event
        assert ledger.committed == sum(ledger.to_pay) + sum(ledger.paid), event

    return told, watch


def agrees_with_requests(ground: Ground, requests: RunRequests, lived: Lived) -> None:
    """What requests say, added up, is what the accounts say."""
    ledger = lived.ledger
    assert ledger.difference() == 0
    committed, released = np.asarray(lived.committed_cents), np.asarray(lived.released_cents)
    for line in range(len(ground.cells.lines)):
        mine = requests.line == line
        assert ledger.to_pay[line] + ledger.paid[line] == int((committed - released)[mine].sum())
        assert ledger.paid[line] == int(payment_flows(ground, lived).paid_cents[mine].sum())
    done = np.asarray(lived.committed) < NEVER
    refused = np.asarray(lived.refusal) != Refusal.NONE
    assert (done ^ refused).all(), "each request ends committed or refused, never both"


def identity_holds(overrides: dict[str, object]) -> None:
    scenario = generated(overrides)
    ground = ground_of(scenario)
    requests = together(ground, draw_requests(ground, 0))
    examined, prices = examine(ground, requests), PriceList(ground, requests)
    need = need_of(ground, requests, examined, prices)
    for policy in POLICIES:
        _, watch = closes(scenario)
        lived = live(ground, requests, examined, prices, policy, by_demand(scenario), watch)
        agrees_with_requests(ground, requests, lived)
        tables = policy_tables(ground, requests, prices, need, lived)
        assert int(tables.by_line["committed_cents"].sum()) == lived.ledger.committed
        assert int(tables.by_pair["committed_cents"].sum()) == lived.ledger.committed
        assert int(tables.by_month["committed_cents"][0, -1]) == lived.ledger.committed
        assert int(tables.by_year["paid_cents"].sum()) == sum(lived.ledger.paid)
        assert int(tables.by_year["reste_a_payer_cents"][0, -1]) == sum(lived.ledger.to_pay)
        assert int(tables.refusals.sum()) == len(requests)


@settings(max_examples=40)
@given(OVERRIDES)
def test_the_identity_holds_after_every_event_of_generated_scenarios(overrides: dict[str, object]) -> None:
    identity_holds(overrides)


@pytest.mark.deep
@settings(max_examples=1000)
@given(OVERRIDES)
def test_the_identity_holds_after_every_event_of_many_generated_scenarios(overrides: dict[str, object]) -> None:
    identity_holds(overrides)


@settings(max_examples=60)
@given(TIED, st.sampled_from(["head_blocks", "skip"]), st.sampled_from([-115_000, -90_000, -100]))
def test_the_identity_holds_when_all_happens_in_the_same_minutes(
    rows: list[tuple[dict[str, int], int]], blocking: str, cut: int
) -> None:
    """Zero delays, ties, empty branches, a cut on the minute of commitments, and lines that run out."""
    scenario = tiny(f"parking.blocking={blocking}", f"events.0.amount_eur={cut}", "parking.patience_days=1")
    ground = ground_of(scenario)
    ranked = sorted(rows, key=lambda row: str(row[0]["branch"]))
    requests = requests_of(ground, [row for row, _ in ranked])
    examined = decided_at([minute for _, minute in ranked])
    for policy in POLICIES:
        _, watch = closes(scenario)
        prices = PriceList(ground, requests)
        agrees_with_requests(
            ground, requests, live(ground, requests, examined, prices, policy, by_demand(scenario), watch)
        )


def ledger_at(**accounts: int) -> Ledger:
    ledger = Ledger(1_000, 50, 100, 850, 2)
    for line, cents in enumerate((accounts.get("first", 300), accounts.get("second", 100))):
        ledger.notify(line, cents)
    return ledger


@pytest.mark.parametrize(
    "move",
    [
        lambda ledger: ledger.notify(0, -300),
        lambda ledger: ledger.draw_reserve(1, 100),
        lambda ledger: (ledger.commit(0, 200), ledger.pay(0, 150)),
        lambda ledger: (ledger.commit(0, 200), ledger.release(0, 200, True)),
        lambda ledger: (ledger.commit(0, 200), ledger.release(0, 200, False)),
        lambda ledger: (ledger.commit(0, 200), ledger.pay(0, 150), ledger.recover(0, 90, True)),
        lambda ledger: (ledger.commit(0, 200), ledger.pay(0, 150), ledger.recover(0, 90, False)),
        lambda ledger: ledger.raise_envelope(77, 5),
        lambda ledger: ledger.cut_envelope(900, 50, 450, 100, [200, 50]),
        lambda ledger: ledger.close(20),
    ],
)
def test_each_movement_keeps_the_identity(move: Callable[[Ledger], object]) -> None:
    ledger = ledger_at()
    move(ledger)
    assert ledger.difference() == 0


def test_what_a_cut_cannot_take_is_a_shortfall_that_money_given_back_closes_first() -> None:
    ledger = Ledger(1_000, 0, 0, 1_000, 1)
    ledger.notify(0, 1_000)
    ledger.commit(0, 900)
    ledger.cut_envelope(500, 0, 0, 0, [100])
    assert (ledger.authorised, ledger.shortfall, ledger.open) == (500, 400, [0])
    assert ledger.release(0, 150, True) == 0
    assert (ledger.shortfall, ledger.open) == (250, [0])
    assert ledger.raise_envelope(300, 15) == 35, "250 close the shortfall, 15 are the fee"
    assert ledger.difference() == 0


def test_a_top_up_sets_aside_no_more_fee_than_a_shortfall_leaves_of_it() -> None:
    """A shortfall of 90, then 100 more: 90 close it, and of the fee of 20 only 10 can be had; nothing is unnotified."""
    ledger = Ledger(authorised=100, fee=0, reserve=0, unnotified=0, lines=1)
    ledger.unnotified = 100
    ledger.notify(0, 100)
    ledger.commit(0, 90)
    ledger.cut_envelope(100, fee=0, unnotified=0, reserve=0, open_by_line=[10])
    assert ledger.shortfall == 90
    assert ledger.raise_envelope(100, fee_cents=20) == 0
    assert (ledger.shortfall, ledger.fee, ledger.unnotified) == (0, 10, 0)
    assert ledger.difference() == 0


def test_more_than_may_be_distributed_is_refused() -> None:
    scenario = tiny()
    ground = ground_of(scenario)
    requests = requests_of(ground, [])
    for cents in ((10**12, *[0] * 5), (0,)):
        with pytest.raises(ValueError, match=r"notified|allocation"):
            live(ground, requests, decided_at([]), PriceList(ground, requests), "fixed", Allocation(cents))


def test_a_top_up_after_a_cut_took_more_than_a_line_was_notified() -> None:
    """An over-programmed line commits more than it has; all of it released and cut, it is below nothing, and no top-up
    is owed to it."""
    identity_holds(
        {
            "envelope_eur": 40000,
            "seed": 6725,
            "inflow.requests_per_year": 60,
            "scheme.price_date": "filing",
            "scheme.management_fee.base": "authorised",
            "desk.discipline": "fifo",
            "desk.decision_lag_days": "{kind: constant, at: 0}",
            "parking.blocking": "head_blocks",
            "parking.patience_days": 0,
            "inflow.start_lag_days": "{kind: constant, at: 0}",
            "inflow.invoice_lag_days": "{kind: constant, at: 0}",
            "payments.year_ceilings": "[]",
            "payments.advance_share": 0.0,
            "payments.instalments": "[]",
            "payments.earlier_commitments": "[]",
            "steering": "[]",
            "inflow.prior_aid_eur": "null",
            "committee.over_programming_share": 0.05,
            "constraints.commitment_openings": "[]",
            "committee.reserve_share": 0.2,
            "committee.fungibility.movable_share": 0.0,
            "committee.fungibility.floor_share": 0.0,
            "lines": "[branch, size_band, situation, pathway]",
            "events.0.amount_eur": -1000,
            "events.0.date": "2021-04-01",
            "events.1.amount_eur": 20000,
        }
    )
