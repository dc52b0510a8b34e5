"""How far runs and sweeps scale: block costs measured here, many workers simulated. Prints docs/scaling.md.

python benchmarks/scaling.py > docs/scaling.md
"""

import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from enveloppe.block_folder import FolderStore
from enveloppe.folder import json_bytes, npz_bytes
from enveloppe.pipeline import found_out, planned_scenario
from scenarios.loading import load
from sim.blocks import BLOCK, from_bytes
from sim.cluster import over_cluster
from sim.experiment import Experiment
from sim.ground import ground_of
from sim.lots import MOST_TOGETHER, Lived, Lot, live_lot
from sim.outcome import joined
from sim.summary import runs_arrays

WORKERS = (1, 4, 64, 1_024)
RUNS = 100


@dataclass(frozen=True)
class Costs:
    """Seconds, the best of three, on one worker of this machine."""

    plan: float
    block: float
    dispatch: float
    keep: float
    answer: float


def best(task: Callable[[], object], times: int = 3) -> float:
    """The least of a few CPU times."""
    took = []
    for _ in range(times):
        started = time.process_time()
        task()
        took.append(time.process_time() - started)
    return min(took)


def costs() -> Costs:
    """Measure what a variant of the agreement costs, in its parts."""
    loaded = load("convention-2i", ("committee.rivals=[]", f"runs={RUNS}"))
    scenario = loaded.scenario
    done = planned_scenario(scenario)
    lived = Lived(scenario.model_dump_json(by_alias=True), done.plan.allocation, scenario.committee.policies)
    lot = Lot(range(BLOCK), (lived,))
    (content,) = live_lot(lot)
    with TemporaryDirectory() as folder:
        store = FolderStore(Path(folder), "0" * 64)
        keep = best(lambda: store.put("key", content))
    outcome = joined([from_bytes(content, lived.policies) for _ in range(RUNS // BLOCK)])
    experiment = Experiment(ground_of(scenario), RUNS, outcome.need, outcome.policies)

    def answer() -> None:
        trip = found_out(loaded, done, experiment)
        json_bytes(trip.findings)
        npz_bytes(runs_arrays(experiment))

    return Costs(
        plan=best(lambda: planned_scenario(scenario)),
        block=best(lambda: live_lot(lot)),
        dispatch=dispatch_cost(),
        keep=keep,
        answer=best(answer),
    )


def dispatch_cost(pieces: int = 300) -> float:
    """What handing out a piece and taking its answer costs the caller, over a Dask scheduler in this process."""
    from distributed import LocalCluster

    question = "x" * 14_000
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=":0"
    ) as cluster:

        def spread(count: int) -> float:
            started = time.process_time()
            answers = list(
                over_cluster(len, [f"{question}{number}" for number in range(count)], cluster.scheduler_address)
            )
            if len(answers) != count:
                raise AssertionError("a piece has no answer")
            return time.process_time() - started

        # Joining and leaving the cluster is paid once, whatever the number of pieces.
        return (spread(pieces + 1) - spread(1)) / pieces


def makespan(pieces: list[float], workers: int, dispatch: float, keep: float) -> float:
    """When all pieces are done: handed out one after the other by one caller, which also keeps every answer.

    Source: list scheduling (Graham, 1969) with one server that each piece passes twice.
    """
    free = [0.0] * min(workers, len(pieces))
    heapq.heapify(free)
    caller = last = 0.0
    for cost in pieces:
        start = max(caller, heapq.heappop(free)) + dispatch
        caller += dispatch + keep
        heapq.heappush(free, start + cost)
        last = max(last, start + cost)
    return max(last, caller)


def run_seconds(found: Costs, runs: int, workers: int) -> float:
    """One scenario: its plan, then its blocks."""
    blocks = [found.block] * (runs // BLOCK)
    return found.plan + makespan(blocks, workers, found.dispatch, found.keep) + found.answer


def sweep_seconds(found: Costs, variants: int, workers: int) -> float:
    """Variants of the same draws: some at a time, plans first, then lots; the caller puts each answer together."""
    at_a_time, total = max(16, workers), 0.0
    for first in range(0, variants, at_a_time):
        some = min(at_a_time, variants - first)
        total += makespan([found.plan] * some, workers, found.dispatch, 0.0)
        together = min(some, MOST_TOGETHER)
        lots = [found.block * together] * (some * RUNS // BLOCK // together)
        total += makespan(lots, workers, found.dispatch, together * (found.keep + found.answer * BLOCK / RUNS))
    return total


def table(found: Costs) -> str:
    """The three workloads by number of workers."""
    works = (
        ("1,000 runs of one scenario", lambda workers: run_seconds(found, 1_000, workers)),
        ("64 variants x 100 runs", lambda workers: sweep_seconds(found, 64, workers)),
        ("1,000 variants x 100 runs", lambda workers: sweep_seconds(found, 1_000, workers)),
    )
    lines = [
        "| work | " + " | ".join(f"{workers:,} workers" if workers > 1 else "1 worker" for workers in WORKERS) + " |",
        "|---" * 5 + "|",
    ]
    for name, seconds in works:
        alone = seconds(1)
        cells = [f"{seconds(workers):,.0f} s ({alone / seconds(workers):.1f} x)" for workers in WORKERS]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


HEAD = """# How far it scales

```
dask scheduler --host 10.0.0.1 --port 8786
dask worker tcp://10.0.0.1:8786 --nthreads 1        # one a core, on each machine, with this engine installed
enveloppe sweep plan.yaml --cluster tcp://10.0.0.1:8786
```

`--cluster` (of `run`, `compare` and `sweep`; `cluster=` in Python) hands blocks of four runs, and plans, to an existing
Dask cluster through joblib's Dask backend (`pip install 'enveloppe[cluster]'`). Answers come back as they are done and
are kept on disk at once; a worker that is lost costs the pieces it had, which others take; the bytes are those of one
machine. Workers with another version of the engine are refused, since theirs would not be. A scheduler that is lost
ends the call with exit code 4; the same call goes on from what was finished. Give workers one thread each.

The figures below come from `python benchmarks/scaling.py > docs/scaling.md`: what a piece costs is **measured** on the
machine that wrote this page; many workers are **simulated** (each piece goes to the first free worker; one caller hands
out pieces and keeps answers, one after the other). No network is in it but what a Dask scheduler in the same process
costs: slow links come on top.
"""
FOOT = """
In the sweeps of this table variants differ in money alone, so that a piece is four runs of eight variants on the same
draws (what drawing once saves is not counted).

What limits: a single run of a scenario waits for its plan, which is not shared out. In a sweep the caller puts each
answer together by itself: past the point where that takes all its time, more workers bring nothing. Sweeps plan as many
variants at a time as there are workers (at least 16), then live them through.
"""


def page() -> str:
    """The whole of docs/scaling.md."""
    found = costs()
    told = (
        f"| measured (`convention-2i`, one policy, best of 3, CPU time) | seconds |\n|---|---:|\n"
        f"| a plan | {found.plan:.3f} |\n| a block of {BLOCK} runs | {found.block:.3f} |\n"
        f"| handing out a piece and taking its answer | {found.dispatch:.4f} |\n"
        f"| keeping a finished block on disk | {found.keep:.4f} |\n"
        f"| putting the answer of a variant together | {found.answer:.3f} |\n"
    )
    return f"{HEAD}\n{told}\n{table(found)}\n{FOOT}"


if __name__ == "__main__":
    print(page(), end="")
