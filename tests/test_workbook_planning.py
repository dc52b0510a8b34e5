"""What a plan may be asked, in the planner's workbook: every optional field at once, mistakes by their cells."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from workbook_making import changed, row_of, template, workbook_of

from enveloppe.cli import main
from scenarios.loading import Loaded, load
from scenarios.problems import InputRefused

EVERYTHING = """
extends: {tiny}
name: everything
inflow:
  holidays_subdivision: {{value: "57", source: "the head office"}}
  economic_factors:
    - {{from: 2021-05-01, until: 2021-05-31, factor: 1.5, branches: [paper], source: "a survey"}}
    - {{from: 2021-05-01, factor: 1.1}}
  size_group_factors: {{under_50: {{value: 1.2, source: "assumption 2026-11-24: more of them"}}, larger: 0.9}}
scheme:
  pay_support_tiers:
    - {{support_share: 0.5, demand_factors: {{larger: 0.8, under_50: {{value: 0.9, source: "derived: elasticity"}}}}}}
    - {{support_share: {{value: 1.0, source: "agreement, article 4"}}}}
    - {{support_share: 0.75, source: "(none)", demand_factors: {{under_50: 0.95}}}}
branches:
  paper: {{region_shares: {{paca: {{value: 0.25, source: "a survey"}}, idf: 0.75}}}}
  metal: {{region_shares: {{idf: 0.3, paca: 0.7, source: "another survey"}}}}
  lime: {{region_shares: {{"2a.b": 1}}}}
payments:
  year_ceilings:
    - {{year: 2021, ceiling_eur: 40_000, carry_over_max_eur: {{value: 1000.5, source: "a letter"}}}}
    - {{year: 2022, ceiling_eur: 90_000, carry_over_max_eur: null}}
  earlier_commitments: [{{year: 2022, due_eur: 10}}, {{year: 2021, due_eur: 20, source: "the accounts"}}]
  instalments:
    - {{date: 2021-01-01, share: 0.4, source: "agreement, article 7"}}
    - {{date: 2022-01-01, eur: {{value: 60_000, source: "derived: the rest"}}}}
committee:
  over_programming_share: {{value: 0.05, source: "assumption 2026-11-24: releases"}}
constraints:
  commitment_openings: [{{date: 2021-01-01, share: 0.5}}, {{date: 2021-06-01, eur: 60_000, source: "finance act"}}]
  service_floor_share: 0.3
  region_floors: [{{region: idf, pathway_share: 0.2, source: "the State"}}, {{region: "2a.b", pathway_share: 0}}]
  region_caps: [{{region: paca, pathway_share: {{value: 0.6, source: "the State, too"}}}}]
  desk_capacity: {{value: true, source: "assumption 2026-11-24: officers bind"}}
  notification_step_share: 0.2
planning:
  objectives:
    - {{name: weighted_pathways, tolerance_share: {{value: 0.02, source: "the committee"}}}}
    - {{name: least_served_branch}}
    - {{name: least_change, tolerance_share: 0}}
  weights:
    pathway_types: {{short: 1, long: {{value: 2, source: "the committee"}}}}
    size_groups: {{under_50: 1.5}}
    branches: {{paper: 0.1, metal: 3}}
  returns_serve_waiting: true
  notifications_in_force:
    - {{line: paper/under_50, notified_eur: 10000.01, source: "notification of March"}}
    - {{line: metal/larger, notified_eur: 0}}
  relaxation:
    - {{bound: payments_by_year, standing: law, source: "the budget act"}}
    - {{bound: group_floor, standing: agreement, weight: {{value: 12.5, source: "the committee"}}}}
    - {{bound: mix_bound, standing: target, weight: 1}}
uncertainty:
  tail_level: {{value: 0.9, source: "the committee"}}
  tail_weight: 0.25
  planned_runs: 20
  replications: 3
  wanted_gap_share: {{value: 0.01, source: "assumption 2026-11-24: one in a hundred"}}
  payments_excess_eur: 1000.5
  policies: [fixed, pro_rata]
  calendars: [none, month]
  policy_runs: 6
  sensitivity_runs: 2
  sensitivity_points: 8
  ranges:
    - {{key: inflow.volume_factor, low: 0.8, high: {{value: 1.2, source: "a survey"}}, source: "the committee"}}
    - {{key: scheme.management_fee.fee_share, low: 0, high: 0.05}}
