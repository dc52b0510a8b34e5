"""A run that starts from what really happened: conditioning by closed form, laws of a forecast, the command."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from tiny import TINY, by_demand

from enveloppe.actuals import read_actuals, travel_on
from enveloppe.as_actuals import run_as_actuals
from enveloppe.cli import main
from forecast.column_map import ColumnMap
from forecast.condition import conditioned
from forecast.history import NOTHING, History
from forecast.in_flight import _usual_when_filed, asked_cents, in_flight
from forecast.moved import moved
from forecast.survival import median_of_censored
from scenarios.cells import cells_of
from scenarios.inflow import DatedShares
from scenarios.loading import Loaded, load
from scenarios.problems import InputRefused
from scenarios.stock import RequestState

AMPLE = ("envelope_eur=5000000", "inflow.requests_per_year=600", "runs=24", "committee.rivals=[]")
"""Money for all, some 400 requests: what moves a forecast is what comes."""


@cache
def question(*overrides: str) -> Loaded:
    return load(str(TINY), (*AMPLE, *overrides))


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Synthetic actuals: run 77 of the scenario, which its own 24 runs never draw."""
    file = tmp_path_factory.mktemp("actuals") / "requests.csv"
    scenario = question().scenario
    file.write_text(run_as_actuals(scenario, by_demand(scenario), 77), encoding="utf-8")
    return file


ATTRIBUTES = (
    "band", "situation", "pathway", "company", "trainees", "hours_hundredths", "cost_cents", "committed_cents",
    "paid_cents", "status", "decided", "started", "done", "paid",
)  # fmt: skip


def history_of(filed: list[date], branch: list[int], last: date) -> History:
    count = len(filed)
    nothing = np.full(count, NOTHING, dtype=np.int64)
    return History(
        branches=tuple(question().scenario.branches),
        first_day=date(2021, 1, 1).toordinal(),
        last_day=last.toordinal(),
        row=np.arange(count),
        filed=np.asarray([day.toordinal() for day in filed], dtype=np.int64),
        branch=np.asarray(branch, dtype=np.int64),
        **dict.fromkeys(ATTRIBUTES, nothing),
    )  # fmt: skip


def test_a_branch_given_its_requests_is_the_conjugate_gamma() -> None:
    """Level and season certain: a branch's factor is (1/k + requests) / (1/k + expected); 1/(1/k + requests) is left.

    Gelman et al. (2013), section 2.6.
    """
    scenario = question(
        "inflow.common_factor.monthly_sd=0", "inflow.uncertain.volume={kind: constant, at: 1.0}",
        "inflow.branch_dispersion=0.1", "inflow.branch_correlation=0", "branches.lime.employees=0",
    ).scenario  # fmt: skip
    filed = [date(2021, 3, 2)] * 60 + [date(2021, 4, 6)] * 70
    history = history_of(filed, [0] * 100 + [1] * 30, date(2021, 4, 30))
    given = conditioned(scenario, history)
    metal = given.seen.branches["metal"]
    assert metal[0] == 100
    # The level is not quite certain: the branches' own years are part of what all share.
    total_factor = given.scenario.inflow.volume_factor / scenario.inflow.volume_factor
    own = (10 + 100) / (10 + metal[1] * 1.0)
    assert given.scenario.branches["metal"].volume_dispersion == pytest.approx(1 / 110)
    assert metal[2] * total_factor == pytest.approx(own, rel=0.35)
    assert given.scenario.branches["paper"].volume_dispersion == pytest.approx(1 / 40)


def test_without_any_day_seen_the_scenario_is_left_as_it_is_expected() -> None:
    """Nothing came and nothing was expected on the first day (a holiday): requests still to come are the scenario's."""
    scenario = question().scenario
    given = conditioned(scenario, history_of([], [], date(2021, 1, 1)))
    assert given.seen.volume[0] == pytest.approx(1.0, abs=0.01)
    assert given.seen.hours[0] == pytest.approx(1.0, abs=0.01)


