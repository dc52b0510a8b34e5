"""The life of requests once decided: commitment, waiting, training, release and payment (model.md, section 3).

This is the judge: it is meant to be read beside the model. All that happens is an event of the clock; all money
moves through the ledger.
"""

from collections.abc import Callable
from dataclasses import replace

from scenarios.allocation import Allocation
from scenarios.calendar import DAY
from scenarios.committee import Policy
from scenarios.committee_view import Adviser
from sim.beginning import beginning
from sim.clock import Clock, Moment
from sim.closings import closed_requests
from sim.committee import rule_of
from sim.company_aid import CompanyAid
from sim.dated_acts import DatedActs
from sim.desk import Examined
from sim.fee_earned import fee_earned_cents
from sim.ground import NEVER, Ground
from sim.happenings import NOTES
from sim.kinds import Kind
from sim.least_asked import LeastAsked
from sim.life_state import (
    COMMITTED_AT,
    COMMITTED_CENTS,
    PARKED,
    REFUSAL,
    RELEASED_CENTS,
    SERVED,
    TRAINEE_CENTS,
)
from sim.line_money import LineMoney
from sim.lived import Event, Lived, Watch
from sim.paying import Paying
from sim.price_list import NOT_ENTITLED, PriceList
from sim.prior_aid import aid_so_far
from sim.quotas import quotas_at
from sim.refusal import Refusal
from sim.run_requests import RunRequests
from sim.service_done import executed_cents
from sim.sitting import Committee
from sim.standing import Standing, in_training, ledger_at, patience_ends
from sim.steering import steering_of
from sim.stopped import stopped_at
from sim.waiting_room import WaitingRoom


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
    """Live through a run under a policy.

    Args:
        ground: the scenario laid out.
        requests: the run's requests.
        examined: what the desk did with them.
        prices: what each would cost, by day.
        policy: how the committee decides.
        allocation: the money notified to each line at the opening (under one pot: not used).
        watch: told of each event, where given.
        begins: where the run begins, in place of the opening under this allocation.
        adviser: what a policy decides by that is handed to the simulator.
        until: the minute at which the run is stopped, before anything of it happens; None lives it to its end.

    Returns:
        Lived.

    Raises:
        ValueError: when more is notified than may be distributed, or not to each line; when a policy lacks its adviser.
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
        scenario, attributes = ground.scenario, requests.all
        self.ground, self.requests, self.prices, self.committee = ground, requests, prices, committee
        self.rule = rule_of(committee.policy)
        self.watch = watch
        self.begins = begins or beginning(ground, requests, allocation, self.rule.one_pot)
        self.clock = Clock(self.begins.minute)
        self.ledger = ledger_at(self.begins)
        self.aid = CompanyAid(ground.aid_ceiling_of_day, aid_so_far(ground, self.begins, requests).tolist())
        queues = 1 if self.rule.one_pot else len(ground.cells.lines)
        self.room = WaitingRoom(queues, steering_of(ground, requests).rank.tolist(), self.begins.quota_waits)
        self.quotas = quotas_at(ground, requests, self.begins, self.rule.one_pot)
        self.steered = self.quotas.declared
        self.head_blocks = scenario.parking.blocking == "head_blocks"
        self.patience = scenario.parking.patience_days * DAY
        self.money = LineMoney(ground, self.ledger, self.rule.one_pot, self.begins.minute)
        self.least = LeastAsked(ground, [(known, asked) for known, asked in self.begins.least.tolist()])
        self.happening = (Kind.OPENING, 0)

        self.line: list[int] = requests.line.tolist()
        self.company: list[int] = requests.company.tolist()
        self.trainees: list[int] = attributes.trainees.tolist()
        self.drop_outs: list[int] = attributes.drop_outs.tolist()
        self.executed: list[int] = attributes.executed_basis_points.tolist()
        self.eligible: list[bool] = attributes.eligible.tolist()
        self.closed: list[bool] = closed_requests(ground, requests).tolist()
        self.training: list[int] = (attributes.start_minutes + attributes.duration_minutes).tolist()
        self.decided: list[int] = examined.decision_minute.tolist()
        self.decisions = examined.decisions_within(self.begins.minute, ground.horizon)
        self.next_decision = 0

        fate: list[list[int]] = self.begins.fate.T.tolist()
        self.refusal, self.parked, self.committed = fate[REFUSAL], fate[PARKED], fate[COMMITTED_AT]
        self.served = fate[SERVED]
        self.trainee_cents, self.committed_cents = fate[TRAINEE_CENTS], fate[COMMITTED_CENTS]
        self.released_cents = fate[RELEASED_CENTS]
        self.paying = Paying(ground, requests, self.begins, self.clock, self.ledger, self.happens, self.tell)
        self.dated = DatedActs(self, committee, self.begins)

    def live(self, until: int | None) -> Lived:
        self.take_up(self.begins)
        self.dated.plan()
        self.plan_next_decision()
        if self.begins.opens:
            self.dated.opening_day()
        end = self.ground.horizon if until is None else min(until, self.ground.horizon)
        self.clock.run(until=end)
        if end == self.ground.horizon:
            self.close()
            return self.lived()
        lived = self.lived()
        return replace(
            lived, standing=stopped_at(end, self.begins, lived, self.room, self.least.by_queue(), self.paying)
        )

    def lived(self) -> Lived:
        return Lived(
            policy=self.committee.policy,
            refusal=self.refusal,
            parked=self.parked,
            committed=self.committed,
            trainee_cents=self.trainee_cents,
            committed_cents=self.committed_cents,
            served=self.served,
            released_cents=self.released_cents,
            due=self.paying.due,
            paid=self.paying.paid,
            ledger=self.ledger,
            moves=self.dated.moves,
            advances=self.paying.advances(),
            weighed=self.dated.weighed,
        )

    # What lies ahead where the run begins

    def take_up(self, begins: Standing) -> None:
        for place, minute in zip(*patience_ends(self.ground, begins), strict=True):
            self.room.enter(self.queue_of(self.line[place]), int(place))
            self.clock.moment(int(minute), Kind.PATIENCE, int(place), self.patience_ends)
        for place, minute in zip(*in_training(begins, self.requests), strict=True):
            self.clock.moment(int(minute), Kind.SERVICE_DONE, int(place), self.service_done)
        self.paying.take_up(begins)

    # A request is decided on

    def plan_next_decision(self) -> None:
        """The desk's decisions are known in advance; one at a time stands in the calendar of events."""
        if self.next_decision < len(self.decisions):
            place = self.decisions[self.next_decision]
            self.next_decision += 1
            self.clock.moment(self.decided[place], Kind.DECISION, place, self.decision)

    def decision(self, moment: Moment) -> None:
        place, now = moment.place, moment.minute
        self.happens(moment)
        self.plan_next_decision()
        refusal = self.refused_at_once(place, now)
        if refusal:
            self.refuse(place, refusal)
            return
        each = self.prices.trainee_cents(place, now)
        cents = each * self.trainees[place]
        if each == NOT_ENTITLED:
            self.refuse(place, Refusal.NOT_ENTITLED)
        elif not self.aid.allows(self.company[place], cents, now):
            self.refuse(place, Refusal.AID_CEILING)
        elif self.steered and not self.quotas.allow(place, cents, self.ledger):
            self.park(place, now, cents, for_quota=True)
        elif self.others_block(place) or not self.money_found(place, cents):
            self.park(place, now, cents)
        else:
            self.commit(place, each, now)

    def refused_at_once(self, place: int, now: int) -> Refusal:
        if self.closed[place]:
            return Refusal.CLOSED
        if not self.eligible[place]:
            return Refusal.INELIGIBLE
        if now >= self.ground.commitment_end:
            return Refusal.LATE
        if now + self.training[place] > self.ground.execution_end:
            return Refusal.TOO_LATE_TO_TRAIN
        return Refusal.NONE

    def refuse(self, place: int, refusal: Refusal) -> None:
        self.refusal[place] = int(refusal)
        self.tell(NOTES[refusal], place, self.line[place], 0)  # a refusal's note has the number of its reason

    def queue_of(self, line: int) -> int:
        return 0 if self.rule.one_pot else line

    def others_block(self, place: int) -> bool:
        return self.head_blocks and self.room.blocked(self.queue_of(self.line[place]))

    def money_found(self, place: int, cents: int) -> bool:
        line = self.line[place]
        drawn = self.money.bring(line, cents)
        if drawn:
            self.tell("drawn from the reserve", place, line, drawn)
        return drawn is not None

    def commit(self, place: int, trainee_cents: int, now: int) -> None:
        cents, line = trainee_cents * self.trainees[place], self.line[place]
        self.ledger.commit(line, cents)
        self.aid.grant(self.company[place], cents)
        self.quotas.count(place, cents)
        self.committed[place] = now
        self.trainee_cents[place] = trainee_cents
        self.committed_cents[place] = cents
        self.tell("committed", place, line, cents)
        self.clock.moment(now + self.training[place], Kind.SERVICE_DONE, place, self.service_done)
        self.paying.promise_advance(place, cents)

    # Waiting for money

    def park(self, place: int, now: int, cents: int, for_quota: bool = False) -> None:
        queue = self.queue_of(self.line[place])
        self.room.enter(queue, place)
        if self.steered:
            self.room.begins_to_wait(place, now, for_quota)
        self.least.parks(queue, cents)
        if for_quota:
            self.tell("parked for its quota", place, self.line[place], cents)
        else:
            self.finds_no_money(place, cents)
        self.clock.moment(now + self.patience, Kind.PATIENCE, place, self.patience_ends)

    def finds_no_money(self, place: int, cents: int) -> None:
        if self.parked[place] == NEVER:
            self.parked[place] = self.clock.now
            self.tell("parked", place, self.line[place], cents)

    def patience_ends(self, moment: Moment) -> None:
        place = moment.place
        if not self.room.waits(place):
            return
        self.happens(moment)
        queue = self.room.leave(place)
        self.refuse(place, Refusal.PATIENCE)
        self.money_comes(queue)

    def commitment_deadline(self, moment: Moment) -> None:
        self.happens(moment)
        self.send_everyone_home()

    def send_everyone_home(self) -> None:
        for place in sorted(self.room.all_queues()):
            self.room.leave(place)
            self.refuse(place, Refusal.DEADLINE)

    def money_comes(self, queue: int) -> None:
        """Try those who wait in a queue again, in order, at the price of the day."""
        if self.room.empty(queue) or self.clock.now >= self.ground.commitment_end:
            return
        if self.head_blocks and not self.steered:
            while (head := self.room.first(queue)) is not None and self.try_again(head) is None:
                pass
            return
        if self.head_blocks:
            for place in self.room.everyone(queue):
                if self.try_again(place) is not None and not self.room.waits_for_quota(place):
                    return
            return
        if self.serves_nobody(queue):
            return
        asked = [self.try_again(place) for place in self.room.everyone(queue)]
        self.least.tried(queue, self.clock.now, [cents for cents in asked if cents is not None])

    def everyone_tries(self) -> None:
        """Money that any line may use has come, or prices have changed: all who wait try again, in order."""
        if self.clock.now >= self.ground.commitment_end:
            return
        blocked: set[int] = set()
        for place in self.room.everyone_by_rank():
            queue = self.queue_of(self.line[place])
            if queue in blocked if self.head_blocks else self.serves_nobody(queue):
                continue
            if self.try_again(place) is not None and not self.room.waits_for_quota(place):
                blocked.add(queue)

    def serves_nobody(self, queue: int) -> bool:
        line = 0 if self.rule.one_pot else queue
        return self.least.more_than(queue, self.money.most(line), self.clock.now)

    def try_again(self, place: int) -> int | None:
        """Commit or refuse a waiting request (None), or leave it waiting: what it asks for, cents."""
        now = self.clock.now
        trainee_cents = self.prices.trainee_cents(place, now)
        cents = trainee_cents * self.trainees[place]
        refusal = self.refused_while_waiting(place, trainee_cents, now)
        if self.steered and not refusal and not self.quotas.allow(place, cents, self.ledger):
            self.room.now_for(place, quota=True)
            return cents
        if not refusal and not self.money_found(place, cents):
            self.room.now_for(place, quota=False)
            self.finds_no_money(place, cents)
            return cents
        self.room.leave(place)
        if refusal:
            self.refuse(place, refusal)
        else:
            self.commit(place, trainee_cents, now)
        return None

    def refused_while_waiting(self, place: int, trainee_cents: int, now: int) -> Refusal:
        """Why a waiting request will not be committed, however much money comes."""
        if trainee_cents == NOT_ENTITLED:
            return Refusal.NOT_ENTITLED
        if now + self.training[place] > self.ground.execution_end:
            return Refusal.TOO_LATE_TO_TRAIN
        if not self.aid.allows(self.company[place], trainee_cents * self.trainees[place], now):
            return Refusal.AID_CEILING
        return Refusal.NONE

    # Training, release, payment

    def service_done(self, moment: Moment) -> None:
        place, now = moment.place, moment.minute
        self.happens(moment)
        executed = executed_cents(
            self.trainee_cents[place], self.trainees[place], self.drop_outs[place], self.executed[place]
        )
        self.served[place] = now
        self.released_cents[place] = self.committed_cents[place] - executed
        too_much = self.paying.balance_promised(place, executed)
        recovered = self.paying.recovered_cents[place]
        back = self.gives_back(place, "service done", self.released_cents[place] - recovered, self.ledger.release)
        if recovered:
            back += self.gives_back(place, "advance recovered", recovered, self.ledger.recover)
        if too_much:
            self.paying.take_back(recovered)
        self.quotas.count(place, -self.released_cents[place])
        if not back and not (self.steered and self.released_cents[place]):
            return
        if self.money.by_date or self.quotas.over_all_lines:
            self.everyone_tries()
        else:
            self.money_comes(self.queue_of(self.line[place]))

    def gives_back(self, place: int, what: str, cents: int, account: Callable[[int, int, bool], int]) -> int:
        """Money goes back through an account; returns what came to the line or the pot."""
        line = self.line[place]
        back = account(line, cents, self.clock.now < self.ground.filing_end)
        if back and self.rule.one_pot:
            self.ledger.notify(line, -back)
        self.tell(what, place, line, cents)
        return back

    # The end

    def close(self) -> None:
        """Nobody waits any longer; what the desk never decided on is late; the fee that was not earned lapses."""
        scenario, self.happening = self.ground.scenario, (Kind.CLOSE, 0)
        self.send_everyone_home()
        for place, decided in enumerate(self.decided):
            if decided >= self.ground.horizon:
                self.refusal[place] = int(Refusal.LATE if self.eligible[place] else Refusal.INELIGIBLE)
        if scenario.scheme.management_fee.base != "authorised":
            self.tell("fee not earned lapses", -1, -1, self.ledger.close(fee_earned_cents(scenario, self.ledger)))

    def happens(self, moment: Moment) -> None:
        self.happening = (moment.kind, moment.place)

    def tell(self, what: str, place: int, line: int, cents: int) -> None:
        if self.watch is not None:
            self.watch(Event(self.clock.now, *self.happening, what, place, line, cents), self.ledger)
