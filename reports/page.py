"""The page: sections set in one self-contained HTML file."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports import palette
from reports.catalogue import Language, language_of, msg
from reports.names import policy_name
from reports.numbers import SIGNS
from reports.reading import Found, Raw, whole
from reports.sections import sections_of
from reports.showing import show_count

OPENING = ("verdict", "headline")
"""The sections that make the head of the page; the others follow with their headings."""


def page(findings: Mapping[str, Any], language: str) -> str:
    """The report of one scenario as one HTML file that asks nobody for anything.

    Args:
        findings: all that was found out.
        language: "fr" or "en".

    Returns:
        The HTML; the same findings give the same bytes.

    Raises:
        MissingFindingError: when a field that every scenario has is absent.
        ValueError: for another language.
    """
    found = whole(findings)
    chosen = spoken(found, language)
    sections = sections_of(found, chosen)
    return (
        environment(chosen)
        .get_template("page.html.j2")
        .render(
            title=chosen.data(found.text(f"scenario.title_{language}") or found.text("scenario.name")),
            subtitle=_subtitle(found, chosen),
            opening={section.key: section for section in sections if section.key in OPENING},
            sections=[section for section in sections if section.key not in OPENING],
            footer=_footer(found),
        )
    )


def spoken(findings: Found, language: str) -> Language:
    """The language of a report, with the sign of the scenario's currency."""
    currency = findings.text("scenario.currency") or "EUR"
    return replace(language_of(language), sign=SIGNS.get(currency, currency))


def environment(language: Language) -> Environment:
    """The templates' surroundings: everything escaped, every missing name an error."""
    surroundings = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    surroundings.filters["kind"] = lambda block: type(block).__name__
    surroundings.filters["raw"] = _raw
    surroundings.filters["drawing"] = Markup
    surroundings.globals.update(
        words=language.words,
        language=language.code,
        colours={name: value for name, value in vars(palette).items() if isinstance(value, str) and value[:1] == "#"},
        fonts={weight: _font(name) for weight, name in ((400, "Regular"), (600, "SemiBold"))},
    )
    return surroundings


def _raw(value: Raw) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _font(name: str) -> str:
    return base64.b64encode(files("reports").joinpath(f"fonts/Inter-{name}.woff2").read_bytes()).decode("ascii")


def _subtitle(findings: Found, language: Language) -> tuple[Any, ...]:
    runs = findings["scenario.runs"]
    several = language.line(msg("{runs} runs"), runs=show_count(runs, language))
    return language.line(
        msg("Note to the steering committee (COPIL) – {runs} – {policy}"),
        runs=several if runs.value > 1 else language.words(msg("a single run")),
        policy=policy_name(findings.text("scenario.policy"), language),
    )


def _footer(findings: Found) -> str:
    """What the foot of a printed page says; only plain letters, since it stands inside a style sheet."""
    parts = (findings.text("scenario.name"), findings.text("scenario.hash")[:12], findings.text("scenario.seed"))
    return " – ".join(re.sub(r"[^A-Za-z0-9._-]", "", part) for part in parts)
