"""What happens exactly on an edge: on the minute of a deadline, at the cent of a limit; by both engines alike.

Each request is one trainee for 10 hours at 20 EUR, all taken: 200 EUR, priced on the day of filing, the opening.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hand_made import decided_at, requests_of
from tiny import tiny

from scenarios.allocation import Allocation
from scenarios.calendar import DAY
from scenarios.events import EnvelopeChange
from sim.amendments import amend
from sim.appropriations import open_before
from sim.closings import closed_requests
from sim.engines import EngineName, engine_named
from sim.fee_earned import fee_earned_cents
from sim.ground import NEVER, Ground, ground_of
from sim.ledger import Ledger
from sim.lived import Event, Lived
from sim.need import need_of
from sim.payment_flows import payment_flows, until
from sim.price_list import PriceList
from sim.refusal import Refusal
from sim.tables import policy_tables

PLAIN = (
    "scheme.price_date=filing",
    "scheme.management_fee.fee_share=0.0",
    "scheme.pay_support.opening=[]",
    "scheme.company_aid_ceilings=[]",
    "committee.reserve_share=0.0",
    "committee.dates=[]",
    "payments.year_ceilings=[]",
    "events=[]",
)


def lived_by(
    name: EngineName,
    more: tuple[str, ...],
    rows: list[dict[str, Any]],
    decided: list[int],
    notified: int = 1_000_000,
    policy: Any = "fixed",
) -> tuple[Ground, Lived, list[Event]]:
    """Requests of metal's small companies, decided on at minutes of their own, on the money of their line."""
    ground = ground_of(tiny(*PLAIN, *more))
    line = next(at for at, one in enumerate(ground.cells.lines) if one.key == "metal/under_50")
    money = [0] * len(ground.cells.lines)
    money[line] = notified
    requests = requests_of(ground, [{"branch": "metal", **row} for row in rows])
    told: list[Event] = []

    def watch(event: Event, ledger: Ledger) -> None:
        told.append(event)

    lived = engine_named(name).live(
        ground, requests, decided_at(decided), PriceList(ground, requests), policy, Allocation(tuple(money)), watch
    )
    return ground, lived, told


ENGINES = pytest.mark.parametrize("name", ["simpy", "compiled"])
GROUND = ground_of(tiny())


@ENGINES
def test_the_last_minute_of_commitments_is_in_time_and_the_next_is_late(name: EngineName) -> None:
    end = GROUND.commitment_end
    _, lived, _ = lived_by(name, (), [{}, {"company": 1}], [end - 1, end])
    assert [int(minute) for minute in lived.committed] == [end - 1, NEVER]
    assert lived.refusal[1] == Refusal.LATE


@ENGINES
def test_training_may_end_on_the_last_minute_of_execution(name: EngineName) -> None:
    end = GROUND.execution_end
    _, lived, _ = lived_by(name, (), [{"start_minutes": end - 5}, {"start_minutes": end - 4, "company": 1}], [5, 5])
    assert [int(minute) for minute in lived.committed] == [5, NEVER]
    assert lived.refusal[1] == Refusal.TOO_LATE_TO_TRAIN


def test_the_need_has_the_same_last_minutes() -> None:
    """Decided in time and too late by a minute; trained in time and too late by a minute."""
    ground = ground_of(tiny(*PLAIN))
    ends = (ground.commitment_end, ground.execution_end)
    starts = [0, 0, ends[1] - 5, ends[1] - 4]
    requests = requests_of(ground, [{"branch": "metal", "start_minutes": at} for at in starts])
    need = need_of(ground, requests, decided_at([ends[0] - 1, ends[0], 5, 5]), PriceList(ground, requests))
    assert need.places.tolist() == [0, 2]


@ENGINES
def test_what_is_given_back_on_the_last_minute_of_filing_is_free_and_lapses_on_the_next(name: EngineName) -> None:
    """Half of 200 EUR is not executed, twice."""
    end = GROUND.filing_end
    half = {"executed_basis_points": 5_000}
    rows = [{**half, "duration_minutes": end - 1}, {**half, "duration_minutes": end, "company": 1}]
    _, lived, _ = lived_by(name, (), rows, [0, 0])
    assert lived.ledger.lapsed == 10_000
    assert sum(lived.ledger.open) == 1_000_000 - 2 * 20_000 + 10_000


