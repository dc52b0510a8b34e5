"""Variants planned and lived through over workers, a few at a time, so that what is finished is safe."""

import errno
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, TypeVar

from enveloppe.advisers import ADVISERS
from enveloppe.block_folder import FolderStore, discard_blocks
from enveloppe.draws_folder import DrawsFolder
from enveloppe.folder import json_bytes, npz_bytes
from enveloppe.pipeline import NoPlan, Planned, found_out, planned_scenario
from enveloppe.sweeping.cache import FINDINGS, NO_PLAN, AnswerFolder
from optimiser.plan import Infeasible
from reports.tables import allocation_csv
from scenarios.loading import Loaded
from scenarios.scenario import Scenario
from sim.blocks import from_bytes
from sim.draw_key import draw_key
from sim.experiment import Experiment
from sim.ground import ground_of
from sim.lots import Lived, Lot, blocks_of, live_lot, lots_of
from sim.outcome import joined
from sim.summary import runs_arrays
from sim.workers import Workers, over_workers

Progress = Callable[[int, int], None]
Piece = TypeVar("Piece")
Answer = TypeVar("Answer")
Over = Callable[[Callable[[Any], Any], Sequence[Any]], Generator[tuple[Any, Any], None, None]]
"""How a task is done on many pieces: here, over processes, or over a cluster."""

AT_A_TIME = 16
"""Variants planned before any of them is lived through, at least; as many as there are workers where there are more."""


@dataclass(frozen=True, eq=False)
class ToLive:
    """A variant that has no answer yet."""

    loaded: Loaded
    folder: AnswerFolder


@dataclass(frozen=True, eq=False)
class _VariantPlan:
    planned: Planned
    seconds: float


@dataclass(frozen=True)
class _NoVariantPlan:
    told: dict[str, Any]
    seconds: float


def live(
    wanted: Sequence[Callable[[], ToLive]], over: Over, progress: Progress | None = None, threads: int = 1
) -> None:
    """Give every variant its answer.

    Args:
        wanted: the variants that have none, each read only when its turn has come.
        over: how work is spread.
        progress: told how many variants are done, and of how many.
        threads: how many pieces are worked on at once; it changes no byte.

    Raises:
        WorkerLost: where a piece of work ends its worker again and again.
        FolderRefused, OSError: where an answer cannot be written; those written before stay.
    """
    done = 0

    def finished() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, len(wanted))

    left = deque(wanted)
    while left:
        some = [left.popleft()() for _ in range(min(max(AT_A_TIME, threads), len(left)))]
        plans: dict[int, _VariantPlan] = {}
        questions = [(number, one.loaded.scenario.model_dump_json(by_alias=True)) for number, one in enumerate(some)]
        with closing(over(_plan, questions)) as planned:
            for (number, _), plan in planned:
                if isinstance(plan, _NoVariantPlan):
                    _write_no_plan(some[number], plan)
                    finished()
                else:
                    plans[number] = plan
        for _ in _lived(some, plans, over):
            finished()


def _plan(piece: tuple[int, str]) -> _VariantPlan | _NoVariantPlan:
    started = time.perf_counter()
    try:
        done = planned_scenario(Scenario.model_validate_json(piece[1]))
    except NoPlan as none:
        return _NoVariantPlan(_no_plan_told(none), time.perf_counter() - started)
    return _VariantPlan(done, time.perf_counter() - started)


def _no_plan_told(none: NoPlan) -> dict[str, Any]:
    answer = none.answer
    if isinstance(answer, Infeasible):
        return {"status": "infeasible", "rows": [row.row for row in answer.rows]}
    return {"status": "limit", "reason": answer.reason, "iterations": answer.iterations}


def _timed(lot: Lot) -> tuple[tuple[bytes, ...], float]:
    started = time.perf_counter()
    return live_lot(lot), time.perf_counter() - started


