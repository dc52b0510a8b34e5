"""What a value of the scenario is called, and how it is written: for pages that name values by their dotted keys."""

import re
from typing import Any

from reports import numbers
from reports.blocks import Code, Line, Name
from reports.catalogue import Language, msg
from reports.names import POLICIES_SHORT, UNITS
from reports.typography import WIDE
from reports.workbook.plan_labels import COLUMNS, LAWS, SETTINGS
from reports.workbook.plan_words import Pair
from scenarios.register import unit_of

LISTS = {
    "constraints.branch_caps": msg("Cap on branches"),
    "constraints.branch_floors": msg("Floor of branches"),
    "constraints.group_floors": msg("Floor of a size group"),
    "constraints.mix_bounds": msg("Bound on the mix"),
    "constraints.region_floors": msg("Floor of a region"),
    "constraints.region_caps": msg("Cap on a region"),
    "constraints.commitment_openings": msg("Opening of commitments (AE)"),
    "events": msg("Event"),
    "inflow.economic_factors": msg("Factor of the economy"),
    "payments.year_ceilings": msg("Payments of a year (CP)"),
    "scheme.rates": msg("Rate of the fund"),
    "scheme.hour_caps": msg("Cap on an hour"),
    "scheme.unit_caps": msg("Cap on a pathway"),
    "scheme.pay_support.opening": msg("Opening of pay support"),
    "scheme.pay_support.shares": msg("Support of pay"),
    "scheme.pay_support.ceilings": msg("Ceiling of pay support"),
    "scheme.company_aid_ceilings": msg("Ceiling of aid to a company"),
    "steering": msg("Steering rule"),
}
"""Lists of a scenario, by what one entry of them is."""

FIELDS: dict[str, Pair] = {
    "ceiling_eur": ("ceiling", "plafond"),
    "ceiling_eur_per_hour": ("ceiling", "plafond"),
    "cap_eur": ("cap", "plafond"),
    "cap_eur_per_hour": ("cap", "plafond"),
    "carry_over_max_eur": ("carried over at most", "report maximal"),
    "amount_eur": ("amount", "montant"),
    "eur": ("amount", "montant"),
    "support_share": ("share", "part"),
    "max_eur": ("at most", "au plus"),
    "notified_eur": ("notified", "notifié"),
    "at_opening": ("at the opening", "à l'ouverture"),
    "at_deadline": ("at the deadline", "à la clôture"),
}
"""Fields of an entry that a sheet of the planner's workbook names otherwise, or with a unit."""

CHOICES = {
    "fifo": msg("first come"),
    "small_first": msg("small companies first"),
    "head_blocks": msg("the head blocks"),
    "skip": msg("others pass it"),
    "filing": msg("filing"),
    "commitment": msg("commitment"),
    "start": msg("start"),
    "month": msg("month"),
    "quarter": msg("quarter"),
    "net": msg("net"),
    "committed": msg("gross"),
}
_CHOSEN = {
    "desk.discipline": ("fifo", "small_first"),
    "parking.blocking": ("head_blocks", "skip"),
    "scheme.price_date": ("filing", "commitment", "start"),
    "planning.period": ("month", "quarter"),
    "planning.counts": ("net", "committed"),
}
"""Values that are one of a few words, and what these are called."""

_SAID_BY_THE_NUMBER = ("EUR", "share", "factor", "1/year", "1")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNCOUNTED = ("d", "h", "min", "EUR/h")


