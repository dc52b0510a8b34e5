"""The optimum is the optimum: closed forms, other solvers, and what stands in for a plan where there is none."""

import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pulp.apis.coin_api
import pytest
from plan_problems import problem_of_lines, random_problem, scipy_optimum

from optimiser import solve as solving
from optimiser.bridge import LiveModel
from optimiser.certificate import certify, proven_gap
from optimiser.plan import Infeasible, LimitReached, Plan
from optimiser.problem import PlanProblem, plan_problem
from optimiser.program import build
from optimiser.saving import save_lp
from optimiser.solve import solve
from scenarios.constraints import BranchBound, Constraints
from scenarios.loading import load

CBC = pulp.apis.coin_api.pulp_cbc_path


def cbc_optimum(problem: PlanProblem, folder: Path) -> float | None:
    """What CBC makes of the saved file; None where it calls it infeasible."""
    save_lp(problem, folder / "plan.mps")
    answer = folder / "answer.txt"
    command = [CBC, str(folder / "plan.mps"), "-solve", "-solution", str(answer)]
    subprocess.run(command, capture_output=True, text=True, check=True)
    first = answer.read_text().splitlines()[0]
    return -float(first.split()[-1]) if first.startswith("Optimal") else None


def same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-7 * max(1.0, abs(other))


def agrees(seed: int, folder: Path, *, cbc: bool) -> bool:
    """Whether all solvers agree on a random problem; returns whether it had a plan."""
    problem = random_problem(seed)
    found, expected = solve(problem), scipy_optimum(problem)
    if expected is None:
        assert isinstance(found, Infeasible), seed
    else:
        assert isinstance(found, Plan), seed
        assert same(found.objective, expected), seed
        assert found.certificate.holds
    if cbc:
        other = cbc_optimum(problem, folder)
        assert (other is None) == (expected is None), seed
        assert other is None or same(other, expected or 0.0), seed
    return expected is not None


def test_random_problems_have_the_optimum_of_scipy_and_of_cbc(tmp_path: Path) -> None:
    """60 problems with any mixture of constraints, half of them tied; SciPy gets a statement of its own."""
    assert sum(agrees(seed, tmp_path, cbc=True) for seed in range(60)) >= 40


@pytest.mark.deep
def test_a_thousand_random_problems_have_the_optimum_of_scipy_and_of_cbc(tmp_path: Path) -> None:
    assert sum(agrees(seed, tmp_path, cbc=True) for seed in range(1000, 2000)) >= 700


@pytest.mark.parametrize("seed", range(10))
def test_without_bounds_the_optimum_is_the_fractional_knapsack(seed: int) -> None:
    """One period, one envelope: serve the cheapest first until the money is spent (Dantzig, 1957)."""
    luck = np.random.default_rng(seed)
    asked, price = luck.uniform(1, 50, 20), luck.uniform(500, 9000, 20).round(2)
    money = 0.4 * float(asked @ price)
    lines = [{"branch": f"b{n}", "asked": [asked[n]], "price_eur": price[n]} for n in range(20)]
    left, expected = round(money, 2), 0.0
    for n in np.argsort(price):
        served = min(asked[n], left / price[n])
        expected, left = expected + served, left - served * price[n]
    plan = solve(problem_of_lines(lines, envelope_eur=round(money, 2)))
    assert isinstance(plan, Plan)
    assert plan.objective == pytest.approx(expected, rel=1e-9)


def test_interior_point_simplex_and_the_first_choice_end_at_the_same_objective() -> None:
    problem = plan_problem(load("germany-sgb3-82").scenario)
    program = build(problem)
    arrays = program.arrays
    found = [LiveModel(arrays).run(method) for method in ("first", "dual", "primal", "ipm")]
    assert {answer.status for answer in found} == {"optimal"}
    assert all(same(answer.objective, found[0].objective) for answer in found)


def test_a_solver_that_is_stopped_gives_no_plan() -> None:
    """PuLP's own bridge would call this optimal."""
    problem = plan_problem(load("germany-sgb3-82").scenario)
    stopped = solve(problem, iteration_limit=3)
    assert isinstance(stopped, LimitReached)
    assert stopped.reason == "iterations"


def test_a_stopped_solver_tells_how_far_the_best_can_be_and_never_too_little() -> None:
    """Stopped anywhere on the way from a feasible point: the gap told is at least the true one."""
    problem = plan_problem(load("germany-sgb3-82").scenario)
    program = build(problem)
    arrays = program.arrays
    best = LiveModel(arrays).run().objective
    told = 0
    for limit in range(0, 60, 4):
        live = LiveModel(arrays)
        live.set_cost(-arrays.cost)
        live.run("primal")
        live.set_cost(arrays.cost)
        answer = live._run_once("primal", limit)
        gap = proven_gap(arrays, answer.columns, answer.prices)
        if gap is not None:
            told += 1
            reached = float(arrays.cost @ answer.columns)
            assert gap * max(1.0, abs(reached)) >= best - reached - 1e-6
    assert told
    done = LiveModel(arrays).run()
    assert proven_gap(arrays, done.columns, done.prices) == pytest.approx(0.0, abs=1e-9)
    assert proven_gap(arrays, done.columns * 1.1, done.prices) is None


