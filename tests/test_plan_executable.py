"""What a plan promises is what a desk can do: its notifications, lived by the simulator with nothing left to luck.

Requests come as the plan expects them: each cell's mean demand in whole requests of one trainee, evenly over the days
of each period. What the simulator then commits, first come first served, is what the plan says, within DISCRETISATION:
whole requests, whole days, and money that comes back inside a period where the plan counts it from the period's start.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hand_made import decided_at, requests_of
from tiny import tiny

from optimiser.bridge import LiveModel
from optimiser.plan import Plan
from optimiser.plan_warnings import plan_warnings
from optimiser.problem import PlanProblem, plan_problem
from optimiser.program import build
from optimiser.solve import solve
from scenarios.allocation import Allocation
from scenarios.calendar import DAY
from scenarios.money import split
from scenarios.scenario import Scenario
from scenarios.variates import mean_of
from sim.ground import NEVER, ground_of
from sim.model import live
from sim.price_list import PriceList

DISCRETISATION = 0.01
"""Share of the plan's pathways that may be delivered late, early or not at all."""

AMENDED = "events=[{kind: envelope_change, date: %s, amount_eur: %s, announced: true}]"
CELLS = "lines=[branch, size_band, situation, pathway]"
STEADY = (
    "envelope_eur=12000000",
    "inflow.requests_per_year=6000",
    "inflow.trainees={kind: constant, at: 1}",
    "inflow.pathways.long.hours={kind: constant, at: 90}",
    "inflow.pathways.long.fee_eur_per_hour={kind: constant, at: 25}",
    "inflow.pathways.long.duration_days={kind: constant, at: 60}",
    "inflow.pathways.short.hours={kind: constant, at: 25}",
    "inflow.pathways.short.fee_eur_per_hour={kind: constant, at: 35}",
    "inflow.pathways.short.duration_days={kind: constant, at: 10}",
    "inflow.pay_eur_per_hour={kind: constant, at: 15}",
    "inflow.start_lag_days={kind: constant, at: 20}",
    "inflow.executed_share={kind: constant, at: 0.9}",
    "inflow.drop_out_share=0.0",
    "inflow.ineligible_share=0.0",
    "inflow.uncertain.volume={kind: constant, at: 1}",
    "inflow.uncertain.hours={kind: constant, at: 1}",
    "inflow.uncertain.fee_per_hour={kind: constant, at: 1}",
    "desk.decision_lag_days={kind: constant, at: 0}",
    "desk.incomplete_share=0.0",
    "scheme.company_aid_ceilings=[]",
    "events=[]",
    "payments.year_ceilings=[]",
    "committee.reserve_share=0.0",
    "parking.patience_days=61",
)

FLAT = (
    "scheme.regime_choice=temporary",
    "scheme.regimes.temporary={from: 2021-01-01}",
    "scheme.rates=[{regime: temporary, from: 2021-01-01, max_employees: 249, rate_share: 1.0}, "
    "{regime: temporary, from: 2021-01-01, min_employees: 250, rate_share: 0.6}, "
    "{regime: gber, from: 2021-05-01, rate_share: 0.5}]",
    "scheme.pay_support.opening=[{from: 2021-01-01}]",
    "scheme.pay_support.ceilings=[{from: 2021-01-01, ceiling_eur_per_hour: 10.25}]",
    "inflow.situation_shares=[{from: 2021-01-01, shares: {ap: 0.5, mutation: 0.5}}]",
    "inflow.size_shares.at_deadline={small: 0.5, medium: 0.3, large: 0.2}",
)
"""Rules and mix that stay the same all year; without them rates fall in September, and waiting pays."""


@cache
def steady(*overrides: str) -> Scenario:
    return tiny(*STEADY, *(() if "falling" in overrides else FLAT), *(one for one in overrides if one != "falling"))


@cache
def cells_of_demand(*overrides: str) -> PlanProblem:
    """The same question with a line for each cell: what is asked, cell by cell."""
    return plan_problem(steady(*overrides, CELLS))


