"""How far runs and sweeps scale: block costs measured here, many workers simulated. Prints docs/scaling.md.

python benchmarks/scaling.py > docs/scaling.md
"""

import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from enveloppe.block_folder import FolderStore, discard_blocks
from enveloppe.pipeline import planned_scenario
from enveloppe.sweeping.answering import ToAnswer, answered, taken_along
from enveloppe.sweeping.cache import AnswerFolder
from enveloppe.sweeping.living import ANSWERS_AT_A_TIME, AT_A_TIME
from scenarios.loading import load
from sim.blocks import BLOCK
from sim.cluster import over_cluster
from sim.lots import MOST_TOGETHER, Lived, Lot, blocks_of, live_lot

WORKERS = (1, 4, 64, 1_024)
RUNS = 100


@dataclass(frozen=True)
class Costs:
    """Seconds, the best of three, on one worker of this machine.

    Attributes:
        read: a variant from its file.
        plan: a plan. block: four runs.
        dispatch: handing out a piece and taking its answer.
        keep: a finished block, written.
        answer: a variant's answer out of its blocks.
        along: taking a variant's blocks along, and sending them.
        put: a variant's answer, written, and its blocks removed.
        join: one more call over the cluster: joining it, asking its workers which engine they have, leaving it.
    """

    read: float
    plan: float
    block: float
    dispatch: float
    keep: float
    answer: float
    along: float
    put: float
    join: float


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
    given = ("committee.rivals=[]", f"runs={RUNS}")
    loaded = load("convention-2i", given)
    scenario = loaded.scenario
    done = planned_scenario(scenario)
    lived = Lived(scenario.model_dump_json(by_alias=True), done.plan.allocation, scenario.committee.policies)
    lot = Lot(range(BLOCK), (lived,))
    (content,) = live_lot(lot)
    with TemporaryDirectory() as folder:
        store = FolderStore(Path(folder), "0" * 64)
        keep = best(lambda: store.put("key", content))
        keys = tuple(lived.key(block) for block in blocks_of(RUNS))
        for key in keys:
            store.put(key, content)
        one = ToAnswer(0, loaded, done, store, keys)
        sent = taken_along(one)
        files = answered(sent).files
        place = AnswerFolder(Path(folder) / "answer", "0" * 64)

        def put() -> None:
            place.put(files, {}, {})
            discard_blocks(place.path)

        dispatch, join = dispatch_cost([b"x" * 14_000] * 300, 100)
        large, _ = dispatch_cost([content * len(keys)] * 20, sum(map(len, files.values())))
        return Costs(
            read=best(lambda: load("convention-2i", (*given, "envelope_eur=120000000"))),
            plan=best(lambda: planned_scenario(scenario)),
            block=best(lambda: live_lot(lot)),
            dispatch=dispatch,
            keep=keep,
            answer=best(lambda: answered(sent)),
            along=best(lambda: taken_along(one)) + large - dispatch,
            put=best(put),
            join=join,
        )


def given_back(piece: tuple[bytes, int]) -> bytes:
    """An answer of a size."""
    return bytes(piece[1])


