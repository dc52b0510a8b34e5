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
from sim.committee import rule_of
from sim.engines import EngineName, engine_named
from sim.ground import Ground, ground_of
from sim.inflow import draw_requests
from sim.kinds import Kind
from sim.ledger import Ledger
from sim.lived import Event
from sim.price_list import PriceList
from sim.run_requests import RunRequests, together


class Row(NamedTuple):
    """One event; a field that does not apply is "".

    Attributes:
        minute: from midnight of the opening day.
        date: on which it falls.
        kind: of the moment, in the order of `sim.clock.Kind` inside a minute.
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
    ground = ground_of(scenario)
    chosen = policy or scenario.committee.policy
    requests = together(ground, draw_requests(ground, run), run)
    at_desk: list[tuple[tuple[int, int, int], Row]] = []
    afterwards: list[tuple[tuple[int, int, int], Row]] = []

    def watch_desk(minute: int, kind: Kind, place: int, what: str) -> None:
        at_desk.append(((minute, kind, place), _row(ground, requests, minute, kind, place, what)))

    def watch_money(event: Event, ledger: Ledger) -> None:
        row = _row(ground, requests, event.minute, event.kind, event.request, event.what, event.line)
        row = row._replace(amount_cents=event.amount_cents)
        if event.line >= 0:
            row = row._replace(open_cents=ledger.unnotified if rule_of(chosen).one_pot else ledger.open[event.line])
        afterwards.append(((event.minute, event.kind, event.place), row))

    lived_by = engine_named(engine)
    examined = lived_by.examine(ground, requests, watch_desk)
    prices = PriceList(ground, requests)
    lived_by.live(ground, requests, examined, prices, chosen, allocation, watch_money, adviser=adviser)
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