def delivered(scenario: Scenario, asked: PlanProblem, allocation: Allocation) -> np.ndarray:
    """Pathways that the simulator commits on each line when mean demand comes evenly."""
    ground = ground_of(scenario)
    demand, cells = asked.demand, asked.cells
    starts = [ground.calendar.opens.toordinal(), *(int(end) + 1 for end in demand.period_ends[:-1])]
    rows = []
    for line, cell in enumerate(cells.lines):
        whole = np.diff(np.floor(np.cumsum(demand.pathways[line]) + 0.5), prepend=0.0).astype(int)
        for start, end, count in zip(starts, demand.period_ends, whole, strict=True):
            first = (start - starts[0]) * DAY
            for number in range(count):
                # A stagger of its own for each cell, so that cells of a line come mixed and not in turns.
                place = (number + ((line * 0.618) % 1.0)) / count
                rows.append((first + int(place * (int(end) + 1 - start) * DAY), cell))
    rows.sort(key=lambda row: (row[1].branch, row[0]))
    profile = scenario.inflow.pathways
    requests = requests_of(
        ground,
        [
            {
                "branch": cell.branch,
                "size_band": cells.size_bands.index(cell.size_band),
                "situation": cells.situations.index(cell.situation),
                "pathway": cells.pathway_types.index(cell.pathway),
                "filing_minute": minute,
                "hours_hundredths": round(100 * mean_of(profile[cell.pathway].hours)),
                "fee_cents_per_hour": round(100 * mean_of(profile[cell.pathway].fee_eur_per_hour)),
                "pay_cents_per_hour": round(100 * mean_of(scenario.inflow.pay_eur_per_hour)),
                "start_minutes": 20 * DAY,
                "duration_minutes": round(mean_of(profile[cell.pathway].duration_days)) * DAY,
                "executed_basis_points": 9_000,
            }
            for minute, cell in rows
        ],
    )
    lived = live(
        ground,
        requests,
        decided_at([minute for minute, _ in rows]),
        PriceList(ground, requests),
        "fixed",
        allocation,
    )
    served = np.asarray(lived.committed) < NEVER
    return np.bincount(requests.line[served], minlength=len(ground.cells.lines)).astype(float)


def kept_promise(promised: np.ndarray, lived: np.ndarray) -> bool:
    """Whether what was lived is what was promised: in all, and line by line to a few requests."""
    within = abs(lived.sum() - promised.sum()) <= DISCRETISATION * promised.sum()
    return bool(within and (np.abs(lived - promised) <= 3 + 3 * DISCRETISATION * promised).all())


@pytest.mark.parametrize(
    "overrides",
    [
        (),
        ("envelope_eur=3000000",),
        ("lines=[branch, size_band, pathway]", "envelope_eur=3000000"),
        (CELLS, "envelope_eur=3000000"),
        ("constraints.service_floor_share=0.4", "envelope_eur=3000000"),
        (
            "planning.objectives=[{name: pathways, tolerance_share: 0.05}, {name: least_served_branch}]",
            "envelope_eur=3000000",
        ),
        (AMENDED % ("2021-05-01", 1_500_000), "envelope_eur=2000000"),
        (AMENDED % ("2021-04-01", -1_000_000), "envelope_eur=4000000"),
        ("steering=[{kind: closing, last_day: 2021-06-30}]",),
        ("steering=[{kind: quota, pathway_types: [long], max_share: 0.3}]", "envelope_eur=3000000"),
        ("steering=[{kind: priority, by: pathway, first: [short]}]", "lines=[branch, pathway]", "envelope_eur=3000000"),
        ("committee.over_programming_share=0.1", "envelope_eur=3000000"),
        (
            "constraints.commitment_openings=[{date: 2021-01-01, share: 0.4}, {date: 2021-04-01, share: 0.6}]",
            "envelope_eur=3000000",
        ),
    ],
    ids=[
        "ample",
        "scarce",
        "by type",
        "by cell",
        "service floor",
        "two objectives",
        "announced top-up",
        "announced cut",
        "closing",
        "quota by line",
        "priority",
        "over-programming",
        "appropriations by date",
    ],
)
def test_the_plan_fed_to_the_simulator_delivers_what_it_says(overrides: tuple[str, ...]) -> None:
    scenario = steady(*overrides)
    plan = solve(plan_problem(scenario))
    assert isinstance(plan, Plan)
    # What is asked, cell by cell, before any steering rule: the desk applies the rules itself.
    asked = cells_of_demand(*(one for one in overrides if not one.startswith(("lines", "steering"))))
    lived = delivered(scenario, asked, plan.allocation)
    assert kept_promise(np.asarray(plan.whole_pathways, dtype=float), lived), (plan.whole_pathways, lived)


def test_a_quota_in_euros_lets_the_desk_serve_again_what_was_released_which_the_plan_does_not_count() -> None:
    """A tenth of each commitment comes back: the desk serves what the plan says, or up to a ninth more."""
    scenario = steady("steering=[{kind: quota, size_groups: [larger], max_eur: 400000}]", "envelope_eur=3000000")
    plan = solve(plan_problem(scenario))
    assert isinstance(plan, Plan)
    lived = delivered(scenario, cells_of_demand("envelope_eur=3000000"), plan.allocation)
    larger = np.asarray([line.size_group == "larger" for line in ground_of(scenario).cells.lines])
    promised = np.asarray(plan.whole_pathways, dtype=float)
    assert kept_promise(promised[~larger], lived[~larger])
    assert 1.0 <= lived[larger].sum() / promised[larger].sum() <= 1 / 0.9
    free = delivered(steady("envelope_eur=3000000"), cells_of_demand("envelope_eur=3000000"), plan.allocation)
    assert free[larger].sum() > 0