def setting_name(key: str, language: Language) -> str:
    """What a value is called.

    Args:
        key: dotted, as `--set` takes it; entries of lists are numbered from 0.
        language: of the reader.

    Returns:
        « Enveloppe » of `envelope_eur`; of an entry of a list its number, from 1; the key where it has no name.
    """
    steps = key.split(".")
    if key in SETTINGS:
        return _said(SETTINGS[key], language)
    if ".".join(steps[:-1]) in LAWS and steps[-1] in COLUMNS:
        return f"{_said(LAWS['.'.join(steps[:-1])], language)}{WIDE}({_inside(COLUMNS[steps[-1]], language)})"
    if steps[:2] == ["inflow", "pathways"] and len(steps) == 5 and steps[3] in LAWS and steps[4] in COLUMNS:
        law, figure = _said(LAWS[steps[3]], language), _inside(COLUMNS[steps[4]], language)
        return f"{law}, {language.data(steps[2])} ({figure})"
    if steps[0] == "branches" and len(steps) == 3 and steps[2] in COLUMNS:
        return f"{_said(COLUMNS[steps[2]], language)}, {language.data(steps[1])}"
    return _of_a_list(steps, language) or language.data(key)


def _of_a_list(steps: list[str], language: Language) -> str:
    for at in range(1, len(steps)):
        listed = ".".join(steps[:at])
        if listed in LISTS and steps[at].isdecimal():
            entry = language.words(LISTS[listed])
            name = language.words(msg("{entry} no. {number}")).format(entry=entry, number=int(steps[at]) + 1)
            fields = [FIELDS.get(step) or COLUMNS.get(step) for step in steps[at + 1 :]]
            told = [_inside(field, language) for field in fields if field is not None]
            return "" if len(told) < len(fields) else ", ".join([name, *told])
    return ""


def setting_line(key: str, language: Language) -> Line:
    """A value by its name with its key behind it, which `--set` takes; by its key alone where it has no name."""
    name = setting_name(key, language)
    return (Code(key),) if name == language.data(key) else (Name(name), " (", Code(key), ")")


def setting_unit(key: str, language: Language) -> str:
    """The unit of a value where the value as written does not say it; "" where it does, or has none."""
    unit = unit_of(tuple(key.split(".")))
    return language.words(UNITS[unit]) if unit in _UNCOUNTED else ""


def setting_value(value: Any, key: str, language: Language) -> str:
    """A value as people write it: « 120 M€ », « 5 % », « 0,9 », « oui », « 1er juin 2021 », « au fil de l'eau ».

    Args:
        value: a number, a text or a truth value.
        key: dotted.
        language: of the reader.
    """
    if isinstance(value, bool):
        return language.words(msg("yes")) if value else language.words(msg("no"))
    if isinstance(value, str):
        return _text(value, key, language)
    unit = unit_of(tuple(key.split(".")))
    if unit == "EUR":
        return euros(value, language)
    if unit == "share":
        return numbers.share(value, language.code, decimals=_places(100 * value, 2)).text
    return numbers.digits(value, _places(value, 4), language.code)


def _text(value: str, key: str, language: Language) -> str:
    if key == "committee.policy" and value in POLICIES_SHORT:
        return language.words(POLICIES_SHORT[value])
    if value in _CHOSEN.get(key, ()):
        return language.words(CHOICES[value])
    if _DAY.fullmatch(value):
        try:
            return numbers.day(value, language.code)
        except ValueError:
            pass
    return language.data(value)


def euros(value: float, language: Language) -> str:
    """An amount that somebody chose, as short as it can be said without rounding."""
    for scale, decimals in ((100_000_000, 0), (100_000_000, 1), (100, 0)):
        if round(value * 100) % (scale // 10**decimals) == 0 and (decimals < 1 or abs(value) >= 1e6):
            return numbers.money(100 * value, language.code, scale=scale, decimals=decimals, sign=language.sign).text
    return numbers.money(100 * value, language.code, scale=100, decimals=2, sign=language.sign).text


def _places(value: float, most: int) -> int:
    """The decimals that a number was written with, up to a few."""
    return min(most, len(f"{value:.10g}".partition(".")[2]))


def _said(pair: Pair, language: Language) -> str:
    return language.data(pair[language.code == "fr"].replace("'", "’"))


def _inside(pair: Pair, language: Language) -> str:
    """A name inside another: « part », not « Part »."""
    told = _said(pair, language)
    return told[:1].lower() + told[1:]
