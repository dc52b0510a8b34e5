"""The two-stage solver against textbooks, closed forms and its own laws."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.two_stage.answers import Evaluated, Infeasible, Solved, Unbounded
from optimiser.two_stage.evaluating import evaluate
from optimiser.two_stage.gap import SampledAnswer, enough_runs, sampled_answer
from optimiser.two_stage.knowing import Knowing, value_of_knowing, wait_and_see
from optimiser.two_stage.programme import (
    Entries,
    Runs,
    TwoStage,
    entries,
    equally_likely,
    sides,
    stage,
    varying_of,
)
from optimiser.two_stage.risk import Risk, TailBound, tail_mean
from optimiser.two_stage.sampling import Between, Block, Element, Independent, Listed
from optimiser.two_stage.standing import frontier, solve


def farmer() -> tuple[TwoStage, Runs]:
    """Birge and Louveaux, section 1.1: plant wheat, corn, beets; buy and sell after the harvest."""
    programme = TwoStage(
        "min",
        stage([150, 230, 260], [[1, 1, 1]], "L", [500]),
        stage(
            [238, 210, -170, -150, -36, -10],
            [[1, 0, -1, 0, 0, 0], [0, 1, 0, -1, 0, 0], [0, 0, 0, 0, -1, -1]],
            "GGG",
            [200, 240, 0],
            upper=[np.inf] * 4 + [6000, np.inf],
        ),
        entries([[2.5, 0, 0], [0, 3, 0], [0, 0, 20]]),
    )
    yields = np.asarray([2.5, 3.0, 20.0]) * np.asarray([[1.2], [1.0], [0.8]])
    return programme, equally_likely(technology=([0, 1, 2], yields))


def newsvendor(count: int) -> tuple[TwoStage, Runs]:
    """Buy at 1, sell at 3 what is asked: demand at the middles of `count` equal slices of (0, 100)."""
    programme = TwoStage("max", stage([-1]), stage([3], [[1]], "L", [0]), entries([[-1]]))
    demand = (np.arange(count) + 0.5)[:, None] * 100 / count
    return programme, equally_likely(column_upper=([0], demand))


def solved(found: object) -> Solved:
    assert isinstance(found, Solved)
    assert found.certificate.holds
    return found


def test_the_farmer_of_birge_and_louveaux() -> None:
    """Introduction to Stochastic Programming, chapter 1 and 4.2: RP, EV, EEV, WS, EVPI 7,015.56 and VSS 1,150."""
    known = value_of_knowing(*farmer())
    best = solved(known.recourse)
    assert best.objective == pytest.approx(-108390, abs=1e-6)
    assert best.first == pytest.approx([170, 80, 250], abs=1e-6)
    assert solved(known.expected).objective == pytest.approx(-118600, abs=1e-6)
    assert isinstance(known.delivered, Evaluated) and known.delivered.mean == pytest.approx(-107240, abs=1e-6)
    assert not isinstance(known.waited, Infeasible | Unbounded) and known.waited.mean == pytest.approx(
        -115405.5556, abs=1e-3
    )
    assert known.evpi == pytest.approx(7015.5556, abs=1e-3)
    assert known.vss == pytest.approx(1150, abs=1e-6)


def test_the_l_shaped_example_of_birge_and_louveaux() -> None:
    """Section 5.1, example 1: -855.83 at (46.67, 36.25); WS -1,518.75, EVPI 662.92, VSS 286.92."""
    programme = TwoStage(
        "min",
        stage([100, 150], [[1, 1]], "L", [120], lower=[40, 20]),
        stage([-24, -28], [[6, 10], [8, 5]], "LL", [0, 0]),
        entries([[-60, 0], [0, -80]]),
    )
    runs = Runs(
        np.asarray([0.4, 0.6]),
        varying_of(cost=([0, 1], [[-24, -28], [-28, -32]]), column_upper=([0, 1], [[500, 100], [300, 300]])),
    )
    known = value_of_knowing(programme, runs)
    assert solved(known.recourse).objective == pytest.approx(-855.8333, abs=1e-3)
    assert solved(known.recourse).first == pytest.approx([46.6667, 36.25], abs=1e-3)
    assert known.evpi == pytest.approx(662.9167, abs=1e-3)
    assert known.vss == pytest.approx(286.9167, abs=1e-3)


def test_the_newsvendor_orders_the_critical_quantile() -> None:
    """Demand uniform on (0, 100), cost 1, price 3: order 100 * (3 - 1) / 3, expected profit 66.67 (closed form)."""
    best = solved(solve(*newsvendor(1500)))
    assert best.first[0] == pytest.approx(200 / 3, abs=0.1)
    assert best.objective == pytest.approx(200 / 3, abs=0.01)
    assert best.objective <= 200 / 3 + 1e-3


def test_the_mean_of_the_bad_tail() -> None:
    """Costs 10 to 40 at 0.6: the worst 40 % are 40 and six tenths of 30 (Rockafellar and Uryasev); as gains 13.75."""
    values = np.asarray([30.0, 10.0, 40.0, 20.0])
    assert tail_mean(values, 0.6, "upper") == pytest.approx(36.25, abs=1e-12)
    assert tail_mean(values, 0.6, "lower") == pytest.approx(13.75, abs=1e-12)
    assert tail_mean(values, 0.0, "upper") == pytest.approx(25.0, abs=1e-12)
    assert tail_mean(values, 0.5, "lower", np.asarray([0.0, 0.5, 0.0, 0.5])) == pytest.approx(10.0, abs=1e-12)


@pytest.mark.parametrize(("sense", "limit", "tail"), [("min", 36.25, 36.25), ("max", 13.75, 13.75)])
def test_the_programme_sees_the_tail_that_the_sorted_values_have(sense: str, limit: float, tail: float) -> None:
    """A second stage that can only be worth 10, 20, 30 or 40: the weighted objective at lambda 1 is the tail itself."""
    programme = TwoStage(sense, stage([0.0]), stage([1.0], [[1.0]], "E", [0.0]), entries(np.zeros((1, 1))))
    runs = equally_likely(row_lower=([0], [[10], [20], [30], [40]]), row_upper=([0], [[10], [20], [30], [40]]))
    best = solved(solve(programme, runs, Risk(1.0, 0.6)))
    assert best.objective == pytest.approx(limit, abs=1e-9)
    assert best.tail == pytest.approx(tail, abs=1e-9)
    assert solved(solve(programme, runs, Risk(0.5, 0.6))).objective == pytest.approx((25 + tail) / 2, abs=1e-9)


def test_a_bound_on_the_tail_binds_and_what_cannot_be_kept_is_infeasible() -> None:
    """Newsvendor with a bound on the mean of the worst half of unsold goods: the order falls to where it holds."""
    programme, runs = newsvendor(4)  # demands 12.5, 37.5, 62.5, 87.5
    unsold = TailBound("upper", 0.5, 15.0, np.asarray([1.0]), np.asarray([-1.0]))
    best = solved(solve(programme, runs, bounds=(unsold,)))
    left = best.first[0] - best.second[:, 0]
    assert tail_mean(left, 0.5, "upper") == pytest.approx(15.0, abs=1e-6)
    assert best.first[0] == pytest.approx(40.0, abs=1e-6)  # the two largest leftovers are q - 12.5 and q - 37.5
    none = TailBound("upper", 0.5, -1.0, np.asarray([1.0]), np.asarray([-1.0]))
    assert isinstance(solve(programme, runs, bounds=(none,)), Infeasible)
    sold = TailBound("lower", 0.5, 20.0, np.asarray([0.0]), np.asarray([1.0]))
    assert tail_mean(solved(solve(programme, runs, bounds=(sold,))).second[:, 0], 0.5, "lower") >= 20.0 - 1e-6


def test_no_answer_is_a_type_that_says_why() -> None:
    """An unanswerable run, an endless objective, and a mean's answer that breaks down in a run."""
    need = TwoStage("min", stage([1.0], upper=[5.0]), stage([1.0], [[0.0]], "G", [0.0]), entries([[1.0]]))
    runs = equally_likely(row_lower=([0], [[2.0], [9.0]]))
    found = solve(need, runs)
    assert isinstance(found, Infeasible) and found.run_rows == ((1, 0),)
    assert isinstance(solve(TwoStage("max", stage([1.0]), stage([0.0]), entries([], 1)), equally_likely()), Unbounded)
    broken = value_of_knowing(need, equally_likely(row_lower=([0], [[2.0], [4.0]])))
    assert isinstance(broken.delivered, Evaluated)
    assert broken.delivered.unanswered == (1,) and broken.delivered.mean is None
    assert broken.vss == float("inf") and broken.evpi == pytest.approx(1.0)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: sides("LX", [1, 2]),
        lambda: stage([1.0, float("nan")]),
        lambda: stage([1.0], [[1.0, 2.0]], "L", [3.0]),
        lambda: Runs(np.asarray([0.5, 0.4])),
        lambda: equally_likely(prices=([0], [[1.0]])),
        lambda: equally_likely(cost=([0], [[float("nan")]])),
        lambda: Entries(np.zeros(2, np.int64), np.zeros(2, np.int64), np.ones(2), (1, 1)),
        lambda: Risk(1.5, 0.2),
        lambda: solve(farmer()[0], equally_likely(cost=([6], [[1.0]]))),
    ],
)
def test_what_is_no_programme_is_refused(wrong) -> None:
    """Shapes that do not fit, numbers that are none and places outside are errors with words."""
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        wrong()


