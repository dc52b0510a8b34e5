"""Dated events: what each does, what it leaves alone, and that both engines live them alike."""

from collections.abc import Iterator

import numpy as np
import pytest
from generated import OVERRIDES, RULES_CHANGE, STAFFING, eventful
from hand_made import minute_of
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sim_engines import digest, same_traces
from test_sim_stock import lived_until, told_from
from tiny import by_demand, tiny

from scenarios.attributes import Requests
from scenarios.event_luck import which_happen
from scenarios.foresight import as_lived
from scenarios.scenario import Scenario
from sim.beginning import in_force
from sim.committee import RULES
from sim.engines import engine_named
from sim.experiment import simulate
from sim.ground import ground_of
from sim.inflow import draw_requests
from sim.kinds import Kind
from sim.ledger import Ledger
from sim.lived import Event
from sim.lived_events import lived_events
from sim.price_list import PriceList
from sim.run_requests import together
from sim.summary import summarise
from sim.trace import Row, trace

CALM = ("events=[]",)


def rows_of(scenario: Scenario, run: int = 0) -> list[Row]:
    """The trace of a run, without the rows that only tell of an event of the rules."""
    return [row for row in trace(scenario, by_demand(scenario), run) if row.kind != "event"]


@settings(max_examples=50)
@given(OVERRIDES, RULES_CHANGE, STAFFING)
def test_both_engines_live_dated_events_alike(
    overrides: dict[str, object], events: list[str], staffing: dict[str, object]
) -> None:
    same_traces(eventful(overrides, events, staffing))


@pytest.mark.deep
@settings(max_examples=1000)
@given(OVERRIDES, RULES_CHANGE, STAFFING)
def test_both_engines_live_many_dated_events_alike(
    overrides: dict[str, object], events: list[str], staffing: dict[str, object]
) -> None:
    same_traces(eventful(overrides, events, staffing), run=3)


@settings(max_examples=20)
@given(OVERRIDES, RULES_CHANGE, STAFFING)
def test_the_identity_holds_after_every_dated_event(
    overrides: dict[str, object], events: list[str], staffing: dict[str, object]
) -> None:
    scenario = eventful(overrides, events, staffing)
    ground = ground_of(scenario)
    requests = together(ground, draw_requests(ground, 0), 0)
    seen: set[Kind] = set()

    def watch(event: Event, ledger: Ledger) -> None:
        seen.add(event.kind)
        assert ledger.difference() == 0, event
        assert min([ledger.reserve, *ledger.to_pay, *ledger.paid]) >= 0, event
        if not scenario.committee.over_programming_share:
            assert min([ledger.unnotified, *ledger.open]) >= 0, event

    for name in ("simpy", "compiled"):
        engine = engine_named(name)  # type: ignore[arg-type]
        examined = engine.examine(ground, requests, None)
        for policy in RULES:
            engine.live(ground, requests, examined, PriceList(ground, requests), policy, by_demand(scenario), watch)
    assert (Kind.EVENT in seen) == any(event.kind != "envelope_change" for event in scenario.events)


# What changes nothing changes nothing


NOTHING_CHANGES = [
    "{kind: demand_shock, date: 2021-03-01, factor: 1}",
    "{kind: demand_shock, date: 2021-03-01, until: 2021-06-30, factor: 1, branches: [metal, paper]}",
    "{kind: officers_change, date: 2021-03-01, officers: 0}",
    "{kind: support_suspended, date: 2021-11-15}",
    "{kind: support_reopened, date: 2021-02-01, until: 2021-10-31}",
    "{kind: rate_change, date: 2021-02-15, max_employees: 249, regime: temporary, rate_share: 1.0}",
    "{kind: envelope_change, date: 2021-03-01, amount_eur: -50000, probability: 0}",
]


@pytest.mark.parametrize("event", NOTHING_CHANGES)
@pytest.mark.parametrize("blocking", ["skip", "head_blocks"])
def test_an_event_that_changes_nothing_leaves_the_bytes_alone(event: str, blocking: str) -> None:
    """A factor of 1, no officer more, a rate as it was, support closed where it is closed, a probability of 0."""
    same = (f"parking.blocking={blocking}", "inflow.requests_per_year=120")
    plain, other = tiny(*CALM, *same), tiny(f"events=[{event}]", *same)
    assert rows_of(other) == rows_of(plain)
    assert digest(simulate(other, by_demand(other), runs=3)) == digest(simulate(plain, by_demand(plain), runs=3))


