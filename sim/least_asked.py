"""What the cheapest who waits in a queue asks for: while no price changes, less money serves nobody."""

from scenarios.calendar import DAY
from sim.ground import Ground

UNKNOWN = -1
"""No segment of time."""


class LeastAsked:
    """The least that anybody asked for in each queue, and the segment of time in which that is known.

    A part of the judge. It saves looking at everyone who waits each time that a little money comes.
    """

    def __init__(self, ground: Ground, least: list[tuple[int, int]]) -> None:
        """`least` is by queue: the segment, UNKNOWN where it is not known, and the amount, cents."""
        self._when = ground.scenario.scheme.price_date
        self._segment_of_day: list[int] = ground.segment_of_day.tolist()
        self._least = least

    def parks(self, queue: int, cents: int) -> None:
        """One more waits, and asks for so much."""
        segment, least = self._least[queue]
        self._least[queue] = (segment, min(least, cents))

    def tried(self, queue: int, minute: int, still: list[int]) -> None:
        """Everyone in a queue was looked at: what those who wait on ask for."""
        self._least[queue] = (self._segment(minute) if still else UNKNOWN, min(still, default=0))

    def more_than(self, queue: int, cents: int, minute: int) -> bool:
        """Whether it is known that everybody in a queue asks for more than so much."""
        segment, (known, least) = self._segment(minute), self._least[queue]
        return segment != UNKNOWN and segment == known and cents < least

    def by_queue(self) -> list[tuple[int, int]]:
        """As it was given."""
        return self._least

    def _segment(self, minute: int) -> int:
        """The segment of time in which no waiting request's price changes; UNKNOWN where each has its own."""
        match self._when:
            case "filing":
                return 0
            case "commitment":
                return self._segment_of_day[minute // DAY] + 1
            case _:
                return UNKNOWN
