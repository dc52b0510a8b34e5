"""Checks of dated events and of who is at the desk; listed at the end."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from scenarios.check_findings import Finding, Steps, unknown
from scenarios.desk import Desk
from scenarios.events import (
    DemandShock,
    EnvelopeChange,
    Event,
    InstalmentLate,
    OfficersChange,
    RateChange,
    SupportReopened,
    SupportSuspended,
)
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents
from scenarios.staffing import officers_on

MOST_OFFICERS = 10_000
"""As many as a desk may begin with."""


def _days(scenario: Scenario) -> Iterator[Finding]:
    """Inside the scheme's time, where they can still change something."""
    windows = scenario.windows
    for number, event in enumerate(scenario.events):
        if event.day < windows.opens:
            yield ("events", number), "order", {"later": "date", "earlier": "opens"}
        limit = _last_effect(scenario, event)
        if event.day > getattr(windows, limit):
            yield ("events", number), "no_effect", {"found": event.day.isoformat(), "limit": limit}
        until = getattr(event, "until", None)
        if until is not None and until < event.day:
            yield ("events", number, "until"), "order", {"later": "until", "earlier": "date"}


def _last_effect(scenario: Scenario, event: Event) -> str:
    """The window after which an event changes nothing."""
    match event:
        case DemandShock():
            return "filing_deadline"
        case RateChange() | SupportSuspended() | SupportReopened():
            by_price_date = {"filing": "filing_deadline", "commitment": "commitment_deadline"}
            return by_price_date.get(scenario.scheme.price_date, "execution_deadline")
        case _:
            return "last_payment"


def _codes(scenario: Scenario) -> Iterator[Finding]:
    scheme = scenario.scheme
    tables: tuple[tuple[str, Iterable[str]], ...] = (
        ("branches", scenario.branches),
        ("situations", scheme.situations),
        ("pathway_types", scheme.pathway_types),
    )
    for number, event in enumerate(scenario.events):
        if not isinstance(event, RateChange | DemandShock):
            continue
        for name, known in tables:
            named = getattr(event, name, None)
            yield from unknown(("events", number, name), named, known, name)
            if named is not None and not named:
                yield ("events", number, name), "too_short", {"limit": 1}
        if isinstance(event, RateChange) and event.regime is not None:
            yield from unknown(("events", number, "regime"), [event.regime], scheme.regimes, "regimes")
    for number, factor in enumerate(scenario.inflow.economic_factors):
        steps = ("inflow", "economic_factors", number, "branches")
        yield from unknown(steps, factor.branches, scenario.branches, "branches")
        if factor.branches is not None and not factor.branches:
            yield steps, "too_short", {"limit": 1}


def _once(scenario: Scenario) -> Iterator[Finding]:
    """No event stands twice; pay support cannot be suspended and reopened on one day."""
    said: list[Event] = []
    turned: set[date] = set()
    for number, event in enumerate(scenario.events):
        bare = event.model_copy(update={"label": None, "announced": False})
        if bare in said:
            yield ("events", number), "repeated", {"found": f"{event.kind} {event.day.isoformat()}"}
        elif isinstance(event, SupportSuspended | SupportReopened) and event.day in turned:
            yield ("events", number), "repeated", {"found": event.day.isoformat()}
        said.append(bare)
        if isinstance(event, SupportSuspended | SupportReopened):
            turned.add(event.day)


def _envelope(scenario: Scenario) -> Iterator[Finding]:
    """In no run does the envelope fall below zero: uncertain cuts may all come, uncertain top-ups all fail."""
    authorised = eur_to_cents(scenario.envelope_eur)
    changes = [(number, event) for number, event in enumerate(scenario.events) if isinstance(event, EnvelopeChange)]
    for number, event in sorted(changes, key=lambda pair: (pair[1].day, pair[0])):
        cents = eur_to_cents(event.amount_eur)
        if event.probability >= 1:
            authorised += cents
        elif event.probability > 0:
            authorised += min(cents, 0)
        if authorised < 0:
            yield ("events", number), "cut_below_zero", {"found": event.day.isoformat()}
            return


