"""How long the variants that are not cached will take, from what those that are took."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enveloppe.sweeping.cache import AnswerFolder

MOST_LOOKED_AT = 50


@dataclass(frozen=True)
class Estimate:
    """An estimate of time.

    Attributes:
        seconds: of the whole, with the workers given.
        plan_seconds, run_seconds: what a plan and a run took one worker, on the mean.
        measured: how many variants that was measured on.
    """

    seconds: float
    plan_seconds: float
    run_seconds: float
    measured: int


def estimate(cached: Iterable[AnswerFolder], runs: Sequence[int], workers: int) -> Estimate | None:
    """The time that some variants will take.

    Args:
        cached: folders of answers.
        runs: how many runs each variant to come has.
        workers: that share the work.

    Returns:
        None where nothing was measured yet.
    """
    plans: list[float] = []
    lived: list[float] = []
    for folder in cached:
        told = folder.seconds()
        if "plan" in told and told.get("runs") and "live" in told:
            plans.append(told["plan"])
            lived.append(told["live"] / told["runs"])
        if len(plans) == MOST_LOOKED_AT:
            break
    if not plans:
        return None
    plan, run = sum(plans) / len(plans), sum(lived) / len(lived)
    seconds = sum(plan + run * count for count in runs) / max(workers, 1)
    return Estimate(seconds, plan, run, len(plans))