def test_a_probability_of_one_is_certainty() -> None:
    event = "{kind: envelope_change, date: 2021-03-01, amount_eur: -50000%s}"
    certain, sure = tiny(f"events=[{event % ''}]"), tiny(f"events=[{event % ', probability: 1'}]")
    assert rows_of(sure) == rows_of(certain)
    assert digest(simulate(sure, by_demand(sure), runs=3)) == digest(simulate(certain, by_demand(certain), runs=3))


# Luck


def cut(probability: float, amount: int = -1000) -> Scenario:
    return tiny(
        f"events=[{{kind: envelope_change, date: 2021-03-01, amount_eur: {amount}, probability: {probability}}}]"
    )


def test_an_uncertain_amendment_comes_as_often_as_it_says() -> None:
    """2,000 runs at 0.3: 600 within 3.29 standard deviations of a binomial, which hold 99.9 %."""
    scenario = cut(0.3)
    happened = sum(which_happen(scenario, run)[0] for run in range(2_000))
    assert abs(happened - 600) < 3.29 * (2_000 * 0.3 * 0.7) ** 0.5


def test_what_happens_at_a_probability_happens_at_every_higher_one_whatever_its_amount() -> None:
    low, high, other = cut(0.3), cut(0.6), cut(0.3, amount=500)
    for run in range(300):
        assert which_happen(low, run) <= which_happen(high, run)
        assert which_happen(low, run) == which_happen(other, run)


def test_runs_in_which_it_does_not_come_are_those_of_a_scenario_without_it() -> None:
    uncertain, certain, without = cut(0.5, -50_000), cut(1, -50_000), tiny(*CALM)
    seen = {True: 0, False: 0}
    for run in range(12):
        (happens,) = which_happen(uncertain, run)
        seen[happens] += 1
        assert rows_of(uncertain, run) == rows_of(certain if happens else without, run)
    assert min(seen.values()) > 0


def test_uncertain_amendments_of_one_day_have_each_their_luck() -> None:
    pair = ", ".join(
        f"{{kind: envelope_change, date: 2021-03-01, amount_eur: {amount}, probability: 0.5}}" for amount in (-10, 10)
    )
    drawn = {which_happen(tiny(f"events=[{pair}]"), run) for run in range(60)}
    assert drawn == {(True, True), (True, False), (False, True), (False, False)}


def attributes_by_branch(scenario: Scenario, run: int) -> dict[str, Requests]:
    ground = ground_of(scenario)
    return dict(zip(ground.cells.branches, draw_requests(ground, run), strict=True))


PERSONAL = ("hours_hundredths", "fee_cents_per_hour", "pay_cents_per_hour", "trainees", "work_minutes", "start_minutes")
"""What depends on the request alone, and on no date."""


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_a_shock_adds_numbers_and_shifts_nobodys_luck(factor: float) -> None:
    """Other branches are the same to the byte; the k-th request of the branch keeps its luck; more come, or fewer."""
    plain = attributes_by_branch(tiny(*CALM, "inflow.requests_per_year=400"), 1)
    shock = f"events=[{{kind: demand_shock, date: 2021-03-01, factor: {factor}, branches: [metal]}}]"
    shocked = attributes_by_branch(tiny(shock, "inflow.requests_per_year=400"), 1)
    for name in ("filing_minute", *PERSONAL):
        assert np.array_equal(getattr(plain["paper"], name), getattr(shocked["paper"], name))
    mine, theirs = plain["metal"], shocked["metal"]
    assert (len(theirs.number) > len(mine.number)) == (factor > 1)
    both = min(len(mine.number), len(theirs.number))
    assert both > 50
    for name in ("hours_hundredths", "fee_cents_per_hour", "trainees", "work_minutes"):
        assert np.array_equal(getattr(mine, name)[:both], getattr(theirs, name)[:both])


def test_a_shock_multiplies_the_requests_of_its_time_and_of_no_other() -> None:
    """With nothing but Poisson luck: requests filed in its time come to factor times their number, within 99.9 %."""
    steady = (
        "inflow.branch_dispersion=0",
        "inflow.common_factor.monthly_sd=0",
        "inflow.uncertain.volume={kind: constant, at: 1}",
        "inflow.requests_per_year=3000",
    )
    shock = "events=[{kind: demand_shock, date: 2021-03-01, until: 2021-04-30, factor: 2, branches: [metal]}]"
    plain, shocked = tiny(*CALM, *steady), tiny(shock, *steady)
    ground = ground_of(plain)
    first, last = minute_of(ground, "2021-03-01 00:00"), minute_of(ground, "2021-05-01 00:00")

    def filed(scenario: Scenario) -> tuple[int, int]:
        minutes = np.concatenate([attributes_by_branch(scenario, run)["metal"].filing_minute for run in range(5)])
        inside = int(((minutes >= first) & (minutes < last)).sum())
        return inside, len(minutes) - inside

    (before, others), (after, still) = filed(plain), filed(shocked)
    assert abs(after - 2 * before) < 3.29 * (after + 4 * before) ** 0.5
    assert abs(still - others) < 3.29 * (still + others) ** 0.5


