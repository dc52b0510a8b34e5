"""The plan of whole scenarios: its prices, its releases, its promise, and how it is told."""

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from optimiser.plan import Plan
from optimiser.plan_warnings import plan_warnings
from optimiser.problem import PlanProblem, plan_problem
from optimiser.releases import released_share, returned_share
from optimiser.served_in_order import served_in_order
from optimiser.solve import solve
from optimiser.told import plan_findings
from scenarios.constraints import Constraints
from scenarios.loading import load
from scenarios.luck import raw_draws
from scenarios.price import HOURS_SCALE, Pathways, price
from scenarios.price_book import price_book
from scenarios.scenario import Scenario
from scenarios.variates import integer_table, mean_of, pick

SHIPPED = ("convention-2i", "convention-2i-observed", "germany-sgb3-82")


@cache
def question(name: str, *overrides: str) -> Scenario:
    return load(name, overrides).scenario


@cache
def posed(name: str, *overrides: str) -> PlanProblem:
    return plan_problem(question(name, *overrides))


@cache
def planned(name: str, *overrides: str) -> Plan:
    plan = solve(posed(name, *overrides))
    assert isinstance(plan, Plan)
    return plan


def one_price(scenario: Scenario, band: int, hours: np.ndarray, fee: np.ndarray, pay: np.ndarray) -> np.ndarray:
    size = np.ones(len(hours), dtype=np.int64)
    return price(
        price_book(scenario),
        Pathways(
            ordinal_day=scenario.windows.filing_deadline.toordinal() * size,
            branch=0 * size,
            size_band=band * size,
            situation=0 * size,
            pathway=0 * size,
            hours_hundredths=hours,
            fee_cents_per_hour=fee,
            pay_cents_per_hour=pay,
        ),
    ).total_cents


def test_with_nothing_left_to_luck_the_plan_pays_the_one_price_to_the_cent() -> None:
    """200.5 h at 12.34 EUR with a pay of 21.07 EUR, in each of the three size bands."""
    scenario = question(
        "germany-sgb3-82",
        "inflow.pathways.certified.hours={kind: constant, at: 200.5}",
        "inflow.pathways.certified.fee_eur_per_hour={kind: constant, at: 12.34}",
        "inflow.pay_eur_per_hour={kind: constant, at: 21.07}",
    )
    problem = plan_problem(scenario)
    one = np.ones(1, dtype=np.int64)
    for band in range(3):
        expected = one_price(scenario, band, 20_050 * one, 1_234 * one, 2_107 * one)[0]
        assert problem.demand.price_cents[band] == pytest.approx(expected, rel=1e-12)


def test_with_luck_the_plan_pays_the_mean_of_the_one_price() -> None:
    """Against 200,000 pathways of another luck, within four standard errors of the published sample of 4,096."""
    scenario = question("germany-sgb3-82")
    profile = scenario.inflow.pathways["certified"]

    def drawn(purpose: str, distribution, scale: int) -> np.ndarray:
        return pick(integer_table(distribution, scale), raw_draws(99, purpose, 1, "", 200_000))

    hours, fee = drawn("h", profile.hours, HOURS_SCALE), drawn("f", profile.fee_eur_per_hour, 100)
    pay = drawn("p", scenario.inflow.pay_eur_per_hour, 100)
    for band in range(3):
        sample = one_price(scenario, band, hours, fee, pay)
        found = posed("germany-sgb3-82").demand.price_cents[band, 0]
        assert abs(found - sample.mean()) <= 4 * sample.std() / np.sqrt(4096)


