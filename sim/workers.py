"""Work over processes, here or on a cluster: each piece is told when it is done; a killed worker costs its pieces only.

A piece is a block of runs, or whatever else a task takes.
"""

import signal
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from typing import TypeVar

from sim.cluster import over_cluster

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")

Workers = int | str
"""Worker processes of this machine (1 is this process itself), or the address of a Dask cluster's scheduler."""

TRIES = 3
"""How often a piece is handed out again, alone, before it is given up."""


class WorkerLost(Exception):
    """A piece of work ended its worker every time that it was handed out."""

    def __init__(self, piece: object) -> None:
        """Keep the piece."""
        named = f"runs {piece.start} to {piece.stop - 1}" if isinstance(piece, range) else repr(piece)[:200]
        super().__init__(f"{named} ended their worker {TRIES + 1} times")
        self.piece = piece


def over_workers(
    task: Callable[[Piece], Answer], pieces: Sequence[Piece], jobs: Workers
) -> Generator[tuple[Piece, Answer], None, None]:
    """Run a task on pieces over processes.

    Args:
        task: what a worker does with a piece; it crosses to the workers.
        pieces: each one once.
        jobs: how many workers, or which cluster.

    Yields:
        Pieces and answers, in the order in which they are done.

    Raises:
        WorkerLost: where a piece ends its worker again and again.
        ClusterRefused, PieceLost: see `sim.cluster`.
    """
    if isinstance(jobs, str):
        yield from over_cluster(task, pieces, jobs)
        return
    from joblib import Parallel, delayed  # late: one process alone needs neither

    left, lost = dict(enumerate(pieces)), 0
    while left:
        # After a loss nobody knows whose worker it was: the first that is left is tried alone.
        batch = list(left.items())[: None if not lost else 1]
        tasks = (delayed(_numbered)(task, number, piece) for number, piece in batch)
        # Closing the generator, or interrupting it, is how joblib is told to end its workers at once.
        with _interrupts_unheard():
            answers = Parallel(n_jobs=jobs, backend="loky", return_as="generator_unordered", batch_size=1)(tasks)
        try:
            with closing(answers):
                for number, answer in answers:
                    yield left.pop(number), answer
            lost = 0
        except BrokenProcessPool:
            lost += 1
            if lost > TRIES:
                raise WorkerLost(next(iter(left.values()))) from None


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


def _numbered(task: Callable[[Piece], Answer], number: int, piece: Piece) -> tuple[int, Answer]:
    return number, task(piece)
