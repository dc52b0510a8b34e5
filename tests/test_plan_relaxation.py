"""Where nothing is feasible: what would have to give, by how much, at the least weighted change."""

from dataclasses import replace
from typing import get_args

import pytest
from plan_problems import problem_of_lines, random_problem

from optimiser.bridge import LiveModel
from optimiser.constraints import CONSTRAINTS
from optimiser.plan import Infeasible, Plan
from optimiser.problem import PlanProblem, plan_problem
from optimiser.program import build
from optimiser.relaxation import DEFAULT_WEIGHTS, cheapest_relaxation, weights_of
from optimiser.solve import solve
from optimiser.turning import turn
from scenarios.constraints import BranchBound, Constraints
from scenarios.loading import load
from scenarios.relaxation import BoundName, GivingWay


def infeasible(problem: PlanProblem) -> Infeasible:
    found = solve(problem)
    assert isinstance(found, Infeasible)
    return found


def floors_above_the_envelope() -> PlanProblem:
    """Two floors of 6,000 EUR in an envelope of 10,000."""
    return problem_of_lines(
        [{"branch": code, "asked": [10], "price_eur": 1000} for code in "ab"],
        envelope_eur=10_000,
        constraints=Constraints(branch_floors=(BranchBound(eur=6000.0),)),
    )


def test_targets_give_before_the_agreement_does() -> None:
    """2,000 EUR too many: floors (targets) give them, the envelope (the agreement) does not."""
    relaxation = infeasible(floors_above_the_envelope()).relaxation
    assert relaxation is not None
    assert {give.family for give in relaxation.gives} == {"branch_floor"}
    assert sum(give.value - give.needed for give in relaxation.gives) == pytest.approx(200_000, abs=2)
    assert relaxation.cost == pytest.approx(2000 / 6000, rel=1e-4)


def test_what_the_law_lays_down_never_gives() -> None:
    """With floors as law the envelope gives 2,000 EUR; with both as law nothing helps."""
    program = build(floors_above_the_envelope())
    arrays = program.arrays
    relaxation = cheapest_relaxation(program, arrays, {**DEFAULT_WEIGHTS, "branch_floor": None})
    assert relaxation is not None
    assert [(give.row, give.needed) for give in relaxation.gives] == [("envelope", 1_200_000)]
    assert cheapest_relaxation(program, arrays, {"branch_floor": None, "envelope": None}) is None


def test_a_scenario_says_what_may_give() -> None:
    """By default the floors give; where they are law, and the envelope a target, the envelope does."""
    problem = floors_above_the_envelope()
    declared = replace(
        problem,
        relaxation=(
            GivingWay(bound="branch_floor", standing="law"),
            GivingWay(bound="envelope", standing="target", weight=7.0),
        ),
    )
    relaxation = infeasible(declared).relaxation
    assert relaxation is not None
    assert [(give.family, give.needed) for give in relaxation.gives] == [("envelope", 1_200_000)]
    assert relaxation.cost == pytest.approx(7 * 0.2)
    both = GivingWay(bound="mix_bound", standing="target", weight=3.0)
    weights = weights_of(replace(problem, relaxation=(both,)))
    assert weights == {**DEFAULT_WEIGHTS, "mix_bound_min": 3.0, "mix_bound_max": 3.0}


def test_the_shipped_agreement_declares_what_stands_by_default() -> None:
    """So that a scenario without the key is relaxed as before; and every weight is a dated assumption there."""
    scenario = load("convention-2i").scenario
    assert weights_of(plan_problem(scenario)) == DEFAULT_WEIGHTS
    assert {row.bound for row in scenario.planning.relaxation} == set(get_args(BoundName))


def test_with_the_figures_that_give_a_plan_exists() -> None:
    """On random problems made impossible, and on the shipped agreement."""
    tried = 0
    for seed in range(60):
        problem = random_problem(seed)
        floors = BranchBound(weight_share=1.3)
        problem = replace(
            problem, constraints=Constraints(branch_floors=(floors,), branch_caps=(BranchBound(share=0.3),))
        )
        found = solve(problem)
        if isinstance(found, Infeasible) and found.relaxation is not None:
            tried += 1
            assert feasible_with(problem, found)
    assert tried >= 20
    agreement = plan_problem(load("convention-2i", ("constraints.branch_floors.0.weight_share=1.2",)).scenario)
    assert feasible_with(agreement, infeasible(agreement))


def feasible_with(problem: PlanProblem, found: Infeasible) -> bool:
    program = build(problem)
    arrays = program.arrays
    live = LiveModel(arrays)
    assert found.relaxation is not None
    for give in found.relaxation.gives:
        number = program.row_index(give.row)
        turn(live, arrays, number, program.rows[number], give.needed)
    return live.run("first").status == "optimal"


def test_every_figure_of_a_scenario_has_a_declared_weight() -> None:
    """A family whose rows stand for a figure is law, agreement or target; nobody forgets one."""
    families = {
        row.family
        for seed in range(200)
        for row in build(random_problem(seed), CONSTRAINTS).rows
        if row.dial is not None
    }
    assert families <= set(DEFAULT_WEIGHTS), families - set(DEFAULT_WEIGHTS)
    assert isinstance(solve(random_problem(0)), Plan)
