"""What policies may and may not change, on the same luck."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hand_made import decided_at, minute_of, requests_of
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import by_demand, tiny

from scenarios.events import EnvelopeChange
from scenarios.scenario import Scenario
from sim.amendments import amend
from sim.committee import Sight, follow_the_queue
from sim.desk import examine
from sim.experiment import Experiment, simulate
from sim.ground import NEVER, ground_of
from sim.inflow import draw_requests
from sim.least_asked import LeastAsked
from sim.ledger import Ledger
from sim.line_split import split_over_lines
from sim.lived import Lived
from sim.model import live
from sim.need import need_of
from sim.price_list import PriceList
from sim.refusal import Refusal
from sim.run_requests import RunRequests, together
from sim.tables import need_tables, policy_tables


def lived_under(scenario: Scenario, policy: str, run: int = 0) -> tuple[RunRequests, Lived]:
    ground = ground_of(scenario)
    requests = together(ground, draw_requests(ground, run))
    return requests, live(
        ground, requests, examine(ground, requests), PriceList(ground, requests), policy, by_demand(scenario)
    )


def committed(experiment: Experiment) -> np.ndarray:
    return np.asarray([outcome.by_line["committed_cents"].sum(axis=1) for outcome in experiment.policies])


RICH = ("envelope_eur=100_000_000", "events=[]")


@pytest.mark.parametrize("blocking", ["head_blocks", "skip"])
def test_all_policies_do_the_same_when_money_never_binds(blocking: str) -> None:
    scenario = tiny(*RICH, f"parking.blocking={blocking}")
    for run in range(3):
        lives = [lived_under(scenario, policy, run)[1] for policy in ("first_come", "fixed", "pro_rata")]
        for other in lives[1:]:
            assert other.committed == lives[0].committed
            assert other.committed_cents == lives[0].committed_cents
            assert other.paid == lives[0].paid
            assert other.refusal == lives[0].refusal


@pytest.mark.parametrize("advance", ["0", "0.3", "0.9", "1"])
def test_execution_is_the_need_when_money_never_binds(advance: str) -> None:
    """Need and execution come from two pieces of code: they must agree request by request, and year by year."""
    lots = ("payments.year_ceilings=[]", "inflow.requests_per_year=400", "desk.officers=4")
    scenario = tiny(*RICH, *lots, f"payments.advance_share={advance}")
    ground = ground_of(scenario)
    for run in range(4):
        requests = together(ground, draw_requests(ground, run))
        examined, prices = examine(ground, requests), PriceList(ground, requests)
        need = need_of(ground, requests, examined, prices)
        lived = live(ground, requests, examined, prices, "fixed", by_demand(scenario))
        assert need.places.tolist() == np.flatnonzero(np.asarray(lived.committed) < NEVER).tolist()
        assert need.cents.tolist() == [lived.committed_cents[place] for place in need.places]
        assert need.minute.tolist() == [lived.committed[place] for place in need.places]
        paid = [lived.committed_cents[place] - lived.released_cents[place] for place in need.places]
        assert need.due_cents.tolist() == paid
        assert need.due.tolist() == [lived.due[place] for place in need.places]
        tables = need_tables(ground, requests, examined, need), policy_tables(ground, requests, prices, need, lived)
        assert tables[0].by_year["due_cents"].tolist() == tables[1].by_year["paid_cents"].tolist()
    assert Refusal.AID_CEILING in lived.refusal, "the ceiling of aid must be at work in this test"


def test_the_need_does_not_depend_on_policy_allocation_or_money() -> None:
    scenario = tiny()
    first = simulate(scenario, by_demand(scenario), ["fixed"], runs=3)
    poor = tiny("envelope_eur=50_000", "parking.patience_days=1", "committee.reserve_share=0.9")
    second = simulate(poor, by_demand(poor), ["first_come", "pro_rata"], runs=3)
    for table in ("by_line", "by_pair", "by_month", "by_year", "totals"):
        for name, values in getattr(first.need, table).items():
            assert np.array_equal(values, getattr(second.need, table)[name]), name


@settings(max_examples=25)
@given(
    st.integers(0, 1_000),
    st.integers(1, 115_000),
    st.sampled_from(["2021-01-01", "2021-04-01", "2021-07-15"]),
    st.sampled_from(["first_come", "fixed", "pro_rata"]),
    st.sampled_from(["head_blocks", "skip"]),
)
def test_a_cut_never_takes_back_and_never_adds_money(seed: int, cut: int, day: str, policy: str, blocking: str) -> None:
    """What was committed before the cut stays; commitments never exceed the larger of the cut envelope and that."""
    same = (f"seed={seed}", f"parking.blocking={blocking}", "envelope_eur=115_000")
    whole = tiny(*same, "events=[]")
    less = tiny(*same, f"events=[{{kind: envelope_change, date: {day}, amount_eur: {-cut}}}]")
    _, before = lived_under(whole, policy)
    _, after = lived_under(less, policy)
    minute = minute_of(ground_of(whole), f"{day} 00:00")
    for place, when in enumerate(before.committed):
        if when < minute:
            assert after.committed[place] == when
            assert after.committed_cents[place] == before.committed_cents[place]
    assert after.ledger.authorised == before.ledger.authorised - 100 * cut
    assert after.ledger.committed + after.ledger.fee <= after.ledger.authorised + after.ledger.shortfall


def test_a_cut_never_makes_more_committed_in_one_pot() -> None:
    """First come, first served, whoever waits goes away at once: less money commits no more at any cut."""
    for seed in range(12):
        totals = []
        for cut in (0, 10_000, 40_000, 80_000):
            event = f"events=[{{kind: envelope_change, date: 2021-05-03, amount_eur: {-cut}}}]"
            _, lived = lived_under(tiny(f"seed={seed}", event), "first_come")
            totals.append(sum(lived.committed_cents))
        # An indivisible request may leave room for others: a smaller pot may commit at most one request more.
        largest = max(lived.committed_cents, default=0)
        assert all(later <= earlier + largest for earlier, later in itertools.pairwise(totals))


def test_permuting_branches_permutes_results() -> None:
    codes = ["metal", "paper", "lime"]
    scenario = tiny()
    turned = scenario.model_copy(update={"branches": {code: scenario.branches[code] for code in reversed(codes)}})
    one, two = (simulate(question, by_demand(question), runs=4) for question in (scenario, turned))
    keys = [line.key for line in two.ground.cells.lines]
    order = [keys.index(line.key) for line in one.ground.cells.lines]
    for first, second in zip(one.policies, two.policies, strict=True):
        for name, table in first.by_line.items():
            assert np.array_equal(table, second.by_line[name][:, order]), name
        for name, table in first.by_pair.items():
            assert np.array_equal(table, second.by_pair[name][:, ::-1]), name
        for name, table in first.totals.items():
            assert np.array_equal(table, second.totals[name]), name


def test_skipping_serves_whom_a_blocked_head_would_hold_up() -> None:
    """A dear request waits; a cheap one behind it is served at once only where the queue may be skipped."""
    rows = [{"branch": "metal", "hours_hundredths": 10_000_000}, {"branch": "metal", "hours_hundredths": 100}]
    found = {}
    for blocking in ("head_blocks", "skip"):
        scenario = tiny(f"parking.blocking={blocking}", "events=[]", "scheme.company_aid_ceilings=[]")
        ground = ground_of(scenario)
        requests = requests_of(ground, rows)
        prices = PriceList(ground, requests)
        found[blocking] = live(
            ground, requests, decided_at([5_000, 5_000]), prices, "fixed", by_demand(scenario)
        ).committed
    # The head's patience of 60 days ends, and the next has its turn.
    assert found["head_blocks"] == [NEVER, 5_000 + 60 * 1440]
    assert found["skip"] == [NEVER, 5_000]


@settings(max_examples=30)
@given(
    st.integers(0, 500), st.sampled_from(["filing", "commitment", "start"]), st.sampled_from(["first_come", "fixed"])
)
def test_the_short_cut_of_skipping_queues_changes_nothing(seed: int, price_date: str, policy: str) -> None:
    """Knowing what the cheapest asks for spares looks at the queue; with a look each time the life is the same."""
    scenario = tiny(f"seed={seed}", f"scheme.price_date={price_date}", "parking.blocking=skip", "envelope_eur=60_000")
    _, quick = lived_under(scenario, policy)
    original = LeastAsked.more_than
    try:
        LeastAsked.more_than = lambda *_: False  # type: ignore[method-assign]
        _, slow = lived_under(scenario, policy)
    finally:
        LeastAsked.more_than = original  # type: ignore[method-assign]
    assert quick.committed == slow.committed
    assert quick.refusal == slow.refusal


def test_price_follows_its_date() -> None:
    """The same request under the three price dates: what the rules of each day say."""
    row = {"branch": "metal", "size_band": 2, "situation": 1, "filing_minute": 10_000, "start_minutes": 60 * 1440}
    found = {}
    for when in ("filing", "commitment", "start"):
        scenario = tiny(f"scheme.price_date={when}")
        ground = ground_of(scenario)
        requests = requests_of(ground, [row])
        prices = PriceList(ground, requests)
        found[when] = [
            prices.trainee_cents(0, minute_of(ground, f"2021-{day} 10:00")) for day in ("01-08", "04-01", "05-03")
        ]
    # A large company in mutation: nothing before April, 40 % in April, the better 50 % from May.
    assert found["filing"] == [-1, -1, -1]
    assert found["commitment"] == [-1, 8_000, 10_000]
    assert found["start"] == [-1, 10_000, 10_000]


def sight(open_cents: tuple[int, ...], unnotified: int, waiting: tuple[int, ...], share: float) -> list[int]:
    ground = ground_of(tiny(f"committee.fungibility.movable_share={share}"))
    padding = (0,) * (6 - len(open_cents))
    return follow_the_queue(Sight(ground, open_cents + padding, unnotified, waiting + padding))[: len(open_cents)]


def test_unspent_money_follows_the_queue() -> None:
    assert sight((1_000, 0), 0, (0, 600), 1.0) == [-600, 600]
    assert sight((1_000, 0), 0, (0, 600), 0.5) == [-500, 500]
    assert sight((1_000, 0), 0, (0, 600), 0.0) == [0, 0]
    assert sight((1_000, 0), 400, (0, 0), 1.0) == [0, 0], "nothing waits, nothing moves"
    assert sight((0, 0), 400, (100, 100), 1.0) == [100, 100], "unnotified money is notified where requests wait"
    assert sight((900, 300), 0, (0, 500), 0.5) == [-263, 263], (
        "of 600 in the pool 350 go where they lack, and 250 back by gifts of 450 and 150"
    )


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=6, max_size=6),
    st.integers(0, 10**9),
    st.sampled_from([0.0, 0.3333, 1.0]),
)
def test_the_committee_moves_only_what_there_is(lines: list[tuple[int, int]], unnotified: int, share: float) -> None:
    open_cents, waiting = tuple(one for one, _ in lines), tuple(other for _, other in lines)
    changes = sight(open_cents, unnotified, waiting, share)
    assert 0 <= sum(changes) <= unnotified
    for held, waits, change in zip(open_cents, waiting, changes, strict=True):
        assert held + change >= held - held * round(share * 10_000) // 10_000, "no line gives more than may move"
        gift = held * round(share * 10_000) // 10_000
        if not gift:
            assert change <= max(waits - held, 0), "who gives nothing gets no more than it lacks"


def test_cents_that_do_not_divide_go_by_the_lines_key() -> None:
    ground = ground_of(tiny())
    parts = split_over_lines(ground, 2, [1] * 6)
    keys = sorted(line.key for line in ground.cells.lines)
    assert {ground.cells.lines[index].key for index, part in enumerate(parts) if part} == set(keys[:2])


def amended(
    amount: float, base: str, *, unnotified: int, reserve: int, open_cents: int, committed_cents: int
) -> Ledger:
    scenario = tiny(f"scheme.management_fee.base={base}", "envelope_eur=1_000", "events=[]")
    ground = ground_of(scenario)
    fee = 5_000 if base == "authorised" else 4_762
    ledger = Ledger(100_000, fee, reserve, 100_000 - fee - reserve, 6)
    ledger.notify(0, 100_000 - fee - reserve - unnotified)
    ledger.commit(0, committed_cents)
    assert ledger.open[0] == open_cents
    event = EnvelopeChange(kind="envelope_change", day=scenario.windows.opens, amount_eur=amount)
    amend(ground, ledger, event, one_pot=False)
    assert ledger.difference() == 0
    return ledger


def test_a_cut_takes_the_fee_then_unnotified_then_reserve_then_open() -> None:
    """1,000 EUR with a fee of 5 % of what is authorised: a cut of 600 EUR takes 30 of fee, then down the accounts."""
    accounts = {"unnotified": 10_000, "reserve": 20_000, "open_cents": 35_000, "committed_cents": 30_000}
    ledger = amended(-600.0, "authorised", **accounts)
    assert (ledger.fee, ledger.unnotified, ledger.reserve, ledger.open[0]) == (2_000, 0, 0, 8_000)
    assert (ledger.shortfall, ledger.notified[0]) == (0, 65_000 - 27_000)
    ledger = amended(-900.0, "authorised", **accounts)
    assert (ledger.fee, ledger.open[0], ledger.shortfall) == (500, 0, 20_500)


def test_a_cut_takes_what_the_fees_provision_no_longer_needs_on_the_other_bases_too() -> None:
    """f = 5 % of (authorised - f): 47.62 EUR of 1,000, 42.86 of 900; but 5 % of what is committed stays."""
    ledger = amended(-100.0, "paid", unnotified=10_000, reserve=0, open_cents=55_238, committed_cents=30_000)
    assert (ledger.fee, ledger.unnotified, ledger.open[0]) == (4_286, 476, 55_238)
    ledger = amended(-900.0, "committed", unnotified=10_000, reserve=0, open_cents=55_238, committed_cents=30_000)
    assert (ledger.fee, ledger.unnotified, ledger.open[0]) == (1_500, 0, 0), "5 % of 300 EUR, not of 100"
    assert ledger.shortfall == 90_000 - (4_762 - 1_500) - 10_000 - 55_238
    before = amended(-0.01, "committed", unnotified=10_000, reserve=0, open_cents=55_238, committed_cents=30_000)
    assert before.fee in (4_761, 4_762)


def test_a_top_up_where_nothing_was_notified_stays_unnotified() -> None:
    """There is nothing to go by: the committee may move it, an equal split is nobody's decision."""
    scenario = tiny("envelope_eur=1_000", "events=[]")
    ground = ground_of(scenario)
    ledger = Ledger(100_000, 5_000, 0, 95_000, 6)
    more = EnvelopeChange(kind="envelope_change", day=scenario.windows.opens, amount_eur=100.0)
    changes = amend(ground, ledger, more, False)
    assert (changes, ledger.unnotified, ledger.open) == ([0] * 6, 95_000 + 9_500, [0] * 6)


