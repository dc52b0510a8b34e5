"""Steering rules at the desk: what each lets happen and what it never does, by both engines."""

from typing import Any

import numpy as np
import pytest
from generated import CUT_MINUTE, STEERING, TIED
from hand_made import decided_at, requests_of
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import by_demand, tiny

from scenarios.scenario import Scenario
from sim.closings import closed_requests
from sim.committee import RULES
from sim.desk import examine
from sim.engines import engine_named
from sim.ground import NEVER, Ground, ground_of
from sim.inflow import draw_requests
from sim.ledger import Ledger
from sim.lived import Event, Lived
from sim.need import need_of
from sim.price_list import PriceList
from sim.refusal import Refusal
from sim.run_requests import RunRequests, together
from sim.verification import first_difference, told_by

CLOSING = "steering=[{kind: closing, last_day: 2021-04-30, branches: [metal], situations: [ap]}]"


def lived_under(
    scenario: Scenario, policy: Any = "pro_rata", run: int = 0
) -> tuple[Ground, RunRequests, Lived, list[tuple[Event, int, list[int]]]]:
    """A run by the compiled engine; each event with the pot's money and the lines' notified money after it."""
    ground = ground_of(scenario)
    requests = together(ground, draw_requests(ground, run))
    engine = engine_named("compiled")
    told: list[tuple[Event, int, list[int]]] = []

    def watch(event: Event, ledger: Ledger) -> None:
        told.append((event, ledger.unnotified + ledger.committed + ledger.lapsed, list(ledger.notified)))

    examined = engine.examine(ground, requests, None)
    lived = engine.live(ground, requests, examined, PriceList(ground, requests), policy, by_demand(scenario), watch)
    return ground, requests, lived, told


@settings(max_examples=15)
@given(st.integers(0, 11), st.sampled_from(sorted(RULES)), st.sampled_from(["head_blocks", "skip"]))
def test_what_a_quota_names_never_holds_more_than_its_share_when_it_is_committed(
    run: int, policy: str, blocking: str
) -> None:
    """Added up anew from the events: commitments less what was given back, against the share of the line's money."""
    scenario = tiny("steering=[{kind: quota, pathway_types: [long], max_share: 0.35}]", f"parking.blocking={blocking}")
    _, requests, _, told = lived_under(scenario, policy, run)
    long = requests.all.pathway == 0
    held: dict[int, int] = {}
    waited = 0
    for event, pot, notified in told:
        waited += event.what == "parked for its quota"
        if event.request < 0 or not long[event.request]:
            continue
        at = 0 if policy == "first_come" else event.line
        if event.what == "committed":
            held[at] = held.get(at, 0) + event.amount_cents
            assert held[at] <= 0.35 * (pot if policy == "first_come" else notified[event.line]), event
        elif event.what in ("service done", "advance recovered"):
            held[at] -= event.amount_cents
    assert waited or policy != "pro_rata"


def test_a_quota_in_euros_holds_over_all_lines_together() -> None:
    scenario = tiny("steering=[{kind: quota, size_groups: [larger], max_eur: 9000}]", "envelope_eur=1_000_000")
    _, requests, _, told = lived_under(scenario, "fixed")
    larger = requests.all.size_band > 0
    held = most = 0
    for event, _, _ in told:
        if event.request >= 0 and larger[event.request]:
            held += event.amount_cents if event.what == "committed" else 0
            held -= event.amount_cents if event.what == "service done" else 0
            most = max(most, held)
    assert 0.5 * 900_000 < most <= 900_000


def test_who_waits_for_its_quota_is_no_sign_that_the_line_ran_dry() -> None:
    """With money for everybody nothing is parked for money, whatever waits for its quota."""
    never = "steering=[{kind: quota, pathway_types: [long], max_share: 0.0}]"
    scenario = tiny(never, "envelope_eur=10_000_000", "events=[]")
    ground, requests, lived, told = lived_under(scenario, "fixed")
    assert min(np.asarray(lived.parked)) == NEVER
    waited = {event.request for event, _, _ in told if event.what == "parked for its quota"}
    assert waited
    assert all(requests.all.pathway[place] == 0 for place in waited)
    assert all(lived.refusal[place] in (Refusal.PATIENCE, Refusal.DEADLINE) for place in waited)
    committed = np.asarray(lived.committed) < NEVER
    assert not committed[requests.all.pathway == 0].any()
    assert ground.cells.pathway_types[0] == "long"


