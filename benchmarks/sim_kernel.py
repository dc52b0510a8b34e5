"""The simulator's two engines, side by side in one call: CPU seconds of this process, best of a few, in turn."""

import gc
import time
from collections.abc import Callable, Generator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import simpy

from enveloppe.benchmark import Benchmark, Measured
from scenarios.allocation import Allocation
from scenarios.loading import load
from scenarios.money import split
from scenarios.opening_money import opening_money
from scenarios.scenario import Scenario
from sim.engines import EngineName, engine_named
from sim.ground import Ground, ground_of
from sim.inflow import draw_requests
from sim.one_run import run_once
from sim.price_list import PriceList
from sim.run_requests import RunRequests, together
from sim.verification import first_difference, told_by

SCENARIO = "convention-2i-observed"
RUN = 0
REPEATS = 5
TOLD_REPEATS = f"best of {REPEATS} each, in turn"


class Case(NamedTuple):
    """One run of the scenario at full size, ready to be lived."""

    scenario: Scenario
    ground: Ground
    allocation: Allocation
    requests: RunRequests


@lru_cache(maxsize=1)
def case() -> Case:
    """The run, under an allocation in proportion to each line's requests (no solver is measured here)."""
    scenario = load(SCENARIO, ()).scenario
    ground = ground_of(scenario)
    requests = together(ground, draw_requests(ground, RUN))
    weights = np.bincount(requests.line, minlength=len(ground.cells.lines)).tolist()
    return Case(
        scenario, ground, Allocation(tuple(split(opening_money(scenario).distributable_cents, weights))), requests
    )


def least(works: Sequence[Callable[[], object]], repeats: int) -> list[float]:
    """The least CPU seconds of each of some works, over some rounds in which each is done once.

    In turn, so that whatever else the machine does meets all of them alike. What was there before is collected, and
    not looked at again meanwhile.
    """
    best = [float("inf")] * len(works)
    for _ in range(repeats):
        for number, work in enumerate(works):
            gc.collect()
            gc.freeze()
            started = time.process_time()
            kept = work()
            best[number] = min(best[number], time.process_time() - started)
            del kept
            gc.unfreeze()
    return best


def desk_and_life(name: EngineName) -> tuple[Callable[[], object], Callable[[], object]]:
    """The two parts of an engine's work: the desk, and the life under the scenario's policy."""
    scenario, ground, allocation, requests = case()
    engine, policy = engine_named(name), scenario.committee.policy
    examined = engine.examine(ground, requests, None)
    prices = PriceList(ground, requests)
    prices.foresee(examined.decision_minute)
    return (
        lambda: engine.examine(ground, requests, None),
        lambda: engine.live(ground, requests, examined, prices, policy, allocation, None),
    )


def kernel_vs_simpy() -> Measured:
    """Requests a second through desk and life, compiled against SimPy, after their traces were found equal."""
    scenario, ground, allocation, requests = case()
    policy = scenario.committee.policy
    simpy_told, kernel_told = (told_by(name, ground, requests, policy, allocation) for name in ("simpy", "compiled"))
    difference = first_difference(simpy_told, kernel_told)
    if difference is not None:
        raise ValueError(f"the engines differ: {difference}")
    events = len(simpy_told)
    del simpy_told, kernel_told
    desk, life, judge_desk, judge_life = least((*desk_and_life("compiled"), *desk_and_life("simpy")), REPEATS)
    note = (
        f"{len(requests)} requests, {events} events, equal traces; SimPy {judge_desk:.2f} + {judge_life:.2f} s, "
        f"compiled {1000 * desk:.1f} + {1000 * life:.1f} ms (desk + life), {TOLD_REPEATS}"
    )
    return Measured((judge_desk + judge_life) / (desk + life), note)


def all_in_vs_simpy() -> Measured:
    """A whole run, from its draws to its tables, under all policies of the scenario."""
    scenario, ground, allocation, requests = case()
    policies = (scenario.committee.policy, *scenario.committee.rivals)

    def lived(name: EngineName) -> Callable[[], object]:
        engine = engine_named(name)
        return lambda: run_once(ground, allocation, policies, RUN, engine)

    lived("compiled")()
    works = (
        lived("compiled"),
        lambda: together(ground, draw_requests(ground, RUN)),
        *desk_and_life("compiled"),
        lived("simpy"),
    )
    kernel, draws, desk, life, judge = least(works, REPEATS)
    lives = life * len(policies)
    note = (
        f"{len(requests)} requests, {len(policies)} policies: SimPy {judge:.2f} s, compiled {1000 * kernel:.0f} ms, "
        f"of which draws {draws / kernel:.0%}, kernel {(desk + lives) / kernel:.0%}, "
        f"prices, need and tables {1 - (draws + desk + lives) / kernel:.0%}; {TOLD_REPEATS}"
    )
    return Measured(judge / kernel, note)


def bare_queue(count: int) -> Callable[[], object]:
    """SimPy's M/M/20 with one delay and a budget check: what a simulation of this kind costs at the least."""
    draw = np.random.Generator(np.random.Philox(1))
    arrivals = np.cumsum(draw.exponential(1 / 18, count)).tolist()
    services, delays = draw.exponential(1, count).tolist(), draw.exponential(5, count).tolist()

    def queue() -> object:
        env = simpy.Environment()
        servers = simpy.Resource(env, 20)
        left = [0.8 * count]

        def customer(number: int) -> Generator[Any, Any, None]:
            with servers.request() as turn:
                yield turn
                yield env.timeout(services[number])
            yield env.timeout(delays[number])
            if left[0] >= 1:
                left[0] -= 1

        def source() -> Generator[Any, Any, None]:
            for number in range(count):
                yield env.timeout(arrivals[number] - env.now)
                env.process(customer(number))

        env.process(source())
        env.run()
        return left

    return queue


def simpy_judge_vs_mmc() -> Measured:
    """The judge's requests a second against a bare SimPy queue's, so that a slow judge flatters nobody."""
    count = 40_000
    bare, desk, life = least((bare_queue(count), *desk_and_life("simpy")), REPEATS)
    judge, queue = len(case().requests) / (desk + life), count / bare
    note = f"judge {judge:,.0f} requests/s, bare M/M/20 {queue:,.0f} requests/s, {TOLD_REPEATS}"
    return Measured(judge / queue, note)


SIM_KERNEL = (
    Benchmark("kernel_vs_simpy", "x", 60, "at_least", kernel_vs_simpy),
    Benchmark("all_in_vs_simpy", "x", 35, "at_least", all_in_vs_simpy),
    Benchmark("simpy_judge_vs_mmc", "x", 0.25, "at_least", simpy_judge_vs_mmc),
)