def test_a_branch_whose_demand_vanishes_files_nothing_any_more() -> None:
    scenario = tiny("events=[{kind: demand_shock, date: 2021-03-01, factor: 0, branches: [metal]}]")
    ground = ground_of(scenario)
    for run in range(5):
        filed = attributes_by_branch(scenario, run)["metal"].filing_minute
        assert (filed < minute_of(ground, "2021-03-01 00:00")).all()


@pytest.fixture(scope="module")
def waiting_rows() -> Iterator[dict[str, list[Row]]]:
    """The same run with pay support as it is, and suspended in June, under lines that have run out."""
    poor = (
        "envelope_eur=60000",
        "committee.policy=fixed",
        "inflow.requests_per_year=120",
        "scheme.price_date=commitment",
    )
    suspended = "events=[{kind: support_suspended, date: 2021-06-01}]"
    yield {
        "as it is": rows_of(tiny(*CALM, *poor)),
        "suspended": trace(tiny(suspended, *poor), by_demand(tiny(*poor)), 0),
    }


def test_nobody_is_paid_support_for_while_it_is_suspended(waiting_rows: dict[str, list[Row]]) -> None:
    """Until the day both runs are the same; on the day the trace tells of it."""
    before = [row for row in waiting_rows["as it is"] if row.date < "2021-06-01"]
    assert [row for row in waiting_rows["suspended"] if row.date < "2021-06-01"] == before
    assert [row.date for row in waiting_rows["suspended"] if row.note == "pay support suspended"] == ["2021-06-01"]


def test_support_stops_and_comes_back_in_the_cents() -> None:
    """Committed in the time of suspension: the fee alone, by the one price; before and after: fee and support."""
    scenario = tiny(
        "events=[{kind: support_suspended, date: 2021-03-01}, {kind: support_reopened, date: 2021-06-01}]",
        "envelope_eur=100_000_000",
    )
    plain = tiny(*CALM, "envelope_eur=100_000_000")
    seen = {"before": 0, "within": 0, "after": 0}
    for run in range(4):
        with_support = {(row.branch, row.number): row for row in rows_of(plain, run) if row.note == "committed"}
        for row in rows_of(scenario, run):
            other = with_support.get((row.branch, row.number))
            if row.note != "committed" or other is None:
                continue
            assert isinstance(row.amount_cents, int)
            assert isinstance(other.amount_cents, int)
            if "2021-03-01" <= row.date < "2021-06-01":
                assert row.amount_cents <= other.amount_cents
                seen["within"] += row.amount_cents < other.amount_cents
            else:
                assert row.amount_cents == other.amount_cents
                seen["before" if row.date < "2021-03-01" else "after"] += 1
    assert min(seen.values()) > 0


def windows_of(*events: str) -> list[tuple[str, str | None]]:
    """The windows of pay support as they are lived; the scheme's own ends on 31 October 2021."""
    opening = as_lived(tiny(f"events=[{', '.join(events)}]")).scheme.pay_support.opening
    return [(row.starts.isoformat(), row.until.isoformat() if row.until else None) for row in opening]


def test_a_suspension_that_ends_leaves_the_schemes_own_windows() -> None:
    june = "{kind: support_suspended, date: 2021-06-01}"
    assert windows_of(june) == [("2021-01-01", "2021-05-31")]
    assert windows_of(june, "{kind: support_reopened, date: 2021-08-01}") == [
        ("2021-01-01", "2021-05-31"),
        ("2021-08-01", "2021-10-31"),
    ]
    assert windows_of("{kind: support_suspended, date: 2021-06-01, until: 2021-07-31}") == [
        ("2021-01-01", "2021-05-31"),
        ("2021-08-01", "2021-10-31"),
    ]


def test_support_may_be_reopened_after_the_scheme_has_closed_it() -> None:
    own = ("2021-01-01", "2021-10-31")
    assert windows_of("{kind: support_reopened, date: 2021-11-15}") == [own, ("2021-11-15", None)]
    assert windows_of("{kind: support_reopened, date: 2021-11-15, until: 2021-11-30}") == [
        own,
        ("2021-11-15", "2021-11-30"),
    ]