@ENGINES
def test_what_is_given_back_after_filing_closes_a_shortfall_before_it_lapses(name: EngineName) -> None:
    """All 400 EUR are committed when 150 EUR are cut; 200 EUR come back after filing: 150 close it, 50 lapse."""
    cut = "events=[{kind: envelope_change, date: 2021-06-15, amount_eur: -150}]"
    nothing = {"executed_basis_points": 0, "duration_minutes": GROUND.filing_end}
    _, lived, _ = lived_by(name, ("envelope_eur=400", cut), [nothing, {"company": 1}], [0, 0], notified=40_000)
    ledger = lived.ledger
    assert (ledger.authorised, ledger.shortfall, ledger.lapsed, sum(ledger.open)) == (25_000, 0, 5_000, 0)


@ENGINES
@pytest.mark.parametrize(("notified", "committed"), [(20_000, True), (19_999, False)])
def test_the_last_cent_of_a_line_counts(name: EngineName, notified: int, committed: bool) -> None:
    _, lived, _ = lived_by(name, (), [{}], [0], notified)
    assert (int(lived.committed[0]) < NEVER) is committed
    assert (int(lived.parked[0]) < NEVER) is not committed


@ENGINES
@pytest.mark.parametrize(
    ("rule", "notified", "committed"),
    [
        ("max_share: 0.2", 100_000, True),
        ("max_share: 0.2", 99_999, False),
        ("max_eur: 200", 1_000_000, True),
        ("max_eur: 199.99", 1_000_000, False),
    ],
)
def test_a_quota_may_be_used_to_its_last_cent(name: EngineName, rule: str, notified: int, committed: bool) -> None:
    quota = f"steering=[{{kind: quota, pathway_types: [long], {rule}}}]"
    _, lived, told = lived_by(name, (quota,), [{}], [0], notified)
    assert (int(lived.committed[0]) < NEVER) is committed
    assert ("parked for its quota" in {event.what for event in told}) is not committed


@ENGINES
def test_what_a_quota_holds_falls_with_what_is_given_back(name: EngineName) -> None:
    """200 EUR may be held; the first gives all back on day 10, and the second, which waited, is committed then."""
    quota = "steering=[{kind: quota, pathway_types: [long], max_eur: 200}]"
    rows = [{"executed_basis_points": 0, "duration_minutes": 10 * DAY}, {"company": 1}]
    _, lived, _ = lived_by(name, (quota,), rows, [0, 0])
    assert [int(minute) for minute in lived.committed] == [0, 10 * DAY]


@ENGINES
@pytest.mark.parametrize(("ceiling", "committed"), [(400, 2), (399.99, 1)])
def test_aid_may_reach_its_ceiling_and_what_is_given_back_was_aid(
    name: EngineName, ceiling: float, committed: int
) -> None:
    """One company asks for 200 EUR twice, and a third time when all of the first is given back: aid granted is aid."""
    rule = f"scheme.company_aid_ceilings=[{{from: 2021-01-01, ceiling_eur: {ceiling}}}]"
    rows = [{"executed_basis_points": 0, "duration_minutes": 10}, {}, {}]
    _, lived, _ = lived_by(name, (rule,), rows, [0, 5, 20])
    assert sum(int(minute) < NEVER for minute in lived.committed) == committed
    assert lived.refusal[2] == Refusal.AID_CEILING


@ENGINES
def test_patience_ends_after_its_days_to_the_minute_and_the_next_one_is_tried(name: EngineName) -> None:
    """The head asks for twice what is there and leaves after 60 days; the one behind it is served in that minute."""
    rows = [{"trainees": 2}, {"company": 1}]
    _, lived, told = lived_by(name, (), rows, [7, 8], notified=20_000)
    assert [event.minute for event in told if event.what == "refused: patience"] == [7 + 60 * DAY]
    assert [int(minute) for minute in lived.committed] == [NEVER, 7 + 60 * DAY]


