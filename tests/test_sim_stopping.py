"""Sequential stopping: as many runs as a figure needs, the same ones as asked for by number."""

import math

import numpy as np
import pytest
from tiny import by_demand, tiny

from scenarios.loading import load, with_runs
from sim.experiment import simulate
from sim.kpis import KPIS, Seen
from sim.statistics import half_width_95, wilson_interval
from sim.stopping import FEWEST_RUNS, Stopped, StoppingRule, next_runs, simulate_until
from sim.summary import runs_arrays


def rule(kpi: str, half_width: float, *, relative: bool = False, most_runs: int = 400) -> StoppingRule:
    return StoppingRule(kpi, half_width, relative, most_runs)


def ended(kpi: str, half_width: float, **more: bool | int) -> tuple[int, Stopped]:
    scenario = tiny()
    experiment, stopped = simulate_until(scenario, by_demand(scenario), rule(kpi, half_width, **more))
    return experiment.runs, stopped


def test_it_stops_when_the_figure_is_known_well_enough() -> None:
    """Half the width takes about four times the runs, and both ends hold what was asked."""
    wide, first = ended("need_cents", 0.08, relative=True)
    narrow, second = ended("need_cents", 0.04, relative=True)
    assert first.held
    assert second.held
    assert FEWEST_RUNS <= wide < narrow <= 6 * wide


def test_it_says_what_it_reached_where_the_runs_were_too_few() -> None:
    runs, stopped = ended("need_cents", 1.0, most_runs=44)
    assert runs == 44
    assert not stopped.held
    told = stopped.told()
    assert told["held"] is False
    assert told["half_width"] > told["wanted_half_width"] == 1.0


def test_the_runs_are_those_that_a_number_asks_for() -> None:
    """Whatever the workers: the tables are byte for byte those of as many runs, the half-width that of their values."""
    scenario = tiny()
    allocation = by_demand(scenario)
    asked = rule("pathways_net", 0.05, relative=True)
    experiment, stopped = simulate_until(scenario, allocation, asked)
    parallel, _ = simulate_until(scenario, allocation, asked, jobs=2)
    plain = runs_arrays(simulate(scenario, allocation, runs=experiment.runs))
    for name, table in runs_arrays(experiment).items():
        assert table.tobytes() == plain[name].tobytes() == runs_arrays(parallel)[name].tobytes(), name
    kpi = next(one for one in KPIS if one.name == "pathways_net")
    values = kpi.of(Seen(experiment, experiment.policies[0]))
    assert values is not None
    assert stopped.reached == half_width_95(values, "pathways")


def test_half_widths_by_hand() -> None:
    """1 to 5: 2.776 sqrt(2.5 / 5); 1 and 3: 12.706 sqrt(2 / 2); three of ten: half of Wilson's interval; one: nothing.

    Source of the quantiles: any table of Student's law, 4 degrees of freedom and 1.
    """
    assert half_width_95(np.asarray([3.0, 1, 5, 2, 4]), "days") == pytest.approx(2.776445105 * math.sqrt(0.5))
    assert half_width_95(np.asarray([3.0, 1]), "days") == pytest.approx(12.70620474)
    low, high = wilson_interval(3, 10)
    assert half_width_95(np.asarray([1.0] * 3 + [0] * 7), "probability") == pytest.approx((high - low) / 2)
    assert half_width_95(np.asarray([1.0, np.nan]), "days") is None


def test_rounds_grow_as_the_error_asks_and_never_by_more_than_four() -> None:
    """Twice the half-width that is wanted: four times the runs and 5 % to spare, cut at four; just missed: 5 % more."""
    asked = rule("need_cents", 1.0, most_runs=10_000)
    assert next_runs(100, Stopped(asked, 1.5, 1.0), asked) == 240
    assert next_runs(100, Stopped(asked, 9.0, 1.0), asked) == 400
    assert next_runs(100, Stopped(asked, 1.01, 1.0), asked) == 108
    assert next_runs(100, Stopped(asked, None, None), asked) == 400
    small = rule("need_cents", 1.0, most_runs=101)
    assert next_runs(100, Stopped(small, 9.0, 1.0), small) == 101


def test_a_figure_that_never_applies_ends_at_the_most_runs() -> None:
    """Without a target nobody can say how often it is reached."""
    scenario = tiny("target_pathways=null")
    experiment, stopped = simulate_until(scenario, by_demand(scenario), rule("target_reached", 0.01, most_runs=44))
    assert experiment.runs == 44
    assert stopped.told() == {"kpi": "target_reached", "held": False, "most_runs": 44}


def test_the_question_with_as_many_runs_is_the_one_that_is_told() -> None:
    """Its fingerprint is the one that `--runs` would give."""
    asked = load("convention-2i", ("runs=48",))
    given = with_runs(load("convention-2i"), 48)
    assert given.hash == asked.hash
    assert given.overrides == asked.overrides
    assert given.register == asked.register