def test_sampling_bounds_hold_the_farmer_and_never_use_the_runs_that_were_optimised() -> None:
    """Samples of the three harvests: the interval holds -108,390; fresh runs are others than the candidate's."""
    programme, runs = farmer()
    found = sampled_answer(programme, Listed(runs), 60, seed=3, replications=8, fresh=500)
    assert isinstance(found, SampledAnswer)
    assert found.optimum[0] <= -108390 <= found.optimum[1]
    assert 0.0 <= found.gap <= found.gap_high
    one, other = (Listed(runs).sample(60, 3, purpose) for purpose in ("candidate", "fresh"))
    assert not np.array_equal(one.varying[0].values, other.varying[0].values)
    longer = Listed(runs).sample(90, 3, "candidate")
    assert np.array_equal(longer.varying[0].values[:60], one.varying[0].values)


def test_runs_are_doubled_until_the_gap_is_the_stated_one() -> None:
    """A newsvendor whose demand has no steps: a tighter gap takes more runs, and what cannot be reached is said."""
    programme, _ = newsvendor(2)
    demand = Independent((Between((Element("column_upper", 0),), (0.0,), (100.0,)),))
    loose, reached = enough_runs(programme, demand, 7, wanted=0.2, first=10, fresh=100)
    tight, also = enough_runs(programme, demand, 7, wanted=0.01, first=10, fresh=100)
    assert isinstance(loose, SampledAnswer) and isinstance(tight, SampledAnswer)
    assert reached and also and loose.runs < tight.runs
    assert tight.gap_high <= 0.01 * abs(tight.bound.value)
    assert not enough_runs(programme, demand, 7, wanted=0.0, first=10, most=20, fresh=100)[1]