def test_who_waits_is_looked_at_again_on_the_day_prices_fall() -> None:
    """A head that blocks its line is committed at midnight of the day its price falls, with the money there is."""
    scenario = tiny(
        "events=[{kind: rate_change, date: 2021-08-02, rate_share: 0.1}]",
        "envelope_eur=40000",
        "committee.policy=fixed",
        "committee.reserve_share=0",
        "inflow.requests_per_year=120",
        "parking.patience_days=200",
        "scheme.pay_support.payer=none",
    )
    found = 0
    for run in range(4):
        told = trace(scenario, by_demand(scenario), run)
        day = [row for row in told if row.date == "2021-08-02" and row.kind == "event"]
        assert day[0].note == "rates change"
        found += sum(row.note == "committed" for row in day)
    assert found > 0


def test_prices_follow_a_change_of_rates() -> None:
    """Half the rate from the day on: half the fee to the cent (halves rounded up), and not before."""
    rich = ("envelope_eur=100_000_000", "scheme.pay_support.payer=none", "scheme.regime_choice=temporary")
    plain = tiny(*CALM, *rich)
    halved = tiny("events=[{kind: rate_change, date: 2021-03-01, max_employees: 249, rate_share: 0.5}]", *rich)
    before = {(row.branch, row.number): row for row in rows_of(plain) if row.note == "committed"}
    large = {
        (str(branch), int(number))
        for branch, drawn in attributes_by_branch(plain, 0).items()
        for number in np.flatnonzero(drawn.size_band == 2)
    }
    seen = 0
    for row in rows_of(halved):
        other = before.get((row.branch, row.number))
        if row.note != "committed" or other is None:
            continue
        assert isinstance(row.amount_cents, int)
        assert isinstance(other.amount_cents, int)
        assert isinstance(row.pathways, int)
        if row.date < "2021-03-01" or (row.branch, row.number) in large:
            assert row.amount_cents == other.amount_cents
        else:
            seen += 1
            each = other.amount_cents // row.pathways
            capped = each == 150_000
            assert capped or abs(2 * row.amount_cents // row.pathways - each) <= 1
    assert seen > 10


@settings(max_examples=15)
@given(OVERRIDES, RULES_CHANGE, STAFFING, st.sampled_from(sorted(RULES)))
def test_both_engines_live_on_from_a_stock_alike_whatever_is_still_to_come(
    overrides: dict[str, object], events: list[str], staffing: dict[str, object], policy: str
) -> None:
    """From 2 March on: events before it are over, but the officers and the prices that they left are in force."""
    scenario = eventful(overrides, events, staffing)
    ground, stock, _ = lived_until(scenario, 60)
    allocation = in_force(ground, stock, by_demand(scenario))
    one, _, _ = told_from(ground, stock, policy, allocation, "compiled")
    other, _, _ = told_from(ground, stock, policy, allocation, "simpy")
    assert one == other


def test_whether_an_amendment_of_the_past_came_is_no_luck_of_a_run_from_a_stock() -> None:
    ground, stock, _ = lived_until(cut(0.5), 200)
    with pytest.raises(ValueError, match="probability is 0 or 1"):
        told_from(ground, stock, "fixed", by_demand(cut(0.5)), "compiled")


def test_the_mean_of_the_ledger_closes_over_runs_with_and_without_an_uncertain_top_up() -> None:
    """Mean of fee, commitments, lapsed and unspent = envelope of the opening + mean change + mean shortfall."""
    uncertain = "{kind: envelope_change, date: 2021-03-01, amount_eur: %s, probability: 0.5}"
    scenario = tiny(f"events=[{uncertain % 20_000}, {uncertain % -60_000}]")
    experiment = simulate(scenario, by_demand(scenario), runs=10)
    told = lived_events(experiment)
    assert [row["happened"]["unit"] for row in told] == ["probability", "probability"]
    assert all(0 < row["happened"]["mean"] < 1 for row in told)
    kpis = summarise(scenario, experiment)["simulation"]["kpis"]
    mean = {name: kpis[name]["mean"] for name in kpis}
    held = sum(mean[name] for name in ("management_fee_cents", "committed_cents", "lapsed_cents", "unspent_cents"))
    opened = 115_000_00 + sum(row["change_cents"]["mean"] for row in told)
    assert abs(held - opened - mean["shortfall_cents"]) <= 3