def test_what_is_not_executed_comes_back_a_start_lag_and_a_training_later() -> None:
    """10 days to the start and 50 of training: what was committed in January is back from March on, by hand.

    Days 1 to 31 of January plus 60 days end between 2 March and 1 April: by the end of March 30 of 31 days are back.
    Drop-out 0.12 and 95 % of the hours followed give back 1 - 0.88 * 0.95 = 16.4 %.
    """
    constant = "{kind: constant, at: %s}"
    lasting = [
        f"inflow.pathways.{one}.duration_days={constant % 50}"
        for one in ("reconversion", "certifying", "crisis", "anticipation")
    ]
    overrides = (f"inflow.start_lag_days={constant % 10}", f"inflow.executed_share={constant % 0.95}", *lasting)
    scenario, problem = question("convention-2i", *overrides), posed("convention-2i", *overrides)
    assert released_share(scenario) == pytest.approx(0.164)
    january, _, march = returned_share(scenario, problem.demand)[0, :3]
    assert january == pytest.approx([0, 0, 0.164 * 30 / 31, *[0.164] * 12])
    # Of 1 to 31 March only the first day's is back by 30 April: the month begins on its own first day.
    assert march == pytest.approx([0, 0, 0, 0.164 / 31, *[0.164] * 11])


def test_what_is_served_on_the_day_it_is_committed_comes_back_on_that_day() -> None:
    """No lag and no length: of each month all that comes back is back by its end, its last day included."""
    constant = "{kind: constant, at: %s}"
    at_once = [
        f"inflow.pathways.{one}.duration_days={constant % 0}"
        for one in ("reconversion", "certifying", "crisis", "anticipation")
    ]
    overrides = (f"inflow.start_lag_days={constant % 0}", f"inflow.executed_share={constant % 0.95}", *at_once)
    january = returned_share(question("convention-2i", *overrides), posed("convention-2i", *overrides).demand)[0, 0]
    assert january == pytest.approx([0.164] * 15)


def test_what_comes_back_after_filing_has_closed_is_lost() -> None:
    """Committed in December, released in February: nothing returns to the line; nothing is back before it is spent."""
    problem = posed("convention-2i")
    december = problem.demand.periods.index("2021-12")
    assert problem.returned_share[:, december + 1 :, :].max() == 0
    assert problem.returned_share[:, december, december + 2 :] == pytest.approx(
        problem.returned_share[:, december, december : december + 1].repeat(problem.periods - december - 2, axis=1)
    )
    for period in range(problem.periods):
        assert not problem.returned_share[:, period, :period].any()


def by_hand_in_order(problem: PlanProblem, notified: np.ndarray) -> np.ndarray:
    """First come, first served within each line's money, patience and releases: written down a second time."""
    commit = np.zeros((problem.lines, problem.periods))
    for line in range(problem.lines):
        queue: list[tuple[int, float]] = []
        for period in range(problem.periods):
            queue = [(born, size) for born, size in queue if born >= period - problem.patience_periods]
            queue.append((period, float(problem.demand.pathways[line, period])))
            kept = 1 - problem.returned_share[line, :, period]
            spent = float((commit[line] * problem.price[line] * kept)[:period].sum())
            can = max(0.0, (notified[line] - spent) / (problem.price[line, period] * kept[period]))
            waiting = []
            for born, size in queue:
                served = min(size, can)
                can -= served
                commit[line, period] += served
                waiting.append((born, size - served))
            queue = waiting
    return commit


@pytest.mark.parametrize("name", SHIPPED)
def test_the_plan_promises_nothing_that_serving_in_order_cannot_deliver(name: str) -> None:
    """The notified cents, spent first come first served on the expected demand: the plan's pathways within 0.1 %."""
    problem, plan = posed(name), planned(name)
    notified = np.asarray(plan.allocation.notified_cents) / problem.unit_cents
    assert served_in_order(problem, notified) == pytest.approx(by_hand_in_order(problem, notified), abs=1e-6)
    delivered = served_in_order(problem, notified).sum() * problem.value
    assert delivered == pytest.approx(plan.objective, rel=1e-3)
    assert plan.in_order_pathways == pytest.approx(delivered)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_has_a_proven_plan_that_spends_its_money(name: str) -> None:
    problem, plan = posed(name), planned(name)
    assert plan.certificate.holds
    assert problem.money.distributable_cents - plan.allocation.total_cents < 1_000_00 * 10
    assert plan.lost_to_rounding <= 1, "of more than 25,000"
    assert {warning["code"] for warning in plan_warnings(problem, plan)} <= {"pathways_lost_to_rounding"}


