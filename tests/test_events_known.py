"""Dated events in the question: what the plan knows, what is refused and where, the desk's calendar, shipped ones."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hand_made import minute_of, requests_of
from tiny import TINY, by_demand, tiny

from enveloppe.commands.compare import command as compare
from enveloppe.pipeline import planned, travel
from optimiser.problem import PlanProblem, plan_problem
from reports.blocks import Table
from reports.catalogue import language_of
from reports.price_sentences import plain
from reports.reading import whole
from reports.sections.events import events as events_section
from scenarios.calendar import calendar_of
from scenarios.foresight import as_known, as_lived
from scenarios.loading import load
from scenarios.opening_money import announced_changes
from scenarios.price_explained import OnePathway, explained_price
from scenarios.problems import InputRefused
from scenarios.scenario import Scenario
from scenarios.staffing import officers_of_day
from sim.engines import engine_named
from sim.experiment import simulate
from sim.ground import ground_of

# What the plan knows


def same_question(one: PlanProblem, other: PlanProblem) -> bool:
    return (
        np.array_equal(one.demand.pathways, other.demand.pathways)
        and np.array_equal(one.demand.price_cents, other.demand.price_cents)
        and one.in_time is not None
        and other.in_time is not None
        and one.in_time.announced_cents == other.in_time.announced_cents
    )


EVENTS = [
    "kind: rate_change, date: 2021-05-10, rate_share: 0.3",
    "kind: support_suspended, date: 2021-03-01",
    "kind: demand_shock, date: 2021-03-01, factor: 2, branches: [metal]",
    "kind: demand_shock, date: 2021-03-01, factor: 0.5",
    "kind: envelope_change, date: 2021-05-01, amount_eur: -1000, probability: 0.4",
]


@pytest.mark.parametrize("event", EVENTS)
def test_the_plan_knows_what_is_announced_and_nothing_else(event: str) -> None:
    plain_question = plan_problem(tiny("events=[]"))
    assert same_question(plan_problem(tiny(f"events=[{{{event}}}]")), plain_question)
    assert not same_question(plan_problem(tiny(f"events=[{{{event}, announced: true}}]")), plain_question)


def test_a_known_shock_multiplies_the_expected_demand_of_its_branch_and_no_other() -> None:
    """From the opening to the end: twice the pathways of metal, to the last digits; the others' to the byte."""
    shock = "events=[{kind: demand_shock, date: 2021-01-01, factor: 2, branches: [metal], announced: true}]"
    before, after = plan_problem(tiny("events=[]")), plan_problem(tiny(shock))
    assert {key.branch for key in before.cells.lines} > {"metal"}
    for line, key in enumerate(before.cells.lines):
        if key.branch == "metal":
            assert after.demand.pathways[line] == pytest.approx(2 * before.demand.pathways[line], rel=1e-12)
        else:
            assert np.array_equal(after.demand.pathways[line], before.demand.pathways[line])


def test_a_shock_of_part_of_the_year_is_told_apart_by_period() -> None:
    """Requests of the first quarter alone are doubled: decisions of January double, those of the end hardly grow."""
    steady = ("inflow.requests_per_year=3000", "events=%s")
    shock = "[{kind: demand_shock, date: 2021-01-01, until: 2021-03-31, factor: 2, branches: [paper], announced: true}]"
    before = plan_problem(tiny(*(word.replace("%s", "[]") for word in steady)))
    after = plan_problem(tiny(*(word.replace("%s", shock) for word in steady)))
    paper = [number for number, line in enumerate(before.cells.lines) if line.branch == "paper"]
    grown = after.demand.pathways[paper].sum(axis=0) / before.demand.pathways[paper].sum(axis=0)
    assert grown[0] == pytest.approx(2.0, rel=1e-9)
    assert (np.diff(grown[2:]) <= 1e-9).all()
    assert 1.0 <= grown[-1] < 1.05


def test_an_uncertain_amendment_that_is_announced_counts_by_its_expectation() -> None:
    """0.25 of 20,000 EUR is 5,000, of which 5 % are the fee; an odd cent is rounded away from zero."""
    told = "{kind: envelope_change, date: 2021-03-10, amount_eur: %s, probability: %s, announced: true}"
    assert [cents for _, cents in announced_changes(tiny(f"events=[{told % (20_000, 0.25)}]"))] == [4_750_00]
    assert [cents for _, cents in announced_changes(tiny(f"events=[{told % (-20_000, 0.25)}]"))] == [-4_750_00]
    assert [cents for _, cents in announced_changes(tiny(f"events=[{told % (0.01, 0.5)}]"))] == [1]


