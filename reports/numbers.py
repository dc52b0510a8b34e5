"""Numbers as people write them, in French and in English: money, shares, counts, dates."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from reports.typography import NARROW, WIDE

MINUS = "\u2212"
MONEY_SCALES = {100_000_000: "M", 100_000: "k", 100: ""}
"""Cents in one unit, and the letter of that unit."""
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
"""Signs of currencies; another currency is written by its code."""


@dataclass(frozen=True)
class Written:
    """A number as written.

    Attributes:
        text: what the reader sees.
        scale: what one displayed unit is worth in the findings' unit (100,000,000 cents for M€).
    """

    text: str
    scale: float


def digits(value: float, decimals: int, language: str, *, signed: bool = False) -> str:
    """A number with grouped thousands; a value that rounds to zero bears no sign.

    Args:
        value: finite.
        decimals: places shown, rounded half up (away from zero).
        language: "fr" or "en".
        signed: show + as well.
    """
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(abs(rounded), format=pattern, locale=language)
    if rounded < 0:
        return MINUS + text
    return "+" + text if signed and rounded > 0 else text


def money_scale(cents: float) -> int:
    """The unit (in cents) that an amount reads best in: M€ from one million, k€ from ten thousand, else €."""
    size = abs(cents)
    if size >= 99_950_000:
        return 100_000_000
    return 100_000 if size >= 1_000_000 else 100


def money_decimals(cents: float, scale: int) -> int:
    """Places shown: one for millions, none for thousands and for euros (two for amounts below 10 €)."""
    if scale == 100_000_000:
        return 1
    return 2 if scale == 100 and 0 < abs(cents) < 1_000 else 0


def money(
    cents: float,
    language: str,
    *,
    scale: int | None = None,
    decimals: int | None = None,
    signed: bool = False,
    unit: bool = True,
    exact: bool = False,
    sign: str = "€",
) -> Written:
    """An amount: « 148,7 M€ » or "€148.7M".

    Args:
        cents: integer cents, or a mean of them.
        language: "fr" or "en".
        scale: the unit in cents; by default the one that reads best.
        decimals: places shown; by default those of the unit.
        signed: show + as well.
        unit: whether to write the unit (a table says it once, in its note).
        exact: a given amount, not an estimate: « 150 M€ » rather than « 150,0 M€ ».
        sign: of the currency.
    """
    scale = scale or money_scale(cents)
    places = money_decimals(cents, scale) if decimals is None else decimals
    if exact and cents % scale == 0:
        places = 0
    text = digits(cents / scale, places, language, signed=signed)
    if not unit:
        return Written(text, scale)
    return Written(with_unit(text, scale, language, sign), scale)


def with_unit(text: str, scale: int, language: str, sign: str) -> str:
    """Digits with their currency and letter: « 148,7 M€ », "€148.7M"; without digits, the unit: « M€ », "€M"."""
    letter = MONEY_SCALES[scale]
    if language == "fr":
        space = (WIDE if text else "", WIDE if len(sign) > 1 else "")
        return f"{text}{space[0]}{letter}{space[1]}{sign}"
    before = text[:1] if text[:1] in ("+", MINUS) else ""
    return f"{before}{sign}{WIDE if len(sign) > 1 else ''}{text[len(before) :]}{letter}"


def share(value: float, language: str, *, decimals: int = 0, signed: bool = False) -> Written:
    """A share: « 41 % »; what is neither nothing nor all never reads 0 % or 100 %."""
    step = Decimal(1).scaleb(-decimals)
    percent = Decimal(repr(value)) * 100
    mark = ""
    if not signed:
        if 0 < percent < step / 2:
            mark, percent = f"<{NARROW}" if language == "fr" else "<", step
        elif 100 - step / 2 <= percent < 100:
            mark, percent = f">{NARROW}" if language == "fr" else ">", 100 - step
    text = digits(float(percent), decimals, language, signed=signed)
    return Written(f"{mark}{text}{NARROW}%" if language == "fr" else f"{mark}{text}%", 0.01)


def points(value: float, language: str, *, decimals: int = 1, signed: bool = False) -> Written:
    """A difference of shares, in percentage points."""
    if 0 < abs(value) < 0.0005:
        decimals += 1
    text = digits(value * 100, decimals, language, signed=signed)
    return Written(f"{text}{WIDE}pt", 0.01)


def count(value: float, language: str, *, decimals: int = 0, signed: bool = False) -> Written:
    """A number of pathways, companies or requests."""
    return Written(digits(value, decimals, language, signed=signed), 1)


def about(value: float, language: str) -> Written:
    """A number to three significant figures, for sentences; below one thousand, whole."""
    size = abs(value)
    step = 1
    while size >= 1_000 * step:
        step *= 10
    rounded = int((Decimal(repr(value)) / step).quantize(Decimal(1), rounding=ROUND_HALF_UP)) * step
    return Written(digits(rounded, 0, language), 1)


def tiny(value: float, language: str) -> str:
    """A number near zero by its power of ten: « 4,5 × 10⁻¹² »; 0 is 0."""
    if value == 0:
        return "0"
    mantissa, _, power = f"{value:.1e}".partition("e")
    raised = str(int(power)).translate(_RAISED)
    written = mantissa.replace("-", MINUS).replace(".", "," if language == "fr" else ".")
    return f"{written}{WIDE}×{WIDE}10{raised}"


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def days(value: float, language: str, *, decimals: int = 0, signed: bool = False) -> Written:
    """A number of days: « 21 j », "21 d"."""
    unit = f"{WIDE}j" if language == "fr" else f"{WIDE}d"
    return Written(digits(value, decimals, language, signed=signed) + unit, 1)


def day(iso: str, language: str, *, short: bool = True, year: bool = True) -> str:
    """A date: « 14 nov. 2021 », or « 14 novembre 2021 » in full; the first of a month is « 1er »."""
    given = date.fromisoformat(iso)
    month = format_date(given, "MMM" if short else "MMMM", locale=language)
    first = given.day == 1 and language == "fr"
    number = "1er" if first else str(given.day)
    return f"{number}{WIDE}{month}{WIDE}{given.year}" if year else f"{number}{WIDE}{month}"


def month(iso: str, language: str) -> str:
    """A month: « nov. 2021 »."""
    given = date.fromisoformat(f"{iso}-01")
    return format_date(given, "MMM", locale=language) + f"{WIDE}{given.year}"