def _support(scenario: Scenario) -> Iterator[Finding]:
    for number, event in enumerate(scenario.events):
        if isinstance(event, SupportSuspended | SupportReopened) and scenario.scheme.pay_support.payer != "envelope":
            yield ("events", number), "needs", {"expected": "scheme.pay_support.payer: envelope"}


def _instalments(scenario: Scenario) -> Iterator[Finding]:
    days = [row.day.isoformat() for row in scenario.payments.instalments]
    for number, event in enumerate(scenario.events):
        if isinstance(event, InstalmentLate):
            yield from unknown(("events", number, "date"), [event.day.isoformat()], days, "payments.instalments")


def _desk(scenario: Scenario) -> Iterator[Finding]:
    desk, windows = scenario.desk, scenario.windows
    days = [row.starts for row in desk.officer_changes]
    for number, day in enumerate(days):
        steps: Steps = ("desk", "officer_changes", number)
        if days.count(day) > 1:
            yield steps, "repeated", {"found": day.isoformat()}
        if day < windows.opens:
            yield steps, "order", {"later": "from", "earlier": "opens"}
        elif day > windows.last_payment:
            yield steps, "no_effect", {"found": day.isoformat(), "limit": "last_payment"}
    for number, row in enumerate(desk.absences):
        steps = ("desk", "absences", number)
        if row.until < row.starts:
            yield (*steps, "until"), "order", {"later": "until", "earlier": "from"}
        elif row.until < windows.opens:
            yield (*steps, "until"), "order", {"later": "until", "earlier": "opens"}
        elif row.starts > windows.last_payment:
            yield steps, "no_effect", {"found": row.starts.isoformat(), "limit": "last_payment"}
        else:
            yield from _away(scenario, desk, number)
    for number, event in enumerate(scenario.events):
        if isinstance(event, OfficersChange):
            left = _present(scenario, event.day)
            if left < 0:
                yield ("events", number), "officers_below_zero", {"found": event.day.isoformat(), "limit": -left}
            elif left > MOST_OFFICERS:
                yield ("events", number), "at_most", {"found": left, "limit": MOST_OFFICERS}


def _away(scenario: Scenario, desk: Desk, number: int) -> Iterator[Finding]:
    """No more are away than there are: told at the absence that makes it so, on its first such day."""
    absence = desk.absences[number]
    turns = {row.starts for row in (*desk.absences, *desk.officer_changes)}
    turns |= {event.day for event in scenario.events if isinstance(event, OfficersChange)}
    for day in sorted({absence.starts, *(day for day in turns if absence.starts <= day <= absence.until)}):
        away = sum(row.officers for row in desk.absences[: number + 1] if row.starts <= day <= row.until)
        lacking = away - max(_present(scenario, day), 0)
        if lacking > 0:
            steps = ("desk", "absences", number)
            yield steps, "officers_below_zero", {"found": day.isoformat(), "limit": lacking}
            return


def _present(scenario: Scenario, day: date) -> int:
    """How many officers there are on a day, events worked in and absences not."""
    changes = (event for event in scenario.events if isinstance(event, OfficersChange) and event.day <= day)
    return officers_on(scenario.desk, day) + sum(event.officers for event in changes)


def _closed_forever(scenario: Scenario) -> Iterator[Finding]:
    """A desk that nobody works at on any day while requests may be filed."""
    desk, windows = scenario.desk, scenario.windows
    day, span = windows.opens, (windows.filing_deadline - windows.opens).days
    days = (day + timedelta(days=number) for number in range(max(span, 0) + 1))
    if not desk.officer_changes and not desk.absences:
        return
    for when in days:
        away = sum(row.officers for row in desk.absences if row.starts <= when <= row.until)
        if _present(scenario, when) > away:
            return
    yield ("desk",), "nobody_there", {}


EVENT_CHECKS: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    _days,
    _codes,
    _once,
    _envelope,
    _support,
    _instalments,
    _desk,
    _closed_forever,
)
