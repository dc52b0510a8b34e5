"""Reads `explain --pathway KEY=VALUE,...`; all that is wrong with it is told at once, with what may stand there."""

import math
from collections.abc import Iterable
from datetime import date

from enveloppe.words import say
from scenarios.price_explained import OnePathway
from scenarios.scenario import Scenario
from scenarios.spelling import likely

NEEDED = ("employees", "hours", "fee")
KEYS = ("employees", "branch", "situation", "type", "hours", "fee", "pay", "date")
MOST = {"employees": 100_000_000, "hours": 100_000, "fee": 100_000, "pay": 100_000}
"""The largest number read for each key: a price of these is still exact in integer cents."""
_SHOWN = 40


class BadPathwayError(Exception):
    """A pathway cannot be read or priced; its text tells each problem on a line."""


def pathway_asked(scenario: Scenario, text: str, language: str) -> OnePathway:
    """Read a pathway.

    Args:
        scenario: whose branches, situations, types and size bands there are.
        text: `employees=49,situation=difficulty,hours=100,...`; branch, situation and type are the scenario's first
            where not given, pay is 0, and the day is the first of the filing window.
        language: "fr" or "en", of what is told.

    Returns:
        The pathway.

    Raises:
        BadPathwayError: with every problem.
    """
    given, problems = _pieces(text, language)
    missing = [key for key in NEEDED if key not in given]
    if missing:
        problems.append(say("pathway_missing", language, keys=", ".join(missing)))
    numbers = {}
    for key, most in MOST.items():
        number = _number(given.get(key, "0"), whole=key == "employees")
        if number is None or not 0 <= number <= most:
            form = "pathway_whole" if key == "employees" else "pathway_number"
            problems.append(say(form, language, name=key, value=_short(given[key]), most=most))
        numbers[key] = number or 0.0
    codes = {}
    for key, known in (
        ("branch", scenario.branches),
        ("situation", scenario.scheme.situations),
        ("type", scenario.scheme.pathway_types),
    ):
        codes[key] = given.get(key, next(iter(known)))
        if codes[key] not in known:
            problems.append(
                f"{key}={_short(codes[key])}{say('colon', language)}{there_are(codes[key], known, language)}"
            )
    day = scenario.windows.opens
    try:
        day = date.fromisoformat(given.get("date", day.isoformat()))
    except ValueError:
        problems.append(say("pathway_date", language, value=_short(given["date"])))
    bands = scenario.scheme.size_bands
    employees = int(numbers["employees"])
    inside = any(b.min_employees <= employees and employees <= (b.max_employees or employees) for b in bands.values())
    if not problems and not inside:
        problems.append(say("pathway_band", language, value=employees, bands=", ".join(bands)))
    if problems:
        raise BadPathwayError("\n".join([say("bad_pathway", language), *(f"  - {told}" for told in problems)]))
    return OnePathway(
        employees=employees,
        branch=codes["branch"],
        situation=codes["situation"],
        pathway=codes["type"],
        hours=numbers["hours"],
        fee_eur_per_hour=numbers["fee"],
        pay_eur_per_hour=numbers["pay"],
        day=day,
    )


def there_are(word: str, known: Iterable[str], language: str) -> str:
    """What is likely meant by an unknown word; where nothing is near, all that there is."""
    names = list(known)
    near = likely(word, names)
    if near is not None:
        return say("likely", language, name=near)
    return say("there_are", language, names=", ".join(names[:70]))


def _pieces(text: str, language: str) -> tuple[dict[str, str], list[str]]:
    given: dict[str, str] = {}
    problems = []
    for piece in (one.strip() for one in text.split(",")):
        key, equals, value = (part.strip() for part in piece.partition("="))
        if key not in KEYS or not equals:
            problems.append(say("pathway_key", language, name=_short(piece), keys=", ".join(KEYS)))
        elif key in given:
            problems.append(say("pathway_twice", language, name=key))
        else:
            given[key] = value
    return given, problems[:10]


def _number(text: str, *, whole: bool) -> float | None:
    """A finite number, or None; of employees only digits are one."""
    if whole:
        return float(text) if text.isascii() and text.isdecimal() and len(text) < 20 else None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