def test_the_work_of_the_agreements_plan_stays_small() -> None:
    """Iterations and not seconds, which machines disagree on: all runs together, floors and prices included."""
    assert planned("convention-2i").iterations < 10_000


def test_the_envelope_and_the_under_50_floor_are_priced_as_solving_again_finds_them() -> None:
    """One percent more money, one point more of floor: the whole trip again, from the scenario."""
    plan = planned("convention-2i")
    prices = {one.row: one for one in plan.prices}
    more = planned("convention-2i", "envelope_eur=151000000").objective - plan.objective
    assert prices["envelope"].price * 950 == pytest.approx(more, rel=1e-3)
    assert prices["envelope"].low == pytest.approx(0.99 * 142_500_000_00)
    assert prices["envelope"].high == pytest.approx(1.01 * 142_500_000_00)
    floor = prices["group_floor_1_pathways_under_50"]
    higher = planned("convention-2i", "constraints.group_floors.0.pathway_share=0.351").objective - plan.objective
    assert floor.price * 0.1 == pytest.approx(higher, rel=5e-3)
    assert floor.unit == "pathways/point"


def test_the_mean_cost_cap_is_priced_by_the_euro() -> None:
    """Where the cap binds (a floor of 36 %), a euro more of mean cost."""
    overrides = ("constraints.group_floors.0.pathway_share=0.36",)
    plan = planned("convention-2i", *overrides)
    price = next(one for one in plan.prices if one.row == "mean_cost_cap")
    higher = planned("convention-2i", *overrides, "scheme.mean_cost_cap_eur=6000.1")
    assert price.binding
    assert price.price * 0.1 == pytest.approx(higher.objective - plan.objective, rel=2e-2)


def test_the_under_50_floor_costs_what_the_plan_without_it_gains() -> None:
    """Told always; without it the small companies' pathways would fall by more than a quarter."""
    problem, plan = posed("convention-2i"), planned("convention-2i")
    floor = next(one for one in plan.floors if one.family == "group_floor_pathways")
    free = solve(replace(problem, constraints=problem.constraints.model_copy(update={"group_floors": ()})))
    assert isinstance(free, Plan)
    assert floor.pathways_cost == pytest.approx(free.objective - plan.objective, rel=1e-9)
    assert floor.under50_pathways_with == pytest.approx(0.35 * plan.objective, rel=1e-9)
    assert (floor.under50_pathways_without or 0) < 0.75 * (floor.under50_pathways_with or 0)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_plan_is_told_as_the_contract_of_findings_says(name: str) -> None:
    """Every promised field, plain JSON, nothing null, cents whole."""
    problem, plan = posed(name), planned(name)
    told = plan_findings(problem, plan)
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert set(told) == {
        "status", "objective", "counts", "pathways", "pathways_whole", "fee_cents", "support_cents", "cost_cents",
        "envelope_cents", "management_fee_cents", "reserve_cents", "distributable_cents", "unnotified_cents",
        "objectives", "in_order_pathways", "lines", "intervals", "prices", "floors", "certificate",
    }  # fmt: skip
    assert [line["line"] for line in told["lines"]] == [line.key for line in problem.cells.lines]
    assert sum(line["asked_pathways"] for line in told["lines"]) == pytest.approx(problem.demand.pathways.sum())
    for line in told["lines"]:
        assert {"branch", "notified_cents", "pathways", "pathways_whole", "asked_pathways", "price_cents"} <= set(line)
        assert isinstance(line["notified_cents"], int)
    for row in told["prices"]:
        assert {"row", "family", "binding", "price", "unit"} <= set(row)
        assert ("low" in row) == ("high" in row)
        if "low" in row and row["unit"] in ("pathways/kEUR", "pathways/(EUR/pathway)"):
            assert {type(row["low"]), type(row["high"])} == {int}, row
        assert row["binding"] or row["price"] == 0
    for floor in told["floors"]:
        assert {"row", "family", "subject", "pathways_cost"} <= set(floor)
    assert set(told["certificate"]) == {"primal", "dual", "gap"}