def test_what_has_happened_is_known_from_its_day_on() -> None:
    scenario = tiny("events=[{kind: demand_shock, date: 2021-03-01, factor: 2}]")
    assert as_known(scenario).inflow.economic_factors == scenario.inflow.economic_factors
    assert as_known(scenario, date(2021, 2, 28)).inflow == scenario.inflow
    assert as_known(scenario, date(2021, 3, 1)).inflow == as_lived(scenario).inflow
    assert as_lived(as_lived(scenario)) == as_lived(scenario), "worked in once"


def test_officers_announced_are_in_the_plans_desk() -> None:
    """Twice the officers from the opening on: twice the minutes; who is away takes theirs; a surprise is not known."""
    capacity = ("constraints.desk_capacity=true", "desk.officers=2")

    def minutes(*overrides: str) -> np.ndarray:
        scenario = tiny(*capacity, *overrides)
        problem = plan_problem(scenario)
        assert problem.desk is not None
        assert problem.desk.officers == 2
        return problem.desk.minutes_per_officer

    base = minutes("events=[]")
    more = "kind: officers_change, date: 2021-01-01, officers: 2"
    assert np.array_equal(minutes(f"events=[{{{more}, announced: true}}]"), 2 * base)
    assert np.array_equal(minutes(f"events=[{{{more}}}]"), base)
    assert np.array_equal(minutes("events=[]", "desk.officer_changes=[{from: 2021-01-01, officers: 4}]"), 2 * base)
    away = minutes("events=[]", "desk.absences=[{from: 2021-01-01, until: 2022-12-31, officers: 1}]")
    assert np.array_equal(away, base / 2)


def test_an_instalment_that_is_late_is_known_only_where_announced() -> None:
    late = "{kind: instalment_late, date: 2021-03-01, late_days: 45%s}"
    same = "payments.instalments=[{date: 2021-01-01, share: 0.5}, {date: 2021-03-01, share: 0.5}]"
    surprise, known = tiny(same, f"events=[{late % ''}]"), tiny(same, f"events=[{late % ', announced: true'}]")
    days = [date(2021, 1, 1), date(2021, 3, 1)]
    assert [row.day for row in as_known(surprise).payments.instalments] == days
    assert [row.day for row in as_known(known).payments.instalments] == [days[0], date(2021, 4, 15)]
    assert [row.day for row in as_lived(surprise).payments.instalments] == [days[0], date(2021, 4, 15)]


# Who is at the desk


def test_officers_of_each_day_are_those_in_force_less_those_away() -> None:
    scenario = tiny(
        "desk.officers=2",
        "desk.officer_changes=[{from: 2021-03-01, officers: 4}]",
        "desk.absences=[{from: 2021-02-27, until: 2021-03-02, officers: 1}, "
        "{from: 2021-03-02, until: 2021-03-02, officers: 3}]",
        "events=[{kind: officers_change, date: 2021-03-03, officers: -3}]",
    )
    calendar = calendar_of(scenario)
    count = officers_of_day(as_lived(scenario).desk, calendar)
    days = {f"2021-{day}": int(count[calendar.day(date.fromisoformat(f"2021-{day}"))]) for day in DAYS}
    assert days == {
        "2021-01-01": 2,
        "2021-02-26": 2,
        "2021-02-27": 1,
        "2021-02-28": 1,
        "2021-03-01": 3,
        "2021-03-02": 0,
        "2021-03-03": 1,
        "2021-12-31": 1,
    }


DAYS = ("01-01", "02-26", "02-27", "02-28", "03-01", "03-02", "03-03", "12-31")


