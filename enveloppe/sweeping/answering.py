"""A variant's answer put together out of its stored blocks of runs; a worker does it, wherever it is."""

import errno
import time
from dataclasses import dataclass, replace
from typing import Any

from enveloppe.folder import json_bytes, npz_bytes
from enveloppe.pipeline import Planned, found_out
from enveloppe.sweeping.cache import FINDINGS
from reports.tables import allocation_csv
from scenarios.loading import Loaded
from sim.blocks import BlockStore, from_bytes
from sim.experiment import Experiment
from sim.ground import ground_of
from sim.outcome import joined
from sim.summary import runs_arrays


@dataclass(frozen=True, eq=False)
class ToAnswer:
    """A variant whose runs are lived.

    Attributes:
        number: among those worked on.
        loaded: the question.
        planned: its plan.
        blocks: where its blocks of runs are; it crosses to the workers.
        keys: of its blocks, in order.
    """

    number: int
    loaded: Loaded
    planned: Planned
    blocks: BlockStore
    keys: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Answered:
    """An answer that is not written yet.

    Attributes:
        files: by name; none where a block is not what was stored.
        figures: what the table of a sweep tells of it.
        seconds: how long putting it together took.
    """

    files: dict[str, bytes]
    figures: dict[str, Any]
    seconds: float


@dataclass(frozen=True)
class Carried:
    """Blocks taken along, for a worker that has another disk; a `sim.blocks.BlockStore` that is only read."""

    contents: dict[str, bytes]

    def get(self, key: str) -> bytes | None:
        """The block of a key; None where it was not there when they were taken along."""
        return self.contents.get(key)

    def put(self, key: str, content: bytes) -> None:
        """Nothing is kept: what is lived is stored by who asked for it."""


def taken_along(one: ToAnswer) -> ToAnswer:
    """The same with its blocks in it."""
    found = {key: content for key in one.keys if (content := one.blocks.get(key)) is not None}
    return replace(one, blocks=Carried(found))


def answered(one: ToAnswer) -> Answered:
    """Put the answer of a variant together: the bytes that it has when it is run alone.

    Args:
        one: the variant, its plan and its runs.

    Returns:
        Its files and figures; no file where a block is missing or spoilt.
    """
    started = time.perf_counter()
    scenario = one.planned.scenario
    contents = [content for key in one.keys if (content := one.blocks.get(key)) is not None]
    if len(contents) < len(one.keys):
        return Answered({}, {}, time.perf_counter() - started)
    outcome = joined([from_bytes(content, scenario.committee.policies) for content in contents])
    experiment = Experiment(ground_of(scenario), scenario.runs, outcome.need, outcome.policies)
    trip = found_out(one.loaded, one.planned, experiment)
    files = {
        FINDINGS: json_bytes(trip.findings),
        "runs.npz": npz_bytes(runs_arrays(experiment)),
        "allocation.csv": allocation_csv(trip.allocation).encode("utf-8"),
    }
    return Answered(files, figures_told(trip.findings), time.perf_counter() - started)


def not_what_was_stored() -> OSError:
    """What is said where blocks were lost or spoilt while they were needed."""
    return OSError(errno.EIO, "some of its blocks of runs are not what was written there a moment ago")


def figures_told(answer: dict[str, Any]) -> dict[str, Any]:
    """Of an answer only what the table of a sweep tells: thousands of them stay in memory.

    Args:
        answer: findings, or why there is no plan.
    """
    if "simulation" not in answer:
        return {"status": answer["status"]}
    plan = {name: answer["plan"][name] for name in ("pathways", "cost_cents", "objective") if name in answer["plan"]}
    return {"status": "done", "plan": plan, "kpis": answer["simulation"]["kpis"]}
