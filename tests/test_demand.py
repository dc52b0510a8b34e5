"""Cells, lines, the working calendar and the expected demand that the plan sees."""

from datetime import date

import numpy as np
import pytest

from scenarios.arrival_rate import branch_volumes, day_weights
from scenarios.calendar import calendar_of
from scenarios.cells import cells_of
from scenarios.demand import Demand, expected_demand, mean_trainees
from scenarios.expected_price import expected_prices
from scenarios.loading import load
from scenarios.price_book import price_book
from scenarios.scenario import Scenario

STEADY = (
    "inflow.start_lag_days={kind: constant, at: 0}",
    *(
        f"inflow.pathways.{code}.duration_days={{kind: constant, at: 1}}"
        for code in ("reconversion", "certifying", "crisis", "anticipation")
    ),
    "inflow.ramp_up.days=0",
    "inflow.deadline_rush.days=0",
    "desk.decision_lag_days={kind: constant, at: 0}",
    "desk.incomplete_share=0.0",
)


def demand_of(scenario: Scenario) -> Demand:
    book = price_book(scenario)
    prices = expected_prices(scenario, book)
    return expected_demand(scenario, cells_of(scenario), calendar_of(scenario), book, prices)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ("[branch, size_group]", 64),
        ("[branch, size_group, pathway]", 256),
        ("[branch, size_band, situation, pathway]", 3072),
        ("[size_group]", 2),
    ],
)
def test_lines_are_the_product_of_their_attributes(lines: str, count: int) -> None:
    """Source of the counts: model.md section 1 (64, 256 and 3,072 lines)."""
    cells = cells_of(load("convention-2i", (f"lines={lines}",)).scenario)
    assert len(cells.lines) == len({line.key for line in cells.lines}) == count
    assert np.array_equal(np.unique(cells.line_of_cell), np.arange(count))


def test_the_line_of_a_cell_has_the_attributes_of_the_cell() -> None:
    cells = cells_of(load("convention-2i").scenario)
    line = cells.lines[cells.line_of_cell[8, 1, 2, 3]]
    assert (line.branch, line.size_group) == (cells.branches[8], "under_50")
    assert cells.branch_of_line[cells.line_of_cell[8, 5, 0, 0]] == 8


def test_a_steady_calendar_year_of_day_weights_sums_to_one_and_days_off_get_nothing() -> None:
    scenario = load("convention-2i", STEADY).scenario
    calendar = calendar_of(scenario)
    weights = day_weights(scenario, calendar)
    assert weights.sum() == pytest.approx(1.0, abs=1e-12)
    for off in (date(2021, 1, 1), date(2021, 7, 14), date(2021, 5, 13), date(2021, 3, 6), date(2022, 1, 3)):
        assert weights[calendar.day(off)] == 0
    months = np.bincount(calendar.month_of_day, weights)[:12]
    assert months == pytest.approx(np.array(scenario.inflow.month_weights), abs=1e-12)


def test_ramp_up_starts_low_and_the_deadline_rush_ends_high() -> None:
    plain = load("convention-2i", STEADY).scenario
    calendar = calendar_of(plain)
    base = day_weights(plain, calendar)
    shaped = day_weights(load("convention-2i").scenario, calendar)
    ratio = np.divide(shaped, base, out=np.ones_like(base), where=base > 0)
    assert ratio[calendar.day(date(2021, 1, 4))] == pytest.approx(0.3 + 0.7 * 3 / 60)
    assert ratio[calendar.day(date(2021, 6, 1))] == 1
    assert ratio[calendar.day(date(2021, 12, 31))] == pytest.approx(1.5)


def test_expected_demand_is_volume_times_trainees_times_eligible_share() -> None:
    """With no lag and a rate for every cell, nothing is lost: requests * 2.1 trainees * 95 %."""
    scenario = load(
        "convention-2i", (*STEADY, "inflow.situation_shares=[{from: 2021-01-01, shares: {ap: 1}}]")
    ).scenario
    demand = demand_of(scenario)
    expected = branch_volumes(scenario).sum() * mean_trainees(scenario) * 0.95
    assert mean_trainees(scenario) == pytest.approx(2.1, abs=0.01)
    assert demand.pathways.sum() == pytest.approx(expected, rel=1e-9)
    months = demand.pathways.sum(axis=0)[:12] / demand.pathways.sum()
    assert months == pytest.approx(np.array(scenario.inflow.month_weights), abs=1e-9)
    assert demand.pathways[:, 12:].sum() == 0