@pytest.mark.parametrize("name", ["simpy", "compiled"])
def test_a_desk_without_officers_waits_for_them_and_who_leaves_finishes_the_file_in_hand(name: str) -> None:
    """Worked by hand. Monday 4 January: nobody. Tuesday: two officers take the first two files at nine.

    Files take 600 minutes, of which a day has 480: in hand until Wednesday at eleven. On Wednesday one officer is
    away: both files in hand are finished at eleven all the same, and the third is taken up by the one who is there.
    """
    scenario = tiny(
        "desk.officers=2",
        "desk.absences=[{from: 2021-01-01, until: 2021-01-04, officers: 2}, "
        "{from: 2021-01-06, until: 2021-01-06, officers: 1}]",
        "events=[]",
    )
    ground = ground_of(scenario)
    at = minute_of(ground, "2021-01-04 09:00")
    rows = [{"branch": "metal", "filing_minute": at + number, "work_minutes": 600} for number in range(4)]
    # `rows` mixes texts and numbers, as the files of cases do, and the checker sees plain objects.
    examined = engine_named(name).examine(ground, requests_of(ground, rows), None)  # type: ignore[arg-type]
    wednesday, thursday = minute_of(ground, "2021-01-06 11:00"), minute_of(ground, "2021-01-07 13:00")
    assert examined.decision_minute[:3].tolist() == [wednesday, wednesday, thursday]
    assert examined.first_wait_minutes[:3].tolist() == [480, 479, 480 - 2 + 480 + 120]
    # The second officer is back on Thursday at midnight and takes up the fourth file: nine o'clock and ten hours.
    assert examined.decision_minute[3] == minute_of(ground, "2021-01-08 11:00")


def test_moselle_rests_on_two_days_more_than_the_country() -> None:
    """Good Friday and Saint Stephen's Day (local law of Alsace-Moselle); in 2022 the second is a Monday."""
    france, moselle = calendar_of(tiny()), calendar_of(tiny("inflow.holidays_subdivision='57'"))
    differ = np.flatnonzero(france.working != moselle.working).tolist()
    assert [france.date_of(day * 1440) for day in differ] == [date(2021, 4, 2), date(2022, 4, 15), date(2022, 12, 26)]
    assert not moselle.working[differ].any()


# What is refused, and where


WRONG_EVENTS = [
    ("kind: demand_shock, date: 2020-12-31, factor: 2", "order", ""),
    ("kind: demand_shock, date: 2021-10-01, factor: 2", "no_effect", ""),
    ("kind: demand_shock, date: 2021-03-01, until: 2021-02-01, factor: 2", "order", "until"),
    ("kind: demand_shock, date: 2021-03-01, factor: -1", "at_least", "factor"),
    ("kind: demand_shock, date: 2021-03-01, factor: .nan", "number", "factor"),
    ("kind: demand_shock, date: 2021-03-01, factor: .inf", "number", "factor"),
    ("kind: demand_shock, date: 2021-03-01, factor: 2, branches: [metl]", "unknown_code", "branches"),
    ("kind: demand_shock, date: 2021-03-01, factor: 2, branches: []", "too_short", "branches"),
    ("kind: demand_shock, date: 2021-03-01", "missing", "factor"),
    ("kind: demand_shok, date: 2021-03-01, factor: 2", "one_of", "kind"),
    ("kind: demand_shock, date: 2021-03-01, factor: 2, factr: 3", "unknown_key", "factr"),
    ("kind: envelope_change, date: 2021-03-01, amount_eur: 1, probability: 1.2", "share_form", "probability"),
    ("kind: envelope_change, date: 2021-03-01, amount_eur: 1, probability: -0.1", "at_least", "probability"),
    ("kind: envelope_change, date: 2021-03-01, amount_eur: -200000, probability: 0.1", "cut_below_zero", ""),
    ("kind: rate_change, date: 2021-03-01, rate_share: 1.5", "share_form", "rate_share"),
    ("kind: rate_change, date: 2021-03-01, rate_share: 0.5, max_employees: 60", "cuts_band", ""),
    ("kind: rate_change, date: 2021-03-01, rate_share: 0.5, regime: gbr", "unknown_code", "regime"),
    ("kind: rate_change, date: 2021-03-01, rate_share: 0.5, situations: [app]", "unknown_code", "situations"),
    ("kind: rate_change, date: 2022-01-01, rate_share: 0.5", "no_effect", ""),
    ("kind: support_suspended, date: 2022-01-01", "no_effect", ""),
    ("kind: officers_change, date: 2021-03-01, officers: -2", "officers_below_zero", ""),
    ("kind: officers_change, date: 2021-03-01, officers: 1.5", "whole_number", "officers"),
    ("kind: instalment_late, date: 2021-03-01, late_days: 3", "unknown_code", "date"),
]
"""An event, what is wrong with it, and the key that is told (of the event itself where it is empty)."""