def test_more_than_expected_raises_what_is_to_come_but_less_than_in_proportion() -> None:
    """Twice the requests in two months: the rest of the year is expected above the scenario's, below twice it."""
    scenario = question().scenario
    expected = conditioned(scenario, history_of([], [], date(2021, 2, 26))).seen.expected
    count = round(2 * expected)
    many = history_of([date(2021, 2, 3)] * count, [0] * count, date(2021, 2, 26))
    volume = conditioned(scenario, many).seen.volume
    assert 1.02 < volume[0] < 2
    assert volume[1] < volume[0] < volume[2]


def test_far_more_than_expected_is_believed_and_not_overshot() -> None:
    """Six times the requests in every month under a vague prior: the factor comes near six (a Newton's step from the
    prior's mean alone would land at e^5)."""
    scenario = question("inflow.uncertain.volume={kind: lognormal, mean: 1.0, sigma: 1.0}").scenario
    days = [date(2021, 1, 12), date(2021, 2, 3), date(2021, 3, 3)]
    filed = []
    for day, following in zip(days, [date(2021, 1, 31), date(2021, 2, 28), date(2021, 3, 31)], strict=True):
        expected = conditioned(scenario, history_of([], [], following)).seen.expected
        filed += [day] * round(6 * expected - len(filed))
    seen = conditioned(scenario, history_of(filed, [0] * len(filed), date(2021, 3, 31))).seen
    assert seen.requests == pytest.approx(6 * seen.expected, abs=1)
    assert 4.5 < seen.volume[0] < 6.6


def test_a_situation_that_opens_later_keeps_its_later_part() -> None:
    """None of it was expected yet and none came: what the scenario expects of it later stands."""
    rows = "[{from: 2021-01-01, shares: {ap: 1.0}}, {from: 2021-07-01, shares: {ap: 0.5, mutation: 0.5}}]"
    scenario = question(f"inflow.situation_shares={rows}").scenario
    history = history_of([date(2021, 2, 3)] * 40, [0] * 40, date(2021, 3, 31))
    history = replace(history, situation=np.zeros(40, dtype=np.int64))
    later = conditioned(scenario, history).scenario.inflow.situation_shares[1].shares
    assert later["mutation"] == pytest.approx(0.5, abs=0.01)


def test_the_forecast_narrows_as_actuals_arrive_and_ends_in_the_actuals_to_the_cent(export: Path) -> None:
    """The law of a forecast: the year-end total's spread falls from quarter to quarter; on the last day nothing is left
    to chance and commitments and payments are those of the export."""
    spreads = []
    for day in (date(2021, 1, 31), date(2021, 5, 31), date(2021, 9, 30), date(2022, 12, 31)):
        trip = travel_on(question(), read_actuals(export, question(), ColumnMap(), day))
        spreads.append(trip.experiment.policies[0].by_line["gross_committed_cents"].sum(axis=1).std())
    assert spreads[0] > 1.2 * spreads[1] > 1.2 * 1.2 * spreads[2] > spreads[3]
    kpis, to_date = trip.findings["simulation"]["kpis"], trip.findings["forecast"]["to_date"]
    for name in ("committed_cents", "paid_cents"):
        assert kpis[name]["p5"] == kpis[name]["p95"] == kpis[name]["mean"] == to_date[name]
    rows = [line.split(",") for line in export.read_text(encoding="utf-8").splitlines()[1:]]
    paid = sum(round(float(row[11]) * 100) for row in rows if row[11])
    assert to_date["paid_cents"] == paid
    for name in ("pathways_committed", "pathways_net", "pathways_completed", "target_reached"):
        assert kpis[name]["p5"] == kpis[name]["p95"], name
    # Of a request that is paid what it did not use was released; what is not paid holds its whole commitment.
    held = sum(round(float(row[11] or row[10]) * 100) for row in rows if row[10])
    assert to_date["committed_cents"] == held