def test_a_decision_lag_moves_demand_later_and_loses_only_what_passes_the_deadline() -> None:
    lag = (*STEADY[:5], "inflow.ramp_up.days=0", "inflow.deadline_rush.days=0", "desk.incomplete_share=0.0")
    now = demand_of(load("convention-2i", STEADY).scenario)
    late = demand_of(load("convention-2i", (*lag, "desk.decision_lag_days={kind: constant, at: 30}")).scenario)
    assert late.pathways.sum() == pytest.approx(now.pathways.sum(), rel=0.02)
    assert np.all(np.cumsum(late.pathways.sum(axis=0))[:12] < np.cumsum(now.pathways.sum(axis=0))[:12])
    lost = demand_of(load("convention-2i", (*lag, "desk.decision_lag_days={kind: constant, at: 500}")).scenario)
    assert lost.pathways.sum() == 0


def test_a_branch_asks_by_its_headcount_and_its_factor_leaves_the_others_alone() -> None:
    base = demand_of(load("convention-2i").scenario).pathways
    doubled_scenario = load("convention-2i", ("branches.metallurgie.demand_factor=2.0",)).scenario
    doubled = demand_of(doubled_scenario).pathways
    metal = cells_of(doubled_scenario).branch_of_line == tuple(doubled_scenario.branches).index("metallurgie")
    assert doubled[metal] == pytest.approx(2 * base[metal])
    assert np.array_equal(doubled[~metal], base[~metal])