@ENGINES
def test_no_more_is_over_programmed_while_a_cut_leaves_a_shortfall(name: EngineName) -> None:
    """600 EUR are committed when 100 EUR are cut; half as much again as was notified may be committed beyond.

    On day 40 there is a shortfall, and nothing may; on day 60 200 EUR come back: 100 EUR close it, 100 EUR are open,
    and half of the 500 EUR that stay notified are there beside them.
    """
    cut = "events=[{kind: envelope_change, date: 2021-02-01, amount_eur: -100}]"
    more = ("envelope_eur=600", "committee.over_programming_share=0.5", cut)
    rows = [{"executed_basis_points": 0, "duration_minutes": 60 * DAY}, *({"company": at} for at in (1, 2, 3))]
    _, lived, _ = lived_by(name, more, rows, [0, 1, 2, 40 * DAY], notified=60_000)
    assert [int(minute) for minute in lived.committed] == [0, 1, 2, 60 * DAY]


def test_a_closing_closes_with_the_midnight_after_its_last_day_and_lets_a_stock_in() -> None:
    """Filed in its last minute, on midnight, and on midnight by a request that was there before (numbered below 0)."""
    ground = ground_of(tiny(*PLAIN, "steering=[{kind: closing, last_day: 2021-04-30}]"))
    midnight = (31 + 28 + 31 + 30) * DAY
    rows = [{"branch": "metal", "filing_minute": at} for at in (midnight - 1, midnight, midnight)]
    requests = requests_of(ground, rows)
    numbered = replace(requests, all=replace(requests.all, number=np.asarray([0, 1, -1], dtype=np.int64)))
    assert closed_requests(ground, numbered).tolist() == [False, True, False]


@ENGINES
def test_midnight_belongs_to_the_new_year(name: EngineName) -> None:
    """Two balances fall due in the last minute of 2021 and the first of 2022; each year may pay 200 EUR, and does."""
    new_year = 365 * DAY
    ceilings = "payments.year_ceilings=[{year: 2021, ceiling_eur: 200}, {year: 2022, ceiling_eur: 200}]"
    rows = [{"invoice_minutes": new_year - 1}, {"invoice_minutes": new_year, "company": 1}]
    ground, lived, _ = lived_by(name, (ceilings,), rows, [0, 0])
    assert [int(minute) for minute in lived.paid] == [new_year - 1, new_year]
    paid = payment_flows(ground, lived).paid
    assert [until(paid, minute) for minute in (new_year - 1, new_year, new_year + 1)] == [0, 20_000, 40_000]


@ENGINES
def test_what_falls_due_later_waits_behind_what_waits_though_there_is_money_for_it(name: EngineName) -> None:
    """300 EUR may be paid in 2021: 200, then 200 that wait, then 100 that could be paid and wait behind them."""
    ceilings = "payments.year_ceilings=[{year: 2021, ceiling_eur: 300}]"
    rows = [
        {"invoice_minutes": 10},
        {"invoice_minutes": 20, "company": 1},
        {"invoice_minutes": 30, "company": 2, "executed_basis_points": 5_000},
    ]
    _, lived, _ = lived_by(name, (ceilings,), rows, [0, 0, 0])
    assert [int(minute) for minute in lived.paid] == [10, 365 * DAY, 365 * DAY]


@ENGINES
def test_an_advance_that_comes_back_is_paid_out_again_in_the_year_in_which_it_comes_back(name: EngineName) -> None:
    """Half of 200 EUR is advanced twice in 2021. In 2022 50 EUR may be paid and a balance of 100 EUR waits; on day 400
    the other request has followed nothing, its 100 EUR come back, and the balance is paid."""
    more = (
        "payments.advance_share=0.5",
        "payments.year_ceilings=[{year: 2021, ceiling_eur: 300}, {year: 2022, ceiling_eur: 50}]",
    )
    rows = [
        {"executed_basis_points": 0, "duration_minutes": 400 * DAY},
        {"company": 1, "invoice_minutes": 366 * DAY},
    ]
    ground, lived, told = lived_by(name, more, rows, [0, 0])
    assert int(lived.paid[1]) == 400 * DAY
    assert payment_flows(ground, lived).paid_cents.tolist() == [0, 20_000]
    assert [event.amount_cents for event in told if event.what == "advance recovered"] == [10_000]