def test_a_cut_takes_nothing_from_a_line_that_is_over_programmed() -> None:
    scenario = tiny("envelope_eur=1_000", "events=[]", "committee.over_programming_share=0.5")
    ledger = Ledger(100_000, 5_000, 0, 95_000, 6)
    ledger.notify(0, 50_000)
    ledger.notify(1, 45_000)
    ledger.commit(0, 60_000)
    cut = EnvelopeChange(kind="envelope_change", day=scenario.windows.opens, amount_eur=-500.0)
    amend(ground_of(scenario), ledger, cut, False)
    assert ledger.open[:2] == [-10_000, 0]
    assert (ledger.fee, ledger.shortfall, ledger.difference()) == (2_500, 2_500, 0)


def test_a_top_up_sets_aside_its_fee_and_is_notified_at_once() -> None:
    ledger = amended(100.0, "authorised", unnotified=0, reserve=0, open_cents=65_000, committed_cents=30_000)
    assert (ledger.authorised, ledger.fee, ledger.open[0]) == (110_000, 5_500, 65_000 + 9_500)
    # f = 5 % of (1,100 - f) is 52.38 EUR: the provision is computed anew.
    ledger = amended(100.0, "committed", unnotified=0, reserve=0, open_cents=65_238, committed_cents=30_000)
    assert (ledger.fee, ledger.open[0]) == (5_238, 65_238 + 9_524)


