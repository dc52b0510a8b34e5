"""The committee in the loop: what solving the plan again costs a run, and what common luck is worth."""

import os
from functools import partial

import numpy as np

from enveloppe.advisers import ADVISERS, adviser_of
from enveloppe.benchmark import Benchmark, Measured
from enveloppe.pipeline import planned_scenario
from scenarios.loading import load
from sim.engines import engine_named
from sim.experiment import simulate
from sim.ground import ground_of
from sim.inflow import draw_requests
from sim.one_run import run_once
from sim.price_list import PriceList
from sim.run_requests import together

from .sim_kernel import SCENARIO, least

DATES = ["2021-02-01", "2021-03-01", "2021-04-01", "2021-06-01", "2021-07-01", "2021-09-01", "2021-10-01", "2022-01-03"]
"""Eight committee dates."""
RUN, REPEATS, SAMPLE = 0, 5, 60


def reoptimise_vs_fixed() -> Measured:
    """CPU seconds of a life whose committee solves the plan again eight times, against one whose committee does not."""
    done = planned_scenario(load(SCENARIO, (f"committee.dates=[{', '.join(DATES)}]",)).scenario)
    scenario, allocation = done.scenario, done.plan.allocation
    ground, engine, adviser = ground_of(scenario), engine_named("compiled"), adviser_of(scenario, "reoptimise")
    requests = together(ground, draw_requests(ground, RUN), RUN)
    examined = engine.examine(ground, requests, None)
    prices = PriceList(ground, requests)
    prices.foresee(examined.decision_minute)

    def life(policy: str) -> object:
        by = adviser if policy == "reoptimise" else None
        return engine.live(ground, requests, examined, prices, policy, allocation, adviser=by)

    def whole(policy: str) -> object:
        advisers = {"reoptimise": adviser} if adviser is not None else {}
        return run_once(ground, allocation, [policy], RUN, engine, advisers=advisers)

    # Whichever policy goes first warms the caches of memory for the other.
    life("reoptimise"), life("fixed")
    policies = ("reoptimise", "fixed")
    lives = dict(zip(policies, least([partial(life, policy) for policy in policies], REPEATS), strict=True))
    runs = dict(zip(policies, least([partial(whole, policy) for policy in policies], REPEATS), strict=True))
    note = (
        f"{len(requests)} requests, {len(DATES)} dates, {len(ground.cells.lines)} lines: "
        f"life {lives['reoptimise']:.3f} against {lives['fixed']:.3f} s, "
        f"{1000 * (lives['reoptimise'] - lives['fixed']) / len(DATES):.1f} ms a date; "
        f"whole run with draws and tables {runs['reoptimise']:.3f} against {runs['fixed']:.3f} s, "
        f"{runs['reoptimise'] / runs['fixed']:.1f} x"
    )
    return Measured(lives["reoptimise"] / lives["fixed"], note)


def common_luck_variance() -> Measured:
    """Variance of `pro_rata` less `fixed`, net pathways, on common luck as a share of that on independent luck."""
    done = planned_scenario(load(SCENARIO, ()).scenario)
    experiment = simulate(
        done.scenario,
        done.plan.allocation,
        ["pro_rata", "fixed"],
        2 * SAMPLE,
        os.cpu_count() or 1,
        advisers=ADVISERS,
    )
    pro_rata, fixed = (
        np.asarray(outcome.by_line["pathways_net"].sum(axis=1), dtype=np.float64) for outcome in experiment.policies
    )
    common = float(np.var(pro_rata - fixed, ddof=1))
    # Independent luck: each run of one policy against another run of the other.
    apart = float(np.var(pro_rata - np.roll(fixed, SAMPLE), ddof=1))
    note = (
        f"{2 * SAMPLE} runs: standard deviation of the difference {common**0.5:,.0f} net pathways on common luck, "
        f"{apart**0.5:,.0f} on independent luck; as many runs tell {apart / max(common, 1e-12):,.0f} times as much"
    )
    return Measured(common / apart, note)


COMMITTEE = (
    Benchmark("reoptimise_vs_fixed", "x", 10, "at_most", reoptimise_vs_fixed),
    Benchmark("common_luck_variance", "x", 0.05, "at_most", common_luck_variance),
)