def dispatch_cost(contents: list[bytes], size: int) -> tuple[float, float]:
    """What pieces cost the caller over a Dask scheduler in this process: each one, and each call.

    Args:
        contents: what is sent with each piece.
        size: of each answer, bytes.
    """
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=":0"
    ) as cluster:

        def spread(several: list[bytes]) -> float:
            started = time.process_time()
            pieces = [(content, size) for content in several]
            answers = list(over_cluster(given_back, pieces, cluster.scheduler_address))
            if len(answers) != len(several):
                raise AssertionError("a piece has no answer")
            return time.process_time() - started

        spread(contents[:1])
        one, all_of_them = spread(contents[:1]), spread(contents)
        each = (all_of_them - one) / (len(contents) - 1)
        # Joining and leaving the cluster is paid once, whatever the number of pieces.
        return each, max(one - each, 0.0)


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
    """One scenario: its plan, then its blocks; the caller puts the answer together."""
    blocks = [found.block] * (runs // BLOCK)
    return found.plan + found.join + makespan(blocks, workers, found.dispatch, found.keep) + found.answer + found.put


def sweep_seconds(found: Costs, variants: int, workers: int, *, alone: bool = False) -> float:
    """Variants of the same draws: some at a time, plans first, then lots, then answers.

    Args:
        found: the costs.
        variants, workers: how many.
        alone: the caller puts the answers together by itself, instead of handing them out.
    """
    at_a_time, total = max(AT_A_TIME, workers), 0.0
    for first in range(0, variants, at_a_time):
        some = min(at_a_time, variants - first)
        total += some * found.read
        total += found.join + makespan([found.plan] * some, workers, found.dispatch, 0.0)
        together = min(some, MOST_TOGETHER)
        lots = [found.block * together] * (some * RUNS // BLOCK // together)
        total += found.join + makespan(lots, workers, found.dispatch, together * found.keep)
        if alone:
            total += some * (found.answer + found.put)
            continue
        for at in range(0, some, ANSWERS_AT_A_TIME):
            answers = [found.answer] * min(ANSWERS_AT_A_TIME, some - at)
            total += found.join + makespan(answers, workers, found.dispatch + found.along, found.put)
    return total


def table(found: Costs) -> str:
    """The three workloads by number of workers."""
    works = (
        ("1,000 runs of one scenario", lambda workers: run_seconds(found, 1_000, workers)),
        ("64 variants x 100 runs", lambda workers: sweep_seconds(found, 64, workers)),
        ("1,000 variants x 100 runs", lambda workers: sweep_seconds(found, 1_000, workers)),
        ("64 variants, answers by the caller", lambda workers: sweep_seconds(found, 64, workers, alone=True)),
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

`--cluster` (of `run`, `compare` and `sweep`; `cluster=` in Python) hands blocks of four runs, plans, and in a sweep the
putting together of each variant's answer to an existing Dask cluster through joblib's Dask backend
(`pip install 'enveloppe[cluster]'`). What is done comes back at once and is kept on the disk of the caller, which
alone writes; workers need no disk in common. A worker that is lost costs the pieces it had, which others take; the
bytes are those of one machine. Workers with other sources or libraries are refused, since theirs would not be. A
scheduler that is lost ends the call with exit code 4; the same call goes on from what was finished. So does, within
seconds, an address where nobody answers, or something that is no scheduler. Give workers one thread each.

The figures below come from `python benchmarks/scaling.py > docs/scaling.md`: what a piece costs is **measured** on the
machine that wrote this page; many workers are **simulated** (each piece goes to the first free worker; one caller hands
out pieces and keeps answers, one after the other). No network is in it but what a Dask scheduler in the same process
costs: slow links come on top.
"""
FOOT = """
In the sweeps of this table variants differ in money alone, so that a piece is four runs of eight variants on the same
draws (what drawing once saves is not counted). The last row is the same sweep if the caller put the answers together by
itself, as `run` does with its only one.

What limits: a single run of a scenario waits for its plan, which is not shared out. In a sweep the caller reads each
variant, hands out pieces and writes what comes back; past the point where that takes all its time, more workers bring
nothing. Sweeps plan as many variants at a time as there are workers (at least 16), then live them through, then put
their answers together; a worker without a piece waits for the last one of each step.
"""


def page() -> str:
    """The whole of docs/scaling.md."""
    found = costs()
    told = (
        f"| measured (`convention-2i`, one policy, best of 3, CPU time) | seconds |\n|---|---:|\n"
        f"| reading a variant | {found.read:.3f} |\n| a plan | {found.plan:.3f} |\n"
        f"| a block of {BLOCK} runs | {found.block:.3f} |\n"
        f"| putting the answer of a variant together | {found.answer:.3f} |\n"
        f"| handing out a piece and taking its answer | {found.dispatch:.4f} |\n"
        f"| keeping a finished block on disk | {found.keep:.4f} |\n"
        f"| sending the runs of a variant along | {found.along:.3f} |\n"
        f"| writing the answer of a variant | {found.put:.4f} |\n"
        f"| joining and leaving the cluster, each step | {found.join:.3f} |\n"
    )
    return f"{HEAD}\n{told}\n{table(found)}\n{FOOT}"


if __name__ == "__main__":
    print(page(), end="")
