"""How much of the trend that the months show is kept, and why: one plain sentence."""

import math

from reports import numbers
from reports.blocks import Line, Shown
from reports.catalogue import Language, msg
from reports.reading import Found
from reports.showing import show_count

NO_TREND = 0.01
"""A growth of a year below this is none worth a word."""
NEARLY_ALL = 0.9
"""From this part on, the trend counts as kept as it is."""


def trend_line(findings: Found, language: Language) -> Line:
    """What the months alone would say of a year's growth, and what is kept of it; empty where nothing was found out.

    Args:
        findings: of a calibration.
        language: of the reader.
    """
    found = findings.get("trend")
    if found is None:
        return ()
    told: dict[str, Shown | Line] = {
        f"{of}_{part}": _growth(found[f"{of}.{part}"], language) for of in ("alone", "kept") for part in PARTS
    }
    told["months"] = show_count(found["months"], language)
    alone, kept = (math.log1p(found[f"{of}.value"].value) for of in ("alone", "kept"))
    if abs(alone) < NO_TREND:
        text = msg(
            "Trend: the months alone show hardly any ({alone_value} a year, between {alone_low} and {alone_high} nine "
            "times in ten), and the fit follows them ({kept_value})."
        )
    elif kept / alone >= NEARLY_ALL:
        text = msg(
            "Trend: the months alone would give {alone_value} a year (between {alone_low} and {alone_high} nine times "
            "in ten), and the fit keeps nearly all of it ({kept_value})."
        )
    else:
        text = msg(
            "Trend: the months alone would give {alone_value} a year (between {alone_low} and {alone_high} nine times "
            "in ten); the fit keeps {kept_value} (between {kept_low} and {kept_high}). {months} months know a trend no "
            "better than that, and what they leave open is drawn to no trend, since one that goes on is rarer than a "
            "run of good or bad months."
        )
    return language.line(text, **told)


PARTS = ("value", "low", "high")


def _growth(found: Found, language: Language) -> Shown:
    written = numbers.share(found.value, language.code, decimals=1 if abs(found.value) < 0.1 else 0, signed=True)
    return Shown(written.text, found.path, found.value, written.scale)