def test_on_the_last_day_forecast_equals_actuals_when_money_was_short(tmp_path: Path) -> None:
    """A fifth of the money: some requests were never funded, and some commitments are still unpaid; nothing moves."""
    short = load(str(TINY), ("envelope_eur=60000", "inflow.requests_per_year=600", "runs=6", "committee.rivals=[]"))
    file = tmp_path / "short.csv"
    file.write_text(run_as_actuals(short.scenario, by_demand(short.scenario), 77), encoding="utf-8")
    rows = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    assert sum(row[12] == "dropped" for row in rows) > 20
    found = travel_on(short, read_actuals(file, short, ColumnMap(), date(2022, 12, 31))).findings
    kpis = found["simulation"]["kpis"]
    for name, told in (
        ("paid_cents", sum(round(float(row[11]) * 100) for row in rows if row[11])),
        ("committed_cents", sum(round(float(row[11] or row[10]) * 100) for row in rows if row[10])),
    ):
        assert kpis[name]["p5"] == kpis[name]["p95"] == kpis[name]["mean"] == told


def test_an_export_that_ends_before_the_day_is_told(export: Path, tmp_path: Path) -> None:
    """Cut at the end of March and read as of June: sixty worked days without a request are not taken for nothing."""
    lines = export.read_text(encoding="utf-8").splitlines()
    file = tmp_path / "stale.csv"
    file.write_text("\n".join([lines[0], *(line for line in lines[1:] if line.split(",")[1] < "2021-04")]), "utf-8")

    def told(day: date, known: ColumnMap | None = None, of: Path = file) -> list[dict[str, Any]]:
        known = known or ColumnMap()
        warnings = travel_on(question(), read_actuals(of, question(), known, day)).findings["warnings"]
        return [row["details"] for row in warnings if row["code"] == "export_ends_early"]

    (details,) = told(date(2021, 6, 30))
    assert details["day"].startswith("2021-03-")
    assert 55 < details["days"] < 66
    assert told(date(2021, 3, 31)) == []
    assert told(date(2021, 6, 30), of=export) == []
    assert told(date(2021, 6, 30), ColumnMap(last_day=date(2021, 6, 30))) == []


def test_months_to_date_are_the_exports_and_months_to_come_start_there(export: Path) -> None:
    """The simulated curve runs through the actual one up to the day, without spread."""
    trip = travel_on(question(), read_actuals(export, question(), ColumnMap(), date(2021, 6, 30)))
    actual = trip.findings["forecast"]["months"]
    for mine, month in zip(actual, trip.findings["simulation"]["months"], strict=False):
        assert month["month"] == mine["month"]
        for name in ("committed_cents", "paid_cents"):
            assert month[name]["p5"] == month[name]["p95"] == mine[name]
    assert [row["month"] for row in actual] == [f"2021-{month:02d}" for month in range(1, 7)]


def test_what_moved_adds_up_to_the_cent(export: Path) -> None:
    """Seven causes; their sum is the change of the expected need, and each forecast is the next one's past."""
    scenario = question().scenario
    history = read_actuals(export, question(), ColumnMap()).reading.history
    first = moved(scenario, history, date(2021, 3, 31), date(2021, 4, 30))
    second = moved(scenario, history, date(2021, 4, 30), date(2021, 5, 31))
    for change in (first, second):
        assert sum(change.causes.values()) == change.after_cents - change.before_cents
    assert second.before_cents == pytest.approx(first.after_cents, abs=2)
    assert first.causes["volume_came"] != 0


@pytest.mark.parametrize("policy", ["first_come", "reoptimise"])
def test_a_run_is_written_under_every_policy(policy: str) -> None:
    """Also under one that is handed to the simulator: all requests of the run stand there, some of them paid."""
    scenario = question(f"committee.policy={policy}").scenario
    rows = run_as_actuals(scenario, by_demand(scenario), 77).splitlines()
    assert len(rows) > 200
    assert sum(",paid," in row for row in rows) > 50


