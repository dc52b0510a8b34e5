"""What may be committed: a line's own money (or the pot's), over-programming, the reserve, appropriations by date."""

from scenarios.settings import share_to_basis_points
from sim.appropriations import UNLIMITED, open_before, openings_of
from sim.ground import Ground
from sim.ledger import Ledger


class LineMoney:
    """Money on its way to a line; a part of the judge.

    Attributes:
        openings: days' numbers and the appropriations open from then on, cents.
        appropriated: open so far, cents; UNLIMITED where all are open from the first day.
    """

    def __init__(self, ground: Ground, ledger: Ledger, one_pot: bool, minute: int) -> None:
        """`minute` is the one at which the run begins."""
        self._ledger, self._one_pot = ledger, one_pot
        self._over_points = share_to_basis_points(ground.scenario.committee.over_programming_share)
        self.openings = openings_of(ground)
        self.appropriated = open_before(ground, minute)

    @property
    def by_date(self) -> bool:
        """Whether appropriations open by date, so that what one line gives back another may commit."""
        return self.appropriated != UNLIMITED

    def open_up(self, number: int) -> int:
        """Appropriations open; returns how much more than before."""
        before, self.appropriated = self.appropriated, self.openings[number][1]
        return self.appropriated - before

    def most(self, line: int) -> int:
        """What one more commitment on a line may come to."""
        money = self._own(line) + self._ledger.reserve
        if not self.by_date:
            return money
        return min(money, self.appropriated - self._ledger.committed - self._ledger.lapsed)

    def bring(self, line: int, cents: int) -> bool:
        """Bring a request's whole money to its line, or leave all as it is."""
        if cents > self.most(line):
            return False
        own = self._own(line)
        if self._one_pot:
            self._ledger.notify(line, min(cents, own))
        if own < cents:
            self._ledger.draw_reserve(line, cents - own)
        return True

    def _own(self, line: int) -> int:
        """What is open on the line (or in the pot), and what may be committed beyond it."""
        ledger = self._ledger
        if self._one_pot:
            return ledger.unnotified + self._beyond(ledger.unnotified + ledger.committed + ledger.lapsed)
        return ledger.open[line] + self._beyond(ledger.notified[line])

    def _beyond(self, notified: int) -> int:
        """Over-programming: a share of what was notified; nothing while a cut leaves a shortfall."""
        return 0 if self._ledger.shortfall else max(notified, 0) * self._over_points // 10_000
