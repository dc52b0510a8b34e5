"""Many variants: how soon ten thousand are known to be sound, and what drawing once for several is worth."""

import os
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

from enveloppe.benchmark import Benchmark, Measured
from enveloppe.block_folder import FolderStore
from enveloppe.draws_folder import PLACE, DrawsFolder
from enveloppe.pipeline import planned_scenario
from enveloppe.sweeping.answering import ToAnswer, answered
from enveloppe.sweeping.cache import folders_of
from scenarios.loading import load
from scenarios.sweeping.variants import variants_of
from sim.draw_key import draw_key
from sim.drawn import draws_of
from sim.ground import ground_of
from sim.lots import Lived, Lot, blocks_of, live_lot
from sim.workers import over_workers

VARIANTS, TOGETHER = 10_000, 8
DECLARED = f"""
extends: convention-2i
name: many
sweep:
  method: sobol
  points: {VARIANTS}
  over:
    - {{key: envelope_eur, low: 80_000_000, high: 180_000_000}}
    - {{key: inflow.volume_factor, low: 0.8, high: 1.2}}
    - {{key: constraints.branch_caps.0.share, low: 0.1, high: 0.3}}
    - {{key: committee.policy, values: [fixed, pro_rata]}}
"""


def dry_run() -> Measured:
    """All that a dry run does before it prints."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "many.yaml"
        file.write_text(DECLARED, encoding="utf-8")
        started, worked = time.perf_counter(), time.process_time()
        found = variants_of(str(file))
        places = folders_of(found, Path(folder) / "out")
        there = sum(place.claimed() for place in places)
        seconds, worked = time.perf_counter() - started, time.process_time() - worked
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = f"{len(places)} variants, {there} cached, {worked:.1f} s of work, {megabytes:.0f} MB in this process so far"
    return Measured(seconds, told)


def shared_draws() -> Measured:
    """Variants that differ in money, lived one by one and then in one lot; the same bytes both ways."""
    scenario = load("convention-2i", ("committee.rivals=[]",)).scenario
    allocation = planned_scenario(scenario).plan.allocation
    policies = scenario.committee.policies
    several = tuple(
        Lived(
            scenario.model_copy(update={"target_pathways": 20_000 + number}).model_dump_json(by_alias=True),
            allocation,
            policies,
        )
        for number in range(TOGETHER)
    )
    block = range(4)
    live_lot(Lot(block, several))  # lay out and compile first
    best = {"alone": float("inf"), "together": float("inf")}
    for _ in range(3):
        started = time.process_time()
        alone = [live_lot(Lot(block, (one,)))[0] for one in several]
        between = time.process_time()
        together = live_lot(Lot(block, several))
        best["together"] = min(best["together"], time.process_time() - between)
        best["alone"] = min(best["alone"], between - started)
        if list(together) != alone:
            raise AssertionError("a lot is not what its variants are alone")
    per_run = best["together"] / TOGETHER / len(block)
    return Measured(best["alone"] / best["together"], f"{1000 * per_run:.1f} ms a run in a lot, one policy")


def kept_draws() -> Measured:
    """The requests of four runs drawn, and read back from disk with their hash; the same arrays both ways."""
    ground = ground_of(load("convention-2i").scenario)
    key, block = draw_key(ground.scenario), range(4)
    best = {"drawn": float("inf"), "read": float("inf")}
    before = os.environ.get(PLACE)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[PLACE] = folder
        try:
            list(draws_of(ground, block, DrawsFolder(), key))
            for _ in range(5):
                started = time.process_time()
                drawn = list(draws_of(ground, block))
                between = time.process_time()
                read = list(draws_of(ground, block, DrawsFolder(), key))
                best["read"] = min(best["read"], time.process_time() - between)
                best["drawn"] = min(best["drawn"], between - started)
        finally:
            os.environ.pop(PLACE)
            os.environ.update({} if before is None else {PLACE: before})
        megabytes = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
    for mine, its in zip(drawn, read, strict=True):
        for one, other in zip(mine, its, strict=True):
            if not np.array_equal(one.filing_minute, other.filing_minute):
                raise AssertionError("draws read back are not those that were drawn")
    told = f"{1000 * best['read'] / 4:.1f} ms a run read, {megabytes / 4:.1f} MB a run"
    return Measured(best["drawn"] / best["read"], told)


def answers_handed_out() -> Measured:
    """What answers of variants cost the caller: put together by itself, and by two workers; the same bytes."""
    loaded = load("convention-2i", ("committee.rivals=[]", "runs=40"))
    scenario = loaded.scenario
    done = planned_scenario(scenario)
    lived = Lived(scenario.model_dump_json(by_alias=True), done.plan.allocation, scenario.committee.policies)
    with tempfile.TemporaryDirectory() as folder:
        store = FolderStore(Path(folder), "0" * 64)
        keys = {lived.key(block): block for block in blocks_of(scenario.runs)}
        for key, block in keys.items():
            store.put(key, live_lot(Lot(block, (lived,)))[0])
        pieces = [ToAnswer(number, loaded, done, store, tuple(keys)) for number in range(TOGETHER)]
        list(over_workers(answered, pieces[:2], 2))  # start the workers first
        best = {"alone": float("inf"), "handed out": float("inf")}
        for _ in range(3):
            started = time.process_time()
            alone = [answered(piece) for piece in pieces]
            between = time.process_time()
            handed = list(over_workers(answered, pieces, 2))
            best["handed out"] = min(best["handed out"], time.process_time() - between)
            best["alone"] = min(best["alone"], between - started)
            if [answer.files for _, answer in handed] != [alone[piece.number].files for piece, _ in handed]:
                raise AssertionError("an answer of a worker is not what it is here")
    each = best["handed out"] / TOGETHER
    return Measured(best["alone"] / best["handed out"], f"{1000 * each:.0f} ms of the caller's time an answer")


BATCH = (
    Benchmark("sweep_dry_run", "s", 10, "at_most", dry_run),
    Benchmark("sweep_shared_draws", "x", 1.1, "at_least", shared_draws),
    Benchmark("sweep_answers_handed_out", "x", 3, "at_least", answers_handed_out),
    Benchmark("draws_read_back", "x", 2, "at_least", kept_draws),
)
