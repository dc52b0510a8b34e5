"""Blocks over processes: each is told when it is done; a worker that is killed costs its blocks, not the run."""

import signal
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from typing import TypeVar

from joblib import Parallel, delayed

Answer = TypeVar("Answer")

TRIES = 3
"""How often a block is handed out again, alone, before it is given up."""


class WorkerLost(Exception):  # noqa: N818 - it names a block, not a mistake of the caller's
    """A block ended its worker every time that it was handed out."""

    def __init__(self, block: range) -> None:
        """Keep the block."""
        super().__init__(f"runs {block.start} to {block.stop - 1} ended their worker {TRIES + 1} times")
        self.block = block


def over_workers(
    task: Callable[[range], Answer], blocks: Sequence[range], jobs: int
) -> Generator[tuple[range, Answer], None, None]:
    """Run a task on blocks over processes.

    Args:
        task: what a worker does with a block; it crosses to the workers.
        blocks: which runs.
        jobs: how many workers.

    Yields:
        Blocks and answers, in the order in which they are done.

    Raises:
        WorkerLost: where a block ends its worker again and again.
    """
    left, lost = list(blocks), 0
    while left:
        # After a loss nobody knows whose worker it was: the first that is left is tried alone.
        batch = left if not lost else left[:1]
        tasks = (delayed(_numbered)(task, block) for block in batch)
        # Closing the generator, or interrupting it, is how joblib is told to end its workers at once.
        with _interrupts_unheard():
            answers = Parallel(n_jobs=jobs, backend="loky", return_as="generator_unordered", batch_size=1)(tasks)
        try:
            with closing(answers):
                for block, answer in answers:
                    left.remove(block)
                    yield block, answer
            lost = 0
        except BrokenProcessPool:
            lost += 1
            if lost > TRIES:
                raise WorkerLost(left[0]) from None


@contextmanager
def _interrupts_unheard() -> Generator[None, None, None]:
    """Workers that start here do not hear Ctrl-C: the terminal sends it to all, the parent alone answers it.

    A worker interrupted while it starts would print its own traceback.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler if before is None else before)


def _numbered(task: Callable[[range], Answer], block: range) -> tuple[range, Answer]:
    return block, task(block)
