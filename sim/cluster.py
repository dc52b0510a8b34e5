"""Pieces of work over an existing Dask cluster: answers come as they are done, a lost worker costs its pieces only."""

import logging
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from sim.blocks import engine_version
from sim.cluster_refused import ClusterRefused

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")

AHEAD = 3
"""Pieces handed out for each thread of the cluster: enough that none waits, few enough to bound what is in memory."""
PATIENCE_SECONDS = 10


class PieceLost(Exception):  # noqa: N818 - it names a piece, not a mistake of the caller's
    """A piece ended every worker that took it."""

    def __init__(self, piece: object) -> None:
        """Keep the piece."""
        super().__init__(repr(piece)[:200])
        self.piece = piece


def over_cluster(
    task: Callable[[Piece], Answer], pieces: Sequence[Piece], address: str
) -> Generator[tuple[Piece, Answer], None, None]:
    """Run a task on pieces over a cluster.

    Args:
        task: what a worker does with a piece; it crosses to the workers, which have this engine installed.
        pieces: each one once.
        address: of the scheduler, tcp://host:port.

    Yields:
        Pieces and answers, in the order in which they are done.

    Raises:
        ClusterRefused: where the cluster cannot be reached, has no worker, or has another engine.
        PieceLost: where a piece ended its worker more often than the scheduler allows.
    """
    if not pieces:
        return
    distributed = _distributed(address)
    with _client(distributed, address) as client:
        threads = _threads(client, address)
        left = iter(pieces)
        taken: dict[Any, Piece] = {}
        done = distributed.as_completed(loop=client.loop)

        def hand_out(count: int) -> None:
            for piece in islice(left, count):
                future = client.submit(task, piece, pure=False)
                taken[future] = piece
                done.add(future)

        hand_out(AHEAD * threads)
        for future in done:
            piece = taken.pop(future)
            try:
                answer = future.result()
            except distributed.KilledWorker:
                raise PieceLost(piece) from None
            yield piece, answer
            hand_out(1)


def threads_of(address: str) -> int:
    """How many pieces a cluster works on at once; raises ClusterRefused where it cannot be used."""
    with _client(_distributed(address), address) as client:
        return _threads(client, address)


def _distributed(address: str) -> Any:
    try:
        import distributed
    except ImportError:
        raise ClusterRefused(address, "not_installed") from None
    return distributed


@contextmanager
def _client(distributed: Any, address: str) -> Generator[Any, None, None]:
    # What a lost connection prints on its way is told once, in our own words.
    quietened = logging.getLogger("distributed")
    level = quietened.level
    quietened.setLevel(logging.CRITICAL)
    try:
        try:
            client = distributed.Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise ClusterRefused(address, "unreachable", reason) from None
        with client:
            yield client
    finally:
        quietened.setLevel(level)


def _threads(client: Any, address: str) -> int:
    """How many pieces the cluster works on at once; all its workers must have the engine of this process."""
    try:
        engines = client.run(engine_version)
    except Exception as error:
        # A worker without the package answers with its own ModuleNotFoundError.
        raise ClusterRefused(address, "other_engine", type(error).__name__) from None
    if not engines:
        raise ClusterRefused(address, "no_workers")
    if set(engines.values()) != {engine_version()}:
        others = sorted(worker for worker, engine in engines.items() if engine != engine_version())
        raise ClusterRefused(address, "other_engine", ", ".join(others[:3]))
    return max(sum(int(count) for count in client.nthreads().values()), 1)
