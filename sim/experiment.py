"""Many runs, over processes: the same bytes for any number of workers."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache

from scenarios.allocation import Allocation
from scenarios.committee import Policy
from scenarios.committee_view import Adviser, AdviserMaker
from scenarios.scenario import Scenario
from scenarios.stock import Stock
from sim.blocks import BLOCK, BlockStore, block_key, from_bytes, to_bytes
from sim.draw_key import draw_key
from sim.drawn import draws_of
from sim.engines import EngineName, engine_named
from sim.ground import Ground, ground_of
from sim.one_run import run_once
from sim.outcome import NeedOutcome, Outcome, PolicyOutcome, joined
from sim.workers import Workers, over_workers

Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Experiment:
    """Runs 0 to `runs` - 1 of a scenario under some policies, on the same luck.

    Attributes:
        ground: the scenario laid out.
        runs: how many.
        need: what they asked, first axis the run.
        policies: what each policy did, in the order asked for; the first is the scenario's headline.
    """

    ground: Ground
    runs: int
    need: NeedOutcome
    policies: tuple[PolicyOutcome, ...]

    def under(self, policy: Policy) -> PolicyOutcome:
        """What a policy did; raises KeyError for one that was not lived through."""
        for outcome in self.policies:
            if outcome.policy == policy:
                return outcome
        raise KeyError(policy)


def simulate(
    scenario: Scenario,
    allocation: Allocation,
    policies: Sequence[Policy] | None = None,
    runs: int | None = None,
    jobs: Workers = 1,
    progress: Progress | None = None,
    engine: EngineName = "compiled",
    store: BlockStore | None = None,
    stock: Stock | None = None,
    advisers: Mapping[Policy, AdviserMaker] | None = None,
    draws: BlockStore | None = None,
) -> Experiment:
    """Live through many runs.

    Args:
        scenario: a checked scenario.
        allocation: the money notified to each line at the opening.
        policies: which policies, the headline first; by default the scenario's policy, then its rivals.
        runs: how many; by default as the scenario says.
        jobs: worker processes, 1 stays in this process; or the address of a Dask cluster.
        progress: told how many runs are done, and of how many.
        engine: by which runs are lived.
        store: keeps finished blocks of runs; what it holds already is not lived again.
        stock: requests in flight that every run starts from on the stock's first day, in place of the opening; the
            allocation then tells what each line holds in all on that day (`sim.beginning.in_force`).
        advisers: for each policy that is handed to the simulator (`reoptimise`) what makes its adviser of the
            scenario: a function of a module, so that each process makes its own.
        draws: keeps the requests of runs from one call to another (`sim.drawn`); it crosses to the workers.

    Returns:
        Experiment: the same bytes for any number of workers, by either engine, resumed or not.

    Raises:
        ValueError: where a policy lacks its adviser, a stock does not belong to the scenario, or the allocation not to
            the money there is.
        WorkerLost: where a block of runs ends its worker again and again.
    """
    chosen = tuple(policies) if policies is not None else scenario.committee.policies
    count = scenario.runs if runs is None else runs
    if count < 1 or not chosen:
        raise ValueError("an experiment needs at least one run and one policy")
    question, ground = scenario.model_dump_json(by_alias=True), ground_of(scenario)
    made = tuple((policy, advisers[policy]) for policy in chosen if advisers and policy in advisers)
    blocks = [range(first, min(first + BLOCK, count)) for first in range(0, count, BLOCK)]
    keys = {
        block: block_key(question, engine, allocation, chosen, block, stock, made)
        for block in blocks
        if store is not None
    }
    done: dict[range, Outcome] = {}

    def tell() -> None:
        if progress is not None and done:
            progress(sum(map(len, done)), count)

    for block, key in keys.items():
        stored = store.get(key) if store is not None else None
        if stored is not None:
            done[block] = from_bytes(stored, chosen)
    # All at once: how fast they were read back says nothing of how long the others will take.
    tell()
    task = _Task(question, allocation, chosen, engine, stock, made, draws)
    left = [block for block in blocks if block not in done]
    with closing(over_workers(task, left, jobs) if jobs != 1 else task.here(left, ground)) as lived:
        for block, outcome in lived:
            if store is not None:
                store.put(keys[block], to_bytes(outcome))
            done[block] = outcome
            tell()
    outcome = joined([done[block] for block in blocks])
    return Experiment(ground, count, outcome.need, outcome.policies)


@lru_cache(maxsize=1)
def _laid_out(question: str) -> Ground:
    """One text crosses to the workers, and each lays the scenario out once."""
    return ground_of(Scenario.model_validate_json(question))


@lru_cache(maxsize=1)
def _draw_key(question: str) -> str:
    return draw_key(Scenario.model_validate_json(question))


@lru_cache(maxsize=4)
def adviser_made(question: str, maker: AdviserMaker) -> Adviser:
    """The adviser of a scenario; each process makes it once.

    Args:
        question: the scenario as JSON.
        maker: what makes it.

    Returns:
        The adviser.
    """
    # Of the scenario as it was asked: what is laid out knows all events that will come.
    return maker(Scenario.model_validate_json(question))


@dataclass(frozen=True)
class _Task:
    """What is done with a block, here or in a worker."""

    question: str
    allocation: Allocation
    policies: tuple[Policy, ...]
    engine: EngineName
    stock: Stock | None
    made: tuple[tuple[Policy, AdviserMaker], ...]
    draws: BlockStore | None = None

    def __call__(self, block: range) -> Outcome:
        return self.on(_laid_out(self.question), block)

    def on(self, ground: Ground, block: range) -> Outcome:
        engine = engine_named(self.engine)
        advisers = {policy: adviser_made(self.question, maker) for policy, maker in self.made}
        key = "" if self.draws is None else _draw_key(self.question)
        return joined(
            [
                run_once(ground, self.allocation, self.policies, run, engine, self.stock, drawn, advisers)
                for run, drawn in zip(block, draws_of(ground, block, self.draws, key), strict=True)
            ]
        )

    def here(self, blocks: Sequence[range], ground: Ground) -> Generator[tuple[range, Outcome], None, None]:
        for block in blocks:
            yield block, self.on(ground, block)