@pytest.mark.parametrize("extra", [(), ("envelope_eur=3000000",), ("planning.returns_serve_waiting=true",)])
def test_where_a_closing_makes_later_requests_cheaper_serving_in_order_is_what_is_delivered(
    extra: tuple[str, ...],
) -> None:
    """Long pathways are out from June on: the programme keeps money for the short ones, a desk does not; it is told."""
    scenario = steady("steering=[{kind: closing, last_day: 2021-05-31, pathway_types: [long]}]", *extra)
    problem = plan_problem(scenario)
    plan = solve(problem)
    assert isinstance(plan, Plan)
    asked = cells_of_demand(*(one for one in extra if one.startswith("envelope")))
    lived = delivered(scenario, asked, plan.allocation)
    assert lived.sum() == pytest.approx(plan.in_order_pathways, rel=DISCRETISATION)
    assert lived.sum() < 0.99 * sum(plan.whole_pathways)
    assert "waits_for_lower_prices" in [warning["code"] for warning in plan_warnings(problem, plan)]


def test_a_plan_that_chooses_cells_inside_lines_cannot_be_delivered_and_is_found_out() -> None:
    """The bound's own pathways and money, notified by branch: the desk serves who comes, dear cells among them."""
    coarse = ("lines=[branch]", "envelope_eur=3000000", "constraints.group_floors=[]", "constraints.branch_caps=[]")
    fine = cells_of_demand(*coarse[1:])
    program = build(fine)
    answer = LiveModel(program.arrays).run()
    size = fine.lines * fine.periods
    promised, money = np.zeros(3), np.zeros(3)
    np.add.at(promised, fine.cells.branch_of_line, answer.columns[:size].reshape(fine.lines, -1).sum(axis=1))
    np.add.at(money, fine.cells.branch_of_line, answer.columns[3 * size : 3 * size + fine.lines])
    notified = split(fine.money.distributable_cents, [int(1e6 * one) for one in money])
    lived = delivered(steady(*coarse), fine, Allocation(tuple(notified)))
    assert lived.sum() < 0.95 * promised.sum()
    assert not kept_promise(promised, lived)


def test_a_promise_of_more_than_the_money_buys_is_found_out() -> None:
    scenario = steady("envelope_eur=3000000")
    plan = solve(plan_problem(scenario))
    assert isinstance(plan, Plan)
    too_much = replace(plan, whole_pathways=tuple(round(1.03 * whole) for whole in plan.whole_pathways))
    lived = delivered(scenario, cells_of_demand("envelope_eur=3000000"), plan.allocation)
    assert not kept_promise(np.asarray(too_much.whole_pathways, dtype=float), lived)


def test_where_prices_fall_the_plan_says_what_serving_in_order_delivers_and_the_simulator_agrees() -> None:
    """The programme lets requests wait for September's lower rates; a desk with money does not, and that is told."""
    scenario = steady("falling", "envelope_eur=3000000")
    problem = plan_problem(scenario)
    plan = solve(problem)
    assert isinstance(plan, Plan)
    asked = cells_of_demand("falling", "envelope_eur=3000000")
    lived = delivered(scenario, asked, plan.allocation)
    assert not kept_promise(np.asarray(plan.whole_pathways, dtype=float), lived)
    warning = next(one for one in plan_warnings(problem, plan) if one["code"] == "waits_for_lower_prices")
    assert warning["details"]["in_order"] == pytest.approx(lived.sum(), rel=DISCRETISATION)
    assert warning["details"]["promised"] == pytest.approx(plan.objective)


def test_where_only_returns_serve_who_waits_the_plan_with_ample_money_is_delivered_again() -> None:
    """Rates fall in September: with the rule nothing is gained by waiting for them (to 2 %: some are passed over)."""
    scenario = steady("falling", "planning.returns_serve_waiting=true")
    plan, free = solve(plan_problem(scenario)), solve(plan_problem(steady("falling")))
    assert isinstance(plan, Plan)
    assert isinstance(free, Plan)
    lived = delivered(scenario, cells_of_demand("falling"), plan.allocation)
    promised = sum(plan.whole_pathways)
    assert abs(lived.sum() - promised) <= 0.02 * promised
    assert sum(free.whole_pathways) - (free.in_order_pathways or 0) > 0.05 * sum(free.whole_pathways)


def test_a_limit_in_time_that_a_desk_would_pass_is_told() -> None:
    """Payments of 2021 bound the plan, which commits later for it; the desk commits at once, and the row is named."""
    ceilings = (
        "payments.year_ceilings=[{year: 2021, ceiling_eur: 1500000, carry_over_max_eur: 0}, "
        "{year: 2022, ceiling_eur: 9000000}]"
    )
    problem = plan_problem(steady(ceilings, "envelope_eur=3000000"))
    plan = solve(problem)
    assert isinstance(plan, Plan)
    told = {warning["code"]: warning["details"] for warning in plan_warnings(problem, plan)}
    assert told["limits_passed_in_order"]["rows"] == ["payments_2021"]
    wide = plan_problem(steady("payments.year_ceilings=[{year: 2021, ceiling_eur: 9000000, carry_over_max_eur: 0}]"))
    plan = solve(wide)
    assert isinstance(plan, Plan)
    assert "limits_passed_in_order" not in [warning["code"] for warning in plan_warnings(wide, plan)]