def test_states_are_read_off_dates_and_statuses(tmp_path: Path) -> None:
    """One request of each kind, by hand; what was paid less than committed is released."""
    text = (
        "id,date,branch,size,situation,type,trainees,hours,cost,committed,paid amount,status,decision,start,"
        "service done,payment\n"
        "1,2021-01-05,metal,10,ap,short,1,10,300,,,filed,,,,\n"
        "2,2021-01-05,metal,10,ap,short,1,10,300,,,parked,2021-01-20,,,\n"
        "3,2021-01-05,metal,10,ap,short,1,10,300,250,,committed,2021-01-20,,,\n"
        "4,2021-01-05,metal,10,ap,short,1,10,300,250,,to pay,2021-01-20,2021-02-01,2021-02-10,\n"
        "5,2021-01-05,metal,10,ap,short,1,10,300,250,200.50,paid,2021-01-20,2021-02-01,2021-02-10,2021-03-01\n"
        "6,2021-01-05,metal,10,ap,short,1,10,300,,,refused,2021-01-20,,,\n"
        "7,2021-01-05,metal,10,ap,short,1,10,300,,,withdrawn,,,,\n"
        "8,2021-01-05,metal,10,ap,short,2,10,300,,,accepted,2021-01-20,,,\n"
        "9,2020-12-05,metal,10,ap,short,1,10,300,,,filed,,,,\n"
    )
    file = tmp_path / "states.csv"
    file.write_text(text, encoding="utf-8")
    actuals = read_actuals(file, question(), ColumnMap(), date(2021, 3, 15))
    flight = in_flight(actuals.history, question().scenario)
    stock = flight.stock
    assert [RequestState(state).name for state in stock.state] == [
        "AT_DESK", "PARKED", "COMMITTED", "SERVED", "PAID", "REFUSED", "GAVE_UP", "COMMITTED",
    ]  # fmt: skip
    assert stock.committed_cents.tolist()[:7] == [0, 0, 25_000, 25_000, 25_000, 0, 0]
    assert (stock.paid_cents[4], stock.released_cents[4]) == (20_050, 4_950)
    # Request 8 bears no amount: 300 EUR at the rate of 1, in cents; both trainees are in the cost.
    assert stock.committed_cents[7] == 30_000
    assert flight.filled["committed"] == 1
    asked = asked_cents(actuals.history, question().scenario)
    assert asked[5] == asked[6] == 0
    assert asked[0] == pytest.approx(30_000 * (1 - question().scenario.inflow.ineligible_share))
    # In February the payment and the end of training had not happened.
    earlier = in_flight(actuals.history.up_to(date(2021, 2, 5)), question().scenario).stock
    assert [RequestState(state).name for state in earlier.state[3:5]] == ["COMMITTED", "COMMITTED"]


def test_who_finished_is_read_off_what_was_paid(tmp_path: Path) -> None:
    """By hand, where nine tenths of hours are executed: 810 of 1,000 EUR are nine of ten trainees, 900 are all.

    950 are more than nine could cost, 0 are none; service done and nothing paid yet are all, a request dropped nobody.
    """
    rows = [("paid", "810"), ("paid", "900"), ("paid", "950"), ("paid", "0"), ("to pay", ""), ("dropped", "")]
    text = (
        "id,date,branch,size,situation,type,trainees,committed,paid amount,status,decision,start,service done,payment\n"
    )
    for number, (status, paid) in enumerate(rows):
        payment = "2021-03-01" if status == "paid" else ""
        days = f"2021-01-20,2021-02-01,2021-02-10,{payment}"
        text += f"{number},2021-01-05,metal,10,ap,short,10,1000,{paid},{status},{days}\n"
    file = tmp_path / "finished.csv"
    file.write_text(text, encoding="utf-8")
    asked = question("inflow.executed_share={kind: constant, at: 0.9}")
    stock = in_flight(read_actuals(file, asked, ColumnMap(), date(2021, 3, 15)).history, asked.scenario).stock
    assert stock.finishing.tolist() == [9, 10, 10, 0, 10, 0]