def test_a_priority_serves_the_first_of_who_waits_when_money_comes() -> None:
    """Three wait for money on a line, the oldest unnamed; a top-up for two serves the named one and then the oldest."""
    question = (
        "steering=[{kind: priority, by: situation, first: [mutation]}]",
        "envelope_eur=1_000",
        "scheme.management_fee.fee_share=0.0",
        "committee.reserve_share=0.0",
        "committee.dates=[]",
        "events=[{kind: envelope_change, date: 2021-06-15, amount_eur: 420}]",
        "parking.patience_days=300",
        "scheme.pay_support.opening=[]",
    )
    rows = [
        {"branch": "metal", "hours_hundredths": 5_000},
        {"branch": "metal", "hours_hundredths": 1_000},
        {"branch": "metal", "hours_hundredths": 1_000},
        {"branch": "metal", "hours_hundredths": 1_000, "situation": 1},
    ]
    scenario = tiny(*question)
    ground = ground_of(scenario)
    requests = requests_of(ground, rows)
    for name in ("compiled", "simpy"):
        lived = engine_named(name).live(
            ground, requests, decided_at([1, 2, 3, 4]), PriceList(ground, requests), "first_come", by_demand(scenario)
        )
        assert [int(minute) for minute in lived.committed] == [1, CUT_MINUTE, NEVER, CUT_MINUTE]


def test_a_closing_refuses_at_filing_takes_no_desk_time_and_is_no_need() -> None:
    """The desk's work is what it would be if what the closing keeps out had never been filed."""
    scenario = tiny(CLOSING)
    ground, requests, lived, told = lived_under(scenario)
    closed = closed_requests(ground, requests)
    assert 0 < closed.sum() < len(requests)
    late = requests.all.filing_minute >= (31 + 28 + 31 + 30) * 1440
    ours = (requests.branch == list(ground.cells.branches).index("metal")) & (requests.all.situation == 0)
    assert (closed == (late & ours)).all()
    refused = {event.request: event for event, _, _ in told if event.what == "refused: closed"}
    assert sorted(refused) == np.flatnonzero(closed).tolist()
    for place, event in refused.items():
        assert event.minute == requests.all.filing_minute[place]
        assert lived.refusal[place] == Refusal.CLOSED
    examined = examine(ground, requests)
    need = need_of(ground, requests, examined, PriceList(ground, requests))
    assert not closed[need.places].any()
    assert (examined.first_wait_minutes[closed] == -1).all()
    open_ground = ground_of(tiny())
    rows = [np.flatnonzero((requests.branch == branch) & ~closed) for branch in range(len(ground.cells.branches))]
    by_branch = draw_requests(open_ground, 0)
    kept = []
    for one, places in zip(by_branch, rows, strict=True):
        stays = np.isin(one.number, requests.all.number[places])
        kept.append(type(one)(**{name: values[stays] for name, values in vars(one).items()}))
    without = examine(open_ground, together(open_ground, tuple(kept)))
    assert examined.decision_minute[~closed].tolist() == without.decision_minute.tolist()


def test_rules_that_name_nobody_change_nothing() -> None:
    nothing = (
        "steering=[{kind: quota, pathway_types: [long], max_share: 1.0}, {kind: closing, last_day: 2021-09-30}, "
        "{kind: priority, by: pathway, first: [long, short]}]"
    )
    only_quota = "steering=[{kind: quota, pathway_types: [long, short], max_eur: 100000000}]"
    plain = lived_under(tiny())[3]
    assert lived_under(tiny(only_quota))[3] == plain
    assert lived_under(tiny(nothing, "envelope_eur=10_000_000"))[3] == lived_under(tiny("envelope_eur=10_000_000"))[3]


MONEY = st.fixed_dictionaries(
    {
        "steering": st.sampled_from(STEERING),
        "committee.over_programming_share": st.sampled_from([0.0, 0.1]),
        "payments.advance_share": st.sampled_from([0.0, 0.5]),
        "payments.instalments": st.sampled_from(
            ["[]", "[{date: 2021-01-01, share: 0.2}, {date: 2021-06-15, share: 0.3}, {date: 2022-01-01, share: 0.5}]"]
        ),
        "constraints.commitment_openings": st.sampled_from(
            ["[]", "[{date: 2021-01-01, share: 0.3}, {date: 2021-06-15, share: 0.4}]"]
        ),
        "parking.blocking": st.sampled_from(["head_blocks", "skip"]),
    }
)


def same_money_when_all_is_tied(rows: list[tuple[dict[str, Any], int]], money: dict[str, object]) -> None:
    scenario = tiny(*(f"{key}={value}" for key, value in money.items()), "parking.patience_days=100")
    ground = ground_of(scenario)
    ranked = sorted(rows, key=lambda row: str(row[0]["branch"]))
    requests = requests_of(ground, [{**row, "filing_minute": min(at, 272 * 1440)} for row, at in ranked])
    for policy in RULES:
        told = [
            told_by(name, ground, requests, policy, by_demand(scenario), decided_at([at for _, at in ranked]))
            for name in ("simpy", "compiled")
        ]
        assert first_difference(*told) is None, policy


@settings(max_examples=30)
@given(TIED, MONEY)
def test_both_engines_agree_on_money_when_all_happens_in_the_same_minutes(
    rows: list[tuple[dict[str, Any], int]], money: dict[str, object]
) -> None:
    same_money_when_all_is_tied(rows, money)


@pytest.mark.deep
@settings(max_examples=1000)
@given(TIED, MONEY)
def test_both_engines_agree_on_money_in_many_ties(
    rows: list[tuple[dict[str, Any], int]], money: dict[str, object]
) -> None:
    same_money_when_all_is_tied(rows, money)
