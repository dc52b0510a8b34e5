"""The desk by the compiled engine: the scenario laid out for `sim.desk_kernel`, and its answer read back."""

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from sim.closings import to_the_desk
from sim.desk import DeskWatch, Examined
from sim.desk_kernel import EVENTS, FREE, LOOKS, MOST_OFFICERS, TOLD, DeskState, run_desk
from sim.event_key import fits, keys_of
from sim.ground import NEVER, Ground
from sim.happenings import NOTES
from sim.kinds import Kind
from sim.run_requests import RunRequests

Int = NDArray[np.int64]


def examine(ground: Ground, requests: RunRequests, watch: DeskWatch | None = None) -> Examined:
    """Live through the desk's part of a run; arguments and answer are those of `sim.desk.examine`."""
    desk = _laid_out(ground, requests, watch is not None)
    run_desk(desk)
    if watch is not None:
        for minute, kind, place, note in desk.rows[: desk.counts[TOLD]].tolist():
            watch(minute, Kind(kind), place, NOTES[note])
    looks = desk.looks[: desk.counts[LOOKS]]
    return Examined(
        decision_minute=desk.decided,
        first_wait_minutes=desk.first_wait,
        work_begun=looks[:, 0],
        work_minutes=looks[:, 1],
    )


def _laid_out(ground: Ground, requests: RunRequests, tracing: bool) -> DeskState:
    calendar, attributes, count = ground.calendar, requests.all, len(requests)
    if not fits(ground.horizon, count):
        raise ValueError("too many requests or years for the compiled engine")
    length = calendar.office_closes - calendar.office_opens
    officers, changes = int(ground.officers_of_day[0]), _staffing(ground)
    examinations = count + int(attributes.incomplete_rounds.sum())
    arrives, decided = to_the_desk(ground, requests)
    filed = _whole(arrives)
    arriving = np.flatnonzero(filed < NEVER)
    small_first = ground.scenario.desk.discipline == "small_first"
    queues = len(ground.cells.size_bands) if small_first else 1
    return DeskState(
        officers=officers,
        horizon=ground.horizon,
        never=NEVER,
        office_opens=calendar.office_opens,
        office_length=length,
        small_first=int(small_first),
        tracing=int(tracing),
        before_day=np.concatenate([[0], np.cumsum(calendar.working)]).astype(np.int64) * length,
        working=calendar.working.astype(np.int64),
        worked_days=np.flatnonzero(calendar.working).astype(np.int64),
        filings=np.sort(keys_of(filed[arriving], Kind.FILING, arriving)),
        band=_whole(attributes.size_band),
        filed=filed,
        returns=_whole(attributes.incomplete_rounds),
        work=_whole(attributes.work_minutes),
        resubmission=_whole(attributes.resubmission_minutes),
        decision_lag=_whole(attributes.decision_minutes),
        eligible=attributes.eligible.astype(np.int64),
        decided=decided,
        first_wait=np.full(count, -1, dtype=np.int64),
        rounds=np.zeros(count, dtype=np.int64),
        looks=np.empty((examinations, 2), dtype=np.int64),
        calendar=np.concatenate([changes, np.empty(count + 1, dtype=np.int64)]),
        counts=_counts(officers, len(changes)),
        queues=np.empty((queues, examinations), dtype=np.int64),
        ends=np.zeros((queues, 2), dtype=np.int64),
        rows=np.empty((count + 2 * examinations if tracing else 0, 4), dtype=np.int64),
    )


def _counts(officers: int, changes: int) -> Int:
    counts = np.zeros(4, dtype=np.int64)
    counts[EVENTS], counts[FREE] = changes, officers
    return counts


def _staffing(ground: Ground) -> Int:
    """Keys of the days on which the number of officers changes, ascending, which is a heap: int64 (changes,)."""
    days = np.flatnonzero(np.diff(ground.officers_of_day)) + 1
    by_how_much = ground.officers_of_day[days] - ground.officers_of_day[days - 1]
    return keys_of(days * DAY, Kind.EVENT, by_how_much + MOST_OFFICERS)


def _whole(values: Int) -> Int:
    """One type of array for one compiled version: contiguous and writable."""
    return np.require(values, dtype=np.int64, requirements=["C", "W"])
