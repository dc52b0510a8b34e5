"""Plans worked by hand, each in a file with the source of its expected figures."""

from typing import Any

import numpy as np
import pytest
from case_files import cases_in
from plan_problems import problem_of_lines

from optimiser.bridge import LiveModel
from optimiser.constraints import CONSTRAINTS
from optimiser.plan import Infeasible, Plan
from optimiser.problem import PlanProblem
from optimiser.program import build
from optimiser.row import Constraint
from optimiser.solve import solve
from scenarios.constraints import Constraints

CASES = cases_in("plan")


def posed(case: dict[str, Any]) -> PlanProblem:
    asked = dict(case["problem"])
    text = asked.pop("constraints", {})
    # Read as a scenario file is read: lists become tuples, whole numbers become euros.
    constraints = Constraints.model_validate(text, strict=False)
    return problem_of_lines(asked.pop("lines"), constraints=constraints, **asked)


@pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])
def test_a_plan_worked_by_hand_is_found(case: dict[str, Any]) -> None:
    problem, expected = posed(case), case["expected"]
    plan = solve(problem)
    if "at_fault" in expected:
        assert isinstance(plan, Infeasible)
        assert [row.row for row in plan.rows] == expected["at_fault"]
        assert plan.minimal
        return
    assert isinstance(plan, Plan)
    assert plan.objective == pytest.approx(expected["objective"], rel=1e-8)
    assert plan.commit.sum(axis=1) == pytest.approx(expected["pathways"], rel=1e-8, abs=1e-8)
    assert list(plan.whole_pathways) == expected["whole"]
    if "notified_eur" in expected:
        assert np.asarray(plan.allocation.notified_cents) / 100 == pytest.approx(expected["notified_eur"])
    if "unnotified_eur" in expected:
        left = problem.money.distributable_cents - plan.allocation.total_cents
        assert left == round(expected["unnotified_eur"] * 100)
    reached = {one.name: one.value for one in plan.objectives}
    for name, value in expected.get("reached", {}).items():
        assert reached[name] == pytest.approx(value, rel=1e-7, abs=1e-4)
    prices = {price.row: price.price for price in plan.prices}
    for row, price in expected.get("prices", {}).items():
        assert prices[row] == pytest.approx(price, rel=1e-9, abs=1e-9)
    costs = {floor.row: floor.pathways_cost for floor in plan.floors}
    for row, cost in expected.get("floors", {}).items():
        assert costs[row] == pytest.approx(cost, rel=1e-9)
    for key, found in (
        ("under50_with", [floor.under50_pathways_with for floor in plan.floors]),
        ("under50_without", [floor.under50_pathways_without for floor in plan.floors]),
    ):
        if key in expected:
            assert found == pytest.approx([expected[key]])
    if "fee_eur" in expected:
        assert plan.fee_cents == round(expected["fee_eur"] * 100)
        assert plan.support_cents == round(expected["support_eur"] * 100)
        assert plan.cost_cents == plan.fee_cents + plan.support_cents


def first_objective(case: dict[str, Any]) -> float:
    """What the solver's first objective comes to; pathways unless the case says otherwise."""
    return float(case["expected"].get("solver_objective", case["expected"]["objective"]))


@pytest.mark.parametrize("left_out", CONSTRAINTS, ids=lambda constraint: constraint.__name__)
def test_leaving_a_constraint_out_is_seen_by_a_case(left_out: Constraint) -> None:
    """Each constraint decides at least one of the plans worked by hand."""
    others = [constraint for constraint in CONSTRAINTS if constraint is not left_out]

    def differs(case: dict[str, Any]) -> bool:
        program = build(posed(case), others)
        answer = LiveModel(program.arrays).run()
        if "at_fault" in case["expected"]:
            return answer.status == "optimal"
        return answer.status != "optimal" or abs(answer.objective - first_objective(case)) > 1e-6

    assert any(differs(case) for case in CASES)
