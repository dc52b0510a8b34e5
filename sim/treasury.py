"""Payments within the payment appropriations (CP) of each fiscal year."""

from collections import deque

from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents


class Treasury:
    """What may still be paid in each year, and what is due and waits for the next.

    A year without a ceiling in the scenario pays all that falls due. Once something waits, all that falls due later
    waits behind it.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._left: dict[int, int] = {
            row.year: eur_to_cents(row.ceiling_eur) for row in scenario.payments.year_ceilings
        }
        self._waiting: deque[tuple[int, int]] = deque()

    def take_up(self, left: dict[int, int], waiting: list[tuple[int, int]]) -> None:
        """Go on from what may still be paid by year, and from places and cents that are due and wait, in order."""
        self._left = left
        self._waiting = deque(waiting)

    def left(self, year: int) -> int:
        """What may still be paid in a year, cents; -1 without a ceiling."""
        return self._left.get(year, -1)

    def pays(self, place: int, cents: int, year: int) -> bool:
        """Whether what has just fallen due is paid at once; otherwise it waits."""
        if not self._waiting and self._within(cents, year):
            return True
        self._waiting.append((place, cents))
        return False

    def turn_of_year(self, year: int) -> list[tuple[int, int]]:
        """What waited and is paid on the first day of a year: places and cents, in the order of falling due."""
        paid = []
        while self._waiting and self._within(self._waiting[0][1], year):
            paid.append(self._waiting.popleft())
        return paid

    def _within(self, cents: int, year: int) -> bool:
        left = self._left.get(year)
        if left is None:
            return True
        if cents > left:
            return False
        self._left[year] = left - cents
        return True
