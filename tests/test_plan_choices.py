"""What a plan may choose beyond notifications: its objectives, their trade-off, the share of pay; and what binds it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_problems import problem_of_lines, random_problem, scipy_optimum
from tiny import by_demand, tiny

from optimiser.pareto import pareto_front, told_front
from optimiser.plan import Infeasible, LimitReached, Plan
from optimiser.plan_warnings import plan_warnings
from optimiser.problem import PlanProblem, plan_problem
from optimiser.solve import solve
from optimiser.support_tiers import plan_with_tiers
from optimiser.told import plan_findings
from optimiser.upper_bound import told_upper_bound, upper_bound
from scenarios.loading import load
from scenarios.objectives import Objective
from scenarios.problems import InputRefused
from sim.experiment import simulate
from sim.ground import ground_of

seeds = st.integers(min_value=0, max_value=10**9)
few = settings(max_examples=15)

TIERS = (
    "scheme.pay_support_tiers=[{support_share: 0.0, demand_factors: {under_50: 0.6}}, "
    "{support_share: 0.5, demand_factors: {under_50: 0.9}}, {support_share: 1.0}]"
)


def aiming(problem: PlanProblem, *aims: tuple[str, float]) -> PlanProblem:
    return replace(
        problem,
        objectives=tuple(Objective.model_validate({"name": name, "tolerance_share": share}) for name, share in aims),
    )


def planned(problem: PlanProblem) -> Plan:
    plan = solve(problem)
    assert isinstance(plan, Plan)
    return plan


# Objectives in order


@few
@given(seeds)
def test_a_later_objective_takes_no_more_than_the_tolerance_and_never_loses_by_one(seed: int) -> None:
    problem = random_problem(seed, floors=False)
    alone = planned(problem)
    for share in (0.0, 0.05):
        plan = planned(aiming(problem, ("pathways", share), ("least_served_branch", 0.0)))
        first, second = plan.objectives
        assert first.best == pytest.approx(alone.objective, rel=1e-9, abs=1e-9)
        assert plan.objective >= alone.objective * (1 - share) - 1e-5
        assert first.value == pytest.approx(plan.objective, rel=1e-9, abs=1e-9)
        served = [
            plan.commit[problem.cells.branch_of_line == branch].sum()
            / problem.demand.pathways[problem.cells.branch_of_line == branch].sum()
            for branch in range(len(problem.cells.branches))
            if problem.demand.pathways[problem.cells.branch_of_line == branch].sum()
        ]
        if served:
            assert min(served) >= second.value - 1e-6
        assert plan.certificate.holds


@few
@given(seeds)
def test_the_cheapest_of_equals_costs_no_more_and_serves_as_many(seed: int) -> None:
    problem = random_problem(seed, floors=False)
    alone, cheapest = planned(problem), planned(aiming(problem, ("pathways", 0.0), ("least_cost", 0.0)))
    assert cheapest.objective == pytest.approx(alone.objective, rel=1e-7, abs=1e-6)
    assert cheapest.cost_cents <= alone.cost_cents * (1 + 1e-7) + 100


@pytest.mark.parametrize("tolerance", [0.0, 0.03])
def test_the_cheapest_of_equals_is_as_cheap_as_scipy_finds_it(tolerance: float) -> None:
    """40 problems with any mixture of constraints, in a statement of SciPy's own."""
    met = 0
    for seed in range(40):
        problem = aiming(random_problem(seed), ("pathways", tolerance), ("least_cost", 0.0))
        plan, expected = solve(problem), scipy_optimum(problem, tolerance)
        assert isinstance(plan, Plan) == (expected is not None), seed
        if isinstance(plan, Plan):
            met += 1
            assert plan.objectives[1].best == pytest.approx(expected, rel=1e-6, abs=1.0), seed
    assert met >= 25


def test_the_same_objective_by_weights_of_one_gives_the_same_plan() -> None:
    problem = random_problem(11, floors=False)
    weighted = planned(aiming(problem, ("weighted_pathways", 0.0)))
    assert weighted.objective == pytest.approx(planned(problem).objective)
    warning = plan_warnings(problem, weighted)
    assert "told_of_first_objective" not in [one["code"] for one in warning]


