"""The clock of the simulation: the one file that knows SimPy.

The order of events is total: (minute, kind, place), where a place is a request's rank by (branch, number). SimPy
sorts events by (time, priority, order of creation); the priority carries (kind, place), so that nothing is left to
the order of creation. Whatever an event sets off at once (an officer's turn) has SimPy's own priority 0 or 1 and is
over before the next moment of the same minute.

Source: SimPy 4.1, `simpy.core.Environment.schedule` and "Events" of its documentation.
"""

from collections.abc import Callable, Generator
from heapq import heappop, heappush
from typing import Any, SupportsIndex

import simpy
from simpy.resources.resource import Request

from sim.kinds import Kind

_PLACES = 2**40


class Moment(simpy.Event):
    """Something that happens at a minute of its own to the request at a place (or to the dated row of that number).

    A process may wait for it (`yield moment`), or it calls back.
    """

    def __init__(
        self, env: simpy.Environment, minute: int, kind: Kind, place: int, act: Callable[["Moment"], None] | None
    ) -> None:
        self.env = env
        self.callbacks = [] if act is None else [act]
        self._ok = True
        self._value = place
        self.kind = kind
        self.place = place
        # Minutes are whole, so now + (minute - now) is the minute exactly; SimPy's priorities are an enumeration of
        # integers, and any integer orders.
        env.schedule(self, kind * _PLACES + place, minute - env.now)  # type: ignore[arg-type]


class Turn(Request):
    """A file's turn at the desk; a process waits for it, and releases it."""

    def __init__(self, officers: "Officers", rank: int) -> None:
        self.rank = rank
        super().__init__(officers)


class _Queue(list[Any]):
    """A waiting line kept as a heap of ranks; a list sorted anew at every arrival is what long queues cannot afford.

    SimPy looks at the head and takes the head, nothing else.
    """

    def append(self, item: Turn) -> None:
        heappush(self, (item.rank, item))

    def pop(self, index: SupportsIndex = 0) -> Turn:
        head: tuple[int, Turn] = heappop(self)
        return head[1]

    def __getitem__(self, index: Any) -> Any:
        return super().__getitem__(index)[1]


class Officers(simpy.Resource):
    """Officers who each examine one file at a time; the smallest rank is called first. Ranks must differ."""

    PutQueue = _Queue

    def turn(self, rank: int) -> Turn:
        """Join the queue.

        Args:
            rank: the place in it.

        Returns:
            What to wait for, and to hand back with `release`.
        """
        return Turn(self, rank)

    def staff(self, count: int) -> None:
        """So many officers from now on: more take up files that wait, fewer finish those in hand.

        SimPy's resources have a fixed number of places; it looks at it at every request and release.
        """
        self._capacity = count
        for _ in range(len(self.put_queue)):  # SimPy serves one waiting request at a time
            self._trigger_put(None)


class Clock:
    """Whole minutes from midnight of the opening day, and what is to happen."""

    def __init__(self, begins: int = 0) -> None:
        self._env = simpy.Environment(begins)

    @property
    def now(self) -> int:
        """The present minute."""
        # Whole, because every moment is.
        return self._env.now  # type: ignore[return-value]

    def moment(self, minute: int, kind: Kind, place: int, act: Callable[[Moment], None] | None = None) -> Moment:
        """Something that will happen.

        Args:
            minute: when, not before now.
            kind: what, for the order inside the minute.
            place: to which request, for the order inside the kind.
            act: what to call then; a process may wait for the moment instead.

        Returns:
            The moment.
        """
        return Moment(self._env, minute, kind, place, act)

    def officers(self, count: int) -> Officers:
        """So many officers who share one queue; there may be none at first."""
        officers = Officers(self._env, max(count, 1))
        officers.staff(count)
        return officers

    def start(self, process: Generator[simpy.Event, Any, Any]) -> None:
        """Let a process live from now on."""
        self._env.process(process)

    def run(self, until: int) -> None:
        """Live up to a minute, which itself is not lived."""
        self._env.run(until=until)