@pytest.mark.parametrize("base", ["authorised", "committed", "paid"])
def test_the_fee_is_earned_on_its_base(base: str) -> None:
    _, lived = lived_under(tiny(f"scheme.management_fee.base={base}", "events=[]", "envelope_eur=115_000"), "fixed")
    ledger = lived.ledger
    expected = {"authorised": 11_500_000, "committed": ledger.committed, "paid": sum(ledger.paid)}[base]
    assert ledger.fee == (expected * 500 + 5_000) // 10_000


def test_a_scarcer_state_aid_ceiling_refuses_more() -> None:
    found = []
    for ceiling in (500, 5_000, 50_000):
        scenario = tiny(*RICH, f"scheme.company_aid_ceilings=[{{from: 2021-01-01, ceiling_eur: {ceiling}}}]")
        found.append(sum(lived_under(scenario, "fixed", run)[1].refusal.count(Refusal.AID_CEILING) for run in range(3)))
    assert found[0] > found[1] > found[2]


def test_payments_wait_for_their_years_appropriations_and_end_with_the_horizon() -> None:
    _, free = lived_under(tiny("payments.year_ceilings=[]"), "fixed")
    _, tight = lived_under(tiny("payments.year_ceilings=[{year: 2021, ceiling_eur: 0}]"), "fixed")
    year = minute_of(ground_of(tiny()), "2022-01-01 00:00")
    assert [place for place, when in enumerate(free.paid) if when < year]
    for before, after in zip(free.paid, tight.paid, strict=True):
        assert after == (year if before < year else before), "what 2021 may not pay is paid on 1 January"
    _, never = lived_under(
        tiny("payments.year_ceilings=[{year: 2021, ceiling_eur: 0}, {year: 2022, ceiling_eur: 0}]"), "fixed"
    )
    # Only what executed nothing, and so is due 0, may be "paid" before something waits.
    assert sum(never.ledger.paid) == 0
    assert sum(never.ledger.to_pay) == never.ledger.committed