def test_the_gap_of_an_objective_with_a_tail_keeps_its_threshold() -> None:
    """With a tail the candidate is (order, threshold): its gap is at least 0 and its delivery below the bound."""
    programme, _ = newsvendor(2)
    demand = Independent((Between((Element("column_upper", 0),), (0.0,), (100.0,)),))
    found = sampled_answer(programme, demand, 200, 5, replications=6, fresh=2000, risk=Risk(0.5, 0.8))
    assert isinstance(found, SampledAnswer) and 0.0 <= found.gap <= found.gap_high
    assert found.delivered.low <= found.bound.high


def test_every_outcome_of_independent_blocks_is_listed_once() -> None:
    """Two coins and a die of three faces: 12 outcomes, whose probabilities are products."""
    coin = np.asarray([0.5, 0.5])
    blocks = (
        Block((Element("row_upper", 0),), coin, np.asarray([[0.0], [1.0]])),
        Block((Element("cost", 0), Element("cost", 1)), np.asarray([0.2, 0.3, 0.5]), np.arange(6.0).reshape(3, 2)),
        Block((Element("row_upper", 1),), coin, np.asarray([[0.0], [1.0]])),
    )
    source = Independent(blocks)
    listed = source.listed()
    assert source.outcomes == len(listed) == 12
    seen = {tuple(np.concatenate([one.values[run] for one in listed.varying])) for run in range(12)}
    assert len(seen) == 12 and sorted(set(listed.probability.round(9))) == [0.05, 0.075, 0.125]
    mean = source.sample(4000, 1, "law").mean().of("cost")
    assert mean is not None and mean.values[0] == pytest.approx([2.6, 3.6], abs=0.15)


