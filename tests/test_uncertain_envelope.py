"""The envelope as a two-stage programme: closed forms, two statements of one programme, and its laws."""

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_problems import problem_of_lines
from tiny import by_demand, tiny

from optimiser.problem import PlanProblem
from optimiser.two_stage.answers import Failure, Solved, Stopped
from optimiser.two_stage.standing import solve
from optimiser.under_uncertainty import planning
from optimiser.under_uncertainty.curve_stage import curve_programme
from optimiser.under_uncertainty.first_stage import first_stage
from optimiser.under_uncertainty.frozen import SOURCES, cost_frozen, delay_frozen, mix_frozen, volume_frozen
from optimiser.under_uncertainty.funding import funded_in_order, funding_curves
from optimiser.under_uncertainty.planning import (
    NoAnswer,
    by_source,
    plan_under_uncertainty,
    sampling_gap,
    whole_cents,
)
from optimiser.under_uncertainty.posed import Excess, payments_may_bind, posed
from optimiser.under_uncertainty.second_stage import Moves, envelope_programme
from scenarios.allocation import Allocation
from scenarios.constraints import BranchBound, Constraints
from scenarios.need_runs import OPTIMISED_RUNS, NeedRuns
from sim.experiment import simulate
from sim.need_by_period import need_by_period


def need_of(pathways: object, price_eur: object) -> NeedRuns:
    """Pathways (runs, lines, periods), and one price a line (or what broadcasts to pathways)."""
    table = np.asarray(pathways, dtype=np.float64)
    return NeedRuns(table, table * np.asarray(price_eur, dtype=np.float64) * 100)


def optimum(problem: PlanProblem, need: NeedRuns, moves: Moves | None = None) -> Solved:
    asked = posed(problem, first_stage(problem), need, moves)
    found = solve(asked.programme, asked.runs)
    assert isinstance(found, Solved)
    return found


def test_the_newsvendor_as_an_envelope() -> None:
    """One branch, demand of its small firms uniform on (0, 100) at 1 EUR, its large ones always there at 3 EUR.

    A euro notified to the small earns P(demand > a), to the large 1/3: a is the quantile (3 - 1) / 3 of demand, 66.67.
    """
    problem = problem_of_lines(
        [
            {"branch": "metal", "group": "under_50", "asked": 50, "price_eur": 1.0},
            {"branch": "metal", "group": "larger", "asked": 1e6, "price_eur": 3.0},
        ],
        envelope_eur=1000.0,
    )
    demand = (np.arange(300) + 0.5) / 3
    need = need_of(np.stack([demand, np.full(300, 1e6)], axis=1)[:, :, None], [[[1.0], [3.0]]])
    plan = plan_under_uncertainty(problem, need, 0.8, 0.0)
    assert plan.allocation.notified_cents[0] / 100 == pytest.approx(200 / 3, abs=0.34)
    assert plan.allocation.total_cents == 100_000
    assert plan.pathways_per_unit * 100 / problem.unit_cents == pytest.approx(1 / 3, abs=1e-3)


def test_a_line_serves_in_order_and_what_is_released_serves_who_waits() -> None:
    """By hand: 10 EUR a pathway, half of it back a period later, 30 EUR: 3 now, then 1.5, then 0.75."""
    asked = np.asarray([[3.0, 2.0, 2.0]])
    kept = np.asarray([[[1.0, 0.5, 0.5], [0.0, 1.0, 0.5], [0.0, 0.0, 1.0]]])
    money, price, factor = np.asarray([30.0]), np.asarray([10.0]), np.ones(3)
    assert funded_in_order(asked, price, kept, factor, 0, money)[0] == pytest.approx(3 + 1.5 + 0.75)
    # With 20 EUR: 2, then 1 of those who wait, then 0.5; without patience the same from who comes.
    assert funded_in_order(asked, price, kept, factor, 1, np.asarray([20.0]))[0] == pytest.approx(2 + 1 + 0.5)
    # A request that nobody waits for is lost: 5 are asked at once, nobody later.
    burst = np.asarray([[5.0, 0.0, 0.0]])
    served = [funded_in_order(burst, price, kept, factor, p, np.asarray([20.0]))[0] for p in (0, 1, 2)]
    assert served == pytest.approx([2.0, 3.0, 3.5])


