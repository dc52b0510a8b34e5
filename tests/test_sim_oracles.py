"""The desk against queueing theory: Erlang's delay formula, M/G/1, M/G/infinity, and Little's law on every run."""

import math
from functools import lru_cache

import numpy as np
import pytest
from generated import STAFFING
from hypothesis import given, settings
from scipy.stats import chi2, t
from test_sim_desk import always_open, erlang_c
from tiny import tiny

from scenarios.attributes import CENTRAL, draw_attributes
from scenarios.calendar import DAY
from scenarios.variates import integer_table
from sim.desk import Examined
from sim.engines import engine_named
from sim.ground import NEVER, Ground, ground_of
from sim.inflow import draw_requests, filing_minutes
from sim.kinds import Kind
from sim.run_requests import RunRequests, together

RUNS = 24
WITHIN = float(t.ppf(0.9995, RUNS - 1))
"""Half-width of a 99.9 % interval, in standard errors."""
EXPONENTIAL = "{kind: exponential, mean: 5000}"


def steady(officers: int, work: str, per_minute: float, count: int, run: int) -> tuple[Ground, RunRequests, Examined]:
    """About `count` Poisson arrivals on an office that never closes, by the compiled engine."""
    ground, days = laid_out(officers, work, per_minute, count)
    scenario = ground.scenario
    rate = np.floor(np.minimum(np.arange(1, ground.calendar.days + 1), days) * per_minute * DAY * 1e6)
    minutes = filing_minutes(ground.calendar, rate.astype(np.int64), 23, run, "queue")
    drawn = draw_attributes(scenario, ground.calendar, 0, run, minutes, CENTRAL)
    none = [draw_attributes(scenario, ground.calendar, branch, run, minutes[:0], CENTRAL) for branch in (1, 2)]
    requests = together(ground, (drawn, *none))
    return ground, requests, engine_named("compiled").examine(ground, requests, None)


@lru_cache(maxsize=2)
def laid_out(officers: int, work: str, per_minute: float, count: int) -> tuple[Ground, int]:
    """The desk, and the days on which requests come."""
    scenario = tiny(
        f"desk.officers={officers}",
        f"desk.work_minutes={work}",
        "desk.incomplete_share=0",
        "desk.decision_lag_days={kind: constant, at: 0}",
    )
    days = int(count / (per_minute * DAY))
    return always_open(ground_of(scenario), days + 90), days


def moments(work: str) -> tuple[float, float]:
    """Mean and second moment of the work of an examination, in whole minutes, as it is drawn."""
    table = np.maximum(integer_table(tiny(f"desk.work_minutes={work}").desk.work_minutes, 1), 1).astype(np.float64)
    return float(table.mean()), float((table**2).mean())


def agrees(found: list[float], expected: float) -> None:
    """The mean of independent runs lies within its 99.9 % interval of what theory says."""
    values = np.asarray(found)
    assert abs(values.mean() - expected) < WITHIN * values.std(ddof=1) / math.sqrt(len(values)), (
        values.mean(),
        expected,
    )


@pytest.mark.parametrize(
    ("officers", "load"), [(1, 0.5), (1, 0.8), (2, 0.7), (4, 0.85), (8, 0.75), (16, 0.9), (40, 0.92)]
)
def test_waiting_is_what_erlang_says(officers: int, load: float) -> None:
    """M/M/c past a warm-up: the chance to wait, and the mean wait.

    Source: A. K. Erlang (1917), "Solution of some problems in the theory of probabilities of significance in automatic
    telephone exchanges".
    """
    mean, _ = moments(EXPONENTIAL)
    chances, waits = [], []
    for run in range(RUNS):
        _, _, examined = steady(officers, EXPONENTIAL, officers * load / mean, 6_000, run)
        settled = examined.first_wait_minutes[1_500:]
        chances.append(float((settled > 0).mean()))
        waits.append(float(settled.mean()))
    chance = erlang_c(officers, officers * load)
    agrees(chances, chance)
    agrees(waits, chance * mean / (officers * (1 - load)))


