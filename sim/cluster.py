"""Pieces of work over an existing Dask cluster: answers come as they are done, a lost worker costs its pieces only."""

import logging
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sim.cluster_asked import PATIENCE_SECONDS, ask
from sim.cluster_refused import ClusterRefused
from sim.installed import installed_version

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")

AHEAD = 3
"""Pieces handed out for each thread of the cluster: enough that none waits, few enough to bound what is in memory."""


class PieceLost(Exception):
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
        ClusterRefused: where the cluster cannot be reached, has no worker, has another engine, or is lost on the way.
        PieceLost: where a piece ended its worker more often than the scheduler allows.
    """
    if not pieces:
        return
    from joblib import Parallel, delayed

    with _client(_distributed(address), address) as client:
        _threads(client, address)
        # All in one tuple: what joblib can refer to weakly it lays down on one worker, and a lost worker would take it
        # along.
        tasks = (delayed(_numbered)((task, number, piece)) for number, piece in enumerate(pieces))
        answers = Parallel(
            n_jobs=-1,
            backend=_backend(client, address),
            return_as="generator_unordered",
            batch_size=1,
            pre_dispatch=f"{AHEAD} * n_jobs",
        )(tasks)
        with closing(answers):
            for number, answer in answers:
                yield pieces[number], answer


def _numbered(given: tuple[Callable[[Piece], Answer], int, Piece]) -> tuple[int, Answer]:
    task, number, piece = given
    return number, task(piece)


def _backend(client: Any, address: str) -> Any:
    """joblib's Dask backend, told of what Dask gave up: by itself joblib would wait for such a piece for ever."""
    from concurrent.futures import CancelledError

    from distributed import KilledWorker
    from joblib._dask import DaskDistributedBackend

    # joblib says nothing of its types, and the checker will not derive from what it does not know.
    class Backend(DaskDistributedBackend):  # type: ignore[misc]
        def effective_n_jobs(self, n_jobs: int) -> int:
            # With a single job joblib would not ask the cluster at all.
            return max(int(super().effective_n_jobs(n_jobs)), 2)

        def submit(self, func: Any, callback: Any = None) -> Any:
            (_, ((_, _, piece),), _) = func.items[0]
            submitted = super().submit(func, callback)

            def given_up(future: Any) -> None:
                error = future.exception()
                if error is not None:
                    lost = isinstance(error, KilledWorker)
                    callback(_GivenUp(PieceLost(piece) if lost else ClusterRefused(address, "lost", str(error))))

            submitted.add_done_callback(given_up)
            return submitted

        def retrieve_result_callback(self, out: Any) -> Any:
            if isinstance(out, _GivenUp):
                raise out.error
            try:
                return super().retrieve_result_callback(out)
            except CancelledError as gone:
                # Nobody here cancels: the scheduler went away.
                raise ClusterRefused(address, "lost", str(getattr(gone, "reason", "") or gone)) from None

    return Backend(client=client)


@dataclass(frozen=True, eq=False)
class _GivenUp:
    """In place of an answer: why there is none."""

    error: Exception


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
        ask(address)
        try:
            client = distributed.Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
        except Exception as error:
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise ClusterRefused(address, "unreachable", reason) from None
        with client:
            yield client
    finally:
        quietened.setLevel(level)


def _threads(client: Any, address: str) -> int:
    """How many pieces the cluster works on at once; all its workers must have the engine of this process."""
    try:
        engines = client.run(installed_version)
    except Exception as error:
        # A worker without the package answers with its own ModuleNotFoundError.
        raise ClusterRefused(address, "other_engine", type(error).__name__) from None
    if not engines:
        raise ClusterRefused(address, "no_workers")
    if set(engines.values()) != {installed_version()}:
        others = sorted(worker for worker, engine in engines.items() if engine != installed_version())
        raise ClusterRefused(address, "other_engine", ", ".join(others[:3]))
    return max(sum(int(count) for count in client.nthreads().values()), 1)