@st.composite
def envelopes(draw: st.DrawFn) -> tuple[PlanProblem, NeedRuns]:
    """Two or three lines over one to three periods, releases, patience, caps, and some runs."""
    lines, periods, runs = draw(st.integers(2, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 4))
    amount = st.integers(0, 12).map(float)
    prices = draw(st.lists(st.integers(2, 9).map(float), min_size=lines, max_size=lines))
    size = runs * lines * periods
    asked = np.asarray(draw(st.lists(amount, min_size=size, max_size=size))).reshape(runs, lines, periods)
    swing = np.asarray(draw(st.lists(st.sampled_from([0.8, 1.0, 1.3]), min_size=runs, max_size=runs)))
    back = draw(st.sampled_from([0.0, 0.2, 0.5]))
    steps = np.arange(periods)
    returned = np.where(steps[None, :] > steps[:, None], back, 0.0)[None].repeat(lines, axis=0)
    cap = draw(st.sampled_from([None, 0.4]))
    problem = problem_of_lines(
        [
            {"branch": f"b{n}", "group": "under_50", "asked": asked.mean(axis=0)[n], "price_eur": price}
            for n, price in enumerate(prices)
        ],
        envelope_eur=draw(st.sampled_from([20.0, 90.0, 400.0])),
        periods=periods,
        patience=draw(st.integers(0, 2)),
        returned=returned,
        constraints=Constraints(branch_caps=(BranchBound(share=cap),)) if cap else None,
    )
    return problem, need_of(asked, np.asarray(prices)[None, :, None] * swing[:, None, None])


@given(envelopes())
@settings(max_examples=60)
def test_funding_curves_and_periods_are_one_programme(case: tuple[PlanProblem, NeedRuns]) -> None:
    """The second stage by curves has the optimum of the second stage by periods, run by run and in all."""
    problem, need = case
    first = first_stage(problem)
    curves, periods = curve_programme(problem, first, need), envelope_programme(problem, first, need, Moves())
    one, other = solve(*curves), solve(*periods)
    assert isinstance(one, Solved) and isinstance(other, Solved)
    assert one.objective == pytest.approx(other.objective, rel=1e-6, abs=1e-6)


@given(envelopes())
@settings(max_examples=40)
def test_curves_are_concave_and_pass_through_what_is_funded(case: tuple[PlanProblem, NeedRuns]) -> None:
    """Slopes fall; at any sum of money the pieces give what serving in order gives."""
    problem, need = case
    rows = len(need) * problem.lines
    asked = need.pathways.reshape(rows, problem.periods)
    kept = np.broadcast_to(1.0 - problem.returned_share, (len(need), *problem.returned_share.shape))
    kept = kept.reshape(rows, problem.periods, problem.periods)
    price, factor = np.full(rows, 3.0), problem.commitment_factor
    curves = funding_curves(asked, price, kept, factor, problem.patience_periods)
    for row in range(rows):
        mine = curves.row == row
        width, slope = curves.width[mine], curves.slope[mine]
        assert (np.diff(slope) <= 1e-9).all()
        for share in (0.1, 0.35, 0.8, 1.0):
            money = share * asked[row].sum() * 3.0
            used = np.clip(money - np.concatenate([[0.0], np.cumsum(width)[:-1]]), 0.0, width) if mine.any() else 0.0
            one = funded_in_order(
                asked[[row]], price[:1], kept[[row]], factor, problem.patience_periods, np.asarray([money])
            )
            assert float(np.sum(used * slope)) == pytest.approx(float(one[0]), rel=1e-5, abs=1e-5)


@given(envelopes())
@settings(max_examples=30)
def test_the_laws_of_planning_for_luck(case: tuple[PlanProblem, NeedRuns]) -> None:
    """EVPI and VSS are at least 0; along the frontier the mean falls and bad years rise; one run knows everything."""
    problem, need = case
    plan = plan_under_uncertainty(problem, need, 0.5, 0.3)
    known = plan.knowing
    assert known.evpi is not None and known.evpi >= -1e-6
    assert known.vss is not None and known.vss >= -1e-6
    means, bads = [mean for _, mean, _ in plan.frontier], [bad for _, _, bad in plan.frontier]
    assert all(after <= before + 1e-6 for before, after in itertools.pairwise(means))
    assert all(after >= before - 1e-6 for before, after in itertools.pairwise(bads))
    alone = plan_under_uncertainty(problem, NeedRuns(need.pathways[:1], need.cents[:1]), 0.5, 0.0).knowing
    assert alone.evpi == pytest.approx(0.0, abs=1e-5) and alone.vss == pytest.approx(0.0, abs=1e-5)


@given(envelopes())
@settings(max_examples=25)
def test_a_committee_that_may_move_money_never_funds_less(case: tuple[PlanProblem, NeedRuns]) -> None:
    """More dates and more movable money are more freedom: the bound never falls."""
    problem, need = case
    later = tuple(range(1, problem.periods))
    bounds = [
        optimum(problem, need, moves).objective
        for moves in (None, Moves(later[-1:], 0.0), Moves(later[-1:], 0.5), Moves(later[-1:], 1.0), Moves(later, 1.0))
    ]
    assert all(after >= before - 1e-6 for before, after in itertools.pairwise(bounds))


