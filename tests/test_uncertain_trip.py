"""`--uncertain` from a scenario to findings and page: planned runs apart, policies on common luck, what moves it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from pydantic import ValidationError
from report_reading import Page
from tiny import TINY, by_demand, tiny

from enveloppe.cli import main
from enveloppe.pipeline import planned_scenario, travel
from enveloppe.uncertainty import sensitivity as sensitivity_room
from enveloppe.uncertainty.policies import between_lines, policy_table, sittings
from enveloppe.uncertainty.programme import less
from enveloppe.uncertainty.register_order import by_what_moves
from enveloppe.uncertainty.sensitivity import sensitivity
from reports.page import page
from scenarios.figure_at import current, may_stand, with_figure
from scenarios.loading import load
from scenarios.problems import InputRefused
from scenarios.scenario import Scenario

SMALL = (
    "runs=6",
    "committee.policy=fixed",
    "committee.rivals=[pro_rata]",
    "uncertainty.planned_runs=10",
    "uncertainty.replications=2",
    "uncertainty.policy_runs=6",
    "uncertainty.calendars=[none, month]",
    "uncertainty.sensitivity_runs=1",
    "uncertainty.sensitivity_points=4",
    "uncertainty.ranges=[{key: inflow.volume_factor, low: 0.5, high: 1.5}, {key: desk.officers, low: 1, high: 2}]",
)


def silent(step: str) -> Any:
    del step
    return lambda done, total: None


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return travel(load(str(TINY), SMALL), uncertain=silent).findings


def test_the_plan_for_luck_is_told_with_its_bounds_and_its_delivery(found: dict[str, Any]) -> None:
    """Promise, frontier, what knowing is worth by source, sampling gap, and delivery on the simulated runs."""
    programme = found["uncertainty"]["programme"]
    assert programme["status"] == "optimal" and programme["bound"] is True
    assert len(programme["frontier"]) == 11
    knowing = programme["knowing"]
    assert knowing["waited"] >= knowing["recourse"] - 1e-6 >= knowing["delivered"] - 2e-6
    assert {row["source"] for row in knowing["sources"]} == {"volume", "cost", "mix", "delay"}
    notified = sum(line["notified_cents"] for line in programme["lines"])
    assert notified + programme["unnotified_cents"] == found["plan"]["distributable_cents"]
    delivery = programme["delivery"]
    assert delivery["delivered"]["mean"] >= delivery["bad_years"]["mean"]
    gap = delivery["delivered"]["mean"] - found["uncertainty"]["delivery"][0]["delivered"]["mean"]
    assert delivery["against_mean_plan"]["mean"] == pytest.approx(gap, abs=1e-6)


def test_the_same_findings_for_any_number_of_workers(found: dict[str, Any]) -> None:
    """Two workers draw, live and measure the very same."""
    again = travel(load(str(TINY), SMALL), jobs=2, uncertain=silent).findings
    assert json.dumps(again["uncertainty"]) == json.dumps(found["uncertainty"])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_tells_all_of_it_and_every_figure_can_be_traced(found: dict[str, Any], language: str) -> None:
    """Sections with charts in both languages, no empty word, figures with the places they were read from."""
    html = page(found, language)
    for key, charts in (("promise", 2), ("under-luck", 4), ("policies", 2), ("sensitivity", 2)):
        told = re.search(rf'<section id="{key}".*?</section>', html, re.DOTALL)
        assert told is not None and told[0].count("<svg") == charts, key
        assert not re.search(r"\b(None|nan|undefined)\b", "\n".join(Page(told[0]).lines))
        assert Page(told[0]).figures


def test_a_policy_that_moves_nothing_stands_once_and_ranks_by_what_it_delivers(found: dict[str, Any]) -> None:
    """fixed once; pro_rata under each calendar, without a committee the very same as fixed; the first is tied."""
    rows = found["uncertainty"]["policies"]["rows"]
    assert sorted((row["policy"], row.get("calendar")) for row in rows if row["policy"] == "fixed") == [("fixed", None)]
    means = [row["pathways"]["mean"] for row in rows]
    assert means == sorted(means, reverse=True) and rows[0]["tied"]
    by_name = {(row["policy"], row.get("calendar")): row for row in rows}
    assert by_name["fixed", None]["pathways"] == by_name["pro_rata", "none"]["pathways"]
    assert by_name["fixed", None]["moved_cents"]["mean"] == 0
    assert all("hindsight_loss" in row for row in rows)


def test_a_difference_inside_the_noise_is_no_rank() -> None:
    """The same policy told by two calendars that never move anything is level with itself in every run."""
    scenario = tiny("runs=4", "committee.policy=fixed", "uncertainty.policy_runs=4", "uncertainty.policies=[pro_rata]")
    free = scenario.model_copy(update={"envelope_eur": 1e9})
    done = planned_scenario(free)
    told = policy_table(free, done.problem, done.plan.allocation, 1, lambda done, total: None)
    assert all(row["tied"] and row["behind_first"]["mean"] == 0 for row in told["rows"])


def test_committees_sit_on_the_first_of_months() -> None:
    """Every quarter from the opening to the last day of commitments; none at all where none is asked for."""
    scenario = tiny()
    quarters, months = sittings(scenario, "quarter"), sittings(scenario, "month")
    assert not sittings(scenario, "none") and set(quarters) < set(months)
    assert all(day.day == 1 and day <= scenario.windows.commitment_deadline for day in months)


def test_what_moves_the_projection_is_sorted_by_its_swing(found: dict[str, Any]) -> None:
    """More requests need more money; the register is told in the order of what moves the projection most."""
    rows = found["uncertainty"]["sensitivity"]["rows"]
    assert all(index["value"] >= 0 for row in rows for index in [row["outcomes"]["need_cents"]["total"]])
    swings = [abs(row["outcomes"]["pathways_net"]["high"] - row["outcomes"]["pathways_net"]["low"]) for row in rows]
    assert swings == sorted(swings, reverse=True)
    volume = next(row for row in rows if row["key"] == "inflow.volume_factor")
    assert volume["outcomes"]["need_cents"]["low"] < volume["outcomes"]["need_cents"]["high"]
    kinds = [row["kind"] for row in found["assumptions"]]
    assert kinds == sorted(kinds, key=("override", "assumption", "unsourced", "derived", "sourced").index)


def test_the_register_is_told_in_the_order_of_what_moves_the_projection() -> None:
    """Kinds keep their order; inside a kind the widest swing first, a row that stands for several by its widest."""
    rows = [{"key": key, "kind": kind} for key, kind in (("a", "assumption"), ("b.c", "assumption"), ("d", "sourced"))]
    ends = {"b.c.mean": (1.0, 9.0), "a": (3.0, 1.0), "d": (0.0, 99.0)}
    swings = [{"key": key, "outcomes": {"pathways_net": {"low": a, "high": b}}} for key, (a, b) in ends.items()]
    told = by_what_moves(rows, {"sensitivity": {"rows": swings}})
    assert [row["key"] for row in told] == ["b.c", "a", "d"]
    assert by_what_moves(rows, {}) == by_what_moves(rows, None) == rows


def test_a_figure_that_moves_nothing_has_no_share() -> None:
    """The hours of an office that nobody waits for leave net pathways alone, at both ends."""
    scenario = tiny(
        "runs=2",
        "uncertainty.sensitivity_runs=1",
        "uncertainty.sensitivity_points=4",
        "uncertainty.ranges=[{key: exhaustion_share, low: 0.4, high: 0.6}]",
    )
    row = sensitivity(scenario, by_demand(scenario), 1, lambda done, total: None)["rows"][0]
    told = row["outcomes"]["pathways_net"]
    assert told["low"] == told["high"] and "total" not in told


def test_a_figure_is_read_and_changed_by_its_key() -> None:
    """Dotted keys as in --set, entries of lists by number; whole numbers stay whole; nothing else changes."""
    scenario = tiny()
    assert current(scenario, "inflow.volume_factor") == scenario.inflow.volume_factor
    changed = with_figure(scenario, "desk.officers", 2.4)
    assert changed.desk.officers == 2
    assert with_figure(changed, "desk.officers", scenario.desk.officers) == scenario
    first = with_figure(scenario, "inflow.month_weights.0", 0.5)
    assert first.inflow.month_weights[0] == 0.5
    for key in ("name", "inflow", "inflow.nothing", "inflow.month_weights.99", "committee.dates.0"):
        with pytest.raises(KeyError):
            current(scenario, key)


def leaves(node: object, key: str = "") -> Iterator[str]:
    """The dotted keys of all numbers."""
    if isinstance(node, dict):
        for step, inner in node.items():
            yield from leaves(inner, f"{key}.{step}")
    elif isinstance(node, list | tuple):
        for step, inner in enumerate(node):
            yield from leaves(inner, f"{key}.{step}")
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield key[1:]


def read_whole(scenario: Scenario, key: str, value: float) -> Scenario:
    """The scenario with another figure, the slow way: the whole of it is read again."""

    def put(node: Any, steps: list[str]) -> Any:
        if not steps:
            return round(value) if isinstance(node, int) else value
        if isinstance(node, dict):
            return {**node, steps[0]: put(node[steps[0]], steps[1:])}
        at = int(steps[0])
        return (*node[:at], put(node[at], steps[1:]), *node[at + 1 :])

    return Scenario.model_validate(put(scenario.model_dump(by_alias=True), key.split(".")))


@pytest.mark.parametrize("value", [-1.0, 0.5, 2.0, 1e13])
def test_one_figure_is_read_as_if_the_whole_scenario_were_read_again(value: float) -> None:
    """Every number of the tiny question: refused by both ways or by none, and the same scenario otherwise."""
    scenario = tiny()
    keys = list(leaves(scenario.model_dump(by_alias=True)))
    assert len(keys) > 60
    refused = 0
    for key in keys:
        try:
            expected = read_whole(scenario, key, value)
        except ValidationError:
            refused += 1
            assert not may_stand(scenario, key, value), key
            with pytest.raises(ValidationError):
                with_figure(scenario, key, value)
            continue
        assert may_stand(scenario, key, value), key
        assert with_figure(scenario, key, value) == expected, key
    assert 0 < refused < len(keys)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("uncertainty.ranges=[{key: inflow.volume, low: 0, high: 1}]", "no_figure"),
        ("uncertainty.ranges=[{key: inflow.volume_factor, low: 2, high: 1}]", "at_least"),
        ("uncertainty.ranges=[{key: inflow.drop_out_share, low: 0, high: 1.5}]", "figure_refused"),
        ("uncertainty.ranges=[{key: runs, low: 1, high: 2}, {key: runs, low: 1, high: 2}]", "repeated"),
        ("uncertainty.sensitivity_points=12", "power_of_two"),
        ("uncertainty.tail_level=1", "at_most"),
        ("uncertainty.tail_weight=.nan", None),
        ("uncertainty.planned_runs=5", "at_least"),
        ("uncertainty.calendars=[weekly]", "one_of"),
        ("uncertainty.colour=red", "unknown_key"),
    ],
)
def test_what_cannot_be_asked_of_luck_is_refused_with_its_place(given: str, code: str | None) -> None:
    """All at the place where it was written, in both languages."""
    with pytest.raises(InputRefused) as refused:
        load(str(TINY), (given,))
    if code is not None:
        assert code in {problem.code for problem in refused.value.problems}
    assert all(problem.text(language) for problem in refused.value.problems for language in ("fr", "en"))


def test_plan_uncertain_says_what_will_hold_and_what_knowing_is_worth(tmp_path: Path) -> None:
    """A sentence each in the scenario's or the asked language; --json carries the section."""
    words = ["plan", str(TINY), "--uncertain", "--quiet", *(w for s in SMALL[3:5] for w in ("--set", s))]
    text = CliRunner().invoke(main, [*words, "--lang", "en"])
    assert text.exit_code == 0, text.output
    assert re.search(r"Allowing for luck: .* pathways on average, .* \(a bound\)", text.output)
    assert "knowing demand beforehand at most" in text.output
    told = json.loads(CliRunner().invoke(main, [*words, "--json"]).output)
    assert told["uncertainty"]["programme"]["status"] == "optimal"


