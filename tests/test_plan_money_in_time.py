"""Money and work in time: what falls due when, what opens when, what the desk can have examined; by hand."""

from datetime import date

import numpy as np
import pytest
from tiny import tiny

from optimiser.desk_time import desk_time
from optimiser.money_in_time import MoneyInTime
from optimiser.payment_limits import YearLimits, cash_limits, year_limits
from optimiser.payment_profile import due_by
from optimiser.plan import Plan
from optimiser.problem import PlanProblem, plan_problem
from optimiser.solve import solve
from scenarios.calendar import calendar_of
from scenarios.loading import load
from scenarios.opening_money import announced_changes

CONSTANT = (
    "inflow.start_lag_days={kind: constant, at: 10}",
    "inflow.pathways.long.duration_days={kind: constant, at: 50}",
    "inflow.pathways.short.duration_days={kind: constant, at: 50}",
    "inflow.invoice_lag_days={kind: constant, at: 20}",
    "payments.payment_lag_days={kind: constant, at: 30}",
    "inflow.executed_share={kind: constant, at: 0.95}",
)


def planned(problem: PlanProblem) -> Plan:
    plan = solve(problem)
    assert isinstance(plan, Plan)
    return plan


def test_what_is_committed_falls_due_a_start_a_training_an_invoice_and_a_payment_lag_later() -> None:
    """10 + 50 + 20 + 30 = 110 days: of January all by June; of September the first 12 days by New Year's Eve.

    1 September + 110 days is 20 December. Drop-out 0.12 and 95 % of the hours leave 0.88 * 0.95 = 0.836 to pay.
    """
    scenario = tiny(*CONSTANT)
    demand = plan_problem(scenario).demand
    days = [date(2021, 4, 20), date(2021, 4, 30), date(2021, 6, 30), date(2021, 12, 31), date(2030, 1, 1)]
    due = due_by(scenario, demand, [day.toordinal() for day in days])
    assert due[0, 0] == pytest.approx(0.836 * np.asarray([0, 10 / 31, 1, 1, 1]))
    assert due[0, 8] == pytest.approx(0.836 * np.asarray([0, 0, 0, 12 / 30, 1]))


def test_what_falls_due_after_the_last_payment_day_is_never_paid() -> None:
    scenario = tiny(*CONSTANT, "windows.last_payment=2022-07-15", "payments.payment_lag_days={kind: constant, at: 300}")
    demand = plan_problem(scenario).demand
    late = due_by(scenario, demand, [date(2030, 1, 1).toordinal()])
    assert late[0, 0, 0] == pytest.approx(0.836)
    assert late[0, 8, 0] == 0


def test_the_last_year_carries_nothing_over_and_cash_of_an_eve_counts() -> None:
    """What is due on the last payment day must be paid then; an instalment of 14 June has come by the 14th."""
    scenario = tiny("payments.instalments=[{date: 2021-06-14, share: 0.3}, {date: 2021-06-15, share: 0.2}]")
    problem = plan_problem(scenario)
    years = year_limits(scenario, problem.demand)
    assert years is not None
    assert years.carry_over_cents == (None, 0)
    cash = cash_limits(scenario, problem.demand, 100_000)
    assert cash is not None
    assert cash.days == ("2021-06-13", "2021-06-14", "2022-12-31")
    assert cash.received_cents == (0, 30_000, 50_000)


def test_years_run_together_where_one_carries_over_and_stop_at_a_year_without_ceiling() -> None:
    limits = YearLimits((2021, 2022, 2023), np.zeros((1, 1, 3)), (100, 50, 70), (10, 0, 0), (20, None, 0))
    assert list(limits.windows()) == [(0, 0, 110), (2, 2, 70), (1, 2, 120), (0, 2, 210)]
    limits = YearLimits((2021, 2022, 2023), np.zeros((1, 1, 3)), (100, None, 70), (10, 0, 0), (20, None, 0))
    assert list(limits.windows()) == [(0, 0, 110), (2, 2, 70)]


def test_payment_appropriations_bind_the_agreements_plan_where_they_are_cut() -> None:
    """12 M EUR in 2021 and nothing carried over: what is expected to fall due in 2021 is 12 M EUR, to the euro."""
    ceilings = (
        "payments.year_ceilings=[{year: 2021, ceiling_eur: 12000000, carry_over_max_eur: 0}, "
        "{year: 2022, ceiling_eur: 100000000}, {year: 2023, ceiling_eur: 100000000}]"
    )
    problem = plan_problem(load("convention-2i", (ceilings,)).scenario)
    plan = planned(problem)
    assert problem.years is not None
    due = float((plan.commit * problem.demand.price_cents * problem.years.due_share[:, :, 0]).sum())
    assert due == pytest.approx(12_000_000_00, rel=1e-7)
    price = next(one for one in plan.prices if one.row == "payments_2021")
    assert price.binding
    assert price.price > 0
    assert plan.objective < planned(plan_problem(load("convention-2i").scenario)).objective


