"""Laws that every plan keeps, on generated problems."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from plan_problems import problem_of_lines, random_problem, read_from_pulp

from optimiser.bridge import LiveModel
from optimiser.certificate import certify
from optimiser.desk_time import DeskTime
from optimiser.payment_limits import CashLimits, YearLimits
from optimiser.plan import Infeasible, Plan
from optimiser.prices import TOLD
from optimiser.problem import PlanProblem
from optimiser.program import build
from optimiser.solve import solve
from optimiser.told import plan_findings
from scenarios.constraints import BranchBound, MixBound, RegionFloor
from scenarios.opening_money import OpeningMoney

seeds = st.integers(min_value=0, max_value=10**9)
few = settings(max_examples=25)


def planned(problem: PlanProblem) -> Plan:
    plan = solve(problem)
    assert isinstance(plan, Plan)
    return plan


def with_money(problem: PlanProblem, cents: int) -> PlanProblem:
    return replace(problem, money=OpeningMoney(cents, 0, 0, cents))


@few
@given(seeds, st.floats(min_value=1.0, max_value=3.0))
def test_more_envelope_never_buys_fewer_pathways(seed: int, factor: float) -> None:
    problem = random_problem(seed, floors=False)
    more = with_money(problem, int(problem.money.distributable_cents * factor) + 1)
    assert planned(more).objective >= planned(problem).objective * (1 - 1e-9) - 1e-9


@few
@given(seeds)
def test_permuting_branches_permutes_the_plan(seed: int) -> None:
    """Names and places decide nothing: neither what is served nor what is notified."""
    problem = random_problem(seed)
    lines, branches = problem.lines, len(problem.cells.branches)
    order = np.random.default_rng(seed).permutation(branches)
    moved = np.concatenate([np.flatnonzero(problem.cells.branch_of_line == branch) for branch in order])
    cells, demand = problem.cells, problem.demand
    place = {int(branch): number for number, branch in enumerate(order)}
    permuted = replace(
        problem,
        cells=replace(
            cells,
            branches=tuple(cells.branches[branch] for branch in order),
            lines=tuple(cells.lines[line] for line in moved),
            branch_of_line=np.asarray([place[int(cells.branch_of_line[line])] for line in moved]),
        ),
        demand=replace(
            demand,
            pathways=demand.pathways[moved],
            fee_cents=demand.fee_cents[moved],
            support_cents=demand.support_cents[moved],
            size_group_share=demand.size_group_share[moved],
            pathway_share=demand.pathway_share[moved],
            situation_share=demand.situation_share[moved],
        ),
        branch_shares=problem.branch_shares[order],
        returned_share=problem.returned_share[moved],
        in_force_cents=tuple(problem.in_force_cents[line] for line in moved) if problem.in_force_cents else (),
        region_share={code: shares[order] for code, shares in problem.region_share.items()},
    )
    one, other = solve(problem), solve(permuted)
    if isinstance(one, Infeasible):
        assert isinstance(other, Infeasible)
        return
    assert isinstance(one, Plan)
    assert isinstance(other, Plan)
    assert other.objective == pytest.approx(one.objective, rel=1e-9, abs=1e-9)
    assert lines == other.commit.shape[0]
    assert other.commit.sum(axis=1) == pytest.approx(one.commit.sum(axis=1)[moved], rel=1e-6, abs=1e-6)


def hundredfold_figures(problem: PlanProblem) -> dict[str, Any]:
    def times(cents: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return tuple(None if one is None else one * 100 for one in cents)

    in_time, years, cash = problem.in_time, problem.years, problem.cash
    return {
        "in_time": in_time
        and replace(in_time, announced_cents=times(in_time.announced_cents), opened_cents=times(in_time.opened_cents)),
        "years": years
        and replace(
            years,
            ceiling_cents=times(years.ceiling_cents),
            earlier_cents=times(years.earlier_cents),
            carry_over_cents=times(years.carry_over_cents),
        ),
        "cash": cash
        and replace(cash, received_cents=times(cash.received_cents), earlier_cents=times(cash.earlier_cents)),
        "in_force_cents": times(problem.in_force_cents),
    }


@few
@given(seeds)
def test_every_price_a_hundred_times_and_the_plan_stays(seed: int) -> None:
    """The unit of money decides nothing."""
    problem = random_problem(seed)
    demand = problem.demand
    hundredfold = replace(
        with_money(problem, problem.money.distributable_cents * 100),
        demand=replace(demand, fee_cents=demand.fee_cents * 100, support_cents=demand.support_cents * 100),
        mean_cost_cap_cents=None if problem.mean_cost_cap_cents is None else problem.mean_cost_cap_cents * 100,
        **hundredfold_figures(problem),
    )
    one, other = solve(problem), solve(hundredfold)
    assert type(one) is type(other)
    if isinstance(one, Plan) and isinstance(other, Plan):
        # Caps and floors by share are whole cents: a cent weighs a hundred times less now.
        assert other.objective == pytest.approx(one.objective, rel=1e-6, abs=1e-9)
        assert other.commit.sum(axis=1) == pytest.approx(one.commit.sum(axis=1), rel=1e-4, abs=1e-4)


@few
@example(8515)
@given(seeds)
def test_a_bound_that_does_not_bind_changes_nothing(seed: int) -> None:
    problem = random_problem(seed)
    declared = problem.constraints
    wide = 10 * problem.money.distributable_cents
    due = np.full((problem.lines, problem.periods, 1), 1.0)
    slack = replace(
        problem,
        constraints=declared.model_copy(
            update={
                "branch_caps": (*declared.branch_caps, BranchBound(share=1.0)),
                "branch_floors": (*declared.branch_floors, BranchBound(share=0.0)),
                "mix_bounds": (*declared.mix_bounds, MixBound(pathway_types=("long",), max_share=1.0)),
                "region_floors": (*declared.region_floors, RegionFloor(region="all", pathway_share=1.0)),
                "service_floor_share": declared.service_floor_share or 0.0,
            }
        ),
        region_share={**problem.region_share, "all": np.ones(len(problem.cells.branches))},
        years=problem.years or YearLimits((2021,), due, (wide,), (0,), (0,)),
        cash=problem.cash or CashLimits(("2021-12-31",), due, (wide,), (0,)),
        desk=problem.desk or DeskTime(1, 1e9 * np.ones(problem.periods), 1.0),
    )
    one, other = solve(problem), solve(slack)
    assert type(one) is type(other)
    if isinstance(one, Plan) and isinstance(other, Plan):
        assert other.objective == pytest.approx(one.objective, rel=1e-9, abs=1e-9)
        assert other.commit.sum(axis=1) == pytest.approx(one.commit.sum(axis=1), rel=1e-6, abs=1e-6)


@few
@given(seeds)
def test_a_plan_keeps_every_row_and_accounts_for_every_request(seed: int) -> None:
    """What was asked is served, waits or gave up; nobody waits past patience; no row is broken."""
    problem = random_problem(seed)
    plan = solve(problem)
    if not isinstance(plan, Plan):
        return
    asked = problem.demand.pathways
    left = np.cumsum(asked - plan.commit - plan.expire, axis=1)
    assert left == pytest.approx(plan.wait, rel=1e-7, abs=1e-6)
    assert plan.certificate.holds
    assert min(plan.commit.min(), plan.wait.min(), plan.expire.min()) >= 0
    if problem.patience_periods == 0:
        assert plan.wait.max() <= 1e-7


@few
@given(seeds)
def test_rounding_breaks_no_row(seed: int) -> None:
    """Whole pathways at the plan's own rhythm, whole cents: every declared bound holds to the cent."""
    problem = random_problem(seed)
    plan = solve(problem)
    if not isinstance(plan, Plan):
        return
    notified = np.asarray(plan.allocation.notified_cents)
    whole, planned_pathways = np.asarray(plan.whole_pathways), plan.commit.sum(axis=1)
    assert notified.sum() <= problem.money.distributable_cents
    assert (whole <= np.ceil(planned_pathways - 1e-6)).all()
    assert whole.sum() + plan.lost_to_rounding == np.floor(planned_pathways.sum() + 1e-6)
    scale = np.divide(whole, planned_pathways, out=np.zeros(problem.lines), where=planned_pathways > 0)
    commit = plan.commit * scale[:, None]
    program = build(problem)
    columns = program.variables.columns
    cells = problem.lines * problem.periods
    values = np.zeros(len(columns))
    values[:cells] = commit.ravel()
    values[3 * cells :] = notified / problem.unit_cents
    place = {id(variable): number for number, variable in enumerate(columns)}
    money_slack = 1.001 / problem.unit_cents
    for row in program.rows:
        if row.family in ("waiting_balance", "patience", "returns_serve_waiting"):
            continue
        if row.name in plan.missed_by_rounding:
            continue
        limit = np.floor(row.limit + 1e-6) if row.family == "service_floor" else row.limit
        activity = sum(coefficient * values[place[id(variable)]] for variable, coefficient in row.terms)
        # A line's cents are its need rounded, so it may lack less than one; every other row holds outright.
        cent = money_slack * max(1.0, -row.terms[-1][1]) if row.family == "line_money" else 0.0
        slack = cent or 1e-7 * max(1.0, abs(limit))
        if row.sense != ">=":
            assert activity <= limit + slack, row.name
        if row.sense != "<=":
            assert activity >= limit - slack, row.name