def test_what_is_paid_of_a_request_that_goes_on_is_its_advance(tmp_path: Path) -> None:
    """100 EUR of 250 are paid: it goes on, or its balance is to be paid; without a status a payment ends it."""
    text = (
        "id,date,branch,size,situation,type,committed,paid amount,status,decision,start,service done,payment\n"
        "1,2021-01-05,metal,10,ap,short,250,100,in training,2021-01-20,2021-02-01,,2021-02-03\n"
        "2,2021-01-05,metal,10,ap,short,250,100,to pay,2021-01-20,2021-02-01,2021-02-10,2021-02-03\n"
        "3,2021-01-05,metal,10,ap,short,250,100,in training,2021-01-20,2021-02-01,,\n"
        "4,2021-01-05,metal,10,ap,short,250,100,,2021-01-20,2021-02-01,,2021-02-03\n"
    )
    file = tmp_path / "ahead.csv"
    file.write_text(text, encoding="utf-8")
    asked = question()
    covered = ColumnMap(last_day=date(2021, 3, 15))
    stock = in_flight(read_actuals(file, asked, covered, date(2021, 3, 15)).history, asked.scenario).stock
    assert [RequestState(state).name for state in stock.state] == ["COMMITTED", "SERVED", "COMMITTED", "PAID"]
    assert stock.paid_cents.tolist() == [10_000] * 4
    assert stock.released_cents.tolist() == [0, 0, 0, 15_000]
    # A payment dated before service was done is no date that the export is believed on: the last day stands for it.
    days = [date(2021, 2, 3), date(2021, 3, 15), date(2021, 3, 15), date(2021, 2, 3)]
    assert stock.paid_day.tolist() == [day.toordinal() for day in days]
    ends = stock.end_day.tolist()
    assert ends[:3] == [-1, date(2021, 2, 10).toordinal(), -1]


def test_an_amount_put_in_follows_the_events_that_have_happened(tmp_path: Path) -> None:
    """300 EUR at the rate of 1; from 1 March an event sets the rate to 0.5, and 150 EUR are committed."""
    text = (
        "id,date,branch,size,situation,type,trainees,hours,cost,status,decision\n"
        "1,2021-01-05,metal,10,ap,short,1,10,300,accepted,2021-02-20\n"
        "2,2021-01-05,metal,10,ap,short,1,10,300,accepted,2021-03-10\n"
    )
    file = tmp_path / "rates.csv"
    file.write_text(text, encoding="utf-8")
    asked = question("events=[{kind: rate_change, date: 2021-03-01, rate_share: 0.5}]")
    actuals = read_actuals(file, asked, ColumnMap(), date(2021, 3, 15))
    assert in_flight(actuals.history, asked.scenario).stock.committed_cents.tolist() == [30_000, 15_000]
    assert asked_cents(actuals.history, asked.scenario).tolist() == [30_000, 15_000]


def test_money_released_after_the_filing_deadline_has_lapsed(tmp_path: Path) -> None:
    """49.50 EUR released while filing is open are free again; the same a day after the deadline are lost."""
    text = (
        "id,date,branch,size,situation,type,committed,paid amount,status,decision,start,service done,payment\n"
        "1,2021-01-05,metal,10,ap,short,250,200.50,paid,2021-01-20,2021-02-01,2021-09-30,2021-12-01\n"
        "2,2021-01-05,paper,10,ap,short,250,200.50,paid,2021-01-20,2021-02-01,2021-10-01,2021-12-01\n"
    )
    file = tmp_path / "lapsed.csv"
    file.write_text(text, encoding="utf-8")
    scenario = question().scenario
    stock = in_flight(read_actuals(file, question(), ColumnMap(), date(2021, 12, 15)).history, scenario).stock
    cells = cells_of(scenario)
    line = cells.line_of_cell[stock.branch, stock.size_band, stock.situation, stock.pathway]
    assert stock.released_cents.tolist() == [4_950, 4_950]
    assert stock.lapsed_cents[line].tolist() == [0, 4_950]
    assert stock.used_cents(line, len(cells.lines))[line].tolist() == [20_050, 25_000]