REFUSED = [
    (
        "events=[{kind: support_suspended, date: 2021-02-01}, {kind: support_reopened, date: 2021-02-01}]",
        "repeated",
        "events.1",
    ),
    (
        "events=[{kind: demand_shock, date: 2021-03-01, factor: 2}, "
        "{kind: demand_shock, date: 2021-03-01, factor: 2, label: x}]",
        "repeated",
        "events.1",
    ),
    (
        "events=[{kind: officers_change, date: 2021-03-01, officers: 9_000}, "
        "{kind: officers_change, date: 2021-04-01, officers: 9_000}]",
        "at_most",
        "events.1",
    ),
    (
        "desk.absences=[{from: 2021-03-01, until: 2021-03-05, officers: 2}]",
        "officers_below_zero",
        "desk.absences.0",
    ),
    (
        "desk.absences=[{from: 2021-03-05, until: 2021-03-01, officers: 1}]",
        "order",
        "desk.absences.0.until",
    ),
    (
        "desk.absences=[{from: 2021-01-01, until: 2021-12-31, officers: 1}]",
        "nobody_there",
        "desk",
    ),
    (
        "desk.officer_changes=[{from: 2020-03-01, officers: 1}]",
        "order",
        "desk.officer_changes.0",
    ),
    (
        "desk.officer_changes=[{from: 2021-03-01, officers: 1}, {from: 2021-03-01, officers: 2}]",
        "repeated",
        "desk.officer_changes.1",
    ),
    (
        "inflow.economic_factors=[{from: 2021-03-01, factor: 2, branches: [metl]}]",
        "unknown_code",
        "inflow.economic_factors.0.branches",
    ),
    (
        "inflow.holidays_subdivision=Lorraine",
        "unknown_code",
        "inflow.holidays_subdivision",
    ),
    *((f"events=[{{{event}}}]", code, f"events.0.{key}" if key else "events.0") for event, code, key in WRONG_EVENTS),
]


@pytest.mark.parametrize(("override", "code", "key"), REFUSED)
def test_what_makes_no_sense_is_refused_with_its_place(override: str, code: str, key: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        tiny(override)
    assert (code, key) in {(problem.code, problem.key) for problem in refusal.value.problems}
    for language in ("fr", "en"):
        assert all(problem.text(language) for problem in refusal.value.problems)


def test_a_wrong_event_is_told_at_its_line_and_column(tmp_path: Path) -> None:
    event = "  - kind: demand_shock\n    date: 2021-03-01\n    factor: 2\n    branches: [metl]\n"
    text = f"extends: tiny.yaml\nname: wrong\nevents:\n{event}"
    (tmp_path / "tiny.yaml").write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "wrong.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused) as refusal:
        load(str(file))
    (problem,) = refusal.value.problems
    assert (problem.place.line, problem.place.column) == (7, 5)
    assert "metal" in problem.text("en")


@pytest.mark.parametrize(
    "event",
    [
        "{kind: demand_shock, date: 2021-03-01, factor: 0}",
        "{kind: envelope_change, date: 2021-03-01, amount_eur: -200000, probability: 0}",
        "{kind: officers_change, date: 2021-03-01, officers: 0}",
        "{kind: demand_shock, date: 2021-09-30, until: 9999-12-31, factor: 100}",
    ],
)
def test_extremes_that_make_sense_are_lived(event: str) -> None:
    scenario = tiny(f"events=[{event}]")
    assert simulate(scenario, by_demand(scenario), runs=1).runs == 1


# What is told


def test_a_price_is_explained_with_the_event_that_makes_it() -> None:
    """On the day, the rate is the event's, and pay support is closed; the day before, both are the scheme's."""
    loaded = load(
        str(TINY),
        [
            "events=[{kind: rate_change, date: 2021-03-01, rate_share: 0.25}, "
            "{kind: support_suspended, date: 2021-03-01}]"
        ],
    )

    def told(day: date) -> tuple[int, int, dict[str, object]]:
        one = OnePathway(20, "metal", "mutation", "long", 100.0, 20.0, 15.0, day)
        found = explained_price(loaded, one)
        return found.fee_cents, found.support_cents, {step.rule: step.value for step in found.steps}

    fee, support, steps = told(date(2021, 2, 28))
    assert (fee, support, steps["rate"]) == (2_000_00, 820_00, 1.0)
    fee, support, steps = told(date(2021, 3, 1))
    assert (fee, support, steps["rate"], steps["support_opening"]) == (500_00, 0, 0.25, None)


def section_text(scenario: Scenario, language: str) -> str:
    loaded = load(str(TINY), ["runs=4", "events=" + EVERY])
    found = travel(loaded).findings
    section = events_section(whole(found), language_of(language))
    assert section is not None, "the scenario has events to tell"
    (table,) = section.blocks
    assert isinstance(table, Table)
    return "\n".join(plain(cell) for row in table.rows for cell in row.cells)


EVERY = (
    "[{kind: envelope_change, date: 2021-03-01, amount_eur: -1000, probability: 0.5, label: 'a rumour'}, "
    "{kind: rate_change, date: 2021-04-01, until: 2021-05-31, min_employees: 50, situations: [ap], branches: [metal], "
    "rate_share: 0.5}, {kind: support_suspended, date: 2021-05-01, announced: true}, "
    "{kind: support_reopened, date: 2021-06-01}, "
    "{kind: demand_shock, date: 2021-06-02, factor: 1.5, branches: [paper]}, "
    "{kind: demand_shock, date: 2021-06-03, factor: 2}, {kind: officers_change, date: 2021-06-04, officers: 2}]"
)


EN_WORDS = [
    *("a rumour", "declared: 50%", "the rate becomes 50%", "from 50 employees", "Metal", "short-time work"),
    *("support of pay is suspended", "support of pay is open again", "multiplied by 1.5", "Paper", "in every branch"),
    "+2",
]
FR_WORDS = [
    *("déclaré", "le taux devient", "à partir de 50", "Métallurgie", "activité partielle", "suspendue", "rouverte"),
    *("1,5", "Papier", "toutes les branches", "+2"),
]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", EN_WORDS),
        ("fr", FR_WORDS),
    ],
)
def test_the_report_tells_every_event(language: str, words: list[str]) -> None:
    text = section_text(tiny(), language)
    for word in words:
        assert word in text, word


