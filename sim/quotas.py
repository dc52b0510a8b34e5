"""Quotas at the desk: what named requests hold, against what they may (docs/scenario-file.md, "Steering rules")."""

from sim.ground import Ground
from sim.ledger import Ledger
from sim.run_requests import RunRequests
from sim.standing import Standing, quota_used
from sim.steering import MOST_CENTS, NO_LIMIT, Steering, steering_of


class Quotas:
    """What the requests that each quota names have been committed, less what they gave back.

    A part of the judge. Under one pot the pot is the one line.
    """

    def __init__(self, steering: Steering, used: list[list[int]], line: list[int], one_pot: bool) -> None:
        """`used` is by quota and line (over all lines in the first column); `line` is each request's."""
        self._rules: list[list[int]] = steering.quotas.tolist()
        self._named: list[int] = steering.named.tolist()
        self._used, self._line, self._one_pot = used, line, one_pot
        self.declared = bool(self._rules)
        self.over_all_lines = steering.over_all_lines

    def allow(self, place: int, cents: int, ledger: Ledger) -> bool:
        """Whether a request may be committed so much more within every quota that names it."""
        for number, (points, most) in enumerate(self._rules):
            if not self._named[place] >> number & 1:
                continue
            if points == NO_LIMIT:
                if self._used[number][0] + cents > most:
                    return False
            elif 10_000 * (self._used[number][self._at(place)] + cents) > points * self._notified(place, ledger):
                return False
        return True

    def count(self, place: int, cents: int) -> None:
        """A commitment, or what is given back (negative)."""
        for number, rule in enumerate(self._rules):
            if self._named[place] >> number & 1:
                at = self._at(place) if rule[MOST_CENTS] == NO_LIMIT else 0
                self._used[number][at] += cents

    def _at(self, place: int) -> int:
        return 0 if self._one_pot else self._line[place]

    def _notified(self, place: int, ledger: Ledger) -> int:
        """What the line has been notified so far; the pot's money."""
        if self._one_pot:
            return ledger.unnotified + ledger.committed + ledger.lapsed
        return ledger.notified[self._line[place]]


def quotas_at(ground: Ground, requests: RunRequests, begins: Standing, one_pot: bool) -> Quotas:
    """The quotas of a run where it begins."""
    steering = steering_of(ground, requests)
    used = quota_used(begins, requests, steering, one_pot)
    return Quotas(steering, used.tolist(), requests.line.tolist(), one_pot)
