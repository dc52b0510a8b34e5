"""Sequential stopping: as many runs as one key figure needs to be known as well as asked."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.allocation import Allocation
from scenarios.committee_view import AdviserMaker
from scenarios.policies import Policy
from scenarios.scenario import Scenario
from sim.blocks import BLOCK, BlockStore
from sim.engines import EngineName
from sim.experiment import Experiment, Progress, simulate
from sim.kpis import KPIS, Seen
from sim.statistics import figure, half_width_95
from sim.workers import Workers

FEWEST_RUNS = 40
"""Before so many runs nothing is concluded: an error estimated on few runs is itself too rough to stop on."""
SPARE = 1.05
"""What the next round aims beyond the runs that the error so far asks for."""
LARGEST_STEP = 4
"""A round at most multiplies the runs by this: an early error that happens to be large must not waste hours."""


@dataclass(frozen=True)
class StoppingRule:
    """Stop when the 95 % half-width of a key figure's mean is small enough.

    Attributes:
        kpi: its name.
        half_width: in the figure's unit, or as a share of its mean; positive.
        relative: whether `half_width` is a share of the mean.
        most_runs: where to stop at the latest.
    """

    kpi: str
    half_width: float
    relative: bool
    most_runs: int


@dataclass(frozen=True)
class Stopped:
    """How the runs ended.

    Attributes:
        rule: what was asked.
        reached: the half-width at the end, in the figure's unit; None where the figure applies to no run.
        wanted: the half-width asked for, in the figure's unit; None likewise.
    """

    rule: StoppingRule
    reached: float | None
    wanted: float | None

    @property
    def held(self) -> bool:
        """Whether the figure is known as well as asked."""
        return self.reached is not None and self.wanted is not None and self.reached <= self.wanted

    def told(self) -> dict[str, Any]:
        """As `simulation.stopping` of docs/findings.md says."""
        out: dict[str, Any] = {"kpi": self.rule.kpi, "held": self.held, "most_runs": self.rule.most_runs}
        if self.rule.relative:
            out["asked_share"] = self.rule.half_width
        if self.wanted is not None and self.reached is not None:
            out["wanted_half_width"], out["half_width"] = figure(self.wanted), figure(self.reached)
        return out


class _Remembered:
    """Blocks kept in memory between rounds, in front of a store where there is one."""

    def __init__(self, behind: BlockStore | None) -> None:
        self._behind, self._blocks = behind, dict[str, bytes]()

    def get(self, key: str) -> bytes | None:
        if key in self._blocks or self._behind is None:
            return self._blocks.get(key)
        return self._behind.get(key)

    def put(self, key: str, content: bytes) -> None:
        self._blocks[key] = content
        if self._behind is not None:
            self._behind.put(key, content)


def simulate_until(
    scenario: Scenario,
    allocation: Allocation,
    rule: StoppingRule,
    jobs: Workers = 1,
    progress: Progress | None = None,
    engine: EngineName = "compiled",
    store: BlockStore | None = None,
    advisers: Mapping[Policy, AdviserMaker] | None = None,
    draws: BlockStore | None = None,
) -> tuple[Experiment, Stopped]:
    """Live through runs in rounds, until a key figure is known well enough or there are too many.

    Each round is planned from the error of the runs before, so that where it stops depends on the scenario and the
    rule alone: neither on workers nor on interruptions.

    Args:
        scenario: a checked scenario; its own number of runs is not looked at.
        allocation: the money notified to each line at the opening.
        rule: when to stop.
        jobs, progress, engine, store, advisers, draws: as of `simulate`; progress counts the runs of the round.

    Returns:
        The experiment, the same as `simulate` gives for as many runs, and how it ended.

    Source: Chow and Robbins (1965), "On the asymptotic theory of fixed-width sequential confidence intervals",
    Annals of Mathematical Statistics 36; the coverage is slightly below 95 % with few runs.
    """
    kept = _Remembered(store)
    runs = min(FEWEST_RUNS, rule.most_runs)
    while True:
        experiment = simulate(
            scenario, allocation, None, runs, jobs, progress, engine, kept, advisers=advisers, draws=draws
        )
        stopped = judged(experiment, rule)
        if stopped.held or runs >= rule.most_runs:
            return experiment, stopped
        runs = next_runs(runs, stopped, rule)


def judged(experiment: Experiment, rule: StoppingRule) -> Stopped:
    """How well the runs so far know the figure.

    Args:
        experiment: the runs.
        rule: what is asked of them.

    Returns:
        Stopped: with both half-widths in the figure's unit.
    """
    kpi = next(one for one in KPIS if one.name == rule.kpi)
    values = kpi.of(Seen(experiment, experiment.policies[0]))
    reached = None if values is None else half_width_95(values, kpi.unit)
    if values is None or reached is None:
        return Stopped(rule, None, None)
    known = values[values == values]
    wanted = rule.half_width * abs(float(known.mean())) if rule.relative else rule.half_width
    return Stopped(rule, reached, wanted)


def next_runs(runs: int, stopped: Stopped, rule: StoppingRule) -> int:
    """How many runs the next round should have in all: a half-width falls as one over the root of the runs.

    Args:
        runs: lived so far.
        stopped: how well they know the figure.
        rule: what is asked.

    Returns:
        More than `runs`, a whole number of blocks or `most_runs`.
    """
    if stopped.reached is None or not stopped.wanted:
        aim = float(LARGEST_STEP * runs)
    else:
        aim = min(SPARE * runs * (stopped.reached / stopped.wanted) ** 2, LARGEST_STEP * runs)
    blocks = max(math.ceil(aim / BLOCK), runs // BLOCK + 2)
    return min(blocks * BLOCK, rule.most_runs)
