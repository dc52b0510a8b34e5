"""Many runs: what a thousand take and which part is the limit, and how soon a new process lives its first."""

import os
import subprocess
import sys
import time
from collections import defaultdict

from enveloppe.benchmark import Benchmark, Measured
from sim.engines import engine_named
from sim.experiment import simulate
from sim.inflow import draw_requests
from sim.need import need_of
from sim.price_list import PriceList
from sim.run_requests import together
from sim.summary import summarise
from sim.tables import need_tables, policy_tables

from .sim_kernel import SCENARIO, case

RUNS, SAMPLE = 1_000, 12


def shares() -> dict[str, float]:
    """The share of each part in the CPU time of a sample of runs under all policies of the scenario."""
    _, ground, allocation, _ = case()
    engine = engine_named("compiled")
    policies = ground.scenario.committee.policies
    spent: defaultdict[str, float] = defaultdict(float)
    clock = time.process_time()

    def counted(part: str) -> None:
        nonlocal clock
        now = time.process_time()
        spent[part] += now - clock
        clock = now

    for run in range(SAMPLE):
        requests = together(ground, draw_requests(ground, run))
        counted("draws")
        examined = engine.examine(ground, requests, None)
        counted("kernel")
        prices = PriceList(ground, requests)
        prices.foresee(examined.decision_minute)
        need = need_of(ground, requests, examined, prices)
        counted("prices and need")
        need_tables(ground, requests, examined, need)
        counted("reduction")
        without = 0.0
        for policy in ("fixed", *policies):
            started = time.process_time()
            lived = engine.live(ground, requests, examined, prices, policy, allocation, None)
            took = time.process_time() - started
            if policy == "fixed" and not without:
                without = took  # what the life takes where no committee moves money
                clock = time.process_time()
                continue
            spent["kernel"] += min(took, without)
            spent["committee"] += max(0.0, took - without)
            clock = time.process_time()
            policy_tables(ground, requests, prices, need, lived)
            counted("reduction")
    whole = sum(spent.values())
    return {part: seconds / whole for part, seconds in spent.items()}


def thousand_runs() -> Measured:
    """Elapsed seconds of a thousand runs of the agreement as observed, on all cores, with what they say together."""
    scenario, _, allocation, _ = case()
    jobs = os.cpu_count() or 1
    simulate(scenario, allocation, runs=8, jobs=jobs)  # workers and compiled code are loaded
    started = time.perf_counter()
    experiment = simulate(scenario, allocation, runs=RUNS, jobs=jobs)
    lived = time.perf_counter()
    summarise(scenario, experiment)
    ended = time.perf_counter()
    parts = sorted(shares().items(), key=lambda part: -part[1])
    note = (
        f"{RUNS} runs x {len(experiment.policies)} policies, {jobs} workers: "
        + ", ".join(f"{part} {share:.0%}" for part, share in parts)
        + f" of a run; telling it all {ended - lived:.1f} s; the limit now: {parts[0][0]}"
    )
    return Measured(ended - started, note)


FIRST_RUN = f"""
from scenarios.allocation import Allocation
from scenarios.loading import load
from scenarios.money import split
from scenarios.opening_money import opening_money
from sim.experiment import simulate
from sim.ground import ground_of
scenario = load({SCENARIO!r}, ()).scenario
lines = len(ground_of(scenario).cells.lines)
money = split(opening_money(scenario).distributable_cents, [1] * lines)
simulate(scenario, Allocation(tuple(money)), runs=1)
"""
"""All that a run needs but its plan: read, lay out, load the compiled code from its cache, live."""


def first_run() -> Measured:
    """CPU seconds, beyond those of `--help`, until a process that finds its compiled code kept has lived a run."""

    def spent(code: str, *words: str) -> float:
        best = float("inf")
        for _ in range(3):
            before = os.times()
            subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=True)
            after = os.times()
            user, system = after.children_user - before.children_user, after.children_system - before.children_system
            best = min(best, user + system)
        return best

    spent(FIRST_RUN)  # whatever was not compiled yet is compiled and kept
    first, bare = spent(FIRST_RUN), spent("from enveloppe.cli import main; main()", "--help")
    return Measured(
        first - bare, f"{SCENARIO}, one run under all policies, no plan: {first:.2f} s, --help {bare:.2f} s"
    )


SIM_RUNS = (
    Benchmark("first_run", "s", 1.5, "at_most", first_run),
    Benchmark("thousand_runs", "s", 600, "at_most", thousand_runs, large=True),
)
