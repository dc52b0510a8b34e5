"""The need of many runs by line and period of the plan, over processes: the same for any number of workers."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from scenarios.need_runs import NeedRuns
from scenarios.plan_periods import plan_periods
from scenarios.scenario import Scenario
from sim.blocks import BLOCK
from sim.engines import engine_named
from sim.ground import Ground, ground_of
from sim.inflow import draw_requests
from sim.need import need_of
from sim.price_list import PriceList
from sim.run_requests import together
from sim.workers import Workers, over_workers

Int = NDArray[np.int64]


def need_by_period(
    scenario: Scenario, runs: range, jobs: Workers = 1, progress: Callable[[int, int], None] | None = None
) -> NeedRuns:
    """The need of some runs by line and period.

    Args:
        scenario: a checked scenario.
        runs: which runs; those that a plan is made on number from `OPTIMISED_RUNS`.
        jobs: worker processes; 1 stays in this process.
        progress: told how many runs are done, and of how many.

    Returns:
        NeedRuns: pathways and cents of the requests that the need commits, in the period of their decision.
    """
    task = _Task(scenario.model_dump_json(by_alias=True))
    blocks = [range(first, min(first + BLOCK, runs.stop)) for first in range(runs.start, runs.stop, BLOCK)]
    done: dict[range, Int] = {}
    with closing(over_workers(task, blocks, jobs) if jobs != 1 else task.here(blocks)) as answers:
        for block, table in answers:
            done[block] = table
            if progress is not None:
                progress(sum(map(len, done)), len(runs))
    tables = np.concatenate([done[block] for block in blocks]).astype(np.float64)
    return NeedRuns(tables[:, 0], tables[:, 1])


@lru_cache(maxsize=1)
def _laid_out(question: str) -> tuple[Ground, Int]:
    ground = ground_of(Scenario.model_validate_json(question))
    _, ends = plan_periods(ground.scenario)
    opens = ground.calendar.opens.toordinal()
    return ground, (ends - opens + 1) * DAY


@dataclass(frozen=True)
class _Task:
    """What is done with a block of runs, here or in a worker: int64 (runs, 2, lines, periods)."""

    question: str

    def __call__(self, block: range) -> Int:
        ground, ends = _laid_out(self.question)
        return np.stack([_one_run(ground, ends, run) for run in block])

    def here(self, blocks: Sequence[range]) -> Generator[tuple[range, Int], None, None]:
        for block in blocks:
            yield block, self(block)


def _one_run(ground: Ground, ends: Int, run: int) -> Int:
    requests = together(ground, draw_requests(ground, run))
    examined = engine_named("compiled").examine(ground, requests, None)
    prices = PriceList(ground, requests)
    prices.foresee(examined.decision_minute)
    need = need_of(ground, requests, examined, prices)
    period = np.minimum(np.searchsorted(ends, need.minute, side="right"), len(ends) - 1)
    table = np.zeros((2, len(ground.cells.lines), len(ends)), dtype=np.int64)
    np.add.at(table[0], (requests.line[need.places], period), requests.all.trainees[need.places])
    np.add.at(table[1], (requests.line[need.places], period), need.cents)
    return table