def test_several_objectives_are_told_with_what_each_gave_up() -> None:
    scenario = load(
        "convention-2i",
        ("planning.objectives=[{name: pathways, tolerance_share: 0.02}, {name: small_companies}]",),
    ).scenario
    problem = plan_problem(scenario)
    plan = planned(problem)
    told = plan_findings(problem, plan)["objectives"]
    assert [one["objective"] for one in told] == ["pathways", "small_companies"]
    assert told[0]["value"] == pytest.approx(0.98 * told[0]["best"], rel=1e-6)
    assert told[1]["value"] == pytest.approx(told[1]["best"], rel=1e-6)
    codes = [warning["code"] for warning in plan_warnings(problem, plan)]
    assert "told_of_first_objective" in codes


# The trade-off between two objectives


def test_the_front_of_two_objectives_is_the_line_worked_by_hand() -> None:
    """12,000 EUR, 10 ask at 2,000 and 10 at 1,000: from equal shares (8 pathways, 40 %) to the most (11, 10 %).

    Between them x dear and y cheap pathways with 2x + y = 12: a pathway less frees 1 / 10 of the dear branch.
    """
    problem = problem_of_lines(
        [{"branch": "a", "asked": [10], "price_eur": 2000}, {"branch": "b", "asked": [10], "price_eur": 1000}],
        envelope_eur=12_000,
    )
    front = pareto_front(problem, "pathways", "least_served_branch", points=4)
    assert [point.first for point in front.points] == pytest.approx([8, 9, 10, 11])
    assert [point.second for point in front.points] == pytest.approx([0.4, 0.3, 0.2, 0.1])
    assert [point.pathways for point in front.points] == pytest.approx([8, 9, 10, 11])
    assert told_front(front)["points"][0] == {"first_value": pytest.approx(8), "second_value": pytest.approx(0.4),
                                              "pathways": pytest.approx(8)}  # fmt: skip


@few
@given(seeds)
def test_along_a_front_more_of_one_is_less_of_the_other(seed: int) -> None:
    problem = random_problem(seed, floors=False)
    front = pareto_front(problem, "pathways", "least_cost", points=5)
    first = np.asarray([point.first for point in front.points])
    cents = np.asarray([point.second for point in front.points])
    assert len(first) >= 1
    assert (np.diff(first) >= -1e-6).all()
    assert (np.diff(cents) >= -1e-3).all()
    assert first[-1] == pytest.approx(planned(problem).objective, rel=1e-7, abs=1e-6)


def test_there_is_no_front_where_there_is_no_plan() -> None:
    problem = problem_of_lines([{"branch": "a", "asked": [1], "price_eur": 1000}], envelope_eur=0)
    bound = problem.constraints.model_copy(update={"service_floor_share": 1.0})
    assert pareto_front(replace(problem, constraints=bound), "pathways", "least_cost").points == ()


# Pay support from tiers


def test_the_tier_that_serves_most_is_chosen_and_lived() -> None:
    """All tiers told; the chosen one is the scenario's own share, so planning it by hand gives the same plan."""
    choice = plan_with_tiers(load("convention-2i", (TIERS,)).scenario)
    told = choice.told()
    assert [one["support_share"] for one in told] == [0.0, 0.5, 1.0]
    assert [one["chosen"] for one in told] == [one["pathways"] == max(t["pathways"] for t in told) for one in told]
    by_hand = load(
        "convention-2i",
        ("scheme.pay_support.shares=[{from: 2021-01-01, support_share: 0.5}]",
         "inflow.size_group_factors={under_50: 0.9}"),
    ).scenario  # fmt: skip
    assert choice.chosen.scenario.scheme.pay_support.shares == by_hand.scheme.pay_support.shares
    assert isinstance(choice.chosen.answer, Plan)
    assert choice.chosen.answer.allocation == planned(plan_problem(by_hand)).allocation