@pytest.mark.parametrize("whole", [None, 5.0])
@pytest.mark.parametrize("frozen", [None, 2.0])
def test_what_could_not_be_found_for_the_whole_is_invented_for_no_source(
    whole: float | None, frozen: float | None
) -> None:
    """A value falls by 5 - 2 = 3; where one of the two is missing nothing stands there."""
    assert less(whole, frozen) == (3.0 if (whole, frozen) == (5.0, 2.0) else None)


def test_money_moved_is_what_leaves_one_line_for_another() -> None:
    """By hand: 30 from one line to two others is 30; an amendment that raises or cuts all lines moves nothing."""
    moves = np.asarray([[[-30, 10, 20], [5, 5, 0], [-4, -4, -1]], [[0, 0, 0], [-10, 25, 0], [0, 0, 0]]])
    assert between_lines(moves).tolist() == [30.0, 10.0]


def test_the_indices_are_those_of_a_sum() -> None:
    """f = 3 u + v, u and v uniform: shares 0.9 and 0.1, first and total alike (closed form), inside their intervals."""
    points = sensitivity_room._points(2, 1024, 3)
    mixed = [np.where(np.arange(2) == at, points[1], points[0]) for at in range(2)]
    values = np.stack([3 * part[:, 0] + part[:, 1] for part in (points[0], points[1], *mixed)])[:, :, None]
    found = sensitivity_room._sobol(values, 3)
    for at, share in ((0, 0.9), (1, 0.1)):
        for told in found[0, at].values():
            assert told["value"] == pytest.approx(share, abs=0.01)
            assert told["ci_low"] <= share <= told["ci_high"]
