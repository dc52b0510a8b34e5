"""The desk over plain arrays: the same life of files as `sim.desk`, event by event."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiling import compiled
from sim.event_heap import pop, push
from sim.event_key import FAR, key_of, kind_of, minute_of, place_of, rank_of
from sim.happenings import NUMBER
from sim.kinds import Kind

Int = NDArray[np.int64]

_DAY = 24 * 60
_FILING, _EXAMINED, _RETURNED = int(Kind.FILING), int(Kind.EXAMINED), int(Kind.RETURNED)
_STAFFED = int(Kind.EVENT)
_FILED, _FILED_AGAIN = NUMBER["filed"], NUMBER["filed again"]
_SENT_BACK, _COMPLETE, _INELIGIBLE = NUMBER["sent back incomplete"], NUMBER["complete"], NUMBER["found ineligible"]


class DeskState(NamedTuple):
    """The desk of a run, all int64; what is not said to be written is only read.

    Attributes:
        officers, horizon, never, office_opens, office_length: whole numbers; minutes.
        small_first, tracing: 0 or 1.
        before_day: working minutes before each day, and after the last. working: 0 or 1 by day.
        worked_days: the days that are worked.
        filings: keys of the filings, ascending.
        band, filed, returns, work, resubmission, decision_lag, eligible: by place.
        decided, first_wait: by place, written.
        rounds: by place, how often examined so far; written, zero at first.
        looks: (examinations, 2), written: working minutes at its begin, and its length.
        calendar: heap of keys, at first those of the days on which the number of officers changes (a key's place is
            by how much, plus `MOST_OFFICERS`). counts: (4,): its size, free officers, looks, rows; where more officers
            leave than are free, fewer than none are free until files in hand are finished.
        queues: (bands where small companies come first, else 1; examinations): ranks of the files that wait, ascending.
        ends: (queues, 2): between which places of each the waiting files stand.
        rows: (events, 4) where tracing: minute, kind, place, note.
    """

    officers: int
    horizon: int
    never: int
    office_opens: int
    office_length: int
    small_first: int
    tracing: int
    before_day: Int
    working: Int
    worked_days: Int
    filings: Int
    band: Int
    filed: Int
    returns: Int
    work: Int
    resubmission: Int
    decision_lag: Int
    eligible: Int
    decided: Int
    first_wait: Int
    rounds: Int
    looks: Int
    calendar: Int
    counts: Int
    queues: Int
    ends: Int
    rows: Int


MOST_OFFICERS = 1_000_000
"""More than any desk has: what is added to a change of their number, so that it fits a key."""
EVENTS, FREE, LOOKS, TOLD = range(4)
"""Places in `counts`."""
FIRST, LAST = range(2)
"""Columns of `ends`; LAST is the place after the last file."""


@compiled
def _worked(desk: DeskState, minute: int) -> int:
    """Working minutes from the opening to a minute."""
    day = minute // _DAY
    if day >= len(desk.working):
        return int(desk.before_day[-1])
    if desk.working[day] == 0:
        return int(desk.before_day[day])
    return int(desk.before_day[day] + min(max(minute % _DAY - desk.office_opens, 0), desk.office_length))


@compiled
def _minute_after(desk: DeskState, worked: int) -> int:
    """The first minute at which so many working minutes (at least 1) have passed."""
    number = (worked - 1) // desk.office_length
    if number >= len(desk.worked_days):
        return desk.never
    rest = (worked - 1) - number * desk.office_length
    return int(desk.worked_days[number] * _DAY + desk.office_opens + rest + 1)


@compiled
def _plan(desk: DeskState, minute: int, kind: int, place: int) -> None:
    if minute < desk.horizon:
        desk.counts[EVENTS] = push(desk.calendar, desk.counts[EVENTS], key_of(minute, kind, place))


@compiled
def _tell(desk: DeskState, minute: int, kind: int, place: int, note: int) -> None:
    if desk.tracing:
        row = desk.rows[desk.counts[TOLD]]
        row[0], row[1], row[2], row[3] = minute, kind, place, note
        desk.counts[TOLD] += 1


@compiled
def _begin(desk: DeskState, place: int, now: int) -> None:
    """An officer takes up a file, and works on it in office minutes."""
    begun = _worked(desk, now)
    if desk.rounds[place] == 0:
        desk.first_wait[place] = begun - _worked(desk, desk.filed[place])
    look = desk.counts[LOOKS]
    desk.looks[look, 0], desk.looks[look, 1] = begun, desk.work[place]
    desk.counts[LOOKS] += 1
    _plan(desk, _minute_after(desk, begun + desk.work[place]), _EXAMINED, place)


@compiled
def _join(desk: DeskState, place: int, now: int) -> None:
    if desk.counts[FREE] > 0:
        desk.counts[FREE] -= 1
        _begin(desk, place, now)
        return
    # Files come nearly in the order of their ranks (arrival, then place): the last few make room for an earlier one.
    queue = desk.band[place] if desk.small_first else 0
    waiting, rank = desk.queues[queue], rank_of(now, place)
    at = desk.ends[queue, LAST]
    while at > desk.ends[queue, FIRST] and waiting[at - 1] > rank:
        waiting[at] = waiting[at - 1]
        at -= 1
    waiting[at] = rank
    desk.ends[queue, LAST] += 1


@compiled
def _lay_down(desk: DeskState, now: int) -> None:
    """An officer is done with a file and takes the next that waits, unless he is one too many."""
    desk.counts[FREE] += 1
    _take_up(desk, now)


@compiled
def _take_up(desk: DeskState, now: int) -> None:
    """Free officers take up files that wait, as far as there are any."""
    for queue in range(len(desk.queues)):
        while desk.counts[FREE] > 0 and desk.ends[queue, FIRST] < desk.ends[queue, LAST]:
            first = desk.ends[queue, FIRST]
            desk.ends[queue, FIRST] += 1
            desk.counts[FREE] -= 1
            _begin(desk, place_of(desk.queues[queue, first]), now)


@compiled
def _examined(desk: DeskState, place: int, now: int) -> None:
    if desk.rounds[place] < desk.returns[place]:
        desk.rounds[place] += 1
        _tell(desk, now, _EXAMINED, place, _SENT_BACK)
        _plan(desk, now + desk.resubmission[place], _RETURNED, place)
    else:
        _tell(desk, now, _EXAMINED, place, _COMPLETE if desk.eligible[place] else _INELIGIBLE)
        desk.decided[place] = min(now + desk.decision_lag[place], desk.never)
    _lay_down(desk, now)


@compiled
def run_desk(desk: DeskState) -> None:
    """Live the desk's part of a run."""
    end = key_of(desk.horizon, 0, 0)
    following = 0
    while True:
        filing = desk.filings[following] if following < len(desk.filings) else FAR
        planned = desk.calendar[0] if desk.counts[EVENTS] > 0 else FAR
        key = min(filing, planned)
        if key >= end:
            return
        now, kind, place = minute_of(key), kind_of(key), place_of(key)
        if kind == _FILING:
            following += 1
            _tell(desk, now, kind, place, _FILED)
            _join(desk, place, now)
            continue
        pop(desk.calendar, desk.counts[EVENTS])
        desk.counts[EVENTS] -= 1
        if kind == _EXAMINED:
            _examined(desk, place, now)
        elif kind == _STAFFED:
            desk.counts[FREE] += place - MOST_OFFICERS
            _take_up(desk, now)
        else:
            _tell(desk, now, kind, place, _FILED_AGAIN)
            _join(desk, place, now)