def test_moved_money_serves_the_line_that_turns_out_to_ask() -> None:
    """By hand: 10 EUR for two lines of which one asks for 10, in the second period; a move funds it all."""
    problem = problem_of_lines(
        [{"branch": name, "asked": [0, 5], "price_eur": 1.0} for name in ("a", "b")], envelope_eur=10.0, patience=1
    )
    need = need_of([[[0, 10], [0, 0]], [[0, 0], [0, 10]]], 1.0)
    assert optimum(problem, need).objective == pytest.approx(5.0)
    assert optimum(problem, need, Moves((1,), 1.0)).objective == pytest.approx(10.0)
    # With nothing movable, what was never notified still is: keeping it all back serves whoever asks.
    assert optimum(problem, need, Moves((1,), 0.0)).objective == pytest.approx(10.0)


def test_payments_that_may_bind_are_asked_of_every_run() -> None:
    """Half of 100 EUR falls due in a year that pays 20: no run funds more than 40; ample years use curves."""
    lines = [{"branch": "a", "asked": 100, "price_eur": 1.0}]
    tight = problem_of_lines(lines, envelope_eur=100.0, years=years_of(20.0))
    ample = problem_of_lines(lines, envelope_eur=100.0, years=years_of(90.0))
    need = need_of([[[100]], [[30]]], 1.0)
    assert payments_may_bind(tight) and not payments_may_bind(ample)
    assert sorted(optimum(tight, need).values) == pytest.approx([30.0, 40.0])
    assert sorted(optimum(ample, need).values) == pytest.approx([30.0, 100.0])


def test_more_may_fall_due_in_bad_years_than_appropriations_where_the_scenario_says_so() -> None:
    """As above with 20 EUR a year; in the worse half of runs 15 more may fall due: 35 of 70."""
    problem = problem_of_lines(
        [{"branch": "a", "asked": 100, "price_eur": 1.0}], envelope_eur=100.0, years=years_of(20.0)
    )
    need = need_of([[[100]], [[30]]], 1.0)
    plan = plan_under_uncertainty(problem, need, 0.5, 0.0, Excess(0.5, 1500))
    assert sorted(plan.chosen.values) == pytest.approx([30.0, 70.0])
    # Over all runs half of 2 * 15 in the bad one: 30 more may fall due there.
    assert sorted(plan_under_uncertainty(problem, need, 0.0, 0.0, Excess(0.0, 1500)).chosen.values) == pytest.approx(
        [30.0, 100.0]
    )


def years_of(ceiling_eur: float) -> dict[int, dict[str, object]]:
    return {2021: {"due": [0.5], "ceiling_eur": ceiling_eur, "carry_over_eur": 0.0}}


def test_freezing_a_source_changes_that_source_alone() -> None:
    """Totals, shares, profiles and prices by run: each freeze sets its own to the mean and leaves the others."""
    luck = np.random.Generator(np.random.Philox(5))
    pathways = luck.integers(1, 20, (6, 3, 4)).astype(float)
    need = NeedRuns(pathways, pathways * luck.uniform(50, 90, (6, 3, 1)))

    def told(found: NeedRuns) -> dict[str, np.ndarray]:
        line = found.pathways.sum(axis=2)
        return {
            "volume": line.sum(axis=1),
            "mix": line / line.sum(axis=1, keepdims=True),
            "delay": found.pathways / line[:, :, None],
            "cost": found.cents.sum(axis=2) / line,
        }

    before = told(need)
    for source, freeze in SOURCES.items():
        after = told(freeze(need))
        for part, values in after.items():
            if part == source:
                assert np.ptp(values, axis=0).max() == pytest.approx(0.0, abs=1e-9)
            else:
                assert values == pytest.approx(before[part])
    every = told(volume_frozen(mix_frozen(delay_frozen(cost_frozen(need)))))
    assert all(np.ptp(values, axis=0).max() == pytest.approx(0.0, abs=1e-9) for values in every.values())


def test_where_only_the_mix_varies_knowing_the_mix_is_worth_all_of_it() -> None:
    """Two lines, the same volume, price and time in every run: freezing the mix takes the whole value of knowing."""
    problem = problem_of_lines([{"branch": n, "asked": 10, "price_eur": 1.0} for n in ("a", "b")], envelope_eur=20.0)
    need = need_of([[[20], [0]], [[0], [20]]], 1.0)
    values = {one.source: one for one in by_source(problem, need)}
    whole = plan_under_uncertainty(problem, need, 0.5, 0.0).knowing
    assert whole.evpi == pytest.approx(10.0)
    assert values["mix"].evpi == pytest.approx(0.0, abs=1e-6)
    assert [values[name].evpi for name in ("volume", "cost", "delay")] == pytest.approx([10.0] * 3)