def test_of_tiers_as_good_the_one_that_pays_more_is_chosen() -> None:
    tiers = "scheme.pay_support_tiers=[{support_share: 0.0}, {support_share: 0.4}]"
    choice = plan_with_tiers(load("convention-2i", (tiers, "envelope_eur=900000000")).scenario)
    assert choice.chosen.tier is not None
    assert choice.chosen.tier.support_share == 0.4


def test_tiers_without_any_plan_say_why() -> None:
    floors = "constraints.branch_floors=[{share: 0.5}]"
    choice = plan_with_tiers(load("convention-2i", (TIERS, floors)).scenario)
    assert isinstance(choice.chosen.answer, Infeasible)
    assert [one["status"] for one in choice.told()] == ["infeasible"] * 3


def test_without_tiers_the_plan_is_the_plan() -> None:
    scenario = load("germany-sgb3-82").scenario
    choice = plan_with_tiers(scenario)
    assert choice.tiers == ()
    assert choice.chosen.scenario is scenario


# What nobody can deliver


def test_choosing_by_cell_is_told_as_a_bound_and_is_one() -> None:
    scenario = load("germany-sgb3-82").scenario
    told, warning = told_upper_bound(scenario)
    assert told["upper_bound"]["bound"] is True
    assert told["upper_bound"]["pathways"] >= planned(plan_problem(scenario)).objective * (1 - 1e-7)
    assert warning["code"] == "upper_bound_only"


def test_where_cells_differ_in_price_the_bound_is_above_what_lines_serve() -> None:
    scenario = tiny("lines=[branch]")
    bound, plan = upper_bound(scenario), planned(plan_problem(scenario))
    assert bound is not None
    assert bound.pathways > plan.objective + 1
    assert told_upper_bound(tiny("constraints.branch_floors=[{share: 0.9}]"))[1]["code"] == "upper_bound_unknown"


# What the simulator does not live yet


@pytest.mark.parametrize(
    ("override", "key"),
    [
        ("scheme.pay_support_tiers=[{support_share: 0.5}]", "scheme.pay_support_tiers"),
    ],
)
def test_what_only_the_plan_applies_is_refused_by_the_simulator_and_never_ignored(override: str, key: str) -> None:
    scenario = tiny(override)
    with pytest.raises(InputRefused) as refusal:
        ground_of(scenario)
    assert [problem.key for problem in refusal.value.problems] == [key]
    assert "tiny" in refusal.value.problems[0].text("fr")
    with pytest.raises(InputRefused):
        simulate(scenario, by_demand(scenario), runs=1)


def test_a_priority_inside_lines_is_told_and_one_between_lines_is_not() -> None:
    rule = "steering=[{kind: priority, by: pathway, first: [long, short]}]"
    mixed, apart = plan_problem(tiny(rule)), plan_problem(tiny(rule, "lines=[branch, pathway]"))
    assert plan_warnings(mixed)[0] == {"code": "priority_inside_lines", "details": {"by": "pathway", "lines": 6}}
    assert "priority_inside_lines" not in [warning["code"] for warning in plan_warnings(apart)]


def test_what_rules_keep_out_is_told() -> None:
    problem = plan_problem(tiny("steering=[{kind: quota, pathway_types: [long], max_share: 0.2}]"))
    warnings = {warning["code"]: warning["details"] for warning in plan_warnings(problem)}
    assert warnings["quota_thins_demand"]["pathways"] == pytest.approx(problem.demand.kept_out.sum())
    assert plan_findings(problem, planned(problem))["kept_out_pathways"] > 0


def test_a_solver_that_is_stopped_at_a_later_objective_gives_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    from optimiser import lexicographic

    def stopped(live, cost, best, tolerance_share):
        live.run = lambda *method: replace(kept, status="limit")
        return 0

    problem = aiming(random_problem(3, floors=False), ("pathways", 0.0), ("least_cost", 0.0))
    kept = planned_answer(problem)
    monkeypatch.setattr(lexicographic, "keep", stopped)
    assert isinstance(solve(problem), LimitReached)


def planned_answer(problem: PlanProblem):
    from optimiser.bridge import LiveModel
    from optimiser.program import build

    program = build(problem)
    return LiveModel(program.arrays).run()