events:
  - {{kind: envelope_change, date: 2021-05-01, amount_eur: -5_000, label: "cut", announced: true}}
  - {{kind: envelope_change, date: 2021-06-01, amount_eur: 100, announced: {{value: false, source: "press"}}}}
  - {{kind: envelope_change, date: 2021-07-01, amount_eur: 50}}
  - {{kind: envelope_change, date: 2021-08-01, amount_eur: -50, probability: {{value: 0.25, source: "a rumour"}}}}
  - {{kind: rate_change, date: 2021-05-01, until: 2021-06-30, regime: gber, min_employees: 50, max_employees: 249,
     situations: [ap], pathway_types: [long, short], branches: [lime], rate_share: 0.5, source: "a decree"}}
  - {{kind: rate_change, date: 2021-07-01, rate_share: 0.6, label: "for all", announced: true}}
  - {{kind: support_suspended, date: 2021-03-01, until: 2021-03-31, label: "no pay", announced: true}}
  - {{kind: support_reopened, date: {{value: 2021-04-01, source: "a letter"}}, until: 2021-05-31}}
  - {{kind: demand_shock, date: 2021-02-01, until: 2021-04-30, factor: 1.5, branches: [metal, paper]}}
  - {{kind: demand_shock, date: 2021-02-01, factor: {{value: 0.9, source: "a survey"}}, announced: true}}
  - {{kind: officers_change, date: 2021-03-01, officers: 2, label: "two more"}}
  - {{kind: officers_change, date: 2021-06-01, officers: -1, announced: true}}
  - {{kind: instalment_late, date: 2021-01-01, late_days: 30, announced: true}}
desk:
  officer_changes:
    - {{from: 2021-04-01, officers: {{value: 2, source: "a contract"}}}}
    - {{from: 2021-08-01, officers: 3}}
  absences:
    - {{from: 2021-08-02, until: 2021-08-13, officers: 1, source: "the summer"}}
    - {{from: 2021-12-24, until: {{value: 2021-12-31, source: "Christmas"}}, officers: 1}}
steering:
  - {{kind: closing, last_day: 2021-06-30, branches: [lime, paper], source: "the committee"}}
  - {{kind: quota, pathway_types: [long], max_share: 0.2}}
  - {{kind: priority, by: {{value: pathway, source: "a vote"}}, first: [short, long]}}
  - {{kind: quota, situations: [mutation, ap], size_groups: [larger], max_eur: {{value: 900.5, source: "a vote"}}}}
  - {{kind: closing, last_day: 2021-08-31, pathway_types: [short], situations: [ap], size_groups: [under_50]}}
  - {{kind: {{value: quota, source: "another vote"}}, size_groups: [under_50], max_share: 1}}
sweep:
  method: grid
  rivals: {{value: true, source: "the committee asked"}}
  over:
    - {{key: envelope_eur, values: [90_000, 100_000.5], source: "a range of votes"}}
    - {{key: committee.policy, values: [fixed]}}
    - {{key: events.0.label, values: ["a; b, c", "12", "true", "it is \\"so\\""]}}
    - {{key: windows.filing_deadline, values: [2021-09-30, 2021-08-31]}}
    - {{key: constraints.desk_capacity, values: [true, false]}}
    - {{key: inflow.volume_factor, low: 0.8, high: {{value: 1.2, source: "a guess"}}, count: 3}}
    - {{key: inflow.hours_factor, low: 1, high: 1.2, step: 0.1}}
