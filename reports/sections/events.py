"""Dated events: what happened, when, whether the plan knew, and in how many runs."""

from collections.abc import Callable

from reports import numbers
from reports.blocks import Column, Line, Name, Row, Section, Shown, Span, Table
from reports.catalogue import Language, msg
from reports.names import branch_name
from reports.reading import Found
from reports.showing import show_count, show_day, show_money, show_share


def events(findings: Found, language: Language) -> Section | None:
    """A row an event; nothing where the scenario declares none."""
    declared = list(findings.items("scenario.events"))
    if not declared:
        return None
    lived = list(findings.items("simulation.events"))
    titles = (msg("Date"), msg("What happens"), msg("The plan knew of it"), msg("In the runs"))
    table = Table(
        "events",
        language.words(msg("Dated events of the scenario")),
        tuple(Column(language.words(title), wrap=at == 1) for at, title in enumerate(titles)),
        tuple(
            _row(event, lived[number] if number < len(lived) else None, findings, language)
            for number, event in enumerate(declared)
        ),
        language.line(msg("What the plan did not know of, the simulation lived all the same, on the same luck.")),
    )
    return Section("events", language.words(msg("What happens on a date")), blocks=(table,))


def _row(event: Found, lived: Found | None, findings: Found, language: Language) -> Row:
    knew = event.get("announced") is not None
    cells: list[Line] = [
        (show_day(event["date"], language),),
        what_happens(event, findings, language),
        (language.words(msg("yes")) if knew else language.words(msg("no")),),
        _runs(event, lived, language),
    ]
    return Row(tuple(cells))


def _runs(event: Found, lived: Found | None, language: Language) -> Line:
    if event.get("probability") is None or lived is None:
        return (language.words(msg("all")),)
    return language.line(
        msg("{share} (declared: {probability})"),
        share=show_share(lived["happened.mean"], language),
        probability=show_share(event["probability"], language),
    )


def what_happens(event: Found, findings: Found, language: Language) -> Line:
    """An event of the scenario in a few words: what, for whom, until when, its label."""
    tell = _KINDS.get(event.text("kind"))
    told = tell(event, findings, language) if tell is not None else (Name(event.text("kind")),)
    until = event.get("until")
    if until is not None:
        told = (*told, *language.line(msg(", until {day}"), day=show_day(until, language)))
    label = event.text("label")
    return (*told, " (", Name(language.data(label)), ")") if label else told


def _envelope(event: Found, findings: Found, language: Language) -> Line:
    change = show_money(event["amount_cents"], language, exact=True, signed=True)
    return language.line(msg("the envelope changes: {change}"), change=change)


def _rates(event: Found, findings: Found, language: Language) -> Line:
    told = language.line(msg("the rate becomes {share}"), share=show_share(event["rate_share"], language))
    whom = [*_sizes(event, language), *_named(event, findings, language)]
    return (*told, " (", *_listed(whom), ")") if whom else told


def _sizes(event: Found, language: Language) -> list[Line]:
    least, most = event.get("min_employees"), event.get("max_employees")
    lines = []
    if least is not None:
        lines.append(language.line(msg("from {count} employees"), count=show_count(least, language)))
    if most is not None:
        lines.append(language.line(msg("up to {count} employees"), count=show_count(most, language)))
    return lines


def _named(event: Found, findings: Found, language: Language) -> list[Line]:
    lines: list[Line] = [(branch_name(code, findings, language),) for code in _codes(event, "branches")]
    for field, path, key in (
        ("situations", "scenario.situations", "situation"),
        ("pathway_types", "scenario.pathway_types", "pathway_type"),
    ):
        known = {entry.text(key): entry.text(f"name_{language.code}") for entry in findings.items(path)}
        lines.extend((Name(language.data(known.get(code) or code)),) for code in _codes(event, field))
    regime = event.text("regime")
    return [*lines, (Name(language.data(regime)),)] if regime else lines


def _listed(lines: list[Line]) -> Line:
    spans: list[Span] = []
    for line in lines:
        spans.extend((", ", *line) if spans else line)
    return tuple(spans)


def _codes(event: Found, field: str) -> list[str]:
    found = event.get(field)
    return [str(code) for code in found.value] if found is not None else []


def _suspended(event: Found, findings: Found, language: Language) -> Line:
    return (language.words(msg("support of pay is suspended")),)


def _reopened(event: Found, findings: Found, language: Language) -> Line:
    return (language.words(msg("support of pay is open again")),)


def _demand(event: Found, findings: Found, language: Language) -> Line:
    factor = event["factor"]
    places = min(6, len(repr(factor.value).partition(".")[2])) if factor.value % 1 else 0
    shown = Shown(numbers.digits(factor.value, places, language.code), factor.path, factor.value)
    branches = _listed([(branch_name(code, findings, language),) for code in _codes(event, "branches")])
    if not branches:
        return language.line(msg("requests are multiplied by {factor} in every branch"), factor=shown)
    return language.line(
        msg("requests are multiplied by {factor} in these branches: {branches}"), factor=shown, branches=branches
    )


def _officers(event: Found, findings: Found, language: Language) -> Line:
    change = event["officers"]
    shown = Shown(numbers.count(change.value, language.code, signed=True).text, change.path, change.value)
    return language.line(msg("officers at the desk: {change}"), change=shown)


def _late(event: Found, findings: Found, language: Language) -> Line:
    days = show_count(event["late_days"], language)
    return language.line(msg("the State’s instalment comes {days} days late"), days=days)


_KINDS: dict[str, Callable[[Found, Found, Language], Line]] = {
    "envelope_change": _envelope,
    "rate_change": _rates,
    "support_suspended": _suspended,
    "support_reopened": _reopened,
    "demand_shock": _demand,
    "officers_change": _officers,
    "instalment_late": _late,
}
"""What each kind of event is told as; a new kind is one function above and one line here."""
