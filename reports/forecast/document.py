"""The report of a calibration."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reports.blocks import Bullets, Line, Name, Section, Span
from reports.catalogue import Language, language_of, msg
from reports.document import Document, foot_of
from reports.forecast.back_test import TRUST, back_test
from reports.forecast.export import export
from reports.forecast.fits import fits
from reports.forecast.months import months
from reports.forecast.shown import NAMES
from reports.numbers import SIGNS
from reports.price_sentences import plain
from reports.reading import Found, whole
from reports.showing import show_count

WARNINGS = {
    "short_history": msg(
        "The history is {months} months long: season and trend are mostly those of the base scenario."
    ),
    "few_requests": msg(
        "Fewer than {limit} requests each: {branches}. Their parts are mostly those of their headcount."
    ),
    "no_types": msg(
        "{requests} requests name no type of pathway: their hours and costs move all types together, in the base "
        "scenario’s proportions and mix."
    ),
    "shocks": msg("Months far from all that the others say of them, left out of the level: {months}."),
    "kept_from_base": msg("Too few values in the export, taken from the base scenario: {names}."),
    "poor_fit": msg("The fitted form lies far from what was observed: {names}."),
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
        msg("{value} requests are expected in the first twelve months, between {low} and {high} nine times in ten."),
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
        ),
        verdict=verdict,
        headline=None,
        sheet=(),
        sections=tuple(sections),
        foot=foot_of(found.text("base.name"), found.text("base.hash")[:12]),
        summed_up=tuple(section.key for section in sections),
    )


def told_briefly(findings: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """The warnings of a calibration and the verdict of its back-test, a plain sentence each.

    Args:
        findings: of `enveloppe calibrate`.
        language: "fr" or "en".
    """
    found, chosen = whole(findings), language_of(language)
    lines = [_line(row, chosen) for row in found.items("warnings")]
    lines.append(chosen.line(TRUST[found.text("back_test.trust")]))
    return tuple(plain(line) for line in lines)


def warnings(findings: Found, language: Language) -> Section | None:
    """What a reader of the calibration should know; nothing where there is nothing."""
    lines = tuple(_line(row, language) for row in findings.items("warnings"))
    if not lines:
        return None
    return Section("warnings", language.words(msg("Warnings")), blocks=(Bullets(lines),))


def _line(warning: Found, language: Language) -> Line:
    parts: dict[str, Span | Line] = {}
    for key, value in warning["details"].value.items():
        if isinstance(value, list):
            parts[key] = Name(language.data(", ".join(_named(str(one), language) for one in value)))
        else:
            parts[key] = show_count(warning[f"details.{key}"], language)
    return language.line(WARNINGS[warning.text("code")], **parts)


def _named(text: str, language: Language) -> str:
    name, _, rest = text.partition(" ")
    if name not in NAMES:
        return text
    return f"{language.words(NAMES[name])} {rest}".strip()
