"""Two engines, one trace: a run lived by both, compared event by event with the accounts after each."""

from itertools import zip_longest
from typing import NamedTuple

from scenarios.allocation import Allocation
from scenarios.committee import Policy
from scenarios.committee_view import Adviser
from scenarios.scenario import Scenario
from sim.desk import Examined
from sim.engines import EngineName, engine_named
from sim.ground import Ground, ground_of
from sim.inflow import draw_requests
from sim.kinds import Kind
from sim.ledger import Ledger
from sim.lived import Event
from sim.price_list import PriceList
from sim.run_requests import RunRequests, together

_OF_ALL = ("authorised", "shortfall", "fee", "reserve", "unnotified", "lapsed", "committed")
_OF_LINE = ("open", "to_pay", "paid", "notified")

Told = tuple[Event, tuple[int, ...], tuple[object, ...]]
"""An event; the accounts that are no line's; those of its line, or of all lines where it concerns none."""


class Difference(NamedTuple):
    """Where two traces part.

    Attributes:
        number: of the event, from 1.
        simpy, compiled: the event and the accounts after it, as each engine tells them.
    """

    number: int
    simpy: str
    compiled: str


def lived_by_both(
    scenario: Scenario, allocation: Allocation, run: int, policy: Policy | None = None, adviser: Adviser | None = None
) -> tuple[list[Told], list[Told]]:
    """All events of a run by SimPy and by the compiled engine.

    Args:
        scenario: a checked scenario.
        allocation: the money notified to each line at the opening.
        run: the number of the run, from 0.
        policy: under which it is lived; by default the scenario's.
        adviser: what a policy decides by that is handed to the simulator.

    Returns:
        The events of both, in the order in which they happened: first the desk's, then the others.
    """
    ground = ground_of(scenario)
    requests = together(ground, draw_requests(ground, run), run)
    chosen = policy or scenario.committee.policy
    return (
        told_by("simpy", ground, requests, chosen, allocation, adviser=adviser),
        told_by("compiled", ground, requests, chosen, allocation, adviser=adviser),
    )


def told_by(
    name: EngineName,
    ground: Ground,
    requests: RunRequests,
    policy: Policy,
    allocation: Allocation,
    examined: Examined | None = None,
    adviser: Adviser | None = None,
) -> list[Told]:
    """All events of a run by one engine.

    Args:
        name: of the engine.
        ground: the scenario laid out.
        requests: the run's requests.
        policy: under which it is lived.
        allocation: the money notified to each line at the opening.
        examined: a desk's work to go on from, in place of the engine's own.
        adviser: what a policy decides by that is handed to the simulator.

    Returns:
        The events, the desk's first.
    """
    told: list[Told] = []

    def watch_desk(minute: int, kind: Kind, place: int, what: str) -> None:
        told.append((Event(minute, kind, place, what, place, -1, 0), (), ()))

    def watch_money(event: Event, ledger: Ledger) -> None:
        told.append((event, tuple(getattr(ledger, name) for name in _OF_ALL), _lines(event, ledger)))

    engine = engine_named(name)
    if examined is None:
        examined = engine.examine(ground, requests, watch_desk)
    prices = PriceList(ground, requests)
    engine.live(ground, requests, examined, prices, policy, allocation, watch_money, adviser=adviser)
    return told


def _lines(event: Event, ledger: Ledger) -> tuple[object, ...]:
    accounts = [getattr(ledger, name) for name in _OF_LINE]
    return tuple(account[event.line] if event.line >= 0 else tuple(account) for account in accounts)


def first_difference(simpy: list[Told], compiled: list[Told]) -> Difference | None:
    """The first event in which two traces differ; None where they are the same.

    Args:
        simpy, compiled: what each engine told.

    Returns:
        The difference, if any.
    """
    for number, (one, other) in enumerate(zip_longest(simpy, compiled), start=1):
        if one != other:
            return Difference(number, _text(one), _text(other))
    return None


def _text(told: Told | None) -> str:
    if told is None:
        return "nothing more happens"
    event, of_all, of_line = told
    accounts = [f"{name} {value}" for name, value in zip(_OF_ALL, of_all, strict=bool(of_all))]
    accounts += [f"{name} {value}" for name, value in zip(_OF_LINE, of_line, strict=bool(of_line))]
    where = f"request {event.request}, line {event.line}" if event.request >= 0 else f"line {event.line}"
    head = f"minute {event.minute}, {event.kind.name.lower()} {event.place}: {event.what} ({where}"
    return f"{head}, {event.amount_cents} cents); " + ", ".join(accounts)