"""
TINY = (Path(__file__).parent / "questions" / "tiny.yaml").read_text(encoding="utf-8")


@pytest.fixture
def everything(tmp_path: Path) -> str:
    (tmp_path / "tiny.yaml").write_text(TINY, encoding="utf-8")
    file = tmp_path / "everything.yaml"
    file.write_text(EVERYTHING.format(tiny="tiny.yaml"), encoding="utf-8")
    return str(file)


def told(loaded: Loaded) -> list[tuple[Any, ...]]:
    return [(entry.key, entry.value, entry.unit, entry.source, entry.kind) for entry in loaded.register]


def refused(question: str) -> set[tuple[str, str]]:
    with pytest.raises(InputRefused) as refusal:
        load(question)
    return {(problem.place.cell, problem.code) for problem in refusal.value.problems}


def last_row(file: Path, sheet: str) -> int:
    """The first spare row of a sheet."""
    return next(row[0].row for row in load_workbook(file)[sheet].iter_rows(min_row=6, max_col=1) if not row[0].value)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_field_of_a_plan_keeps_its_value_source_and_order(language: str, everything: str, tmp_path: Path) -> None:
    yaml, book = load(everything), load(workbook_of(everything, tmp_path, language))
    assert book.hash == yaml.hash
    assert told(book) == told(yaml)
    assert [rule.kind for rule in book.scenario.steering] == [rule.kind for rule in yaml.scenario.steering]
    again = load(workbook_of(str(tmp_path / "same.xlsx"), tmp_path, language))
    assert told(again) == told(yaml)


def test_the_scenario_of_these_tests_uses_every_optional_field(everything: str) -> None:
    found = load(everything).scenario
    for section, names in {
        "constraints": (
            "commitment_openings service_floor_share region_floors region_caps desk_capacity notification_step_share"
        ),
        "planning": "objectives weights returns_serve_waiting notifications_in_force",
        "payments": "year_ceilings earlier_commitments instalments",
        "committee": "over_programming_share",
        "sweep": "method over rivals",
        "inflow": "size_group_factors",
        "scheme": "pay_support_tiers",
        "uncertainty": (
            "tail_level tail_weight planned_runs replications wanted_gap_share payments_excess_eur policies calendars "
            "policy_runs sensitivity_runs sensitivity_points ranges"
        ),
    }.items():
        assert set(names.split()) <= getattr(found, section).model_fields_set, section


def test_tabs_may_stand_in_any_order(everything: str, tmp_path: Path) -> None:
    file = Path(workbook_of(everything, tmp_path))
    book = load_workbook(file)
    book._sheets.reverse()
    book.save(tmp_path / "reversed.xlsx")
    assert told(load(str(tmp_path / "reversed.xlsx"))) == told(load(everything))


def test_empty_lists_say_that_nothing_is_asked(everything: str, tmp_path: Path) -> None:
    upper = tmp_path / "upper.yaml"
    nothing = """
extends: everything.yaml
steering: []
events: []
desk: {officer_changes: [], absences: {value: [], source: "nobody is away"}}
scheme: {pay_support_tiers: []}
payments: {instalments: [], earlier_commitments: {value: [], source: "none is left"}}
constraints: {region_caps: [], commitment_openings: [], notification_step_share: null}
planning: {notifications_in_force: [], objectives: [{name: weighted_pathways}]}
"""
    upper.write_text(nothing, encoding="utf-8")
    yaml, book = load(str(upper)), load(workbook_of(str(upper), tmp_path))
    assert told(book) == told(yaml)
    assert book.hash == yaml.hash


@pytest.mark.parametrize(("word", "truth"), [("vrai", True), ("FAUX", False), ("True", True), (False, False)])
def test_truth_values_may_be_typed_in_either_language(word: Any, truth: bool, tmp_path: Path) -> None:
    file = template(tmp_path)
    row = row_of(file, "Planning", "constraints.desk_capacity")
    assert load(changed(file, {f"Planning!C{row}": word})).scenario.constraints.desk_capacity is truth


def test_wrong_cells_are_told_by_their_place(tmp_path: Path) -> None:
    file = template(tmp_path)
    flag = row_of(file, "Planning", "constraints.desk_capacity")
    mix = last_row(file, "Mix")
    cells = {
        f"Planning!C{flag}": "perhaps",
        "Factors!A6": "scheme.pay_support_tiers.demand_factors",
        "Factors!B6": 1,
        "Factors!C6": "under_50",
        "Factors!D6": 0.9,
        "Factors!A7": "inflow.size_group_factor",
        "Factors!A8": "inflow.size_group_factors",
        "Factors!B8": 1,
        "Factors!C8": "under_50",
        "Factors!D8": 0.9,
        "Steering!A6": "quotas",
        "Steering!A7": "priority",
        "Steering!B7": "2021-01-01",
        f"Mix!A{mix}": "branches.region_shares",
        f"Mix!E{mix}": "idf",
        f"Mix!F{mix}": 1,
    }
    assert {
        ("Factors!B6", "unknown_code"),
        ("Factors!A7", "one_of"),
        ("Factors!B8", "not_of_this_row"),
        ("Steering!A6", "one_of"),
        ("Steering!B7", "not_of_this_row"),
        (f"Mix!B{mix}", "missing"),
    } <= (found := refused(changed(file, cells)))
    assert f"Planning!C{flag}" in {cell for cell, _ in found}


def test_the_shell_reads_such_a_workbook(everything: str, tmp_path: Path) -> None:
    from click.testing import CliRunner

    done = CliRunner().invoke(main, ["check", workbook_of(everything, tmp_path, "fr")])
    assert done.exit_code == 0, done.output