@ENGINES
def test_what_has_lapsed_used_its_appropriations_up(name: EngineName) -> None:
    """Half of 400 EUR is open by date. 200 EUR are committed, and given back after filing: nothing more may be."""
    more = ("envelope_eur=400", "constraints.commitment_openings=[{date: 2021-01-01, share: 0.5}]")
    end = GROUND.filing_end
    rows = [{"executed_basis_points": 0, "duration_minutes": end}, {"company": 1}]
    _, lived, _ = lived_by(name, more, rows, [0, end + 1], notified=40_000)
    assert lived.ledger.lapsed == 20_000
    assert [int(minute) for minute in lived.committed] == [0, NEVER]
    assert int(lived.parked[1]) == end + 1


@ENGINES
def test_money_follows_nobody_who_can_no_longer_be_trained(name: EngineName) -> None:
    """200 EUR lie unnotified and two wait, on two lines; by the committee's day one of them is too late to train."""
    more = ("envelope_eur=200", "committee.dates=[2021-06-01]", "parking.patience_days=300")
    rows = [{"duration_minutes": GROUND.execution_end - 10 * DAY}, {"branch": "paper", "company": 1}]
    _, lived, _ = lived_by(name, more, rows, [0, 0], notified=0, policy="pro_rata")
    assert [int(minute) for minute in lived.committed] == [NEVER, 151 * DAY]


def test_appropriations_of_a_day_open_on_its_first_minute_and_not_before() -> None:
    """A run that begins on that minute still has the opening ahead of it: it is not counted twice."""
    ground = ground_of(
        tiny(*PLAIN, "envelope_eur=400", "constraints.commitment_openings=[{date: 2021-03-01, share: 0.5}]")
    )
    day = 59 * DAY
    assert [open_before(ground, minute) for minute in (0, day, day + 1)] == [0, 0, 20_000]


@ENGINES
def test_who_is_still_in_training_at_the_end_has_not_dropped_out(name: EngineName) -> None:
    """Of two trainees one will drop out; training that ends with the horizon is over, a minute later it is not."""
    more = ("windows.last_payment=2022-06-30",)
    end = GROUND.execution_end
    row = {"trainees": 2, "drop_outs": 1}
    rows = [{**row, "start_minutes": end - 6}, {**row, "start_minutes": end - 5, "company": 1}]
    ground, lived, _ = lived_by(name, more, rows, [5, 5])
    assert ground.horizon == end
    requests = requests_of(ground, [{"branch": "metal", **row} for row in rows])
    prices = PriceList(ground, requests)
    need = need_of(ground, requests, decided_at([5, 5]), prices)
    found = policy_tables(ground, requests, prices, need, lived).by_line
    assert int(found["pathways_committed"].sum()) == 4
    assert int(found["pathways_net"].sum()) == 3


def test_a_training_of_which_nothing_was_followed_is_not_completed() -> None:
    row = {"branch": "metal", "trainees": 2}
    rows = [{**row, "executed_basis_points": 0}, {**row, "company": 1, "executed_basis_points": 1}]
    ground, lived, _ = lived_by("simpy", (), rows, [5, 5])
    requests, examined = requests_of(ground, rows), decided_at([5, 5])
    prices = PriceList(ground, requests)
    found = policy_tables(ground, requests, prices, need_of(ground, requests, examined, prices), lived).by_line
    assert int(found["pathways_completed"].sum()) == 2


def test_a_fee_of_half_a_cent_is_a_cent() -> None:
    """5 % of 10 cents committed, and of 9: 0.5 and 0.45 cents."""
    scenario = tiny("scheme.management_fee={fee_share: 0.05, base: committed}")
    ledger = Ledger(1_000, 0, 0, 1_000, 1)
    for committed, fee in ((10, 1), (9, 0)):
        ledger.committed = committed
        assert fee_earned_cents(scenario, ledger) == fee


def test_a_cut_takes_what_nobody_was_notified_before_the_reserve() -> None:
    """100 cents unnotified and 100 in reserve: 60 taken leave 40 and 100, 60 more leave nothing and 80."""
    ground = ground_of(tiny(*PLAIN))
    ledger = Ledger(200, 0, 100, 100, len(ground.cells.lines))
    cut = EnvelopeChange.model_validate({"kind": "envelope_change", "date": date(2021, 6, 15), "amount_eur": -0.6})
    for left in ((40, 100), (0, 80)):
        amend(ground, ledger, cut, one_pot=False)
        assert (ledger.unnotified, ledger.reserve) == left