def test_permuting_branches_permutes_the_demand() -> None:
    scenario = load("convention-2i").scenario
    turned = scenario.model_copy(update={"branches": dict(reversed(scenario.branches.items()))})
    first, second = demand_of(scenario), demand_of(turned)
    groups = 2
    order = [(len(scenario.branches) - 1 - line // groups) * groups + line % groups for line in range(64)]
    assert second.pathways[order] == pytest.approx(first.pathways, rel=1e-12)
    assert second.price_cents[order] == pytest.approx(first.price_cents, rel=1e-9)


@pytest.mark.parametrize(
    ("name", "mean_price_eur"),
    [("convention-2i", 6000), ("convention-2i-observed", 1349)],
)
def test_the_presets_have_the_mean_price_they_declare(name: str, mean_price_eur: int) -> None:
    """Sources: 150 M EUR / 25,000 (press release, 2021); 207 M EUR / 153,400 (aefinfo.fr)."""
    demand = demand_of(load(name).scenario)
    mean = (demand.pathways * demand.price_cents).sum() / demand.pathways.sum() / 100
    assert mean == pytest.approx(mean_price_eur, rel=0.01)


def test_quarters_sum_the_months() -> None:
    monthly = demand_of(load("convention-2i").scenario)
    quarterly = demand_of(load("convention-2i", ("planning.period=quarter",)).scenario)
    assert quarterly.periods == ("2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4", "2022-Q1")
    assert quarterly.pathways == pytest.approx(monthly.pathways.reshape(64, 5, 3).sum(axis=2), rel=1e-9)


def test_a_closing_keeps_out_what_is_filed_after_its_day_and_nothing_else() -> None:
    """With no lag: January to March of a type that closes on 31 March stay; the other types stay whole."""
    free = demand_of(load("convention-2i", STEADY).scenario)
    rule = "steering=[{kind: closing, last_day: 2021-03-31, pathway_types: [crisis]}]"
    closed = demand_of(load("convention-2i", (*STEADY, rule)).scenario)
    crisis = 0.25
    assert closed.pathways[:, :3] == pytest.approx(free.pathways[:, :3])
    assert closed.pathways[:, 3:] == pytest.approx((1 - crisis) * free.pathways[:, 3:])
    assert closed.kept_out == pytest.approx(crisis * free.pathways[:, 3:].sum(axis=1))


def test_a_closing_of_one_branch_leaves_the_others_alone() -> None:
    free = demand_of(load("convention-2i", STEADY).scenario)
    rule = "steering=[{kind: closing, last_day: 2021-06-30, branches: [chimie], size_groups: [under_50]}]"
    scenario = load("convention-2i", (*STEADY, rule)).scenario
    closed, line = demand_of(scenario), [line.key for line in cells_of(scenario).lines].index("chimie/under_50")
    others = np.arange(len(closed.pathways)) != line
    assert closed.pathways[others] == pytest.approx(free.pathways[others])
    assert closed.pathways[line, 6:].sum() == 0
    assert closed.pathways[line, :6] == pytest.approx(free.pathways[line, :6])


def test_a_quota_leaves_its_requests_that_share_of_each_lines_money() -> None:
    """By hand: a class that would take more than a tenth takes a tenth of what is asked for then; the rest is whole."""
    rule = "steering=[{kind: quota, pathway_types: [crisis], max_share: 0.1}]"
    by_type = ("lines=[branch, size_group, pathway]",)
    whole = demand_of(load("convention-2i").scenario)
    thinned = demand_of(load("convention-2i", (rule,)).scenario)
    free = demand_of(load("convention-2i", by_type).scenario)
    cost = (free.pathways * free.price_cents).sum(axis=1).reshape(64, 4)
    crisis, others = cost[:, 2], cost[:, [0, 1, 3]].sum(axis=1)
    left = (thinned.pathways * thinned.price_cents).sum(axis=1)
    assert (crisis > 0.1 * (crisis + others)).all()
    assert left == pytest.approx(others / 0.9)
    assert thinned.kept_out == pytest.approx((whole.pathways - thinned.pathways).sum(axis=1))


def test_a_quota_in_euros_holds_over_all_lines_and_a_wide_one_changes_nothing() -> None:
    by_type = "lines=[branch, size_group, pathway]"
    rule = "steering=[{kind: quota, pathway_types: [crisis], max_eur: 1000000}]"
    thinned = demand_of(load("convention-2i", (by_type, rule)).scenario)
    cost = (thinned.pathways * thinned.price_cents).sum(axis=1).reshape(64, 4)
    assert cost[:, 2].sum() == pytest.approx(1_000_000_00)
    free = demand_of(load("convention-2i").scenario)
    for wide in ("max_share: 0.9", "max_eur: 900000000"):
        rule = f"steering=[{{kind: quota, pathway_types: [crisis], {wide}}}]"
        assert demand_of(load("convention-2i", (rule,)).scenario).pathways == pytest.approx(free.pathways)


def test_a_size_groups_factor_multiplies_its_requests_and_leaves_the_others_alone() -> None:
    free = demand_of(load("convention-2i").scenario)
    more = demand_of(load("convention-2i", ("inflow.size_group_factors={under_50: 1.5}",)).scenario)
    assert more.pathways[::2] == pytest.approx(1.5 * free.pathways[::2])
    assert more.pathways[1::2] == pytest.approx(free.pathways[1::2])


def test_training_that_cannot_end_by_the_execution_deadline_is_no_demand() -> None:
    """A lag and a length of 100 days: what is decided on after 12 September 2021 cannot end by 31 March 2022."""
    lags = (
        *STEADY,
        "inflow.start_lag_days={kind: constant, at: 100}",
        *(
            f"inflow.pathways.{code}.duration_days={{kind: constant, at: 100}}"
            for code in ("reconversion", "certifying", "crisis", "anticipation")
        ),
    )
    whole = demand_of(load("convention-2i", lags).scenario).pathways.sum(axis=0)
    cut = demand_of(
        load(
            "convention-2i", (*lags, "windows.execution_deadline=2022-03-31", "windows.filing_deadline=2021-12-31")
        ).scenario
    )
    late = cut.pathways.sum(axis=0)
    assert late[:8] == pytest.approx(whole[:8])
    assert late[9:].sum() == 0
