"""The desk: requests are filed, queue for an officer, and are examined until they are complete (model.md, section 3).

The desk does not depend on money, so one run of it serves all policies.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from scenarios.staffing import staffing_changes
from sim.clock import Clock, Moment
from sim.closings import to_the_desk
from sim.ground import NEVER, Ground
from sim.kinds import Kind
from sim.office_hours import OfficeHours
from sim.run_requests import RunRequests

Int = NDArray[np.int64]

DeskWatch = Callable[[int, Kind, int, str], None]
"""Told of each event of the desk: minute, kind, place, what happened."""


@dataclass(frozen=True, eq=False)
class Examined:
    """What the desk did in a run; int64 (requests,).

    Attributes:
        decision_minute: when each request is decided on; NEVER where the calendar ends before.
        first_wait_minutes: working minutes from filing to the officer's first look; -1 where nobody looked.
        work_begun: for each examination, working minutes from the opening to its begin.
        work_minutes: its length.
    """

    decision_minute: Int
    first_wait_minutes: Int
    work_begun: Int
    work_minutes: Int

    def decisions_within(self, first: int, end: int) -> list[int]:
        """The requests decided on from a minute to before another, in the order in which they are."""
        decided = self.decision_minute
        within = np.flatnonzero((decided >= first) & (decided < end))
        order: list[int] = within[np.argsort(decided[within], kind="stable")].tolist()
        return order


def examine(ground: Ground, requests: RunRequests, watch: DeskWatch | None = None) -> Examined:
    """Live through the desk's part of a run.

    Args:
        ground: the scenario laid out.
        requests: the run's requests.
        watch: told of each event, where given.

    Returns:
        Examined.
    """
    return _Desk(ground, requests, watch).run()


class _Desk:
    def __init__(self, ground: Ground, requests: RunRequests, watch: DeskWatch | None) -> None:
        self.clock = Clock()
        self.officers = self.clock.officers(int(ground.officers_of_day[0]))
        self.staffing = staffing_changes(ground.officers_of_day)
        self.hours = OfficeHours(ground.calendar)
        self.horizon = ground.horizon
        self.small_first = ground.scenario.desk.discipline == "small_first"
        self.watch = watch
        arrives, decided = to_the_desk(ground, requests)
        self.filed: list[int] = arrives.tolist()
        self.bands: list[int] = requests.all.size_band.tolist()
        self.returns: list[int] = requests.all.incomplete_rounds.tolist()
        self.work: list[int] = requests.all.work_minutes.tolist()
        self.resubmission: list[int] = requests.all.resubmission_minutes.tolist()
        self.decision_lag: list[int] = requests.all.decision_minutes.tolist()
        self.eligible: list[bool] = requests.all.eligible.tolist()
        self.decided: list[int] = decided.tolist()
        self.first_wait = [-1] * len(requests)
        self.looks: list[tuple[int, int]] = []
        order: list[int] = np.argsort(arrives, kind="stable").tolist()
        self.filings = (place for place in order if self.filed[place] < NEVER)

    def run(self) -> Examined:
        for day, officers in self.staffing:
            self.clock.moment(day * DAY, Kind.EVENT, officers, self.staffed)
        self.plan_next_filing()
        self.clock.run(until=self.horizon)
        looks = np.asarray(self.looks, dtype=np.int64).reshape(-1, 2)
        return Examined(
            decision_minute=np.asarray(self.decided, dtype=np.int64),
            first_wait_minutes=np.asarray(self.first_wait, dtype=np.int64),
            work_begun=looks[:, 0],
            work_minutes=looks[:, 1],
        )

    def staffed(self, moment: Moment) -> None:
        """The number of officers changes; its moment's place tells the number."""
        self.officers.staff(moment.place)

    def plan_next_filing(self) -> None:
        """Filings are known in advance; one at a time stands in the calendar of events."""
        for place in self.filings:
            self.clock.moment(self.filed[place], Kind.FILING, place, self.filing)
            return

    def filing(self, moment: Moment) -> None:
        self.tell(Kind.FILING, moment.place, "filed")
        self.plan_next_filing()
        self.clock.start(self.examination(moment.place))

    def examination(self, place: int) -> Generator[Any, Any, None]:
        clock, work = self.clock, self.work[place]
        for returns in range(self.returns[place] + 1):
            yield self.officers.turn(self.rank(place))
            # An officer picks the next file when he lays down the last, and works on it in office minutes.
            begun = self.hours.worked(clock.now)
            if returns == 0:
                self.first_wait[place] = begun - self.hours.worked(self.filed[place])
            self.looks.append((begun, work))
            yield clock.moment(self.hours.minute_after(begun + work), Kind.EXAMINED, place)
            self.officers.done()
            if returns < self.returns[place]:
                self.tell(Kind.EXAMINED, place, "sent back incomplete")
                yield clock.moment(clock.now + self.resubmission[place], Kind.RETURNED, place)
                self.tell(Kind.RETURNED, place, "filed again")
        self.tell(Kind.EXAMINED, place, "complete" if self.eligible[place] else "found ineligible")
        self.decided[place] = min(clock.now + self.decision_lag[place], NEVER)

    def rank(self, place: int) -> int:
        """First come first examined, ties by place; small companies before all others where the desk says so."""
        arrival = (self.clock.now << 40) | place
        return (self.bands[place] << 100) | arrival if self.small_first else arrival

    def tell(self, kind: Kind, place: int, what: str) -> None:
        if self.watch is not None:
            self.watch(self.clock.now, kind, place, what)
