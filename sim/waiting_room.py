"""Requests that wait for money, in the order in which they came: one queue a line, or one for all."""

from collections import OrderedDict
from collections.abc import Iterator


class WaitingRoom:
    """The parked requests of some queues; each operation takes constant time."""

    def __init__(self, queues: int) -> None:
        self._queues: list[OrderedDict[int, None]] = [OrderedDict() for _ in range(queues)]
        self._queue_of: dict[int, int] = {}

    def enter(self, queue: int, place: int) -> None:
        """Wait at the end of a queue."""
        self._queues[queue][place] = None
        self._queue_of[place] = queue

    def leave(self, place: int) -> int:
        """Go, from anywhere in the queue; returns the queue."""
        queue = self._queue_of.pop(place)
        del self._queues[queue][place]
        return queue

    def waits(self, place: int) -> bool:
        """Whether a request is waiting."""
        return place in self._queue_of

    def empty(self, queue: int) -> bool:
        """Whether nobody waits in a queue."""
        return not self._queues[queue]

    def head(self, queue: int) -> int:
        """Who has waited longest in a queue that is not empty."""
        return next(iter(self._queues[queue]))

    def everyone(self, queue: int) -> list[int]:
        """All who wait in a queue, in order."""
        return list(self._queues[queue])

    def all_queues(self) -> Iterator[int]:
        """All who wait anywhere."""
        yield from self._queue_of
