"""Requests that wait for money or for their quota: one queue a line, or one for all."""

from collections import OrderedDict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.life_state import FOR_QUOTA, WAITS_SINCE


class WaitingRoom:
    """The parked requests of some queues; each operation takes constant time.

    Inside a queue the lower rank comes first, then who came first.
    """

    def __init__(self, queues: int, ranks: list[int], quota_waits: NDArray[np.int64]) -> None:
        """`ranks` are by request, 0 the first; `quota_waits` is as in `sim.standing`."""
        self._rank = ranks
        self._ranks = max(ranks, default=0) + 1
        self._queues: list[list[OrderedDict[int, None]]] = [
            [OrderedDict() for _ in range(self._ranks)] for _ in range(queues)
        ]
        self._queue_of: dict[int, int] = {}
        self._waits: list[list[int]] = quota_waits.tolist()
        self._blocking = [0] * queues

    def enter(self, queue: int, place: int) -> None:
        """Wait at the end of a queue, behind one's equals."""
        self._queues[queue][self._rank[place]][place] = None
        self._queue_of[place] = queue
        self._blocking[queue] += 0 if self.waits_for_quota(place) else 1

    def begins_to_wait(self, place: int, minute: int, for_quota: bool) -> None:
        """Since when somebody waits, and what for, where there are quotas."""
        self._waits[place][WAITS_SINCE] = minute
        self.now_for(place, for_quota)

    def leave(self, place: int) -> int:
        """Go, from anywhere in the queue; returns the queue."""
        queue = self._queue_of.pop(place)
        del self._queues[queue][self._rank[place]][place]
        self._blocking[queue] -= 0 if self.waits_for_quota(place) else 1
        return queue

    def now_for(self, place: int, quota: bool) -> None:
        """Who waits, waits from now on for its quota, or for money."""
        if quota != self.waits_for_quota(place):
            self._blocking[self._queue_of[place]] += -1 if quota else 1
            self._waits[place][FOR_QUOTA] = int(quota)

    def waits(self, place: int) -> bool:
        """Whether a request is waiting."""
        return place in self._queue_of

    def waits_for_quota(self, place: int) -> bool:
        """Whether a request waits for its quota and not for money: it blocks nobody."""
        return bool(self._waits) and self._waits[place][FOR_QUOTA] == 1

    def quota_waits(self) -> NDArray[np.int64]:
        """Since when each waits or waited, and what for: as in `sim.standing`."""
        return np.asarray(self._waits, dtype=np.int64).reshape(-1, 2)

    def empty(self, queue: int) -> bool:
        """Whether nobody waits in a queue."""
        return all(not rank for rank in self._queues[queue]) if self._ranks > 1 else not self._queues[queue][0]

    def blocked(self, queue: int) -> bool:
        """Whether somebody waits for money in a queue."""
        return self._blocking[queue] > 0

    def first(self, queue: int) -> int | None:
        """Who is tried first of those who wait in a queue."""
        for rank in self._queues[queue]:
            for place in rank:
                return place
        return None

    def everyone(self, queue: int) -> list[int]:
        """All who wait in a queue, in order."""
        return [place for rank in self._queues[queue] for place in rank]

    def all_queues(self) -> Iterator[int]:
        """All who wait anywhere, in the order in which they came."""
        yield from self._queue_of

    def everyone_by_rank(self) -> list[int]:
        """All who wait anywhere: the lower rank first, then who came first."""
        return sorted(self._queue_of, key=self._rank.__getitem__)
