"""How long the variants that are not cached will take, from what others took: by plan, by run and by answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from enveloppe.sweeping.cache import MANIFEST, AnswerFolder

MOST_LOOKED_AT = 50

Basis = Literal["these", "others"]


@dataclass(frozen=True)
class Estimate:
    """An estimate of time.

    Attributes:
        seconds: of the whole, with the workers given.
        plan_seconds, run_seconds, answer_seconds: what a plan, a run and putting an answer together took one worker, on
            the mean.
        measured: how many variants that was measured on.
        measured_runs: how many runs of them, in all.
        basis: "these" where they are variants of this very sweep, "others" where they are of an earlier one in the same
            folder: with another number of runs, other values or another engine.
    """

    seconds: float
    plan_seconds: float
    run_seconds: float
    answer_seconds: float
    measured: int
    measured_runs: int
    basis: Basis


def estimate(
    cached: Iterable[AnswerFolder], others: Iterable[AnswerFolder], runs: Sequence[int], workers: int
) -> Estimate | None:
    """The time that some variants will take.

    Args:
        cached: folders of answers of this sweep.
        others: further folders of answers, looked at where no answer of this sweep was timed.
        runs: how many runs each variant to come has.
        workers: that share the work.

    Returns:
        None where nothing was measured yet.
    """
    folders: tuple[tuple[Basis, Iterable[AnswerFolder]], ...] = (("these", cached), ("others", others))
    for basis, several in folders:
        timed = list(_timed(several))
        if not timed:
            continue
        lived = sum(one["runs"] for one in timed)
        plan = sum(one["plan"] for one in timed) / len(timed)
        # Of all runs together: a variant of few runs bears what it takes to start, and counts for few.
        run = sum(one["live"] for one in timed) / lived
        answer = sum(one.get("answer", 0.0) for one in timed) / len(timed)
        seconds = sum(plan + run * count + answer for count in runs) / max(workers, 1)
        return Estimate(seconds, plan, run, answer, len(timed), round(lived), basis)
    return None


def others_in(folder: Path, known: Iterable[AnswerFolder]) -> Iterator[AnswerFolder]:
    """The answers in the folder of a sweep that are none of this sweep's.

    Args:
        folder: of the sweep; may be missing.
        known: the folders of this sweep's variants.
    """
    mine = {place.path for place in known}
    for manifest in sorted((folder / "variants").glob(f"*/{MANIFEST}")):
        if manifest.parent not in mine:
            yield AnswerFolder(manifest.parent, "")


def _timed(folders: Iterable[AnswerFolder]) -> Iterator[dict[str, float]]:
    """What is known of some of them: a plan and the runs that were lived with it."""
    found = 0
    for folder in folders:
        told = folder.seconds()
        if "plan" in told and "live" in told and told.get("runs", 0.0) > 0:
            yield told
            found += 1
        if found == MOST_LOOKED_AT:
            return
