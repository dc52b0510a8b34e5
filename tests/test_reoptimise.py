"""The policy that solves the plan again on each committee date: what it may know, what it may move, what it repeats."""

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest
from generated import OVERRIDES, generated
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sim_engines import digest
from tiny import by_demand, tiny

from optimiser.plan import Plan
from optimiser.problem import plan_problem
from optimiser.reoptimise import _Known, reoptimiser
from optimiser.solve import solve
from scenarios.attributes import Requests
from scenarios.calendar import DAY, calendar_of
from scenarios.committee_view import Advice, Adviser, CommitteeView
from scenarios.inflow_seen import InflowPrior, inflow_prior, posterior_mean, shared_variance
from scenarios.opening_money import opening_money
from scenarios.scenario import Scenario
from scenarios.stock import empty_stock
from sim.beginning import beginning
from sim.decision_log import bounds_given_up
from sim.engines import NAMES, engine_named
from sim.experiment import simulate
from sim.ground import Ground, ground_of
from sim.inflow import draw_requests
from sim.lived import Lived
from sim.pausing import from_bytes, go_on, pause, to_bytes
from sim.price_list import PriceList
from sim.replay import replayed
from sim.run_requests import RunRequests, together
from sim.stock_requests import requests_of
from sim.trace import trace
from sim.verification import first_difference, lived_by_both

MAKERS = {"reoptimise": reoptimiser}


def lived(ground: Ground, requests: RunRequests, adviser: Adviser, engine: str = "compiled") -> Lived:
    by = engine_named(engine)
    examined, prices = by.examine(ground, requests, None), PriceList(ground, requests)
    allocation = by_demand(ground.scenario)
    return by.live(ground, requests, examined, prices, "reoptimise", allocation, adviser=adviser)


@settings(max_examples=10)
@given(OVERRIDES)
def test_both_engines_leave_the_same_trace_when_the_plan_is_solved_again(overrides: dict[str, object]) -> None:
    scenario = generated(overrides)
    told = lived_by_both(scenario, by_demand(scenario), 0, "reoptimise", reoptimiser(scenario))
    assert first_difference(*told) is None


@pytest.mark.deep
@settings(max_examples=200)
@given(OVERRIDES)
def test_both_engines_leave_the_same_trace_of_many_plans_solved_again(overrides: dict[str, object]) -> None:
    scenario = generated(overrides)
    told = lived_by_both(scenario, by_demand(scenario), 0, "reoptimise", reoptimiser(scenario))
    assert first_difference(*told) is None


def spliced(ground: Ground, before: int, run: int, other: int) -> RunRequests:
    """The requests of a run filed before a minute, and those of another run from then on."""
    ours, theirs = draw_requests(ground, run), draw_requests(ground, other)
    parts = []
    for mine, yours in zip(ours, theirs, strict=True):
        kept, later = mine.filing_minute < before, yours.filing_minute >= before
        columns = {
            entry.name: np.concatenate([getattr(mine, entry.name)[kept], getattr(yours, entry.name)[later]])
            for entry in fields(Requests)
        }
        parts.append(replace(Requests(**columns), number=np.arange(int(kept.sum() + later.sum()))))
    return together(ground, tuple(parts))


DENSE = ("inflow.requests_per_year=400", "desk.officers=8", "committee.dates=[2021-03-01, 2021-05-03, 2021-08-02]")


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_what_comes_later_leaves_decisions_alone_up_to_that_date(engine: str) -> None:
    """Other requests from 3 May on; a cut, a rush, a lower rate in June: March and May decide the same."""
    scenario = tiny(*DENSE, "events=[]")
    cut = (
        "events=[{kind: envelope_change, date: 2021-06-01, amount_eur: -60_000}, "
        "{kind: demand_shock, date: 2021-06-01, factor: 2}, "
        "{kind: rate_change, date: 2021-06-01, rate_share: 0.4}]"
    )
    ground, stressed = ground_of(scenario), ground_of(tiny(*DENSE, cut))
    when = ground.calendar.day(scenario.committee.dates[1]) * DAY
    usual = lived(ground, together(ground, draw_requests(ground, 0)), reoptimiser(scenario), engine)
    other = lived(ground, spliced(ground, when, 0, 1), reoptimiser(scenario), engine)
    less = lived(stressed, together(stressed, draw_requests(stressed, 0)), reoptimiser(stressed.scenario), engine)
    march, may, august = scenario.committee.dates
    assert any(usual.moves[march]) and any(usual.moves[may])
    for changed in (other, less):
        for day in (march, may):
            assert changed.moves[day] == usual.moves[day]
            assert changed.weighed[day] == usual.weighed[day]
        assert changed.weighed[august] != usual.weighed[august], "the change must be one that matters"


