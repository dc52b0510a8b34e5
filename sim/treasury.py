"""Payments: within the appropriations (CP) of each fiscal year, and within the cash that the State has sent."""

from collections import deque
from collections.abc import Callable

from scenarios.opening_money import opening_money
from scenarios.payment_money import cash_coming
from scenarios.scenario import Scenario
from sim.ground import Ground
from sim.standing import Standing, unpaid

Claim = tuple[int, int]
"""Whom something is due to: the request's place, and 1 where it is the advance, 0 where it is the balance."""


class Treasury:
    """What may still be paid, and what is due and waits.

    A year without a ceiling in the scenario pays all that falls due, as far as there is cash; where no instalment is
    declared there always is. Commitments made before the scheme opened come first: their year's part is taken out of
    its ceiling on the first day, their cash day by day. Once something waits, all that falls due later waits behind
    it: claims are paid in the order of falling due. A claim of nothing asks for no money, and waits for none.
    """

    def __init__(self, ground: Ground, begins: Standing, owed: Callable[[Claim], int]) -> None:
        """Go on from where a run begins.

        Args:
            ground: the scenario laid out.
            begins: where the run begins.
            owed: tells what a claim comes to when it is looked at: an advance that waits can shrink.
        """
        self._owed = owed
        self._years = ground.year_of_day.tolist()
        self._left = {
            year: cents for year, cents in zip(ground.years, begins.year_left.tolist(), strict=True) if cents >= 0
        }
        self._cash = begins.cash if ground.scenario.payments.instalments else None
        self._earlier_by_day = ground.earlier_by_day
        self._waiting: deque[Claim] = deque(divmod(claim, 2) for claim in unpaid(begins).tolist())

    def left_by_year(self) -> list[int]:
        """What may still be paid in each year of the horizon, cents; -1 without a ceiling."""
        return [self._left.get(year, -1) for year in dict.fromkeys(self._years)]

    def cash(self, uncounted: int) -> int:
        """What the State has sent and is not paid out, cents; as it was where cash is not counted."""
        return uncounted if self._cash is None else self._cash

    def pays(self, claim: Claim, day: int) -> bool:
        """Whether what has just fallen due is paid at once; otherwise it waits."""
        cents = self._owed(claim)
        if not cents or (not self._waiting and self._within(cents, day)):
            return True
        self._waiting.append(claim)
        return False

    def receive(self, cents: int) -> None:
        """An instalment comes."""
        if self._cash is not None:
            self._cash += cents

    def take_back(self, cents: int, day: int) -> None:
        """A recovered advance can be paid out again: cash, and appropriations of the year in which it comes back.

        Source: the restitution of what was paid "à titre provisoire" restores appropriations (loi organique relative
        aux lois de finances, article 17, III).
        """
        self.receive(cents)
        left = self._left.get(self._years[day])
        if left is not None:
            self._left[self._years[day]] = left + cents

    def next_paid(self, day: int) -> Claim | None:
        """The claim that has waited longest, if it can be paid now; it waits no longer."""
        if not self._waiting or not self._within(self._owed(self._waiting[0]), day):
            return None
        return self._waiting.popleft()

    def _within(self, cents: int, day: int) -> bool:
        if not cents:
            return True
        left = self._left.get(self._years[day])
        if left is not None and cents > left:
            return False
        if self._cash is not None:
            if cents > self._cash - self._earlier_by_day[day]:
                return False
            self._cash -= cents
        if left is not None:
            self._left[self._years[day]] = left - cents
        return True


def instalments_of(ground: Ground) -> list[tuple[int, int]]:
    """The State's instalments: (day's number, cents), in the order of the days; what came before counts on day 0.

    An instalment that is late comes on its later day.
    """
    coming = cash_coming(ground.lived, opening_money(ground.scenario).distributable_cents)
    return [(max(ground.calendar.day(day), 0), cents) for day, cents in coming]


def waits_to_be_paid(scenario: Scenario) -> str:
    """The note of what is due and finds no money to be paid from."""
    return "due, waits to be paid" if scenario.payments.instalments else "due, waits for next year"