def test_what_planning_for_luck_is_worth_is_held_against_the_plan_that_was_notified() -> None:
    """By hand: a asks 10 or 0 and b 10 or 20, 5 are to be had; on means (5 and 15) every split of the 5 is as good.

    All to b delivers 5 in both runs, all to a 5 and nothing.
    """
    problem = problem_of_lines(
        [{"branch": "a", "asked": 5, "price_eur": 1.0}, {"branch": "b", "asked": 15, "price_eur": 1.0}],
        envelope_eur=5.0,
    )
    need = need_of([[[10], [10]], [[0], [20]]], 1.0)
    for notified, worth in (((500, 0), 2.5), ((0, 500), 0.0), ((200, 300), 1.0)):
        known = plan_under_uncertainty(problem, need, 0.5, 0.0, mean_plan=Allocation(notified)).knowing
        assert known.vss == pytest.approx(worth, abs=1e-6)
        frozen = by_source(problem, need, mean_plan=Allocation(notified))
        assert {one.source: one.vss for one in frozen}["mix"] == pytest.approx(0.0, abs=1e-6)


def test_a_source_whose_programme_stops_has_no_figures_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of four programmes gives up: the other three are told as ever."""
    problem = problem_of_lines([{"branch": n, "asked": 10, "price_eur": 1.0} for n in ("a", "b")], envelope_eur=20.0)
    need = need_of([[[20], [0]], [[0], [20]]], 1.0)
    asked: list[int] = []

    def second_stops(*given: Any, **named: Any) -> Solved | Failure:
        asked.append(1)
        # Each source asks twice: its own programme, then the one on means.
        return Stopped("iterations", 7) if len(asked) == 3 else solve(*given, **named)

    monkeypatch.setattr(planning, "solve", second_stops)
    values = {one.source: one for one in by_source(problem, need)}
    assert list(values) == ["volume", "cost", "mix", "delay"]
    assert (values["cost"].evpi, values["cost"].vss) == (None, None)
    assert [values[name].evpi for name in ("volume", "mix", "delay")] == pytest.approx([10.0, 0.0, 10.0], abs=1e-5)


def test_the_gap_is_measured_on_runs_apart() -> None:
    """With runs all alike the gap is 0; with few runs of much luck it is not, and it never is below 0."""
    problem = problem_of_lines([{"branch": n, "asked": 10, "price_eur": 1.0} for n in ("a", "b")], envelope_eur=12.0)
    alike = need_of(np.full((20, 2, 1), 10.0), 1.0)
    assert sampling_gap(problem, alike, 4, 3, None).gap_high == pytest.approx(0.0, abs=1e-6)
    luck = np.random.Generator(np.random.Philox(2)).integers(0, 20, (40, 2, 1)).astype(float)
    found = sampling_gap(problem, need_of(luck, 1.0), 4, 5, None)
    assert 0.0 < found.gap <= found.gap_high


def test_floors_that_cannot_all_be_notified_are_no_plan() -> None:
    """A floor above the cap of the same branch: an answer that is a type."""
    rows = {"branch_floors": (BranchBound(share=0.9),), "branch_caps": (BranchBound(share=0.2),)}
    problem = problem_of_lines(
        [{"branch": "a", "asked": 5, "price_eur": 1.0}], envelope_eur=10.0, constraints=Constraints(**rows)
    )
    with pytest.raises(NoAnswer, match="Infeasible"):
        plan_under_uncertainty(problem, need_of([[[5]]], 1.0), 0.5, 0.0)


def test_whole_cents_keep_to_the_envelope() -> None:
    """Thirds of 1 EUR rounded up would be a cent too much: the largest line gives it."""
    problem = problem_of_lines([{"branch": n, "asked": 1, "price_eur": 1.0} for n in "abc"], envelope_eur=1.0)
    unit = problem.unit_cents
    assert sum(whole_cents(problem, np.full(3, 33.5 / unit))) == 100
    assert whole_cents(problem, np.asarray([50.6, 49.4, 0.0]) / unit) == (51, 49, 0)


def test_the_need_by_period_is_the_simulator_s_need() -> None:
    """Summed over periods it is what the experiment counts by line, whatever the workers; planned runs are others."""
    scenario = tiny("runs=5")
    need = need_by_period(scenario, range(5))
    counted = simulate(scenario, by_demand(scenario)).need.by_line
    assert np.array_equal(need.pathways.sum(axis=2), counted["asked_pathways"])
    assert np.array_equal(need.cents.sum(axis=2), counted["need_cents"])
    again = need_by_period(scenario, range(5), jobs=2)
    assert np.array_equal(again.cents, need.cents) and np.array_equal(again.pathways, need.pathways)
    planned = need_by_period(scenario, range(OPTIMISED_RUNS, OPTIMISED_RUNS + 5))
    assert not np.array_equal(planned.cents, need.cents)