def test_instalments_bind_on_the_eve_of_the_next() -> None:
    cash = "payments.instalments=[{date: 2021-01-01, eur: 3000000}, {date: 2021-10-01, share: 1.0}]"
    problem = plan_problem(load("convention-2i", (cash,)).scenario)
    plan = planned(problem)
    assert problem.cash is not None
    assert problem.cash.days == ("2021-09-30", "2023-12-31")
    assert problem.cash.received_cents == (3_000_000_00, 3_000_000_00 + 142_500_000_00)
    due = float((plan.commit * problem.demand.price_cents * problem.cash.due_share[:, :, 0]).sum())
    assert due == pytest.approx(3_000_000_00, rel=1e-7)


def test_earlier_commitments_are_spread_over_the_days_of_their_year_and_come_first() -> None:
    scenario = tiny(
        "payments.earlier_commitments=[{year: 2021, due_eur: 3650}]",
        "payments.instalments=[{date: 2021-01-01, eur: 50000}, {date: 2021-02-01, eur: 60000}]",
    )
    problem = plan_problem(scenario)
    assert problem.cash is not None
    assert problem.cash.earlier_cents == (310_00, 3_650_00)
    assert problem.years is not None
    assert problem.years.earlier_cents == (3_650_00, 0)


def test_announced_amendments_are_known_net_of_their_fee_and_others_are_not() -> None:
    """5 % of the amount is the fee: 20,000 EUR more are 19,000 to distribute; an unannounced cut is not seen."""
    scenario = tiny(
        "events=[{kind: envelope_change, date: 2021-06-15, amount_eur: -40000}, "
        "{kind: envelope_change, date: 2021-03-10, amount_eur: 20000, announced: true}]"
    )
    assert announced_changes(scenario) == ((date(2021, 3, 10).toordinal(), 19_000_00),)
    problem = plan_problem(scenario)
    assert problem.in_time is not None
    assert problem.in_time.announced_cents[:4] == (0, 0, 19_000_00, 19_000_00)
    opening = problem.money.distributable_cents
    assert problem.line_growth == pytest.approx([1, 1, *[(opening + 19_000_00) / opening] * 10])


def test_what_a_later_cut_takes_back_is_never_handed_out() -> None:
    money = MoneyInTime((0, 50, 50, -30, -30, 40))
    assert money.safe_cents(100) == (70, 70, 70, 70, 70, 70, 140)
    assert MoneyInTime((-200, 0)).safe_cents(100) == (0, 0, 100)


def test_appropriations_open_by_date_in_shares_and_euros() -> None:
    opening = "constraints.commitment_openings=[{date: 2020-12-01, share: 0.25}, {date: 2021-03-31, eur: 40000}]"
    problem = plan_problem(tiny(opening))
    quarter = problem.money.distributable_cents // 4
    assert problem.in_time is not None
    opened = problem.in_time.opened_by(problem.money.distributable_cents)
    assert opened == (quarter, quarter, *[quarter + 40_000_00] * 10)
    plan = planned(problem)
    net = np.cumsum(plan.commit * problem.demand.price_cents, axis=1)
    returned = np.einsum("ls,lst->lt", plan.commit * problem.demand.price_cents, problem.returned_share)
    assert ((net - returned).sum(axis=0) <= np.asarray(opened) + 1).all()


def test_a_desks_time_counts_officers_returned_files_and_refused_ones() -> None:
    """An hour an examination, a fifth sent back up to three times, 8 % ineligible; 20 worked days in January 2021."""
    scenario = tiny(
        "desk.work_minutes={kind: constant, at: 60}",
        "inflow.trainees={kind: constant, at: 2}",
        "desk.officers=3",
    )
    problem = plan_problem(scenario)
    desk = desk_time(scenario, problem.demand, calendar_of(scenario))
    assert desk.minutes_per_pathway == pytest.approx(60 * (1 + 0.2 + 0.04 + 0.008) / (2 * 0.92))
    assert desk.minutes_per_officer[0] == 20 * 8 * 60
    assert desk.officers == 3


def test_a_desk_with_too_few_officers_binds_and_an_officer_has_a_price() -> None:
    overrides = ("constraints.desk_capacity=true", "desk.work_minutes={kind: constant, at: 900}")
    problem = plan_problem(load("convention-2i", overrides).scenario)
    plan = planned(problem)
    priced = [one for one in plan.prices if one.family == "desk_capacity" and one.price > 0]
    assert priced
    assert {one.unit for one in priced} == {"pathways/officer"}
    more = planned(plan_problem(load("convention-2i", (*overrides, "desk.officers=13")).scenario))
    gained = more.objective - plan.objective
    assert 0 < gained <= sum(one.price for one in priced) * (1 + 1e-6)


def test_regions_are_served_by_their_share_of_each_branch() -> None:
    shares = (
        "branches.metal.region_shares={north: 0.8, south: 0.2}",
        "branches.paper.region_shares={north: 0.1, south: 0.9}",
        "branches.lime.region_shares={north: 0.0, south: 1.0}",
    )
    free = planned(plan_problem(tiny(*shares)))
    problem = plan_problem(tiny(*shares, "constraints.region_floors=[{region: south, pathway_share: 0.5}]"))
    plan = planned(problem)

    def south(commit: np.ndarray) -> float:
        by_branch = np.bincount(problem.cells.branch_of_line, commit.sum(axis=1))
        return float(by_branch @ np.asarray([0.2, 0.9, 1.0]) / by_branch.sum())

    assert south(plan.commit) >= 0.5 - 1e-9
    assert plan.objective <= free.objective + 1e-9