@pytest.mark.parametrize("work", ["{kind: constant, at: 5000}", "{kind: uniform, low: 0, high: 10000}"])
def test_one_officer_waits_as_pollaczek_and_khinchine_say(work: str) -> None:
    """M/G/1: the mean wait is rate * E[S^2] / (2 (1 - load)).

    Source: Pollaczek (1930), Khinchine (1932).
    """
    mean, second = moments(work)
    rate = 0.7 / mean
    waits = []
    for run in range(RUNS):
        _, _, examined = steady(1, work, rate, 6_000, run)
        waits.append(float(examined.first_wait_minutes[1_000:].mean()))
    agrees(waits, rate * second / (2 * (1 - 0.7)))


@pytest.mark.parametrize(
    ("work", "apart"),
    [
        ("{kind: constant, at: 2000}", 2_001),
        ("{kind: uniform, low: 0, high: 4000}", 4_001),
        ("{kind: triangular, low: 0, mode: 500, high: 6000}", 6_001),
        ("{kind: lognormal, mean: 2000, sigma: 0.8}", 20_000),
    ],
)
@pytest.mark.parametrize("offered", [3.0, 25.0])
def test_a_desk_with_an_officer_for_everybody_is_busy_as_poisson_says(work: str, apart: int, offered: float) -> None:
    """M/G/infinity: the number in hand is Poisson with mean rate * E[S], whatever the law of work; nobody waits.

    Looked at so far apart that what is seen is independent: mean within 99.9 %, and the index of dispersion within
    the same of its chi-square.
    Source: Takacs (1962), "Introduction to the Theory of Queues", chapter 3.
    """
    mean, _ = moments(work)
    seen: list[int] = []
    means = []
    for run in range(RUNS):
        _, requests, examined = steady(9_999, work, offered / mean, 4_000, run)
        assert (examined.first_wait_minutes == 0).all()
        begun, ended = requests.all.filing_minute, examined.decision_minute
        looks = np.arange(30_000, int(begun.max()) - DAY, apart)
        number = [int(((begun <= at) & (ended > at)).sum()) for at in looks]
        seen.extend(number)
        means.append(float(np.mean(number)))
    agrees(means, offered)
    counts = np.asarray(seen, dtype=np.float64)
    dispersion = ((counts - counts.mean()) ** 2).sum() / counts.mean()
    low, high = chi2.ppf([0.0005, 0.9995], len(counts) - 1)
    assert low < dispersion < high


@settings(max_examples=6)
@given(STAFFING)
def test_littles_law_holds_on_every_run_of_a_batch(staffing: dict[str, object]) -> None:
    """The area under the number of files at the desk is the sum of the times that files spend there.

    Run by run, on the real calendar, with returned files and officers who come and go: the area is added up from the
    events, the times are those of the decisions.
    """
    scenario = tiny(*(f"{key}={value}" for key, value in staffing.items()), "desk.incomplete_share=0.4")
    ground = ground_of(scenario)
    for name in ("compiled", "simpy"):
        engine = engine_named(name)  # type: ignore[arg-type]
        for run in range(5):
            requests = together(ground, draw_requests(ground, run), run)
            area, number, before = 0, 0, 0

            def watch(minute: int, kind: Kind, place: int, what: str) -> None:
                nonlocal area, number, before
                area += number * (minute - before)
                number, before = number + (-1 if kind == Kind.EXAMINED else 1), minute

            examined = engine.examine(ground, requests, watch)
            assert (examined.decision_minute < NEVER).all(), "all files must have left for the law to be exact"
            assert number == 0
            attributes = requests.all
            away = attributes.resubmission_minutes * attributes.incomplete_rounds
            spent = examined.decision_minute - attributes.decision_minutes - attributes.filing_minute - away
            assert area == int(spent.sum())
