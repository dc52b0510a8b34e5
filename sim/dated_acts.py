"""What happens on dates known in advance: the committee sits, amendments, rules that change, appropriations that open.

A part of the judge, meant to be read beside `sim.model`.
"""

from collections.abc import Callable
from datetime import date
from typing import Protocol

import numpy as np

from scenarios.calendar import DAY
from scenarios.event_luck import which_happen
from sim.amendments import amend
from sim.clock import Clock, Moment
from sim.committee import Rule
from sim.ground import Ground
from sim.happenings import EVENT_NOTES
from sim.kinds import Kind
from sim.ledger import Ledger
from sim.line_money import LineMoney
from sim.paying import Paying
from sim.price_list import PriceList
from sim.refusal import Refusal
from sim.run_requests import RunRequests
from sim.sitting import Committee
from sim.standing import Standing
from sim.waiting_room import WaitingRoom


class Life(Protocol):
    """What dated acts look at, and what they set off, in the life of requests (`sim.model`)."""

    ground: Ground
    requests: RunRequests
    rule: Rule
    clock: Clock
    ledger: Ledger
    room: WaitingRoom
    money: LineMoney
    prices: PriceList
    paying: Paying
    line: list[int]
    trainees: list[int]
    committed: list[int]

    def happens(self, moment: Moment) -> None:
        """This is the moment that is lived."""

    def tell(self, what: str, place: int, line: int, cents: int) -> None:
        """What happened, the request and the line it concerns (-1 for none), and the cents."""

    def queue_of(self, line: int) -> int:
        """The queue in which a line's requests wait."""

    def refused_while_waiting(self, place: int, trainee_cents: int, now: int) -> Refusal:
        """Why a waiting request will not be committed, however much money comes."""

    def money_comes(self, queue: int) -> None:
        """Those who wait in a queue try again."""

    def everyone_tries(self) -> None:
        """All who wait try again."""

    def commitment_deadline(self, moment: Moment) -> None:
        """Nobody is committed any more."""


class DatedActs:
    """The committee's decisions and the events of the scenario.

    Attributes:
        moves: the changes of each line's notified money, by date.
        weighed: what the committee weighed, by date.
    """

    def __init__(self, life: Life, committee: Committee, begins: Standing) -> None:
        """Of a life that begins somewhere; nothing is planned yet."""
        self.life, self.committee, self.begins = life, committee, begins
        self.scenario = life.ground.scenario
        self.moves = {day: list(changes) for day, changes in begins.moves.items()}
        self.weighed = dict(begins.weighed)

    def plan(self) -> None:
        """Put all that is dated into the calendar of events, from where the run begins."""
        life, scenario = self.life, self.scenario
        calendar, paying = life.ground.calendar, life.paying
        dated: list[tuple[int, Kind, int, Callable[[Moment], None]]] = [
            (life.ground.commitment_end, Kind.DEADLINE, 0, life.commitment_deadline)
        ]
        for number in np.flatnonzero(which_happen(scenario, life.requests.run)).tolist():
            minute = calendar.day(scenario.events[number].day) * DAY
            if number in life.ground.amendments:
                dated.append((minute, Kind.ENVELOPE_CHANGE, number, self.envelope_change))
            else:
                dated.append((minute, Kind.EVENT, number, self.rules_change))
        for number, day in enumerate(scenario.committee.dates):
            dated.append((calendar.day(day) * DAY, Kind.COMMITTEE, number, self.committee_sits))
        for number, year in enumerate(life.ground.years[1:], start=1):
            dated.append((life.ground.year_start(year), Kind.NEW_YEAR, number, paying.new_year))
        for number, (day_number, _) in enumerate(life.money.openings):
            dated.append((day_number * DAY, Kind.APPROPRIATIONS, number, self.appropriations_open))
        for number, (day_number, _) in enumerate(paying.instalments):
            dated.append((day_number * DAY, Kind.INSTALMENT, number, paying.instalment))
        for minute, kind, number, act in dated:
            if minute >= self.begins.minute:
                life.clock.moment(minute, kind, number, act)

    def opening_day(self) -> None:
        """The money that lines have been notified at the opening."""
        for line in self.life.ground.lines_by_key:
            if self.life.ledger.open[line]:
                self.life.tell("notified: opening", -1, line, self.life.ledger.open[line])

    def committee_sits(self, moment: Moment) -> None:
        """The committee decides on what it knows, and notifies."""
        life, now = self.life, self.life.clock.now
        life.happens(moment)
        waiting = [0] * len(life.ground.cells.lines)
        for place in life.room.all_queues():
            cents = life.prices.trainee_cents(place, now)
            if not life.room.waits_for_quota(place) and not life.refused_while_waiting(place, cents, now):
                waiting[life.line[place]] += cents * life.trainees[place]
        day = self.scenario.committee.dates[moment.place]
        changes, weighed = self.committee.sits(
            life.ground, life.requests, moment.place, life.ledger, waiting, life.committed
        )
        if weighed is not None:
            self.weighed[day] = weighed
        for line, cents in enumerate(changes):
            life.ledger.notify(line, cents)
        life.tell("committee sits" if any(changes) else "committee sits, nothing moves", -1, -1, 0)
        self._moved(day, changes, "committee")

    def envelope_change(self, moment: Moment) -> None:
        """An amendment: a top-up, or a cut."""
        life = self.life
        life.happens(moment)
        event = life.ground.amendments[moment.place]
        before = life.ledger.authorised
        changes = amend(life.ground, life.ledger, event, life.rule.one_pot)
        life.tell("envelope change", -1, -1, life.ledger.authorised - before)
        self._moved(event.day, changes, "amendment")
        if life.rule.one_pot and event.amount_eur > 0:
            life.money_comes(0)

    def rules_change(self, moment: Moment) -> None:
        """The rules are laid out with all events worked in; where prices change, those who wait are looked at again."""
        life = self.life
        life.happens(moment)
        life.tell(EVENT_NOTES[self.scenario.events[moment.place].kind], -1, -1, 0)
        if moment.place in life.ground.repricing:
            life.everyone_tries()

    def appropriations_open(self, moment: Moment) -> None:
        """More may be committed, on whichever line."""
        life = self.life
        life.happens(moment)
        life.tell("appropriations open", -1, -1, life.money.open_up(moment.place))
        life.everyone_tries()

    def _moved(self, day: date, changes: list[int], why: str) -> None:
        """Log what was moved between lines, and let those who wait where money came try again."""
        life = self.life
        so_far = self.moves.setdefault(day, [0] * len(changes))
        self.moves[day] = [one + other for one, other in zip(so_far, changes, strict=True)]
        for line in filter(changes.__getitem__, life.ground.lines_by_key):
            life.tell(f"notified: {why}", -1, line, changes[line])
        for line in life.ground.lines_by_key:
            if changes[line] > 0:
                life.money_comes(life.queue_of(line))
