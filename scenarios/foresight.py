"""A scenario with its dated events worked into its rules: as it will be lived, or as far as somebody knows of them.

What becomes of the envelope is no rule but money, and stays an event.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

from scenarios.desk import OfficerChange
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
from scenarios.inflow import EconomicFactor
from scenarios.scenario import Scenario
from scenarios.scheme import Rate
from scenarios.settings import LAST_DAY, Dated, Settings
from scenarios.staffing import officers_on

Kind = TypeVar("Kind")
_ONE_DAY = timedelta(days=1)


def as_lived(scenario: Scenario) -> Scenario:
    """The scenario as it will be lived: every event is worked in, announced or not.

    Args:
        scenario: a checked scenario.

    Returns:
        A copy whose only events are those of the envelope; the scenario itself where it has no other.
    """
    return _worked_in(scenario, scenario.events)


def as_known(scenario: Scenario, on: date | None = None) -> Scenario:
    """The scenario as far as it is known: announced events, and what has happened up to and including a day.

    Args:
        scenario: a checked scenario.
        on: the day; none for the opening, where nothing has happened yet.

    Returns:
        A copy whose only events are those of the envelope; the scenario itself where it has no other.
    """
    known = [event for event in scenario.events if event.announced or (on is not None and event.day <= on)]
    return _worked_in(scenario, known)


def _worked_in(scenario: Scenario, events: Sequence[Event]) -> Scenario:
    if all(isinstance(event, EnvelopeChange) for event in scenario.events):
        return scenario
    money = tuple(event for event in scenario.events if isinstance(event, EnvelopeChange))
    lived = scenario
    for work in _WORKED:
        lived = work(lived, events)
    return lived.model_copy(update={"events": money})


def _of(kind: type[Kind], events: Sequence[Event]) -> list[Kind]:
    return [event for event in events if isinstance(event, kind)]


def _within(section: Settings, **changes: object) -> Settings:
    return section.model_copy(update=changes)


def _rates(scenario: Scenario, events: Sequence[Event]) -> Scenario:
    rows = [row for event in _of(RateChange, events) for row in rates_of(scenario, event)]
    scheme = scenario.scheme
    return scenario.model_copy(update={"scheme": _within(scheme, rates=(*scheme.rates, *rows))}) if rows else scenario


def rates_of(scenario: Scenario, event: RateChange) -> Iterator[Rate]:
    """The rows of the scheme that a change of rates amounts to, one a regime."""
    for regime in [event.regime] if event.regime is not None else scenario.scheme.regimes:
        yield Rate(
            starts=event.day,
            until=event.until,
            regime=regime,
            min_employees=event.min_employees,
            max_employees=event.max_employees,
            situations=event.situations,
            pathway_types=event.pathway_types,
            branches=event.branches,
            rate_share=event.rate_share,
        )


def rate_key(scenario: Scenario, number: int) -> str:
    """The key in the file of a row of the rates as they are lived: the scheme's own, or a change's."""
    own = len(scenario.scheme.rates)
    if number < own:
        return f"scheme.rates.{number}.rate_share"
    changes = [
        at
        for at, event in enumerate(scenario.events)
        if isinstance(event, RateChange)
        for _ in rates_of(scenario, event)
    ]
    return f"events.{changes[number - own]}.rate_share"


def _support(scenario: Scenario, events: Sequence[Event]) -> Scenario:
    turns = [event for event in events if isinstance(event, SupportSuspended | SupportReopened)]
    if not turns:
        return scenario
    support = scenario.scheme.pay_support
    ranked = [turns[place] for place in sorted(range(len(turns)), key=lambda place: (turns[place].day, place))]

    def by_scheme(day: date) -> bool:
        return any(window.in_force(day) for window in support.opening)

    def is_open(day: date) -> bool:
        for event in reversed(ranked):
            if event.day <= day and (event.until is None or day <= event.until):
                if isinstance(event, SupportSuspended):
                    return False
                return by_scheme(day) if event.until is None and by_scheme(event.day) else True
        return by_scheme(day)

    spans = [(row.starts, row.until) for row in support.opening] + [(event.day, event.until) for event in turns]
    cuts = {start for start, _ in spans} | {until + _ONE_DAY for _, until in spans if until and until <= LAST_DAY}
    windows: list[Dated] = []
    days = sorted(cuts)
    for first, following in zip(days, [*days[1:], None], strict=True):
        if is_open(first):
            windows.append(Dated(starts=first, until=None if following is None else following - _ONE_DAY))
    scheme = _within(scenario.scheme, pay_support=_within(support, opening=tuple(windows)))
    return scenario.model_copy(update={"scheme": scheme})


def _demand(scenario: Scenario, events: Sequence[Event]) -> Scenario:
    shocks = [
        EconomicFactor(starts=event.day, until=event.until, factor=event.factor, branches=event.branches)
        for event in _of(DemandShock, events)
    ]
    inflow = scenario.inflow
    changed = _within(inflow, economic_factors=(*inflow.economic_factors, *shocks))
    return scenario.model_copy(update={"inflow": changed}) if shocks else scenario


def _officers(scenario: Scenario, events: Sequence[Event]) -> Scenario:
    changes = _of(OfficersChange, events)
    if not changes:
        return scenario
    desk = scenario.desk
    days = sorted({row.starts for row in desk.officer_changes} | {event.day for event in changes})
    rows = tuple(
        OfficerChange(
            starts=day,
            officers=max(officers_on(desk, day) + sum(event.officers for event in changes if event.day <= day), 0),
        )
        for day in days
    )
    return scenario.model_copy(update={"desk": _within(desk, officer_changes=rows)})


def _instalments(scenario: Scenario, events: Sequence[Event]) -> Scenario:
    late: dict[date, int] = {}
    for event in _of(InstalmentLate, events):
        late[event.day] = late.get(event.day, 0) + event.late_days
    if not late:
        return scenario
    payments = scenario.payments
    rows = tuple(
        row.model_copy(update={"day": row.day + timedelta(days=late.get(row.day, 0))}) for row in payments.instalments
    )
    ranked = tuple(sorted(rows, key=lambda row: row.day))
    return scenario.model_copy(update={"payments": _within(payments, instalments=ranked)})


_WORKED: tuple[Callable[[Scenario, Sequence[Event]], Scenario], ...] = (
    _rates,
    _support,
    _demand,
    _officers,
    _instalments,
)
"""What events of each kind do to the rules: a new kind is one function above and one line here."""
