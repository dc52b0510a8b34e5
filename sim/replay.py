"""One run of an experiment lived again alone, whole or in part, with all that it told."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.allocation import Allocation
from scenarios.committee import Policy
from scenarios.committee_view import Adviser
from scenarios.scenario import Scenario
from sim.beginning import beginning
from sim.committee import rule_of
from sim.desk import Examined
from sim.engines import EngineName, engine_named
from sim.ground import Ground, ground_of
from sim.happenings import NUMBER
from sim.inflow import draw_requests
from sim.kinds import Kind
from sim.ledger import Ledger
from sim.lived import Event, Lived
from sim.price_list import PriceList
from sim.run_requests import RunRequests, together
from sim.standing import Standing

Int = NDArray[np.int64]

TOLD_COLUMNS = 8


class Told(NamedTuple):
    """An event of the life, as numbers.

    Attributes:
        minute, kind, place: of the moment it belongs to.
        note: number of what happened (`sim.happenings`).
        request, line: whom it concerns; -1 where none.
        amount_cents: money moved or asked for.
        open_cents: what may be committed on the line (under one pot: in the pot) after it; 0 where there is no line.
    """

    minute: int
    kind: int
    place: int
    note: int
    request: int
    line: int
    amount_cents: int
    open_cents: int


class AtDesk(NamedTuple):
    """An event of the desk: minute, kind, the request's place, what happened."""

    minute: int
    kind: Kind
    place: int
    what: str


@dataclass(frozen=True, eq=False)
class Replay:
    """A run lived alone.

    Attributes:
        ground, requests, examined, prices: the run.
        desk: what the desk told, up to where the run was stopped.
        told: what the life told, what was told before it was stopped included.
        lived: what became of the requests; with its `standing` where the run was stopped.
    """

    ground: Ground
    requests: RunRequests
    examined: Examined
    prices: PriceList
    desk: list[AtDesk]
    told: list[Told]
    lived: Lived


def replayed(
    scenario: Scenario,
    allocation: Allocation,
    run: int,
    policy: Policy,
    engine: EngineName = "compiled",
    adviser: Adviser | None = None,
    begins: Standing | None = None,
    before: list[Told] | None = None,
    until: int | None = None,
) -> Replay:
    """Live one run.

    Args:
        scenario: a checked scenario.
        allocation: the money notified to each line at the opening.
        run: the number of the run, from 0.
        policy: under which it is lived.
        engine: by which it is lived.
        adviser: what a policy decides by that is handed to the simulator.
        begins: where it was stopped, None from the opening.
        before: what it had told by then.
        until: the minute at which it is stopped, None to live it to its end.

    Returns:
        Replay: the same by either engine, stopped in between or not.

    Raises:
        ValueError: as `sim.model.live`.
    """
    ground = ground_of(scenario)
    requests = together(ground, draw_requests(ground, run), run)
    one_pot = rule_of(policy).one_pot
    desk: list[AtDesk] = []
    told = list(before or [])

    def watch_desk(minute: int, kind: Kind, place: int, what: str) -> None:
        if until is None or minute < until:
            desk.append(AtDesk(minute, kind, place, what))

    def watch_money(event: Event, ledger: Ledger) -> None:
        free = 0 if event.line < 0 else ledger.unnotified if one_pot else ledger.open[event.line]
        told.append(
            Told(
                event.minute,
                int(event.kind),
                event.place,
                NUMBER[event.what],
                event.request,
                event.line,
                event.amount_cents,
                free,
            )
        )

    by = engine_named(engine)
    examined, prices = by.examine(ground, requests, watch_desk), PriceList(ground, requests)
    lived = by.live(
        ground,
        requests,
        examined,
        prices,
        policy,
        allocation,
        watch_money,
        begins or beginning(ground, requests, allocation, one_pot),
        adviser,
        until,
    )
    return Replay(ground, requests, examined, prices, desk, told, lived)