def test_a_run_that_is_stopped_falls_back_to_the_other_algorithm(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the last basis first; then without it, by interior point."""
    arrays, answer = solved_arrays()
    live = LiveModel(arrays)
    live.run()
    methods = []
    once = LiveModel._run_once

    def stopped(self: LiveModel, method: str, limit: int):
        methods.append(method)
        found = once(self, method, limit)
        return replace(found, status="limit") if len(methods) == 1 else found

    monkeypatch.setattr(LiveModel, "_run_once", stopped)
    again = live.run("dual")
    assert methods == ["dual", "ipm"]
    assert again.status == "optimal"
    assert same(again.objective, answer.objective)


def test_an_option_that_the_solver_does_not_know_is_refused() -> None:
    problem = problem_of_lines([{"branch": "a", "asked": [1], "price_eur": 1000}], envelope_eur=1000)
    program = build(problem)
    live = LiveModel(program.arrays)
    with pytest.raises(ValueError, match="nonsense"):
        live._option("nonsense", 1)


def solved_arrays() -> tuple:
    problem = problem_of_lines(
        [
            {"branch": "a", "group": "under_50", "asked": [10, 5], "price_eur": [7000, 7500]},
            {"branch": "b", "group": "over_49", "asked": [8, 9], "price_eur": 5000},
        ],
        envelope_eur=100_000,
        patience=1,
        constraints=Constraints(branch_floors=(BranchBound(weight_share=0.5),)),
    )
    program = build(problem)
    arrays = program.arrays
    return arrays, LiveModel(arrays).run()


def test_the_certificate_holds_for_a_true_optimum_and_for_nothing_else() -> None:
    """A pathway too many, one too few, a price of the wrong sign or size, NaN: each is seen."""
    arrays, answer = solved_arrays()
    assert certify(arrays, answer.columns, answer.prices).holds
    for number in np.flatnonzero(answer.columns > 1):
        for change in (1.0, -1.0):
            falsified = answer.columns.copy()
            falsified[number] += change
            assert not certify(arrays, falsified, answer.prices).holds, arrays.column_names[number]
    for number in np.flatnonzero(np.abs(answer.prices) > 1e-9):
        for factor in (-1.0, 0.5, 2.0):
            falsified = answer.prices.copy()
            falsified[number] *= factor
            assert not certify(arrays, answer.columns, falsified).holds
    assert not certify(arrays, np.full_like(answer.columns, np.nan), answer.prices).holds
    assert not certify(arrays, np.zeros_like(answer.columns), answer.prices).holds


def test_an_answer_that_does_not_stand_the_check_is_not_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that lies: its values are moved after the run and before the check."""
    true_run = LiveModel.run

    def lying(self, *method):
        answer = true_run(self, *method)
        return replace(answer, columns=answer.columns * 1.01)

    monkeypatch.setattr(solving.LiveModel, "run", lying)
    problem = problem_of_lines([{"branch": "a", "asked": [10], "price_eur": 1000}], envelope_eur=5000)
    found = solve(problem)
    assert isinstance(found, LimitReached)
    assert found.reason == "certificate"


def test_floors_above_the_envelope_are_named_with_branch_and_figure() -> None:
    """On the shipped agreement: a floor above the cap of the one branch that has more than its cap."""
    question = load("convention-2i", ("constraints.branch_floors.0.weight_share=1.2",)).scenario
    found = solve(plan_problem(question))
    assert isinstance(found, Infeasible)
    assert found.minimal
    assert {(row.family, row.subject) for row in found.rows} == {
        ("branch_cap", "metallurgie"),
        ("branch_floor", "metallurgie"),
    }
    assert all(row.value and row.unit == "cents" for row in found.rows)


def test_many_floors_above_the_envelope_are_named_and_each_is_needed() -> None:
    question = load(
        "convention-2i",
        ("constraints.branch_floors.0.weight_share=1.01", "constraints.branch_caps=[]"),
    ).scenario
    problem = plan_problem(question)
    found = solve(problem)
    assert isinstance(found, Infeasible)
    assert found.minimal
    assert {row.family for row in found.rows} == {"branch_floor", "envelope"}
    floors = sum(row.value or 0 for row in found.rows if row.family == "branch_floor")
    smallest = min(row.value or 0 for row in found.rows if row.family == "branch_floor")
    assert floors > problem.money.distributable_cents >= floors - smallest


def test_one_file_knows_the_solver_and_two_know_pulp() -> None:
    """So that another solver, or another PuLP, is a change of one place."""
    folder = Path(build.__code__.co_filename).parent
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.rglob("*.py")}
    assert {name for name, text in texts.items() if "import highspy" in text} == {"bridge.py"}
    assert {name for name, text in texts.items() if "import pulp" in text} == {
        "program.py",
        "variables.py",
    }
    assert not [name for name, text in texts.items() if "model.solve(" in text], "PuLP never solves by itself"


def test_where_the_solver_cannot_tell_the_rows_at_fault_they_are_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row is then tried, those that only keep the books first."""
    monkeypatch.setattr(LiveModel, "rows_at_fault", lambda self: ())
    problem = problem_of_lines(
        [{"branch": code, "asked": [10], "price_eur": 1000} for code in "abc"],
        envelope_eur=10_000,
        constraints=Constraints(branch_floors=(BranchBound(branches=("a", "b"), eur=6000.0),)),
    )
    found = solve(problem)
    assert isinstance(found, Infeasible)
    assert found.minimal
    assert [row.row for row in found.rows] == ["envelope", "branch_floor_1_B001_a", "branch_floor_1_B002_b"]


def test_rows_are_found_by_name() -> None:
    program = build(problem_of_lines([{"branch": "a", "asked": [1], "price_eur": 1000}], envelope_eur=1000))
    assert program.rows[program.row_index("envelope")].name == "envelope"
    with pytest.raises(KeyError):
        program.row_index("none")