@st.composite
def programmes(draw: st.DrawFn) -> tuple[TwoStage, Runs]:
    """Small programmes with complete recourse, costs and gains, in which anything varies."""
    whole = st.integers(-4, 6).map(float)
    sense = draw(st.sampled_from(["min", "max"]))
    n1, n2, m2, count = (draw(st.integers(1, top)) for top in (3, 3, 2, 4))

    def table(rows: int, columns: int) -> np.ndarray:
        return np.asarray(
            draw(st.lists(st.lists(whole, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
        )

    # A slack of each kind in every row, at a price, makes every run answerable; bounds make every value finite.
    slack = np.hstack([np.eye(m2), -np.eye(m2)])
    dear = np.full(2 * m2, 30.0 if sense == "min" else -30.0)
    recourse = np.hstack([table(m2, n2), slack])
    upper = np.concatenate([np.full(n2, 5.0), np.full(2 * m2, np.inf)])
    programme = TwoStage(
        sense,
        stage(table(1, n1)[0], upper=np.full(n1, 8.0)),
        stage(np.concatenate([table(1, n2)[0], dear]), recourse, "E" * m2, np.zeros(m2), upper=upper),
        entries(table(m2, n1)),
    )
    limits = table(count, m2)
    parts = {"row_lower": (range(m2), limits), "row_upper": (range(m2), limits), "cost": ([0], table(count, 1))}
    if len(programme.technology.values):
        parts["technology"] = ([0], table(count, 1))
    weights = np.asarray(draw(st.lists(st.integers(1, 5), min_size=count, max_size=count)), dtype=float)
    return programme, Runs(weights / weights.sum(), varying_of(**parts))


@given(programmes())
@settings(max_examples=40)
def test_knowing_more_never_hurts(case: tuple[TwoStage, Runs]) -> None:
    """WS <= RP <= EEV for costs, the other way round for gains (Madansky 1960): EVPI and VSS are at least 0."""
    known: Knowing = value_of_knowing(*case)
    assert known.evpi is not None and known.evpi >= -1e-6
    assert known.vss is not None and known.vss >= -1e-6


@given(programmes())
@settings(max_examples=40)
def test_more_weight_on_the_tail_gives_up_the_mean_for_it(case: tuple[TwoStage, Runs]) -> None:
    """Along the frontier the tail never gets worse nor the mean better, and no point is beaten in the other's aim."""
    programme, runs = case
    points = [solved(point) for point in frontier(programme, runs, 0.5, (0.0, 0.3, 0.7, 1.0))]
    tails = [programme.sign * point.tail for point in points if point.tail is not None]
    means = [programme.sign * point.mean for point in points]
    assert all(after >= before - 1e-6 for before, after in itertools.pairwise(tails))
    assert all(after <= before + 1e-6 for before, after in itertools.pairwise(means))
    cold = solved(solve(programme, runs, Risk(0.7, 0.5)))
    assert points[2].objective == pytest.approx(cold.objective, abs=1e-6)


@given(programmes())
@settings(max_examples=40)
def test_one_run_is_a_programme_without_luck(case: tuple[TwoStage, Runs]) -> None:
    """With one run RP, WS, EV and EEV are one figure, whatever the weight of the tail; a run told twice is one run."""
    programme, runs = case
    alone = runs.only(0)
    known = value_of_knowing(programme, alone)
    assert known.evpi == pytest.approx(0.0, abs=1e-6) and known.vss == pytest.approx(0.0, abs=1e-6)
    best = solved(known.recourse).objective
    assert solved(solve(programme, alone, Risk(1.0, 0.9))).objective == pytest.approx(best, abs=1e-6)
    twice = Runs(np.asarray([0.25, 0.75]), tuple(type(v)(v.part, v.places, v.values[[0, 0]]) for v in runs.varying))
    assert solved(solve(programme, twice)).objective == pytest.approx(best, abs=1e-6)


@given(programmes())
@settings(max_examples=25)
def test_an_answer_delivers_on_its_own_runs_what_it_says(case: tuple[TwoStage, Runs]) -> None:
    """Evaluating the best first stage run by run gives back the values of the extensive form; WS is per run better."""
    programme, runs = case
    best = solved(solve(programme, runs))
    again = evaluate(programme, best.first, runs)
    assert isinstance(again, Evaluated) and again.mean == pytest.approx(best.objective, abs=1e-6)
    waited = wait_and_see(programme, runs)
    assert not isinstance(waited, Infeasible)
    assert (programme.sign * waited.values >= programme.sign * again.values - 1e-6).all()
