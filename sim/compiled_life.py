"""The life of requests by the compiled engine: the kernel between dated events, the judge's own functions on them."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from scenarios.allocation import Allocation
from scenarios.calendar import DAY
from scenarios.committee import Policy
from scenarios.committee_view import Adviser
from scenarios.event_luck import which_happen
from sim.amendments import amend
from sim.appropriations import openings_of
from sim.beginning import beginning
from sim.committee import rule_of
from sim.desk import Examined
from sim.event_key import key_at, moment_of
from sim.fee_earned import fee_earned_cents
from sim.ground import Ground
from sim.happenings import EVENT_NOTES, NUMBER
from sim.kinds import Kind
from sim.ledger import OF_ALL
from sim.life_kernel import advance, ask_by_line, everyone_tries, money_comes, send_everyone_home
from sim.life_layout import ledger_of, put_ledger, state_of
from sim.life_state import (
    ADVANCE_CENTS,
    ADVANCE_DUE,
    ADVANCE_PAID,
    AFTER,
    APPROPRIATED,
    BEFORE,
    CASH,
    COMMITTED_AT,
    COMMITTED_CENTS,
    DUE_AT,
    KIND,
    LEAST,
    NOW,
    PAID_AT,
    PARKED,
    PLACE,
    RECOVERED_CENTS,
    REFUSAL,
    RELEASED_CENTS,
    SEGMENT_OF_LEAST,
    SERVED,
    TOLD,
    TRAINEE_CENTS,
)
from sim.lived import Advances, Lived, Watch
from sim.payment_kernel import pay_what_waits
from sim.price_list import PriceList
from sim.refusal import Refusal
from sim.retelling import retell
from sim.run_requests import RunRequests
from sim.sitting import Committee
from sim.standing import Standing
from sim.telling_kernel import tell
from sim.treasury import instalments_of

Int = NDArray[np.int64]


def live(
    ground: Ground,
    requests: RunRequests,
    examined: Examined,
    prices: PriceList,
    policy: Policy,
    allocation: Allocation,
    watch: Watch | None = None,
    begins: Standing | None = None,
    adviser: Adviser | None = None,
    until: int | None = None,
) -> Lived:
    """Live through a run under a policy; arguments and answer are those of `sim.model.live`.

    The watch is told of all events once the run is over, each with the accounts as they stood after it.
    """
    committee = Committee(policy, adviser)
    return _Life(ground, requests, examined, prices, committee, allocation, watch, begins).live(until)


class _Life:
    def __init__(
        self,
        ground: Ground,
        requests: RunRequests,
        examined: Examined,
        prices: PriceList,
        committee: Committee,
        allocation: Allocation,
        watch: Watch | None,
        begins: Standing | None,
    ) -> None:
        self.ground, self.scenario, self.committee, self.watch = ground, ground.scenario, committee, watch
        self.rule, self.requests = rule_of(committee.policy), requests
        self.run = requests.run
        self.decided = examined.decision_minute
        self.eligible = requests.all.eligible
        self.begins = begins or beginning(ground, requests, allocation, self.rule.one_pot)
        self.state = state_of(ground, requests, examined, prices, self.begins, self.rule.one_pot, watch is not None)
        self.instalments, self.openings = instalments_of(ground), openings_of(ground)
        self.snapshots: dict[int, Int] = {}
        self.moves = {day: list(changes) for day, changes in self.begins.moves.items()}
        self.weighed = dict(self.begins.weighed)

    def live(self, until: int | None) -> Lived:
        if self.begins.opens:
            self.opening_day()
        horizon = self.ground.horizon if until is None else min(until, self.ground.horizon)
        stopped = horizon < self.ground.horizon
        for key, kind, number in self.dated_events(horizon):
            advance(self.state, key)
            self.happens(key)
            self.dated_event(kind, number)
        advance(self.state, key_at(horizon, Kind.OPENING, 0))
        if not stopped:
            self.happens(key_at(horizon, Kind.CLOSE, 0))
            self.close()
        if self.watch is not None:
            retell(self.state, self.begins.accounts, self.snapshots, self.watch)
        return self.lived(self.standing(horizon) if stopped else None)

    def standing(self, minute: int) -> Standing:
        state, fate = self.state, self.state.fate.T.copy()
        # Neighbours in the queue follow from the order in which they came.
        fate[:, [BEFORE, AFTER]] = 0
        return Standing(
            minute=minute,
            fate=fate,
            numbers=state.numbers[: len(OF_ALL)].copy(),
            accounts=state.accounts.copy(),
            least=state.queues[:: state.ranks, [SEGMENT_OF_LEAST, LEAST]],
            year_left=state.year_left.copy(),
            cash=int(state.numbers[CASH]) if state.cash_counts else self.begins.cash,
            advances=state.advances.copy(),
            quota_waits=state.quota_waits.copy(),
            moves=self.moves,
            weighed=self.weighed,
            opens=False,
        )

    def lived(self, standing: Standing | None) -> Lived:
        fate = self.state.fate
        return Lived(
            policy=self.committee.policy,
            refusal=fate[REFUSAL],
            parked=fate[PARKED],
            committed=fate[COMMITTED_AT],
            trainee_cents=fate[TRAINEE_CENTS],
            committed_cents=fate[COMMITTED_CENTS],
            served=fate[SERVED],
            released_cents=fate[RELEASED_CENTS],
            due=fate[DUE_AT],
            paid=fate[PAID_AT],
            ledger=ledger_of(self.state),
            moves=self.moves,
            weighed=self.weighed,
            standing=standing,
            advances=self.advances(),
        )

    def advances(self) -> Advances | None:
        if not len(self.state.advances):
            return None
        columns = np.ascontiguousarray(self.state.advances.T)
        return Advances(*(columns[at] for at in (ADVANCE_DUE, ADVANCE_PAID, ADVANCE_CENTS, RECOVERED_CENTS)))

    def opening_day(self) -> None:
        ledger = ledger_of(self.state)
        for line in self.ground.lines_by_key:
            if ledger.open[line]:
                self.tell("notified: opening", line, ledger.open[line])

    def dated_events(self, horizon: int) -> list[tuple[int, Kind, int]]:
        """What happens on a date known in advance: keys, kinds and numbers in the total order."""
        ground, scenario, first = self.ground, self.scenario, self.begins.minute
        happening = zip(scenario.events, which_happen(scenario, self.run), strict=True)
        days = [
            (ground.calendar.day(event.day), Kind.ENVELOPE_CHANGE if at in ground.amendments else Kind.EVENT, at)
            for at, (event, happens_now) in enumerate(happening)
            if happens_now
        ]
        days += [(ground.calendar.day(day), Kind.COMMITTEE, at) for at, day in enumerate(scenario.committee.dates)]
        minutes = [(ground.commitment_end, Kind.DEADLINE, 0)]
        minutes += [(day * DAY, kind, at) for day, kind, at in days]
        minutes += [(ground.year_start(year), Kind.NEW_YEAR, at) for at, year in enumerate(ground.years) if at]
        minutes += [(day * DAY, Kind.APPROPRIATIONS, at) for at, (day, _) in enumerate(self.openings)]
        minutes += [(day * DAY, Kind.INSTALMENT, at) for at, (day, _) in enumerate(self.instalments)]
        inside = [(minute, kind, at) for minute, kind, at in minutes if first <= minute < horizon]
        return sorted((key_at(minute, kind, at), kind, at) for minute, kind, at in inside)

    def dated_event(self, kind: Kind, number: int) -> None:
        match kind:
            case Kind.DEADLINE:
                send_everyone_home(self.state)
            case Kind.ENVELOPE_CHANGE:
                self.envelope_change(number)
            case Kind.EVENT:
                self.rules_change(number)
            case Kind.COMMITTEE:
                self.committee_sits(number)
            case Kind.APPROPRIATIONS:
                numbers, cents = self.state.numbers, self.openings[number][1]
                before, numbers[APPROPRIATED] = int(numbers[APPROPRIATED]), cents
                self.tell("appropriations open", -1, cents - before)
                everyone_tries(self.state)
            case Kind.INSTALMENT:
                cents = self.instalments[number][1]
                self.state.numbers[CASH] += cents
                self.tell("instalment", -1, cents)
                pay_what_waits(self.state)
            case _:
                pay_what_waits(self.state)

    def committee_sits(self, number: int) -> None:
        ledger = ledger_of(self.state)
        waiting = np.zeros(len(ledger.open), dtype=np.int64)
        ask_by_line(self.state, waiting)
        day = self.scenario.committee.dates[number]
        changes, weighed = self.committee.sits(
            self.ground, self.requests, number, ledger, waiting.tolist(), self.state.fate[COMMITTED_AT]
        )
        if weighed is not None:
            self.weighed[day] = weighed
        for line, cents in enumerate(changes):
            ledger.notify(line, cents)
        put_ledger(self.state, ledger)
        self.tell("committee sits" if any(changes) else "committee sits, nothing moves", -1, 0)
        self.moved(day, changes, "committee")

    def envelope_change(self, number: int) -> None:
        event, ledger = self.ground.amendments[number], ledger_of(self.state)
        before = ledger.authorised
        changes = amend(self.ground, ledger, event, self.rule.one_pot)
        put_ledger(self.state, ledger)
        self.tell("envelope change", -1, ledger.authorised - before)
        self.moved(event.day, changes, "amendment")
        if self.rule.one_pot and event.amount_eur > 0:
            money_comes(self.state, 0)

    def rules_change(self, number: int) -> None:
        self.tell(EVENT_NOTES[self.scenario.events[number].kind], -1, 0)
        if number in self.ground.repricing:
            everyone_tries(self.state)

    def moved(self, day: date, changes: list[int], why: str) -> None:
        so_far = self.moves.setdefault(day, [0] * len(changes))
        self.moves[day] = [one + other for one, other in zip(so_far, changes, strict=True)]
        for line in self.ground.lines_by_key:
            if changes[line]:
                self.tell(f"notified: {why}", line, changes[line])
        for line in self.ground.lines_by_key:
            if changes[line] > 0:
                money_comes(self.state, 0 if self.rule.one_pot else line * self.state.ranks)

    def close(self) -> None:
        state = self.state
        send_everyone_home(state)
        undecided = self.decided >= self.ground.horizon
        state.fate[REFUSAL, undecided] = np.where(self.eligible[undecided], Refusal.LATE, Refusal.INELIGIBLE)
        ledger = ledger_of(state)
        if self.scenario.scheme.management_fee.base != "authorised":
            lapsed = ledger.close(fee_earned_cents(self.scenario, ledger))
            put_ledger(state, ledger)
            self.tell("fee not earned lapses", -1, lapsed)

    def happens(self, key: int) -> None:
        """The moment that rows are told of from now on."""
        self.state.numbers[[NOW, KIND, PLACE]] = moment_of(key)

    def tell(self, note: str, line: int, cents: int) -> None:
        if self.watch is not None:
            self.snapshots[int(self.state.numbers[TOLD])] = self.state.accounts.copy()
            tell(self.state, NUMBER[note], -1, line, cents)