def view_of(scenario: Scenario, seed: int, date_number: int = 1) -> CommitteeView:
    """A view made up at random, with accounts that hold together."""
    draw = np.random.Generator(np.random.Philox(seed))
    problem = plan_problem(scenario)
    notified = by_demand(scenario).notified_cents
    opened = [int(cents * share) for cents, share in zip(notified, draw.random(len(notified)), strict=True)]
    committed = np.zeros((problem.lines, problem.periods), dtype=np.int64)
    committed[:, :3] = draw.integers(0, 4, (problem.lines, 3))
    return CommitteeView(
        day=scenario.committee.dates[date_number],
        number=date_number,
        open_cents=tuple(opened),
        notified_cents=notified,
        unnotified_cents=int(draw.integers(0, 3)) * 500_000,
        waiting_cents=tuple(int(cents) for cents in draw.integers(0, 3, problem.lines) * 700_000),
        seen_from=scenario.windows.opens,
        requests_seen=draw.integers(0, 40, len(problem.cells.branches)),
        committed_pathways=committed,
    )


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.37, 1.0]), st.sampled_from(["[]", "[{share: 0.8}]"]))
def test_no_line_gives_more_than_it_may_and_no_cent_comes_from_nowhere(seed: int, movable: float, caps: str) -> None:
    scenario = tiny(f"committee.fungibility.movable_share={movable}", f"constraints.branch_caps={caps}")
    view = view_of(scenario, seed)
    advice = reoptimiser(scenario)(view)
    assert sum(advice.changes_cents) <= view.unnotified_cents
    for change, held in zip(advice.changes_cents, view.open_cents, strict=True):
        assert change >= -(held * round(movable * 10_000) // 10_000)
    assert min(advice.forecast_cents) >= 0


def test_an_advice_depends_on_nothing_but_the_view() -> None:
    """Whatever was asked before, and whichever process asks: worker processes meet runs in another order."""
    scenario = tiny()
    views = [view_of(scenario, seed, seed % 3) for seed in range(6)]
    alone = [reoptimiser(scenario)(view) for view in views]
    adviser = reoptimiser(scenario)
    assert [adviser(view) for view in views] == alone
    assert [adviser(view) for view in reversed(views)] == alone[::-1]
    assert any(any(advice.changes_cents) for advice in alone)


def test_at_the_opening_the_plan_solved_again_is_the_plan() -> None:
    """Nothing seen, nothing committed, all money free: what remains is the whole question."""
    scenario = tiny("events=[]", "committee.fungibility.movable_share=1.0", "committee.dates=[2021-01-01]")
    problem = plan_problem(scenario)
    plan = solve(problem)
    assert isinstance(plan, Plan)
    lines = problem.lines
    start = CommitteeView(
        day=scenario.windows.opens,
        number=0,
        open_cents=(0,) * lines,
        notified_cents=(0,) * lines,
        unnotified_cents=opening_money(scenario).distributable_cents,
        waiting_cents=(0,) * lines,
        seen_from=scenario.windows.opens,
        requests_seen=np.zeros(len(problem.cells.branches), dtype=np.int64),
        committed_pathways=np.zeros((lines, problem.periods), dtype=np.int64),
    )
    known = _Known(scenario)
    expected = known._expected(start, 0)
    assert np.array_equal(expected, problem.demand.pathways)
    answer, given_up = known._solved(known._remaining(start, 0, expected, [0] * lines))
    assert given_up == ()
    assert answer is not None
    served = problem.value * answer.columns[: lines * problem.periods].sum()
    assert served == pytest.approx(plan.objective, rel=1e-4)


def test_money_goes_where_people_wait_and_stays_where_they_do_not() -> None:
    """All money lies on paper, everybody waits on metal: the plan brings it there."""
    scenario = tiny("events=[]", "committee.fungibility.movable_share=1.0", "constraints.group_floors=[]")
    problem = plan_problem(scenario)
    branch = problem.cells.branch_of_line
    metal, paper = problem.cells.branches.index("metal"), problem.cells.branches.index("paper")
    share = opening_money(scenario).distributable_cents // int((branch == paper).sum())
    view = replace(
        view_of(scenario, 0),
        open_cents=tuple(np.where(branch == paper, share, 0).tolist()),
        notified_cents=tuple(np.where(branch == paper, share, 0).tolist()),
        unnotified_cents=0,
        waiting_cents=tuple(np.where(branch == metal, 1_000_000, 0).tolist()),
        committed_pathways=np.zeros_like(view_of(scenario, 0).committed_pathways),
    )
    advice = reoptimiser(scenario)(view)
    changes = np.asarray(advice.changes_cents)
    # Released money comes back and serves who waits, so that a line may be brought a little less than what waits there.
    assert (changes[branch == metal] >= 900_000).all()
    assert changes[branch == paper].sum() < 0
    assert changes.sum() <= 0


def test_an_experiment_is_the_same_for_any_engine_and_number_of_workers() -> None:
    scenario = tiny(*DENSE)
    tables = {
        digest(
            simulate(scenario, by_demand(scenario), ["reoptimise", "fixed"], 6, jobs, engine=engine, advisers=MAKERS)
        )
        for jobs, engine in ((1, "compiled"), (2, "compiled"), (1, "simpy"))
    }
    assert len(tables) == 1


def test_one_run_replayed_alone_agrees_with_the_run_inside_an_experiment() -> None:
    scenario = tiny(*DENSE)
    experiment = simulate(scenario, by_demand(scenario), ["reoptimise"], 6, advisers=MAKERS)
    for run in (0, 5):
        rows = trace(scenario, by_demand(scenario), run, "reoptimise", adviser=reoptimiser(scenario))
        committed = sum(int(row.amount_cents) for row in rows if row.note == "committed")
        assert committed == int(experiment.policies[0].by_line["gross_committed_cents"][run].sum())
        moved = sum(abs(int(row.amount_cents)) for row in rows if row.note == "notified: committee")
        days = [experiment.ground.dates.index(day) for day in scenario.committee.dates]
        assert moved == int(np.abs(experiment.policies[0].moves[run, days]).sum()) > 0


def test_a_policy_that_lacks_its_adviser_is_refused() -> None:
    scenario = tiny()
    with pytest.raises(ValueError, match="reoptimise"):
        simulate(scenario, by_demand(scenario), ["reoptimise"], 1)


def prior(common: float, own: float, expected: list[float]) -> InflowPrior:
    table = np.stack([np.zeros(len(expected)), np.asarray(expected)], axis=1)
    return InflowPrior(table, common, np.full(len(expected), own), np.zeros((2, 1)), np.zeros((1, 1)))


def test_the_update_of_one_branch_is_the_conjugate_one() -> None:
    """By hand: B is gamma of mean 1 and variance 0.5 (shape 2); 16 seen where 10 were expected: (2+16)/(2+10) = 1.5."""
    by_branch, common = posterior_mean(prior(0.0, 0.5, [10.0]), np.asarray([16]), 1)
    assert common == 1.0
    assert by_branch[0] == pytest.approx(1.5)


def test_the_common_part_is_the_credibility_mean() -> None:
    """By hand: variance 0.04 against the chance 1/100 of 100 expected: Z = 0.8, 130 seen: 0.8 * 1.3 + 0.2 = 1.24."""
    by_branch, common = posterior_mean(prior(0.04, 0.0, [40.0, 60.0]), np.asarray([52, 78]), 1)
    assert common == pytest.approx(1.24)
    assert by_branch == pytest.approx([1.24, 1.24])


def test_a_branch_of_which_nothing_was_expected_or_seen_keeps_what_is_common() -> None:
    by_branch, common = posterior_mean(prior(0.04, 0.5, [0.0, 100.0]), np.asarray([0, 130]), 1)
    assert by_branch[0] == pytest.approx(common)
    assert common < by_branch[1] < 1.3, "shrunk towards what all branches say"


def test_a_branch_s_own_dispersion_is_its_own_and_the_others_keep_the_common_one() -> None:
    """Of independent branches each variance is what the scenario says; 0 leaves a branch without a year of its own."""
    words = ("inflow.branch_dispersion=0.1", "inflow.branch_correlation=0")
    scenario = tiny(*words, "branches.metal.volume_dispersion=0.4", "branches.paper.volume_dispersion=0")
    calendar = calendar_of(scenario)
    codes = list(scenario.branches)
    own = dict(zip(codes, inflow_prior(scenario, calendar).own_variance.tolist(), strict=True))
    assert own == {code: {"metal": 0.4, "paper": 0.0}.get(code, 0.1) for code in codes}


def test_the_copula_s_common_part_of_unequal_dispersions_by_hand() -> None:
    """Two branches of equal volume, variances 0.01 and 0.09, correlation 0.5: 0.5 * ((0.1 + 0.3) / 2)^2 = 0.02."""
    assert shared_variance(np.asarray([0.01, 0.09]), np.asarray([7.0, 7.0]), 0.05, 0.5) == pytest.approx(0.02)
    assert shared_variance(np.asarray([0.05, 0.05]), np.asarray([1.0, 7.0]), 0.05, 0.3) == 0.3 * 0.05


def test_each_branch_is_updated_with_its_own_variance() -> None:
    """By hand, nothing in common: (2 + 16) / (2 + 10) with variance 0.5, (10 + 16) / (10 + 10) with 0.1, 1 with 0."""
    table = np.asarray([[0.0, 10.0]] * 3)
    given = InflowPrior(table, 0.0, np.asarray([0.5, 0.1, 0.0]), np.zeros((2, 1)), np.zeros((1, 1)))
    by_branch, common = posterior_mean(given, np.asarray([16, 16, 16]), 1)
    assert common == 1.0
    assert by_branch.tolist() == pytest.approx([1.5, 1.3, 1.0])


def test_only_the_months_that_were_looked_at_are_weighed() -> None:
    """By hand: looked at from the second month on, its variance alone counts: 0.3, against 0.1 + 0.01 of chance."""
    table = np.asarray([[0.0, 1000.0, 1100.0]])
    weights = np.asarray([[0.0, 0.0], [1000.0, 0.0], [1000.0, 100.0]])
    given = InflowPrior(table, 0.3, np.zeros(1), weights, np.diag([0.5, 0.1]))
    _, common = posterior_mean(given, np.asarray([200]), 2, 1)
    trust = 0.3 / (0.3 + 0.1 + 1 / 100)
    assert common == pytest.approx(2 * trust + 1 - trust)


def test_before_anything_is_seen_the_scenario_is_believed() -> None:
    scenario = tiny()
    calendar = calendar_of(scenario)
    by_branch, common = posterior_mean(inflow_prior(scenario, calendar), np.zeros(3, dtype=np.int64), 0)
    assert by_branch.tolist() == [1.0, 1.0, 1.0] and common == 1.0


def broken_by_the_past(scenario: Scenario) -> CommitteeView:
    """On 1 July large firms have taken hundreds of pathways, and money waits to be handed out."""
    view = replace(view_of(scenario, 4), waiting_cents=(4_000_000,) * 6, unnotified_cents=1_000_000)
    larger = np.asarray([line.size_group == "larger" for line in plan_problem(scenario).cells.lines])
    taken = view.committed_pathways.copy()
    taken[larger, :6] = 300
    return replace(view, committed_pathways=taken)


def test_where_the_past_leaves_no_plan_the_least_of_what_it_has_broken_gives_way_and_nothing_else() -> None:
    """Small firms were promised 95 % of pathways: that promise is told to give way, as little as may be; caps are kept.

    That it is the least is seen by asking for a hundredth of it back: no plan is left.
    """
    scenario = tiny(
        "events=[]",
        "constraints.group_floors=[{size_group: under_50, pathway_share: 0.95}]",
        "constraints.branch_caps=[{branches: [metal], share: 0.5}]",
        "committee.fungibility.movable_share=1.0",
    )
    view = broken_by_the_past(scenario)
    advice = reoptimiser(scenario)(view)
    assert advice.given_up == ("group_floor",)
    assert any(advice.changes_cents)
    known = _Known(scenario)
    lines = known._problem.lines
    rows, solve_again = known._rows, known._proven
    whole = rows.patched(known._remaining(view, 6, known._expected(view, 6), [0] * lines))
    assert solve_again(whole) is None
    wider = rows.given_way(whole)
    assert wider is not None
    changed = np.flatnonzero((wider[0].row_lower != whole.row_lower) | (wider[0].row_upper != whole.row_upper))
    families = {rows._program.row(int(number)).family for number in changed}
    assert families == set(wider[1]) == {"group_floor_pathways"}
    assert solve_again(wider[0]) is not None
    stricter = wider[0].row_lower.copy()
    stricter[changed] += 0.01 * (whole.row_lower[changed] - stricter[changed])
    assert solve_again(replace(wider[0], row_lower=stricter)) is None


def test_the_log_tells_which_bounds_gave_way_on_which_date_in_how_many_runs() -> None:
    """An agreement that no year can keep: on each date the log says so, by both engines and after a stop."""
    scenario = tiny(
        "constraints.group_floors=[{size_group: under_50, pathway_share: 0.99}]",
        "inflow.requests_per_year=300",
        "desk.officers=6",
    )
    lived_runs = simulate(scenario, by_demand(scenario), ["reoptimise", "fixed"], 4, advisers=MAKERS)
    log = bounds_given_up(lived_runs, lived_runs.policies[0])
    dates = {day.isoformat() for day in scenario.committee.dates}
    assert log
    assert {row["bound"] for row in log} == {"group_floor"}
    assert {row["date"] for row in log} <= dates
    assert all(0 < row["share"]["mean"] <= 1 for row in log)
    assert bounds_given_up(lived_runs, lived_runs.policies[1]) == []
    for run in range(4):
        told = [
            replayed(scenario, by_demand(scenario), run, "reoptimise", name, reoptimiser(scenario)) for name in NAMES
        ]
        assert told[0].lived.weighed == told[1].lived.weighed
        paused, _ = pause(
            scenario, by_demand(scenario), run, "reoptimise", date(2021, 8, 1), adviser=reoptimiser(scenario)
        )
        again = go_on(scenario, by_demand(scenario), from_bytes(to_bytes(paused)), adviser=reoptimiser(scenario))
        assert again.lived.weighed == told[0].lived.weighed


def test_money_that_an_announced_cut_will_take_is_not_handed_out() -> None:
    """Half of the money lies unnotified and an announced cut takes all of it in November: July hands out nothing.

    A cut of the day itself has come before the committee sits, and the accounts know it: what is left is handed out.
    """
    cut = "{kind: envelope_change, date: %s, amount_eur: -50_000, announced: true}"
    for events, handed in ((cut % "2021-11-01", 0), (cut % "2021-07-02", 0), (cut % "2021-07-01", 1), ("", 1)):
        scenario = tiny(
            f"events=[{events}]", "committee.fungibility.movable_share=0.0", "scheme.management_fee.fee_share=0.0"
        )
        lines = plan_problem(scenario).lines
        view = replace(
            view_of(scenario, 1),
            open_cents=(0,) * lines,
            waiting_cents=(2_000_000,) * lines,
            unnotified_cents=5_000_000,
        )
        advice = reoptimiser(scenario)(view)
        assert (sum(advice.changes_cents) > 0) == bool(handed)


@settings(max_examples=8)
@given(st.sampled_from([-60_000, -10_000, 25_000]), st.sampled_from(["2021-04-01", "2021-06-15", "2021-09-20"]))
def test_announced_amendments_leave_the_same_trace_by_both_engines(amount: int, day: str) -> None:
    event = f"events=[{{kind: envelope_change, date: {day}, amount_eur: {amount}, announced: true}}]"
    scenario = tiny("inflow.requests_per_year=300", "desk.officers=6", event)
    told = lived_by_both(scenario, by_demand(scenario), 0, "reoptimise", reoptimiser(scenario))
    assert first_difference(*told) is None


def test_a_run_from_a_stock_counts_what_came_since_its_first_day() -> None:
    """What came before is told by the scenario, which goes on from the stock: it is not counted twice."""
    scenario = tiny("events=[]", "inflow.requests_per_year=400", "desk.officers=8")
    ground = ground_of(scenario)
    shown: list[CommitteeView] = []
    adviser = reoptimiser(scenario)

    def watched(view: CommitteeView) -> Advice:
        shown.append(view)
        return adviser(view)

    stock = empty_stock(ground.calendar.date_of(120 * DAY), len(ground.cells.lines))
    requests = requests_of(ground, 0, stock)
    engine = engine_named("compiled")
    examined, prices = engine.examine(ground, requests, None), PriceList(ground, requests)
    begins = beginning(ground, requests, by_demand(scenario), False, stock)
    engine.live(ground, requests, examined, prices, "reoptimise", by_demand(scenario), begins=begins, adviser=watched)
    later = [day for day in scenario.committee.dates if day > stock.from_day]
    assert [view.day for view in shown] == later
    for view in shown:
        before = ground.calendar.day(view.day) * DAY
        assert view.seen_from == stock.from_day
        assert view.requests_seen.sum() == int((requests.all.filing_minute < before).sum()) > 0