SHOCK = "events=[{kind: demand_shock, date: 2021-01-01, factor: 2.0, announced: %s}]"


@pytest.mark.parametrize("announced", ["true", "false"])
def test_a_shock_that_the_scenario_tells_of_and_that_came_is_not_counted_twice(announced: str) -> None:
    """Demand doubles from the opening and exactly twice as much came: nothing is left to learn of the volume."""
    scenario = question(SHOCK % announced).scenario
    plain, day = question("events=[]").scenario, date(2021, 3, 31)
    usual = conditioned(plain, history_of([], [], day)).seen.expected
    monthly = [conditioned(plain, history_of([], [], date(2021, month, 28))).seen.expected for month in (1, 2)]
    counts = np.round(2 * np.diff([0, *monthly, usual])).astype(int)
    filed = [date(2021, month + 1, 5) for month, count in enumerate(counts) for _ in range(count)]
    given = conditioned(scenario, history_of(filed, [0] * len(filed), day))
    assert given.seen.expected == pytest.approx(2 * usual)
    assert given.seen.volume[0] == pytest.approx(1, abs=0.05)
    assert given.scenario.events == scenario.events, "the runs live it"
    change = moved(scenario, history_of(filed, [0] * len(filed), day), date(2021, 2, 28), day)
    assert abs(change.causes["volume_came"]) < 0.1 * change.before_cents


def test_a_shock_of_one_branch_is_expected_of_that_branch_alone() -> None:
    """Metal doubles and came doubled, paper came as usual: neither branch's factor has anything to learn."""
    scenario = question("events=[{kind: demand_shock, date: 2021-01-01, factor: 2.0, branches: [metal]}]").scenario
    plain, day = question("events=[]").scenario, date(2021, 3, 31)
    days = [date(2021, 1, 28), date(2021, 2, 28), day]
    usual = [conditioned(plain, history_of([], [], last)).seen.branches for last in days]
    filed, branch = [], []
    for place, (code, times) in enumerate((("metal", 2), ("paper", 1))):
        for last, count in zip(days, np.diff([0, *(row[code][1] for row in usual)]), strict=True):
            filed += [last.replace(day=5)] * round(times * count)
            branch += [place] * round(times * count)
    seen = conditioned(scenario, history_of(filed, branch, day)).seen
    assert seen.branches["metal"][1] == pytest.approx(2 * usual[-1]["metal"][1])
    assert seen.branches["paper"][1] == pytest.approx(usual[-1]["paper"][1])
    assert seen.volume[0] == pytest.approx(1, abs=0.05)
    assert seen.branches["metal"][2] == pytest.approx(1, abs=0.05)
    assert seen.branches["paper"][2] == pytest.approx(1, abs=0.05)
    change = moved(scenario, history_of(filed, branch, day), date(2021, 2, 28), day)
    assert abs(change.causes["volume_came"]) < 0.1 * change.before_cents


def test_a_shock_moves_the_expected_need_from_the_day_it_happens() -> None:
    """Nobody had told of it: the need of those to come doubles between the day before and the day after."""
    scenario = question("events=[{kind: demand_shock, date: 2021-03-10, factor: 2.0}]").scenario
    history = history_of([], [], date(2021, 3, 10))
    change = moved(scenario, history, date(2021, 3, 9), date(2021, 3, 10))
    assert change.causes["volume"] > 0.8 * change.before_cents


