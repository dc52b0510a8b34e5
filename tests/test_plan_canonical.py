"""One canonical answer: whichever solver finds the first optimum, the notifications are the same."""

import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pulp.apis.coin_api
import pytest
from plan_problems import problem_of_lines, random_problem
from scipy.sparse import csr_array
from scipy.sparse.linalg import lsqr

from optimiser.bridge import Answer, Arrays, LiveModel
from optimiser.plan import Plan
from optimiser.problem import PlanProblem, plan_problem
from optimiser.program import build
from optimiser.solve import solve
from scenarios.loading import load

SHIPPED = ("convention-2i", "convention-2i-observed", "convention-2i-observed-207", "germany-sgb3-82")
CBC = pulp.apis.coin_api.pulp_cbc_path
TRUE_RUN = LiveModel.run


@cache
def posed(name: str) -> PlanProblem:
    return plan_problem(load(name).scenario)


def first_by_cbc(problem: PlanProblem, folder: Path) -> Answer:
    """The first optimum by CBC, which reads the model from a file that PuLP writes; values as it printed them."""
    program = build(problem)
    arrays = program.arrays
    model = program.model
    names = {variable.name: number for number, variable in enumerate(program.variables.columns)}
    lp, answer = folder / "first.mps", folder / "first.sol"
    model.writeMPS(str(lp), mpsSense=1)
    command = [CBC, str(lp), "-primalS", "-printingOptions", "all", "-solution", str(answer)]
    subprocess.run(command, capture_output=True, check=True)
    lines = answer.read_text().splitlines()
    assert lines[0].startswith("Optimal")
    columns, prices = np.zeros(len(arrays.cost)), np.zeros(len(arrays.row_lower))
    rows = {row.name: number for number, row in enumerate(program.rows)}
    for line in lines[1:]:
        _, name, value, dual = line.replace("**", "").split()
        if name in rows:
            prices[rows[name]] = -float(dual)
        else:
            columns[names[name]] = float(value)
    columns, prices = sharpened(arrays, columns), sharpened_prices(arrays, prices)
    return Answer("optimal", float(arrays.cost @ columns), columns, prices, arrays.cost - arrays.transposed(prices), 0)


def sharpened(arrays: Arrays, columns: np.ndarray) -> np.ndarray:
    """A point to full precision (CBC prints eight digits) on all the bounds and rows that its point sits on."""
    live = LiveModel(arrays)
    live.set_cost(np.zeros(len(columns)))
    at = np.flatnonzero(columns - arrays.col_lower < 1e-7).astype(np.int32)
    live.set_columns(at, arrays.col_lower[at], arrays.col_lower[at])
    activity = arrays.activity(columns)
    size = replace(arrays, values=np.abs(arrays.values)).activity(np.abs(columns))
    for lower, upper in ((arrays.row_lower, arrays.row_upper), (arrays.row_upper, arrays.row_lower)):
        scale = 1e-7 * np.maximum(1.0, size)
        for row in np.flatnonzero(np.isfinite(lower) & (np.abs(activity - lower) < scale) & (lower != upper)):
            live.set_row(int(row), lower[row], lower[row])
    answer = TRUE_RUN(live, "dual")
    assert answer.status == "optimal"
    return answer.columns


def sharpened_prices(arrays: Arrays, prices: np.ndarray) -> np.ndarray:
    """Prices to full precision: the least correction with which the columns that print no reduced cost have none."""
    reduced = arrays.cost - arrays.transposed(prices)
    free, priced = np.flatnonzero(np.abs(reduced) < 1e-7), np.flatnonzero(np.abs(prices) > 1e-9)
    matrix = csr_array((arrays.values, arrays.columns, arrays.starts), shape=(len(prices), len(reduced)))
    correction = lsqr(matrix[priced][:, free].T, reduced[free], atol=1e-14, btol=1e-14)[0]
    corrected = prices.copy()
    corrected[priced] += correction
    return corrected


def notified(problem: PlanProblem, first: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    def run(self: LiveModel, method: str = "dual") -> Answer:
        if method != "first":
            return TRUE_RUN(self, method)
        return first_by_cbc(problem, folder) if first == "cbc" else TRUE_RUN(self, first)

    monkeypatch.setattr(LiveModel, "run", run)
    plan = solve(problem)
    monkeypatch.undo()
    assert isinstance(plan, Plan)
    return plan


def same_money(one: Plan, other: Plan) -> None:
    """To 1,000 EUR on every line, and the pathways with it."""
    difference = np.abs(np.subtract(one.allocation.notified_cents, other.allocation.notified_cents))
    assert difference.max() < 100_000, difference.max()
    assert one.whole_pathways == other.whole_pathways


@pytest.mark.parametrize("name", SHIPPED)
def test_simplex_interior_point_and_cbc_lead_to_the_same_notifications(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = posed(name)
    plans = [notified(problem, first, tmp_path, monkeypatch) for first in ("primal", "dual", "ipm", "cbc")]
    for other in plans[1:]:
        same_money(plans[0], other)
        for one, two in zip(plans[0].intervals, other.intervals, strict=True):
            assert abs(one.low_cents - two.low_cents) < 100_000
            assert abs(one.high_cents - two.high_cents) < 100_000


@pytest.mark.parametrize("seed", range(40))
def test_on_tied_and_random_problems_too(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = random_problem(seed)
    if not isinstance(solve(problem), Plan):
        return
    plans = [notified(problem, first, tmp_path, monkeypatch) for first in ("primal", "ipm", "cbc")]
    for other in plans[1:]:
        assert other.commit == pytest.approx(plans[0].commit, rel=1e-5, abs=1e-4)


def test_the_interval_of_a_branch_is_what_equally_good_plans_can_give_it() -> None:
    """Two branches alike, 10 pathways asked by each, money for 12: each gets 2 to 10 at the same optimum."""
    lines = [{"branch": code, "asked": [10], "price_eur": 1000} for code in "ab"]
    plan = solve(problem_of_lines(lines, envelope_eur=12_000))
    assert isinstance(plan, Plan)
    assert [(i.branch, i.low_cents, i.high_cents) for i in plan.intervals] == [
        ("a", 200_000, 1_000_000),
        ("b", 200_000, 1_000_000),
    ]


def test_where_the_optimum_is_unique_the_interval_is_a_point() -> None:
    lines = [{"branch": code, "asked": [10], "price_eur": price} for code, price in (("a", 1000), ("b", 2000))]
    plan = solve(problem_of_lines(lines, envelope_eur=20_000))
    assert isinstance(plan, Plan)
    assert [(i.low_cents, i.high_cents) for i in plan.intervals] == [(1_000_000, 1_000_000)] * 2
