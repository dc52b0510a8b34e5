"""Many runs, over processes: the same bytes for any number of workers."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache

from joblib import Parallel, delayed

from scenarios.allocation import Allocation
from scenarios.committee import Policy
from scenarios.scenario import Scenario
from sim.engines import EngineName, engine_named
from sim.ground import Ground, ground_of
from sim.one_run import run_once
from sim.outcome import NeedOutcome, Outcome, PolicyOutcome, joined

Progress = Callable[[int, int], None]

BLOCK = 8
"""Runs handed to a worker at a time."""


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
    jobs: int = 1,
    progress: Progress | None = None,
    engine: EngineName = "compiled",
) -> Experiment:
    """Live through many runs.

    Args:
        scenario: a checked scenario.
        allocation: the money notified to each line at the opening.
        policies: which policies, the headline first; by default the scenario's policy, then its rivals.
        runs: how many; by default as the scenario says.
        jobs: worker processes; 1 stays in this process.
        progress: told how many runs are done, and of how many.
        engine: by which runs are lived.

    Returns:
        Experiment: the same bytes for any number of workers, and by either engine.
    """
    chosen = tuple(policies) if policies is not None else (scenario.committee.policy, *scenario.committee.rivals)
    count = scenario.runs if runs is None else runs
    if count < 1 or not chosen:
        raise ValueError("an experiment needs at least one run and one policy")
    parts: list[Outcome] = []
    done = 0
    with closing(_lived(scenario, allocation, chosen, count, jobs, engine)) as lived:
        for part, size in lived:
            parts.append(part)
            done += size
            if progress is not None:
                progress(done, count)
    outcome = joined(parts)
    return Experiment(ground_of(scenario), count, outcome.need, outcome.policies)


def _lived(
    scenario: Scenario, allocation: Allocation, policies: tuple[Policy, ...], count: int, jobs: int, engine: EngineName
) -> Generator[tuple[Outcome, int], None, None]:
    """Outcomes in the order of the runs, each with how many runs it holds."""
    if jobs == 1:
        ground = ground_of(scenario)
        for run in range(count):
            yield run_once(ground, allocation, policies, run, engine_named(engine)), 1
        return
    # Small enough that every worker has several blocks, so that none waits long for the last.
    size = max(1, min(BLOCK, count // (4 * max(jobs, 1))))
    blocks = [range(first, min(first + size, count)) for first in range(0, count, size)]
    # One text crosses to the workers, and each lays the scenario out once.
    question = scenario.model_dump_json(by_alias=True)
    tasks = (delayed(_block)(question, allocation, policies, block, engine) for block in blocks)
    # Closing the generator, or interrupting it, is how joblib is told to end its workers at once.
    outcomes = Parallel(n_jobs=jobs, backend="loky", return_as="generator", batch_size=1)(tasks)
    with closing(outcomes):
        for block, outcome in zip(blocks, outcomes, strict=True):
            yield outcome, len(block)


@lru_cache(maxsize=1)
def _laid_out(question: str) -> Ground:
    return ground_of(Scenario.model_validate_json(question))


def _block(
    question: str, allocation: Allocation, policies: tuple[Policy, ...], block: range, engine: EngineName
) -> Outcome:
    ground = _laid_out(question)
    return joined([run_once(ground, allocation, policies, run, engine_named(engine)) for run in block])