def test_tied_branches_are_served_alike() -> None:
    """All branches of the agreement cost the same: within a size group each gets the same share of what it asks."""
    problem, plan = posed("convention-2i"), planned("convention-2i")
    share = plan.commit.sum(axis=1) / problem.demand.pathways.sum(axis=1)
    for group in range(2):
        assert np.ptp(share[group::2]) < 1e-6


def test_bounds_on_branches_are_told_where_lines_are_not_by_branch() -> None:
    overrides = ("lines=[size_group]",)
    codes = [warning["code"] for warning in plan_warnings(posed("convention-2i", *overrides))]
    assert codes == ["branch_bounds_not_expressible"]
    planned("convention-2i", *overrides)


def test_a_floor_in_euros_on_lines_that_mix_sizes_is_told_as_an_approximation() -> None:
    """Exact where lines are by size group; by the mix of pathways where they are not."""
    overrides = ("constraints.group_floors=[{size_group: under_50, euro_share: 0.3}]", "constraints.branch_caps=[]")
    exact = posed("convention-2i", *overrides)
    mixed = posed("convention-2i", *overrides, "lines=[branch]")
    assert [warning["code"] for warning in plan_warnings(exact)] == []
    warnings = plan_warnings(mixed)
    assert warnings[0] == {"code": "euro_floor_by_pathway_mix", "details": {"size_groups": ["under_50"]}}


def test_a_bound_that_nobody_can_meet_is_told_with_the_best_there_is() -> None:
    """Three in ten long pathways where one in ten is asked for: the only plan is to serve nobody."""
    problem = replace(
        posed("convention-2i-observed"),
        constraints=Constraints.model_validate(
            {"mix_bounds": [{"pathway_types": ["reconversion", "certifying"], "min_share": 0.3}]}, strict=False
        ),
    )
    plan = solve(problem)
    assert isinstance(plan, Plan)
    assert sum(plan.whole_pathways) == 0
    warning = plan_warnings(problem, plan)[0]
    assert warning["code"] == "share_out_of_reach"
    assert warning["details"]["best"] == pytest.approx(0.11, rel=0.01)


def test_money_that_the_rules_keep_from_being_spent_is_told() -> None:
    """38 % of small companies cost more than 6,000 EUR a pathway: the mean-cost cap leaves money in the till."""
    overrides = ("constraints.group_floors.0.pathway_share=0.38",)
    problem, plan = posed("convention-2i", *overrides), planned("convention-2i", *overrides)
    warnings = {warning["code"]: warning["details"] for warning in plan_warnings(problem, plan)}
    assert warnings["money_left_unnotified"]["cents"] > 20_000_000_00
    assert "mean_cost_cap" in warnings["money_left_unnotified"]["rows"]


def test_the_objective_counts_net_of_the_declared_drop_out() -> None:
    plan = planned("convention-2i")
    assert plan.objective == pytest.approx(0.88 * plan.commit.sum())
    committed = planned("convention-2i", "planning.counts=committed")
    assert committed.objective == pytest.approx(plan.objective / 0.88)
    assert mean_of(question("convention-2i").inflow.executed_share) < 1


def test_a_ceiling_on_the_mean_cost_that_shuts_everybody_out_is_named() -> None:
    """Under 100 euros a pathway nobody is served: the warning holds the ceiling and what the cheapest line costs."""
    problem = plan_problem(load("convention-2i", ("scheme.mean_cost_cap_eur=100",)).scenario)
    plan = solve(problem)
    assert isinstance(plan, Plan)
    told = {warning["code"]: warning["details"] for warning in plan_warnings(problem, plan)}
    assert told["mean_cost_cap_shuts_out"]["cents"] == 10_000
    asked = problem.demand.pathways > 0
    assert told["mean_cost_cap_shuts_out"]["cheapest_cents"] == round(problem.demand.price_cents[asked].min())
    assert not {"plan_serves_nothing", "share_out_of_reach"} & set(told)
