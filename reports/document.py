"""A report before it takes a form: title, verdict, headline figures, sections, foot; every form is set from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from reports.blocks import Line, Section
from reports.catalogue import Language, language_of, msg
from reports.names import policy_name
from reports.numbers import SIGNS
from reports.reading import Found, whole
from reports.sections import sections_of
from reports.showing import show_count, show_day
from reports.synthetic import synthetic_foot, synthetic_line

OPENING = ("verdict", "headline")
"""The sections that make the head of a report; the others follow with their headings."""
SHEET = ("trajectory", "decisions", "branches")
"""The sections that stand on the first sheet of paper, below the head: the committee's page."""
SUMMED_UP = ("forecast", "decisions", "branches", "since", "binding", "rivals", "calibration", "warnings", "provenance")
"""The sections that a summary holds, in its order; the others stay with the page."""


@dataclass(frozen=True)
class Document:
    """All that a report says, in one language.

    Attributes:
        language: it is written in.
        title, subtitle: of the whole.
        verdict: the answer in one sentence.
        headline: the headline figures, or None.
        sheet: the sections of the first sheet of paper.
        sections: all others, in reading order.
        foot: what stands at the foot of every sheet.
        summed_up: the keys of the sections that a summary holds.
    """

    language: Language
    title: str
    subtitle: Line
    verdict: Line
    headline: Section | None
    sheet: tuple[Section, ...]
    sections: tuple[Section, ...]
    foot: str
    summed_up: tuple[str, ...] = SUMMED_UP


def document_of(findings: Mapping[str, Any], language: str) -> Document:
    """The report of one scenario.

    Args:
        findings: all that was found out (docs/findings.md).
        language: "fr" or "en".

    Raises:
        MissingFindingError: when a field that every scenario has is absent.
        ValueError: for another language.
    """
    found = whole(findings)
    chosen = spoken(found, language)
    sections = sections_of(found, chosen)
    opening = {section.key: section for section in sections if section.key in OPENING}
    return Document(
        language=chosen,
        title=chosen.data(found.text(f"scenario.title_{language}") or found.text("scenario.name")),
        subtitle=_subtitle(found, chosen),
        verdict=opening["verdict"].lead if "verdict" in opening else (),
        headline=opening.get("headline"),
        sheet=tuple(section for section in sections if section.key in SHEET),
        sections=tuple(section for section in sections if section.key not in (*OPENING, *SHEET)),
        foot=foot_of(
            found.text("scenario.name"),
            found.text("scenario.hash")[:12],
            found.text("scenario.seed"),
            *synthetic_foot(found.get("forecast.export"), chosen),
        ),
    )


def spoken(findings: Found, language: str) -> Language:
    """The language of a report, with the sign of the scenario's currency."""
    currency = findings.text("scenario.currency") or "EUR"
    return replace(language_of(language), sign=SIGNS.get(currency, currency))


def foot_of(*parts: str) -> str:
    """The foot of a sheet; only plain letters, since it stands inside a style sheet too."""
    return " – ".join(kept for part in parts if (kept := re.sub(r"[^A-Za-z0-9._-]", "", part)))


def _subtitle(findings: Found, language: Language) -> Line:
    runs = findings["scenario.runs"]
    several = language.line(msg("{runs} runs"), runs=show_count(runs, language))
    told = language.line(
        msg("Note to the steering committee (COPIL) – {runs} – {policy}"),
        runs=several if runs.value > 1 else language.words(msg("a single run")),
        policy=policy_name(findings.text("scenario.policy"), language),
    )
    day = findings.get("forecast.as_of")
    if day is not None:
        told += language.line(msg(" – as of {day}"), day=show_day(day, language, short=False))
    return told + synthetic_line(findings.get("forecast.export"), language)
