"""The saved file is the exact programme: other solvers read it back to the same optimum."""

import subprocess
from pathlib import Path

import pulp.apis.coin_api
import pytest
from highspy import _core
from plan_problems import random_problem
from test_plan_golden import tiny_problem

from optimiser.plan import Plan
from optimiser.problem import PlanProblem, plan_problem
from optimiser.saving import save_lp
from optimiser.solve import solve
from scenarios.loading import load


def read_by_highs(path: Path) -> tuple[float, list[str]]:
    highs = _core._Highs()
    highs.setOptionValue("output_flag", False)
    assert highs.readModel(str(path)) == _core.HighsStatus.kOk
    names = list(highs.getLp().row_names_)
    highs.run()
    assert highs.getModelStatus() == _core.HighsModelStatus.kOptimal
    return abs(highs.getInfo().objective_function_value), names


def read_by_cbc(path: Path) -> float:
    answer = path.with_suffix(".txt")
    command = [pulp.apis.coin_api.pulp_cbc_path, str(path), "-solve", "-solution", str(answer)]
    subprocess.run(command, capture_output=True, check=True)
    first = answer.read_text().splitlines()[0]
    assert first.startswith("Optimal")
    return abs(float(first.split()[-1]))


def objective(problem: PlanProblem) -> float:
    """The best of the last objective, in the programme's own unit."""
    plan = solve(problem)
    assert isinstance(plan, Plan)
    last = plan.objectives[-1]
    return last.best / problem.unit_cents if last.unit == "cents" else last.best


@pytest.mark.parametrize("suffix", [".lp", ".mps"])
@pytest.mark.parametrize("which", ["hostile names", "random", "germany-sgb3-82", "convention-2i"])
def test_two_other_readers_find_the_same_optimum(which: str, suffix: str, tmp_path: Path) -> None:
    if which == "hostile names":
        problem = tiny_problem()
    elif which == "random":
        problem = random_problem(3)
    else:
        problem = plan_problem(load(which).scenario)
    path = tmp_path / f"plan{suffix}"
    save_lp(problem, path)
    expected = pytest.approx(objective(problem), rel=1e-7)
    found, names = read_by_highs(path)
    assert found == expected
    assert "envelope" in names
    assert read_by_cbc(path) == expected


def test_another_suffix_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.lp, \.mps"):
        save_lp(tiny_problem(), tmp_path / "plan.txt")
    assert list(tmp_path.iterdir()) == []


def test_with_several_objectives_the_file_is_the_programme_of_the_last_with_the_others_kept(tmp_path: Path) -> None:
    aims = "planning.objectives=[{name: pathways, tolerance_share: 0.01}, {name: small_companies}, {name: least_cost}]"
    problem = plan_problem(load("convention-2i", (aims,)).scenario)
    path = tmp_path / "plan.lp"
    save_lp(problem, path)
    found, names = read_by_highs(path)
    assert {"kept_pathways", "kept_small_companies"} < set(names)
    assert found == pytest.approx(objective(problem), rel=1e-6)