def test_a_report_without_events_has_no_such_section() -> None:
    assert events_section(whole(travel(load(str(TINY), ["runs=2", "events=[]"])).findings), language_of("en")) is None


# Shipped scenarios


STRESSES = ("convention-2i-cut", "convention-2i-support-suspended", "convention-2i-metal-doubles")


@pytest.mark.parametrize("name", STRESSES)
def test_a_surprise_leaves_the_plan_as_it_was(name: str) -> None:
    """The plan of each stress is that of `convention-2i`: nobody knew."""
    assert same_question(plan_problem(load(name).scenario), plan_problem(load("convention-2i").scenario))


def test_the_cut_takes_three_quarters_of_the_envelope() -> None:
    scenario = load("convention-2i-cut").scenario
    (event,) = scenario.events
    assert event.kind == "envelope_change"
    assert -event.amount_eur == 0.75 * scenario.envelope_eur


def test_planned_money_is_what_the_plan_of_the_agreement_notifies() -> None:
    """Line by line within half a percent: where the plan of `convention-2i` changes, this scenario's rows must follow.

    They are the euros that `enveloppe plan convention-2i --json` notifies.
    """
    ours, theirs = planned(load("convention-2i-observed-planned-money")), planned(load("convention-2i"))
    for mine, its in zip(ours.section["lines"], theirs.section["lines"], strict=True):
        assert mine["line"] == its["line"]
        assert mine["notified_cents"] == pytest.approx(its["notified_cents"], rel=0.005), mine["line"]


def test_comparing_tells_each_value_of_an_event_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    for name, factor in (("calm", 1), ("shocked", 2)):
        event = f"  - {{kind: demand_shock, date: 2021-03-01, factor: {factor}, branches: [metal]}}\n"
        (tmp_path / f"{name}.yaml").write_text(f"extends: tiny.yaml\nname: {name}\nevents:\n{event}", encoding="utf-8")
    files = [str(tmp_path / f"{name}.yaml") for name in ("calm", "shocked")]
    out = CliRunner().invoke(compare, [*files, "--runs", "2", "--out", str(tmp_path / "out"), "--json", "--quiet"])
    assert out.exit_code == 0, out.output
    (row,) = json.loads(out.output)["comparisons"][0]["question"]
    assert (row["key"], row["before"], row["after"]) == ("events.0.factor", 1, 2)
    assert row["place_after"].startswith("shocked.yaml:4")
