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
        by_date: whether appropriations open by date, so that what one line gives back another may commit.
    """

    def __init__(self, ground: Ground, ledger: Ledger, one_pot: bool, minute: int) -> None:
        """`minute` is the one at which the run begins."""
        self._ledger, self._one_pot = ledger, one_pot
        self._over_points = share_to_basis_points(ground.scenario.committee.over_programming_share)
        self.openings = openings_of(ground)
        self.appropriated = open_before(ground, minute)
        self.by_date = self.appropriated != UNLIMITED

    def open_up(self, number: int) -> int:
        """Appropriations open; returns how much more than before."""
        before, self.appropriated = self.appropriated, self.openings[number][1]
        return self.appropriated - before

    def most(self, line: int) -> int:
        """What one more commitment on a line may come to."""
        return self._within_appropriations(self._own(line) + self._ledger.reserve)

    def bring(self, line: int, cents: int) -> int | None:
        """Bring a request's whole money to its line: what the reserve gave of it; None leaves all as it is."""
        own, ledger = self._own(line), self._ledger
        if cents > self._within_appropriations(own + ledger.reserve):
            return None
        if self._one_pot:
            ledger.notify(line, min(cents, own))
        drawn = max(cents - own, 0)
        if drawn:
            ledger.draw_reserve(line, drawn)
        return drawn

    def _within_appropriations(self, cents: int) -> int:
        if not self.by_date:
            return cents
        return min(cents, self.appropriated - self._ledger.committed - self._ledger.lapsed)

    def _own(self, line: int) -> int:
        """What is open on the line (or in the pot), and what may be committed beyond it."""
        ledger = self._ledger
        own = ledger.unnotified if self._one_pot else ledger.open[line]
        if not self._over_points:
            return own
        return own + self._beyond(own + ledger.committed + ledger.lapsed if self._one_pot else ledger.notified[line])

    def _beyond(self, notified: int) -> int:
        """Over-programming: a share of what was notified; nothing while a cut leaves a shortfall."""
        return 0 if self._ledger.shortfall else max(notified, 0) * self._over_points // 10_000