POOR = ("envelope_eur=1_000", "events=[]", "scheme.company_aid_ceilings=[]")


def test_more_patience_parks_longer() -> None:
    """Whoever waits is refused after `patience_days`, to the minute."""
    for days in (0, 7):
        scenario = tiny(*POOR, f"parking.patience_days={days}", "parking.blocking=skip")
        ground = ground_of(scenario)
        requests = requests_of(ground, [{"branch": "metal", "hours_hundredths": 100_000}])
        prices = PriceList(ground, requests)
        told: list[tuple[int, str]] = []
        live(
            ground,
            requests,
            decided_at([5_000]),
            prices,
            "fixed",
            by_demand(scenario),
            lambda event, ledger, told=told: told.append((event.minute, event.what)),
        )
        assert [one for one in told if one[1].startswith(("parked", "refused"))] == [
            (5_000, "parked"),
            (5_000 + days * 1440, "refused: patience"),
        ]


def test_whoever_still_waits_at_the_commitment_deadline_is_refused() -> None:
    scenario = tiny(*POOR, "parking.patience_days=3000")
    ground = ground_of(scenario)
    requests = requests_of(ground, [{"branch": "metal", "hours_hundredths": 100_000}])
    prices = PriceList(ground, requests)
    lived = live(ground, requests, decided_at([5_000]), prices, "fixed", by_demand(scenario))
    assert lived.refusal == [Refusal.DEADLINE]
    ends_with_it = replace(ground, commitment_end=ground.horizon)
    lived = live(ends_with_it, requests, decided_at([5_000]), prices, "fixed", by_demand(scenario))
    assert lived.refusal == [Refusal.DEADLINE], "also where the deadline is the end of the horizon"


