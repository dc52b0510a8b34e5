"""The report of a calibration."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from reports import numbers
from reports.blocks import Bullets, Line, Name, Section, Span
from reports.catalogue import Language, language_of, msg
from reports.document import Document, foot_of
from reports.doubts import DOUBTS
from reports.forecast.back_test import back_test, trust_line
from reports.forecast.export import export
from reports.forecast.fits import fits, subjects
from reports.forecast.months import months
from reports.forecast.shown import NAMES
from reports.numbers import SIGNS
from reports.price_sentences import plain
from reports.reading import Found, whole
from reports.showing import show_count, show_day, show_share
from reports.synthetic import synthetic_foot, synthetic_line

WARNINGS = {
    **DOUBTS,
    "short_history": msg(
        "The history is {months} months long: season and trend are mostly those of the base scenario."
    ),
    "one_year": msg(
        "The history is {months} months long, less than two years: it cannot tell a trend from a season; the season is "
        "drawn to the base scenario’s, the trend to none."
    ),
    "empty_months": msg(
        "Months without any request, though some were expected: {months}. If the export does not cover them, give its "
        "first and last day in the column map."
    ),
    "opening_dropped": msg(
        "The history is of a scheme that was already running: the base’s slow opening and its rush before the deadline "
        "are left out (inflow.ramp_up, inflow.deadline_rush). Put them back where a new scheme opens or closes."
    ),
    "opening_kept": msg(
        "The slow opening ({days} days) is the base’s: the history begins with it, or is shorter than a year."
    ),
    "rush_kept": msg(
        "The rush before the deadline ({days} days) is the base’s: the history begins with the base’s opening, or is "
        "shorter than a year."
    ),
    "absent_branches": msg(
        "{count} branches of the base never occur in the export ({branches}): does it cover them? Employees alone "
        "would give them {headcount_share} of all requests, the fit gives them {fitted_share}. If the export leaves "
        "them out, state their demand_factor."
    ),
    "few_requests": msg(
        "Fewer than {limit} requests in each of {count} branches ({branches}). Employees alone would give them "
        "{headcount_share} of all requests, the export shows {seen_share}, the fit gives {fitted_share}."
    ),
    "branches_growing": msg(
        "{count} branches grew beside the others year after year ({branches}; the fastest by {fastest_share} a year): "
        "their parts are carried on growing, for two years at most."
    ),
    "branches_shrinking": msg(
        "{count} branches shrank beside the others year after year ({branches}; the fastest by {fastest_share} a "
        "year): their parts are carried on shrinking, for two years at most."
    ),
    "no_types": msg(
        "{requests} requests name no type of pathway: their hours, costs and lengths of training move all types "
        "together, in the base scenario’s proportions and mix."
    ),
    "shocks": msg("Months far from all that the others say of them, left out of the level: {months}."),
    "kept_from_base": msg("Too few values in the export, taken from the base scenario: {names}."),
    "poor_fit": msg("The fitted form lies far from what was observed: {names}."),
    "after_deadline": msg(
        "{requests} requests were filed after {day}, when filing closes in the base scenario: the months after it are "
        "taken as usual ones."
    ),
    "far_ahead": msg("The history ends {months} months before the scheme opens: much can change until then."),
}


def calibration_document(findings: Mapping[str, Any], language: str) -> Document:
    """The report of a calibration, in one language.

    Args:
        findings: of `enveloppe calibrate` (docs/forecast.md).
        language: "fr" or "en".
    """
    found = whole(findings)
    currency = found.text("base.currency")
    chosen = replace(language_of(language), sign=SIGNS.get(currency, currency))
    requests = next(row for row in found.items("fits") if row.text("name") == "requests")
    verdict = chosen.line(
        msg("{value} requests are expected from {first} to {last}, between {low} and {high} nine times in ten."),
        first=numbers.month(found.text("year.first"), chosen.code),
        last=numbers.month(found.text("year.last"), chosen.code),
        value=show_count(requests["value"], chosen),
        low=show_count(requests["low"], chosen),
        high=show_count(requests["high"], chosen),
    )
    sections = [section for section in (months(found, chosen),) if section is not None]
    if (tested := back_test(found, chosen)) is not None:
        sections.append(tested)
    sections += fits(found, chosen)
    if (told := warnings(found, chosen)) is not None:
        sections.append(told)
    sections.append(export(found, chosen))
    return Document(
        language=chosen,
        title=chosen.words(msg("Calibration on past requests")),
        subtitle=chosen.line(
            msg("{file} – base scenario {base}"),
            file=Name(chosen.data(found.text("export.file"))),
            base=Name(chosen.data(found.text("base.name"))),
        )
        + synthetic_line(found["export"], chosen),
        verdict=verdict,
        headline=None,
        sheet=(),
        sections=tuple(sections),
        foot=foot_of(found.text("base.name"), found.text("base.hash")[:12], *synthetic_foot(found["export"], chosen)),
        summed_up=tuple(section.key for section in sections),
    )


def told_briefly(findings: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """The warnings of a calibration and the verdict of its back-test, a plain sentence each.

    Args:
        findings: of `enveloppe calibrate`.
        language: "fr" or "en".
    """
    found, chosen = whole(findings), language_of(language)
    lines = [_line(row, found, chosen) for row in found.items("warnings")]
    lines.append(trust_line(found["back_test"], chosen))
    return tuple(plain(line) for line in lines)


def warnings(findings: Found, language: Language) -> Section | None:
    """What a reader of the calibration should know; nothing where there is nothing."""
    lines = tuple(_line(row, findings, language) for row in findings.items("warnings"))
    if not lines:
        return None
    return Section("warnings", language.words(msg("Warnings")), blocks=(Bullets(lines),))


def _line(warning: Found, findings: Found, language: Language) -> Line:
    parts: dict[str, Span | Line] = {}
    named = subjects(findings, language)
    for key, value in warning["details"].value.items():
        if key == "branches":
            names = [named("branch_part", str(one)) for one in value]
            parts[key] = Name(", ".join([*names[:MOST_NAMED], *(["…"] if len(names) > MOST_NAMED else [])]))
        elif isinstance(value, list):
            parts[key] = Name(", ".join(_quantity(str(one), named, language) for one in value))
        elif key.endswith("_share"):
            parts[key] = show_share(warning[f"details.{key}"], language, decimals=1)
        elif key == "day":
            parts[key] = show_day(warning["details.day"], language, short=False)
        else:
            parts[key] = show_count(warning[f"details.{key}"], language)
    return language.line(WARNINGS[warning.text("code")], **parts)


MOST_NAMED = 6
"""Branches named in a warning; the section of their parts shows every one."""


def _quantity(text: str, named: Callable[[str, str], str], language: Language) -> str:
    """A fitted quantity by its name, with what it is of; a month as it is written."""
    name, _, rest = text.partition(" ")
    if name not in NAMES:
        return numbers.month(text, language.code) if len(text) == 7 and text[4] == "-" else language.data(text)
    subject = rest.strip("()")
    return f"{language.words(NAMES[name])} ({named(name, subject)})" if subject else language.words(NAMES[name])
