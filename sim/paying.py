"""The paying side of a life: advances, balances, and what is due and waits (model.md, section 3).

A part of the judge, meant to be read beside `sim.model`.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from scenarios.settings import share_to_basis_points
from sim.clock import Clock, Moment
from sim.ground import NEVER, Ground
from sim.kinds import Kind
from sim.ledger import Ledger
from sim.life_state import (
    ADVANCE_CENTS,
    ADVANCE_DUE,
    ADVANCE_PAID,
    COMMITTED_CENTS,
    DUE_AT,
    PAID_AT,
    RECOVERED_CENTS,
    RELEASED_CENTS,
)
from sim.lived import Advances
from sim.run_requests import RunRequests
from sim.service_done import advance_cents
from sim.standing import Standing, advances_ahead, to_fall_due
from sim.treasury import Claim, Treasury, instalments_of, waits_to_be_paid

Int = NDArray[np.int64]


class Paying:
    """Claims of requests, and their payment; lists have one entry a request.

    Attributes:
        due: when the balance fell due.
        paid: when it was paid.
    """

    def __init__(
        self,
        ground: Ground,
        requests: RunRequests,
        begins: Standing,
        clock: Clock,
        ledger: Ledger,
        happens: Callable[[Moment], None],
        tell: Callable[[str, int, int, int], None],
    ) -> None:
        """`happens` is told of each moment; `tell` of what happens, the request, the line and the cents."""
        attributes = requests.all
        self.clock, self.ledger, self.happens, self.tell = clock, ledger, happens, tell
        self.treasury = Treasury(ground, begins, self._owed)
        self.instalments = instalments_of(ground)
        self.unpaid = waits_to_be_paid(ground.scenario)
        self.advance_points = share_to_basis_points(ground.scenario.payments.advance_share)
        self.line: list[int] = requests.line.tolist()
        self.balance_lag: list[int] = (attributes.invoice_minutes + attributes.payment_minutes).tolist()
        self.advance_lag: list[int] = (attributes.start_minutes + attributes.payment_minutes).tolist()
        fate: list[list[int]] = begins.fate.T.tolist()
        self.due, self.paid = fate[DUE_AT], fate[PAID_AT]
        self.anything_ahead = len(begins.advances) > 0
        advances: list[list[int]] = begins.advances.T.tolist() if self.anything_ahead else [[0] * len(requests)] * 5
        self.advance_due, self.advance_paid = advances[ADVANCE_DUE], advances[ADVANCE_PAID]
        self.advance_cents, self.recovered_cents = advances[ADVANCE_CENTS], advances[RECOVERED_CENTS]
        self.balance_cents = [
            committed - released - advanced
            for committed, released, advanced in zip(
                fate[COMMITTED_CENTS], fate[RELEASED_CENTS], self.advance_cents, strict=True
            )
        ]

    def take_up(self, begins: Standing) -> None:
        """What will fall due of what has happened before the run begins."""
        for place, minute in zip(*advances_ahead(begins), strict=True):
            self.clock.moment(int(minute), Kind.ADVANCE, int(place), self._advance_falls_due)
        for place, minute in zip(*to_fall_due(begins), strict=True):
            self.clock.moment(int(minute), Kind.DUE, int(place), self._balance_falls_due)

    def advances(self) -> Advances | None:
        """What was advanced; None where nothing is nor was."""
        if not self.anything_ahead:
            return None
        return Advances(self.advance_due, self.advance_paid, self.advance_cents, self.recovered_cents)

    def advances_now(self, begun: Int) -> Int:
        """The advances as they stand, columns as in `sim.life_state`; `begun` as they stood where the run began."""
        now = begun.copy()
        if self.anything_ahead:
            for column, values in (
                (ADVANCE_DUE, self.advance_due),
                (ADVANCE_PAID, self.advance_paid),
                (ADVANCE_CENTS, self.advance_cents),
                (RECOVERED_CENTS, self.recovered_cents),
            ):
                now[:, column] = values
        return now

    # What falls due

    def promise_advance(self, place: int, committed_cents: int) -> None:
        """A request is committed: its advance will fall due, where there is one."""
        if not self.advance_points:
            return
        self.advance_cents[place] = advance_cents(committed_cents, self.advance_points)
        self.advance_due[place] = self.clock.now + self.advance_lag[place]
        self.clock.moment(self.advance_due[place], Kind.ADVANCE, place, self._advance_falls_due)

    def balance_promised(self, place: int, executed_cents: int) -> int:
        """Service is done: the balance will fall due; an advance larger than what was executed is cut to it.

        Returns:
            By how much the advance was too large: what was paid of it is recovered.
        """
        too_much = max(self.advance_cents[place] - executed_cents, 0)
        self.advance_cents[place] -= too_much
        self.balance_cents[place] = executed_cents - self.advance_cents[place]
        self.due[place] = self.clock.now + self.balance_lag[place]
        self.clock.moment(self.due[place], Kind.DUE, place, self._balance_falls_due)
        if self.advance_paid[place] < NEVER:
            self.recovered_cents[place] = too_much
        return too_much

    def _advance_falls_due(self, moment: Moment) -> None:
        self.happens(moment)
        self._pay_or_wait((moment.place, 1))

    def _balance_falls_due(self, moment: Moment) -> None:
        self.happens(moment)
        self._pay_or_wait((moment.place, 0))

    def _owed(self, claim: Claim) -> int:
        place, advance = claim
        return self.advance_cents[place] if advance else self.balance_cents[place]

    def _pay_or_wait(self, claim: Claim) -> None:
        place, advance = claim
        if self.treasury.pays(claim, self.clock.now // DAY):
            self._pay(claim)
        else:
            what = "advance due, waits to be paid" if advance else self.unpaid
            self.tell(what, place, self.line[place], self._owed(claim))

    # Money to pay from

    def new_year(self, moment: Moment) -> None:
        """New appropriations."""
        self.happens(moment)
        self.pay_what_waits()

    def instalment(self, moment: Moment) -> None:
        """The State's cash comes."""
        self.happens(moment)
        _, cents = self.instalments[moment.place]
        self.treasury.receive(cents)
        self.tell("instalment", -1, -1, cents)
        self.pay_what_waits()

    def take_back(self, cents: int) -> None:
        """A recovered advance can be paid out again; one that waits and was cut asks for less than before."""
        self.treasury.take_back(cents, self.clock.now // DAY)
        self.pay_what_waits()

    def pay_what_waits(self) -> None:
        """Pay what is due and waits, in the order of falling due, as far as the money goes."""
        while (claim := self.treasury.next_paid(self.clock.now // DAY)) is not None:
            self._pay(claim)

    def _pay(self, claim: Claim) -> None:
        place, advance = claim
        cents = self._owed(claim)
        self.ledger.pay(self.line[place], cents)
        (self.advance_paid if advance else self.paid)[place] = self.clock.now
        self.tell("advance paid" if advance else "paid", place, self.line[place], cents)
