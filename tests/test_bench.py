"""`enveloppe bench`: what is measured, how it is told, and that both sides of a ratio are the same thing."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from enveloppe.benchmark import Benchmark, Measured, benchmarks
from enveloppe.cli import main
from optimiser.program import build


def told(*words: str) -> dict:
    result = CliRunner().invoke(main, ["bench", "--json", *words])
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_the_list_names_every_benchmark_with_its_bar() -> None:
    listed = told("--list")["benchmarks"]
    assert [one["name"] for one in listed] == [one.name for one in benchmarks()]
    bars = {one["name"]: one["bar"] for one in listed}
    assert bars["plan_overhead"] == 8
    assert bars["plan_hot_vs_cold"] == 15
    assert (bars["value_curve"], bars["attribution"], bars["intervals"]) == (4, 6, 10)


def test_what_is_measured_is_told_with_its_bar_and_whether_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    known = (
        Benchmark("quick", "x", 2, "at_most", lambda: Measured(1.5, "a note")),
        Benchmark("slow", "x", 15, "at_least", lambda: Measured(10.0, "")),
        Benchmark("long", "x", 1, "at_most", lambda: Measured(0.0, ""), large=True),
    )
    monkeypatch.setattr("enveloppe.benchmark.benchmarks", lambda: known)
    found = {one["name"]: one for one in told()["benchmarks"]}
    assert set(found) == {"quick", "slow"}
    assert {"name", "value", "unit", "bar", "holds", "note"} <= set(found["quick"])
    assert (found["quick"]["holds"], found["slow"]["holds"]) == (True, False)
    assert [one["name"] for one in told("--only", "long")["benchmarks"]] == ["long"]
    assert CliRunner().invoke(main, ["bench", "--only", "none"]).exit_code == 2


def test_without_a_checkout_it_is_said_that_there_are_no_benchmarks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("enveloppe.benchmark.benchmarks", lambda: benchmarks(tmp_path))
    result = CliRunner().invoke(main, ["bench", "--lang", "en"])
    assert result.exit_code == 4
    assert "checkout" in result.stderr


def test_the_programme_by_numpy_is_the_plan_s_own() -> None:
    """Figure by figure, on the agreement over 24 months: the overhead is measured against the same thing."""
    benchmarks()
    shapes, plan = sys.modules["enveloppe_benchmarks.shapes"], sys.modules["enveloppe_benchmarks.plan"]
    problem = shapes.plain(shapes.agreement())
    program = build(problem)
    own = program.arrays
    plan.assert_same(own, plan.arrays_by_numpy(problem))
