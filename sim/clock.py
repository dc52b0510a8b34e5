"""The clock of the simulation: the one file that knows SimPy.

The order of events is total: (minute, kind, place), where a place is a request's rank by (branch, number). SimPy
sorts events by (time, priority, order of creation); the priority carries (kind, place), so that nothing is left to
the order of creation. Whatever an event sets off at once (an officer's turn) has SimPy's own priority 0 or 1 and is
over before the next moment of the same minute.

Source: SimPy 4.1, `simpy.core.Environment.schedule` and "Events" of its documentation.
"""

from collections.abc import Callable, Generator
from heapq import heappop, heappush
from typing import Any

import simpy

from sim.kinds import Kind

_PLACES = 2**40


class Moment(simpy.Event):
    """Something that happens at a minute of its own to the request at a place (or to the dated row of that number).

    A process may wait for it (`yield moment`), or it calls back.
    """

    # SimPy's own words for "it will happen, and brings nothing": the same for all moments.
    _ok = True
    _value = None

    def __init__(
        self, env: simpy.Environment, minute: int, kind: Kind, place: int, act: Callable[["Moment"], None] | None
    ) -> None:
        self.env = env
        self.callbacks = [] if act is None else [act]
        self.minute = minute
        self.kind = kind
        self.place = place
        # Minutes are whole, so now + (minute - now) is the minute exactly; SimPy's priorities are an enumeration of
        # integers, and any integer orders.
        env.schedule(self, kind * _PLACES + place, minute - env.now)  # type: ignore[arg-type]


class Officers:
    """Officers who each examine one file at a time; the smallest rank is called first. Ranks must differ.

    SimPy's own resource has a fixed number of places and a queue that it sorts anew at every arrival.
    """

    def __init__(self, env: simpy.Environment, count: int) -> None:
        self._env = env
        self._count = self._free = count
        self._waiting: list[tuple[int, simpy.Event]] = []

    def turn(self, rank: int) -> simpy.Event:
        """Join the queue.

        Args:
            rank: the place in it.

        Returns:
            What to wait for: an officer who is busy with this file from then on, until he is `done`.
        """
        turn = simpy.Event(self._env)
        heappush(self._waiting, (rank, turn))
        self._call()
        return turn

    def done(self) -> None:
        """An officer lays down a file."""
        self._free += 1
        self._call()

    def staff(self, count: int) -> None:
        """So many officers from now on: more take up files that wait, fewer finish those in hand."""
        self._free += count - self._count
        self._count = count
        self._call()

    def _call(self) -> None:
        """Free officers take up files that wait; where more have left than were free, fewer than none are."""
        while self._free > 0 and self._waiting:
            self._free -= 1
            heappop(self._waiting)[1].succeed()


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
        return Officers(self._env, count)

    def start(self, process: Generator[simpy.Event, Any, Any]) -> None:
        """Let a process live from now on."""
        self._env.process(process)

    def run(self, until: int) -> None:
        """Live up to a minute, which itself is not lived."""
        self._env.run(until=until)