def test_a_top_up_reaches_whoever_waits_for_the_pot() -> None:
    """A pot serves its queue on the day; a line gets a share, and more on the committee's next date."""
    event = "events=[{kind: envelope_change, date: 2021-02-01, amount_eur: 30_000}]"
    scenario = tiny("envelope_eur=1_000", event, "scheme.company_aid_ceilings=[]", "parking.patience_days=300")
    ground = ground_of(scenario)
    requests = requests_of(ground, [{"branch": "metal", "hours_hundredths": 100_000}])
    prices = PriceList(ground, requests)
    top_up, committee = (minute_of(ground, f"2021-{day} 00:00") for day in ("02-01", "04-01"))
    # Only a part of the top-up comes to one of four lines: too little for 20,000 EUR.
    for policy, served in (("first_come", top_up), ("fixed", NEVER), ("pro_rata", committee)):
        lived = live(ground, requests, decided_at([5_000]), prices, policy, by_demand(scenario))
        assert lived.committed == [served], policy


def test_what_falls_due_waits_behind_what_already_waits() -> None:
    """600 EUR a year: 500 are paid, 200 wait for the new year, and so do the 50 that would still fit."""
    scenario = tiny("payments.year_ceilings=[{year: 2021, ceiling_eur: 600}]", "events=[]")
    ground = ground_of(scenario)
    rows = [{"branch": "metal", "hours_hundredths": hours} for hours in (2_500, 1_000, 250)]
    requests = requests_of(ground, rows)
    prices, year = PriceList(ground, requests), minute_of(ground, "2022-01-01 00:00")
    lived = live(ground, requests, decided_at([5_000, 5_001, 5_002]), prices, "fixed", by_demand(scenario))
    assert lived.paid == [5_000, year, year]
    need = need_of(ground, requests, decided_at([5_000, 5_001, 5_002]), prices)
    tables = policy_tables(ground, requests, prices, need, lived).by_year
    assert tables["due_unpaid_cents"].tolist() == [[25_000, 0]], "unpaid on 31 December, paid on 1 January"
    assert tables["reste_a_payer_cents"].tolist() == [[25_000, 0]]
    assert tables["paid_cents"].tolist() == [[50_000, 25_000]]


@pytest.mark.parametrize("when", ["filing", "commitment", "start"])
def test_need_and_execution_share_one_price_whatever_its_date(when: str) -> None:
    scenario = tiny(*RICH, f"scheme.price_date={when}")
    ground = ground_of(scenario)
    for run in range(4):
        requests = together(ground, draw_requests(ground, run))
        examined, prices = examine(ground, requests), PriceList(ground, requests)
        need = need_of(ground, requests, examined, prices)
        lived = live(ground, requests, examined, prices, "fixed", by_demand(scenario))
        assert need.cents.tolist() == [lived.committed_cents[place] for place in need.places]
        table = policy_tables(ground, requests, prices, need, lived).by_line
        assert table["gross_support_cents"].sum() <= table["gross_committed_cents"].sum()
        assert table["unmet_need_cents"].sum() == 0
