"""From a place in the findings to the number a reader sees."""

from reports import numbers
from reports.blocks import Line, Shown
from reports.catalogue import Language
from reports.numbers import Written
from reports.reading import Found
from reports.typography import JOINER, NARROW, WIDE

MILLION = 100_000_000
"""Cents in a million."""


def _shown(found: Found, written: Written) -> Shown:
    return Shown(written.text, found.path, found.value, written.scale)


def show_money(
    found: Found,
    language: Language,
    *,
    scale: int | None = None,
    decimals: int | None = None,
    signed: bool = False,
    unit: bool = True,
    exact: bool = False,
) -> Shown:
    """An amount in cents; the options are those of `numbers.money`."""
    written = numbers.money(
        found.value,
        language.code,
        scale=scale,
        decimals=decimals,
        signed=signed,
        unit=unit,
        exact=exact,
        sign=language.sign,
    )
    return _shown(found, written)


def amount(cents: float, language: Language, *, exact: bool = False) -> str:
    """An amount in words that no place in the findings is shown for (a label of a chart)."""
    return numbers.money(cents, language.code, exact=exact, sign=language.sign).text


def show_share(found: Found, language: Language, *, decimals: int = 0) -> Shown:
    """A share between 0 and 1 (or above, of a need)."""
    return _shown(found, numbers.share(found.value, language.code, decimals=decimals))


def show_count(found: Found, language: Language, *, decimals: int = 0) -> Shown:
    """A count, whole by default."""
    return _shown(found, numbers.count(found.value, language.code, decimals=decimals))


def show_about(found: Found, language: Language) -> Shown:
    """A count to three significant figures."""
    return _shown(found, numbers.about(found.value, language.code))


def show_day(found: Found, language: Language, *, short: bool = True, year: bool = True) -> Shown:
    """A date."""
    return Shown(numbers.day(found.value, language.code, short=short, year=year), found.path, found.value)


def day_range(low: Found, high: Found, language: Language) -> Line:
    """Two dates; the year is written once where it is the same."""
    once = str(low.value)[:4] == str(high.value)[:4]
    # Two whole dates are wide: a narrow column may break them after the dash.
    return (show_day(low, language, year=not once), f"{WIDE}– ", show_day(high, language))


def show_length(found: Found, language: Language) -> Shown:
    """How many entries a list of the findings has."""
    return Shown(numbers.count(len(found.value), language.code).text, f"{found.path}#", len(found.value))


def show_by_unit(found: Found, unit: str, language: Language, *, signed: bool = False, error: bool = False) -> Shown:
    """A number of the findings by the unit of its estimate.

    Args:
        found: the number.
        unit: as in docs/findings.md.
        language: of the reader.
        signed: show + as well (a difference).
        error: it is a standard error: one place more.
    """
    value, code = found.value, language.code
    more = 1 if error else 0
    if unit == "cents":
        scale = numbers.money_scale(value)
        places = numbers.money_decimals(value, scale) + (more if scale == 100_000_000 else 0)
        return show_money(found, language, scale=scale, decimals=places, signed=signed)
    if unit in ("share", "probability"):
        if signed or error:
            return _shown(found, numbers.points(value, code, signed=signed))
        return _shown(found, numbers.share(value, code, decimals=0))
    if unit == "index":
        return _shown(found, numbers.count(value, code, decimals=3, signed=signed))
    if unit == "days":
        fine = error and 0 < value < 0.1
        return _shown(found, numbers.days(value, code, decimals=2 if fine else 1, signed=signed))
    small = abs(value) < 100 and (signed or error)
    return _shown(found, numbers.count(value, code, decimals=1 if small else 0, signed=signed))


def interval(low: Shown, high: Shown, language: Language) -> Line:
    """Two numbers and the dash between them; the unit is written once."""
    dash = f"{WIDE}–{JOINER}{WIDE}"
    if language.code == "fr" and low.scale == high.scale:
        for unit in (*(f"{WIDE}{letter}{language.sign}" for letter in ("M", "k", "")), f"{NARROW}%", f"{WIDE}j"):
            if low.text.endswith(unit) and high.text.endswith(unit):
                low = Shown(low.text.removesuffix(unit), low.key, low.raw, low.scale)
                break
    return (low, dash, high)


def money_range(
    estimate: Found, language: Language, *, scale: int | None = None, decimals: int | None = None, unit: bool = True
) -> Line:
    """P10 to P90 of an amount, both in one unit (that of the higher one by default)."""
    scale = scale or numbers.money_scale(estimate["p90"].value)
    low, high = (
        show_money(estimate[part], language, scale=scale, decimals=decimals, unit=unit) for part in ("p10", "p90")
    )
    return interval(low, high, language)


def about_range(estimate: Found, language: Language) -> Line:
    """P10 to P90 of a count, to three significant figures."""
    return interval(show_about(estimate["p10"], language), show_about(estimate["p90"], language), language)