@few
@given(seeds)
def test_the_parts_told_sum_to_the_whole_to_the_cent(seed: int) -> None:
    problem = random_problem(seed)
    plan = solve(problem)
    if not isinstance(plan, Plan):
        return
    told = plan_findings(problem, plan)
    assert told["cost_cents"] == told["fee_cents"] + told["support_cents"]
    assert (
        sum(line["notified_cents"] for line in told["lines"]) + told["unnotified_cents"] == told["distributable_cents"]
    )
    assert sum(line["pathways_whole"] for line in told["lines"]) == told["pathways_whole"]
    parts = told["distributable_cents"] + told["management_fee_cents"] + told["reserve_cents"]
    assert parts == told["envelope_cents"]


@few
@given(seeds)
def test_the_price_of_the_envelope_lies_between_what_less_and_more_money_change(seed: int) -> None:
    """The objective is concave in the envelope: a price between the slopes on both sides, equal where they agree.

    Caps by share and announced amendments would move with the envelope; a row's price is of that row alone, so there
    are none here.
    """
    drawn = random_problem(seed, floors=False)
    problem = replace(drawn, constraints=drawn.constraints.model_copy(update={"branch_caps": ()}), in_time=None)
    plan = solve(problem)
    assert isinstance(plan, Plan)
    cents = problem.money.distributable_cents
    step = max(100, cents // 10_000)
    less, more = planned(with_money(problem, cents - step)), planned(with_money(problem, cents + step))
    per_thousand = 100_000 / step
    left = (plan.objective - less.objective) * per_thousand
    right = (more.objective - plan.objective) * per_thousand
    price = next(one.price for one in plan.prices if one.row == "envelope")
    assert right - 1e-5 <= price <= left + 1e-5


@few
@given(seeds)
def test_the_price_of_every_limit_is_a_slope_of_the_objective(seed: int) -> None:
    """For rows whose figure is a limit: between the slopes found by solving the moved programme."""
    problem = random_problem(seed)
    plan = solve(problem)
    if not isinstance(plan, Plan):
        return
    program = build(problem)
    arrays = program.arrays
    for price in plan.prices:
        number = program.row_index(price.row)
        row = program.rows[number]
        if row.dial is None or row.dial.commit_slopes is not None or not price.price:
            continue
        step = max(abs(row.limit), 1.0) * 1e-4
        found = []
        for side in (-step, step):
            live = LiveModel(arrays)
            live.set_row(number, arrays.row_lower[number] + side, arrays.row_upper[number] + side)
            answer = live.run()
            found.append(answer.objective if answer.status == "optimal" else -np.inf)
        per_unit = price.price / TOLD[row.dial.unit] / row.dial.limit_slope
        assert (found[1] - plan.objective) / step - 1e-5 <= per_unit <= (plan.objective - found[0]) / step + 1e-5


def test_the_same_problem_gives_the_same_plan_each_time() -> None:
    problem = random_problem(7)
    assert np.array_equal(planned(problem).commit, planned(random_problem(7)).commit)


def test_money_for_nobody_is_no_accident() -> None:
    """No demand, no money, no line with a price: a plan of nothing, proven, and not an error."""
    for asked, price, envelope in (([0.0], 1000, 5000), ([5.0], 1000, 0), ([0.0], 0, 0)):
        plan = planned(problem_of_lines([{"branch": "a", "asked": asked, "price_eur": price}], envelope_eur=envelope))
        assert plan.objective == 0
        assert plan.allocation.total_cents == 0


def test_at_a_corner_the_left_and_the_right_price_are_told() -> None:
    """Money for exactly the 10 cheap pathways: a thousand less loses one, a thousand more buys a third."""
    lines = [{"branch": code, "asked": [10], "price_eur": price} for code, price in (("a", 1000), ("b", 3000))]
    plan = planned(problem_of_lines(lines, envelope_eur=10_000))
    price = next(price for price in plan.prices if price.row == "envelope")
    left = price.price if price.price_left is None else price.price_left
    right = price.price if price.price_right is None else price.price_right
    assert (left, right) == (pytest.approx(1.0), pytest.approx(1 / 3))


@few
@given(seeds)
def test_the_solver_is_handed_what_pulp_writes(seed: int) -> None:
    """Blocks go over as arrays, rows as pairs: read back from the PuLP model of all rows, not a bit differs."""
    program = build(random_problem(seed))
    handed, written = program.arrays, read_from_pulp(program.model, program.variables.columns)
    for name in ("cost", "col_lower", "col_upper", "row_lower", "row_upper", "starts", "columns", "values"):
        assert np.array_equal(getattr(handed, name), getattr(written, name)), name
    assert handed.column_names == written.column_names
    assert [row.name for row in program.model.constraints()] == [row.name for row in program.rows]
    for number, row in program.stated:
        assert program.rows[number] is row
        assert program.row(number) is row


@few
@given(seeds)
def test_rows_that_go_over_as_bounds_are_rows_like_any_other(seed: int) -> None:
    """With and without: the same optimum and a proof of it, also once such rows were moved, freed or fixed."""
    arrays = build(random_problem(seed)).arrays
    first, end = arrays.bounds
    assert end > first
    ways = [LiveModel(arrays), LiveModel(replace(arrays, bounds=(0, 0)))]
    luck = np.random.default_rng(seed)
    moved = luck.choice(np.arange(first, end), size=min(3, end - first), replace=False).astype(np.int32)
    limits = luck.choice([0.0, 1.0, np.inf], size=len(moved))
    answers = [live.run("first") for live in ways]
    for live in ways:
        live.set_rows(moved, np.full(len(moved), -np.inf), limits)
        live.set_row(int(moved[0]), 0.5, 0.5)
    answers += [live.run() for live in ways]
    held = live.standing()
    for one, other, stated in ((*answers[:2], arrays), (*answers[2:], held)):
        assert one.status == other.status
        if one.status == "optimal":
            assert one.objective == pytest.approx(other.objective, rel=1e-9, abs=1e-9)
            assert certify(stated, one.columns, one.prices).holds
            assert np.abs(one.reduced_costs - (stated.cost - stated.transposed(one.prices))).max() < 1e-7