def test_an_amendment_left_open_before_the_day_is_refused_with_what_to_state(export: Path) -> None:
    """Of five amendments the two that are uncertain and no later than the day are told, in both languages."""
    days = (("2021-02-01", 0.4), ("2021-02-02", 1.0), ("2021-02-03", 0.0), ("2021-06-30", 0.5), ("2021-07-01", 0.5))
    rows = [f"{{kind: envelope_change, date: {day}, amount_eur: 100, probability: {share}}}" for day, share in days]
    asked = question(f"events=[{', '.join(rows)}]")
    with pytest.raises(InputRefused) as refused:
        read_actuals(export, asked, ColumnMap(), date(2021, 6, 30))
    problems = refused.value.problems
    assert [problem.key for problem in problems] == ["events.0.probability", "events.3.probability"]
    assert "state 1 if it came, 0 if not" in problems[0].text("en")
    assert "indiquer 1 si elle est intervenue, 0 sinon" in problems[0].text("fr")
    assert "0.4" in problems[0].text("en")
    assert "2021-02-01" in problems[0].text("en")
    read_actuals(export, asked, ColumnMap(), date(2021, 1, 31))


def test_waiting_that_is_not_over_counts_for_as_long_as_it_lasted() -> None:
    """Kaplan and Meier by hand: of four, ends at 2 and 6, waits of 4 and 9 still run: S(2) = 3/4, S(6) = 3/8."""
    assert median_of_censored(np.asarray([2, 4, 6, 9]), np.asarray([True, False, True, False])) == 6
    assert median_of_censored(np.asarray([5, 5]), np.asarray([False, False])) is None


def test_the_command_runs_from_the_day_and_refuses_what_makes_no_sense(export: Path, tmp_path: Path) -> None:
    """Report and findings hold the section in both languages; a day before the opening is refused with exit 4."""

    def ran(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["run", str(TINY), "--set", "committee.rivals=[]", "--jobs", "1", *words])
        return done.exit_code, done.stderr

    out = tmp_path / "out"
    asked = ("--actuals", str(export), "--as-of", "2021-06-30", "--set", "envelope_eur=5000000")
    code, told = ran(*asked, "--runs", "8", "--out", str(out), "--lang", "fr")
    assert code == 0, told
    found = json.loads((out / "findings.json").read_text(encoding="utf-8"))["forecast"]
    assert found["as_of"] == "2021-06-30"
    assert found["moved"]["since"] == "2021-05-31"
    assert found["back_test"]["trust"] == "too_short"
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "À ce jour et à venir" in page
    assert "demandes synthétiques" in page, "at its head"
    assert "donnees-synthetiques" in page, "at the foot of every sheet of paper"
    assert "demandes synthétiques" in (out / "report.md").read_text(encoding="utf-8")
    again = CliRunner().invoke(main, ["report", str(out), "--lang", "en"])
    assert again.exit_code == 0
    assert "To date and to come" in (out / "report.html").read_text(encoding="utf-8")
    again_told = ran(*asked, "--runs", "8", "--out", str(out), "--lang", "en")[1]
    assert "are replaced" not in again_told, "the same scenario, day and export"
    earlier = [word.replace("06-30", "06-15") for word in asked]
    told = ran(*earlier, "--runs", "8", "--out", str(out), "--lang", "en")[1]
    assert ", 8 runs, requests to 2021-06-30): they are replaced" in told
    assert ran("--actuals", str(export), "--as-of", "2020-06-30")[0] == 4
    assert ran("--as-of", "2021-06-30")[0] == 2


def test_a_missing_situation_is_the_usual_one_of_the_day_it_was_filed() -> None:
    """Before July the usual row of the agreement's first months, afterwards the later row's; never one not yet open."""
    rows = (
        DatedShares.model_validate({"from": date(2021, 1, 1), "shares": {"ap": 0.7, "difficulty": 0.3}}),
        DatedShares.model_validate({"from": date(2021, 7, 1), "shares": {"mutation": 0.6, "ap": 0.4}}),
    )
    days = np.asarray([date(2020, 12, 1).toordinal(), date(2021, 6, 30).toordinal(), date(2021, 7, 1).toordinal()])
    assert _usual_when_filed(days, ["ap", "difficulty", "mutation"], rows).tolist() == [0, 0, 2]
