"""Every event of one run, row by row."""

import csv
import io
from collections.abc import Iterable
from heapq import merge
from typing import NamedTuple

from scenarios.allocation import Allocation
from scenarios.committee import Policy
from scenarios.committee_view import Adviser
from scenarios.scenario import Scenario
from sim.engines import EngineName
from sim.ground import Ground
from sim.happenings import NOTES
from sim.kinds import Kind
from sim.replay import Replay, replayed
from sim.run_requests import RunRequests


class Row(NamedTuple):
    """One event; a field that does not apply is "".

    Attributes:
        minute: from midnight of the opening day.
        date: on which it falls.
        kind: of the moment, in the order of `sim.kinds.Kind` inside a minute.
        branch, number: the request.
        line: the line concerned.
        pathways: of the request.
        amount_cents: money moved or asked for.
        open_cents: what may be committed on the line (under first_come: in the pot) after the event.
        note: what happened.
    """

    minute: int
    date: str
    kind: str
    branch: str
    number: int | str
    line: str
    pathways: int | str
    amount_cents: int | str
    open_cents: int | str
    note: str


def trace(
    scenario: Scenario,
    allocation: Allocation,
    run: int,
    policy: Policy | None = None,
    engine: EngineName = "compiled",
    adviser: Adviser | None = None,
) -> list[Row]:
    """Every event of a run, in the order (minute, kind, branch, number).

    Args:
        scenario: a checked scenario.
        allocation: the money notified to each line at the opening.
        run: the number of the run, from 0.
        policy: under which it is lived; by default the scenario's.
        engine: by which it is lived.
        adviser: what a policy decides by that is handed to the simulator.

    Returns:
        The rows; the same by either engine, whatever else has run.
    """
    chosen = policy or scenario.committee.policy
    return rows_of(replayed(scenario, allocation, run, chosen, engine, adviser))


def rows_of(replay: Replay) -> list[Row]:
    """What a run lived alone has told, row by row: the desk's events and the life's in one order."""
    ground, requests = replay.ground, replay.requests
    at_desk = [((one.minute, int(one.kind), one.place), _row(ground, requests, *one)) for one in replay.desk]
    afterwards = []
    for one in replay.told:
        row = _row(ground, requests, one.minute, Kind(one.kind), one.request, NOTES[one.note], one.line)
        row = row._replace(amount_cents=one.amount_cents)
        if one.line >= 0:
            row = row._replace(open_cents=one.open_cents)
        afterwards.append(((one.minute, one.kind, one.place), row))
    return [row for _, row in merge(at_desk, afterwards, key=lambda pair: pair[0])]


def _row(ground: Ground, requests: RunRequests, minute: int, kind: Kind, place: int, what: str, line: int = -1) -> Row:
    known = place >= 0
    if known:
        line = int(requests.line[place])
    return Row(
        minute=minute,
        date=ground.calendar.date_of(minute).isoformat(),
        kind=kind.name.lower(),
        branch=ground.cells.branches[int(requests.branch[place])] if known else "",
        number=int(requests.all.number[place]) if known else "",
        line=ground.cells.lines[line].key if line >= 0 else "",
        pathways=int(requests.all.trainees[place]) if known else "",
        amount_cents="",
        open_cents="",
        note=what,
    )


def as_csv(rows: Iterable[Row]) -> str:
    """Rows as CSV text with a header, comma-separated, lines ended by a line feed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Row._fields)
    writer.writerows(rows)
    return out.getvalue()
