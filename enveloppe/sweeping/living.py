"""Variants planned and lived through over workers, a few at a time, so that what is finished is safe."""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, TypeVar

from enveloppe.advisers import ADVISERS
from enveloppe.block_folder import FolderStore, discard_blocks
from enveloppe.draws_folder import DrawsFolder
from enveloppe.folder import json_bytes
from enveloppe.pipeline import NoPlan, Planned, planned_scenario
from enveloppe.sweeping.answering import ToAnswer, answered, figures_told, not_what_was_stored, taken_along
from enveloppe.sweeping.cache import NO_PLAN, AnswerFolder
from optimiser.plan import Infeasible
from scenarios.loading import Loaded
from scenarios.scenario import Scenario
from sim.draw_key import draw_key
from sim.lots import Lived, Lot, blocks_of, live_lot, lots_of
from sim.workers import Workers, over_workers

Progress = Callable[[int, int], None]
Piece = TypeVar("Piece")
Answer = TypeVar("Answer")
Over = Callable[[Callable[[Any], Any], Sequence[Any]], Generator[tuple[Any, Any], None, None]]
"""How a task is done on many pieces: here, over processes, or over a cluster."""

AT_A_TIME = 16
"""Variants planned before any of them is lived through, at least; as many as there are workers where there are more."""
ANSWERS_AT_A_TIME = 64
"""Variants whose answers are put together at once: over a cluster their runs are in memory, megabytes each."""


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


@dataclass(frozen=True, eq=False)
class _Runs:
    """The runs of a variant as they come in: those lived just now are timed, the others stood there before."""

    store: FolderStore
    keys: dict[range, str]
    lived: list[tuple[int, float]]
    """How many, and in how many seconds."""


def live(
    wanted: Sequence[Callable[[], ToLive]],
    over: Over,
    progress: Progress | None = None,
    threads: int = 1,
    *,
    afar: bool = False,
) -> dict[str, dict[str, Any]]:
    """Give every variant its answer.

    Args:
        wanted: the variants that have none, each read only when its turn has come.
        over: how work is spread.
        progress: told how many variants are done, and of how many.
        threads: how many pieces are worked on at once; it changes no byte.
        afar: whether workers have another disk, so that runs are sent along.

    Returns:
        What the table of a sweep tells of each, by the key of its folder.

    Raises:
        WorkerLost: where a piece of work ends its worker again and again.
        FolderRefused, OSError: where an answer cannot be written; those written before stay.
    """
    told: dict[str, dict[str, Any]] = {}

    def finished(one: ToLive, figures: dict[str, Any]) -> None:
        told[one.folder.key] = figures
        if progress is not None:
            progress(len(told), len(wanted))

    left = deque(wanted)
    while left:
        some = [left.popleft()() for _ in range(min(max(AT_A_TIME, threads), len(left)))]
        plans: dict[int, _VariantPlan] = {}
        questions = [(number, one.loaded.scenario.model_dump_json(by_alias=True)) for number, one in enumerate(some)]
        with closing(over(_plan, questions)) as planned:
            for (number, _), plan in planned:
                if isinstance(plan, _NoVariantPlan):
                    _write_no_plan(some[number], plan)
                    finished(some[number], figures_told(plan.told))
                else:
                    plans[number] = plan
        runs = _lived(some, plans, over)
        for number, figures in _answers(some, plans, runs, over, afar=afar):
            finished(some[number], figures)
    return told


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


def _lived(some: Sequence[ToLive], plans: dict[int, _VariantPlan], over: Over) -> dict[int, _Runs]:
    """Live what was planned through; every block is stored as soon as it is done."""
    runs: dict[int, _Runs] = {}
    wanted, number_of = [], {}
    for number, plan in plans.items():
        # The tier of pay support that was chosen is part of what is lived, and so of what is drawn.
        scenario = plan.planned.scenario
        question = scenario.model_dump_json(by_alias=True)
        policies = scenario.committee.policies
        made = tuple((policy, ADVISERS[policy]) for policy in policies if policy in ADVISERS)
        variant = Lived(question, plan.planned.plan.allocation, policies, made)
        folder = some[number].folder.path
        folder.mkdir(parents=True, exist_ok=True)
        store = FolderStore(folder, some[number].folder.key)
        keys = {block: variant.key(block) for block in blocks_of(scenario.runs)}
        runs[number] = _Runs(store, keys, [])
        wanted.append((draw_key(scenario), variant, [block for block in keys if store.get(keys[block]) is None]))
        number_of[id(variant)] = number
    with closing(over(_timed, lots_of(wanted, DrawsFolder()))) as lived:
        for lot, (contents, taken) in lived:
            for variant, content in zip(lot.variants, contents, strict=True):
                mine = runs[number_of[id(variant)]]
                mine.store.put(mine.keys[lot.block], content)
                mine.lived.append((len(lot.block), taken / len(lot.variants)))
    return runs


def _answers(
    some: Sequence[ToLive], plans: dict[int, _VariantPlan], runs: dict[int, _Runs], over: Over, *, afar: bool
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Put the answers together, some at a time, and write each; yields each variant with its figures."""
    left = deque(
        ToAnswer(number, some[number].loaded, plans[number].planned, mine.store, tuple(mine.keys.values()))
        for number, mine in runs.items()
    )
    while left:
        pieces = [left.popleft() for _ in range(min(ANSWERS_AT_A_TIME, len(left)))]
        with closing(over(answered, [taken_along(one) for one in pieces] if afar else pieces)) as done:
            for one, answer in done:
                if not answer.files:
                    raise not_what_was_stored()
                mine, folder = runs[one.number], some[one.number].folder
                lived, seconds = (sum(column) for column in zip(*mine.lived, strict=True)) if mine.lived else (0, 0.0)
                timed = {"plan": plans[one.number].seconds, "live": seconds, "runs": lived, "answer": answer.seconds}
                folder.put(answer.files, timed if lived else {}, _proof(one.loaded))
                discard_blocks(folder.path)
                yield one.number, answer.figures


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
