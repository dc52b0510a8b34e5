"""What fitted quantities are called, and how their numbers are written."""

from reports import numbers
from reports.blocks import Shown
from reports.catalogue import Language, msg
from reports.charts.ticks import count_labels, share_labels
from reports.reading import Found

NAMES = {
    "requests": msg("Requests a year"),
    "trend": msg("Trend of a year"),
    "common_sd": msg("Common factor: standard deviation of a month"),
    "common_stay": msg("Common factor: correlation from month to month"),
    "branch_dispersion": msg("Variance of a branch's year beyond chance"),
    "month_dispersion": msg("Variance of a branch's month beyond all else"),
    "season": msg("Weight of the month"),
    "branch_part": msg("Part of all requests"),
    "branch_drift": msg("Growth of the part in a year, carried on"),
    "trainees": msg("Trainees of a request"),
    "hours": msg("Hours of a pathway"),
    "fee": msg("Fee an hour"),
    "duration": msg("Length of the training, median"),
    "decision_lag": msg("From filing to decision, median"),
    "start_lag": msg("From decision to start, median"),
    "payment_lag": msg("From service done to payment, median"),
    "ineligible": msg("Share of requests refused"),
    "drop_out": msg("Share of committed requests dropped"),
    "size_mix": msg("Share of the size band"),
    "situation_mix": msg("Share of the situation"),
    "pathway_mix": msg("Share of the pathway type"),
    "companies": msg("Companies that may file"),
}


def shown(found: Found, unit: str, language: Language) -> Shown:
    """A number by the unit of its quantity."""
    value, code = float(found.value), language.code
    if unit == "share":
        written = numbers.share(value, code, decimals=1 if abs(value) >= 0.01 else 2, signed=value < 0)
    elif unit == "days":
        written = numbers.days(value, code, decimals=0)
    elif unit == "EUR/h":
        written = numbers.money(value * 100, code, scale=100, decimals=2, sign=language.sign)
        return Shown(written.text, found.path, found.value, written.scale / 100)
    elif unit == "index":
        written = numbers.count(value, code, decimals=2 if abs(value) >= 0.1 else 4)
    else:
        written = numbers.count(value, code, decimals=0 if abs(value) >= 100 else 2)
    return Shown(written.text, found.path, found.value, written.scale)


def axis_labels(levels: list[float], unit: str, language: Language) -> tuple[tuple[float, str], ...]:
    """The values of an axis with their labels, in as few digits as tell them apart."""
    if unit == "share":
        return share_labels(levels, language.code)
    if unit == "requests":
        return count_labels(levels, language.code)
    return tuple((level, shown(Found("", level), unit, language).text) for level in levels)