def _lived(some: Sequence[ToLive], plans: dict[int, _VariantPlan], over: Over) -> Iterator[int]:
    """Live what was planned through; yields each variant when its answer is written."""
    stores, kept, left, number_of = {}, {}, Counter[int](), {}
    seconds: defaultdict[int, float] = defaultdict(float)
    lived_runs = Counter[int]()
    wanted = []
    for number, plan in plans.items():
        # The tier of pay support that was chosen is part of what is lived, and so of what is drawn.
        scenario = plan.planned.scenario
        question = scenario.model_dump_json(by_alias=True)
        policies = scenario.committee.policies
        made = tuple((policy, ADVISERS[policy]) for policy in policies if policy in ADVISERS)
        variant = Lived(question, plan.planned.plan.allocation, policies, made)
        blocks = blocks_of(scenario.runs)
        folder = some[number].folder.path
        folder.mkdir(parents=True, exist_ok=True)
        store = FolderStore(folder, some[number].folder.key)
        keys = {block: variant.key(block) for block in blocks}
        missing = [block for block in blocks if store.get(keys[block]) is None]
        stores[number], kept[number], left[number] = store, keys, len(missing)
        wanted.append((draw_key(scenario), variant, missing))
        number_of[id(variant)] = number
    for number in plans:
        if not left[number]:
            _write(some[number], plans[number], stores[number], kept[number], 0.0, 0)
            yield number
    with closing(over(_timed, lots_of(wanted, DrawsFolder()))) as lived:
        for lot, (contents, taken) in lived:
            for variant, content in zip(lot.variants, contents, strict=True):
                number = number_of[id(variant)]
                stores[number].put(kept[number][lot.block], content)
                left[number] -= 1
                seconds[number] += taken / len(lot.variants)
                lived_runs[number] += len(lot.block)
                if not left[number]:
                    took, runs = seconds[number], lived_runs[number]
                    _write(some[number], plans[number], stores[number], kept[number], took, runs)
                    yield number


def _write(
    one: ToLive, plan: _VariantPlan, store: FolderStore, keys: dict[range, str], seconds: float, runs: int
) -> None:
    """Write an answer; `runs` were lived in `seconds` just now, the others stood there before."""
    loaded, scenario = one.loaded, plan.planned.scenario
    contents = [content for key in keys.values() if (content := store.get(key)) is not None]
    if len(contents) < len(keys):
        raise OSError(errno.EIO, "some of its blocks of runs are not what was written there a moment ago")
    outcome = joined([from_bytes(content, scenario.committee.policies) for content in contents])
    experiment = Experiment(ground_of(scenario), scenario.runs, outcome.need, outcome.policies)
    trip = found_out(loaded, plan.planned, experiment)
    files = {
        FINDINGS: json_bytes(trip.findings),
        "runs.npz": npz_bytes(runs_arrays(experiment)),
        "allocation.csv": allocation_csv(trip.allocation).encode("utf-8"),
    }
    told = {"plan": plan.seconds, "live": seconds, "runs": float(runs)} if runs else {}
    one.folder.put(files, told, _proof(loaded))
    discard_blocks(one.folder.path)


def _write_no_plan(one: ToLive, none: _NoVariantPlan) -> None:
    one.folder.put({NO_PLAN: json_bytes(none.told)}, {"plan": none.seconds}, _proof(one.loaded))


def _proof(loaded: Loaded) -> dict[str, Any]:
    return {
        "scenario": loaded.scenario.name,
        "scenario_sha256": loaded.hash,
        "seed": loaded.scenario.seed,
        "runs": loaded.scenario.runs,
        "overrides": loaded.overrides,
    }


def over_jobs(jobs: Workers) -> Over:
    """Work spread over processes of this machine (a single one is this process itself), or over a cluster."""

    def spread(task: Callable[[Piece], Answer], pieces: Sequence[Piece]) -> Generator[tuple[Piece, Answer], None, None]:
        if isinstance(jobs, str) or (jobs > 1 and len(pieces) > 1):
            return over_workers(task, pieces, jobs)
        return _here(task, pieces)

    return spread


def _here(task: Callable[[Piece], Answer], pieces: Sequence[Piece]) -> Generator[tuple[Piece, Answer], None, None]:
    for piece in pieces:
        yield piece, task(piece)
