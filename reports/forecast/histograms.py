"""The attributes of requests in pictures: what was observed in bars, the fitted law over them, its parameters."""

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reports import numbers
from reports.blocks import Chart
from reports.catalogue import Language, msg
from reports.forecast.shown import axis_labels
from reports.price_sentences import plain
from reports.reading import Found

if TYPE_CHECKING:
    from reports.charts.histograms import Bars

PARAMETERS = {
    "mean": msg("mean {value} ({low} – {high})"),
    "sigma": msg("log. spread {value} ({low} – {high})"),
    "median": msg("median {value} ({low} – {high})"),
    "p90": msg("P90 {value} ({low} – {high})"),
}
NOTE = msg(
    "Bars: what was observed; line: the law that the runs draw from, with its band as its parameters go through their "
    "90 % intervals, which stand above it in brackets. A paler bar holds all that lies beyond, and a dot is its fitted "
    "share."
)
WEIGHTS = {
    "hours": msg("The bars count trainees, as the mean does."),
    "fee": msg("The bars count hours, as the mean does."),
}
_MOST_TICKS = 6


PICTURES: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "pathways": (
        ("trainees", msg("Trainees of a request"), ("trainees",)),
        ("hours", msg("Hours of a pathway"), ("hours",)),
        ("fee", msg("Fee an hour"), ("fee",)),
        ("duration", msg("Length of the training"), ("duration",)),
    ),
    "lags": (("delays", msg("Delays"), ("decision_lag", "start_lag", "payment_lag")),),
}
"""By group of fitted quantities, its pictures: key, title, attributes."""
TITLES = {
    "decision_lag": msg("From filing to decision"),
    "start_lag": msg("From decision to start"),
    "payment_lag": msg("From service done to payment"),
}


def histograms(group: str, findings: Found, named: Callable[[str, str], str], language: Language) -> list[Chart]:
    """The histograms of a group of attributes, a panel for each attribute and subject of which enough was observed.

    Args:
        group: of fitted quantities.
        findings: of `enveloppe calibrate`.
        named: what a subject is called.
        language: of the report.
    """
    charts: list[Chart] = []
    for key, title, members in PICTURES.get(group, ()):
        rows = [row for row in findings.items("histograms") if row.text("name") in members]
        if rows:
            charts.append(_chart(key, language.words(title), rows, named, language, told=not charts))
    return charts


def _chart(
    key: str, title: str, rows: list[Found], named: Callable[[str, str], str], language: Language, *, told: bool
) -> Chart:
    """One picture; `told`: it says how such pictures are read."""
    from reports.charts.both_widths import charted
    from reports.charts.histograms import draw_histograms, height_of

    described = "; ".join(f"{_title(row, named, language)}: {_parameters(row, language)}" for row in rows)
    panels = tuple(_bars(row, named, language) for row in rows)
    note = language.line(NOTE) if told else ()
    if key in WEIGHTS:
        note = (*note, *([" "] if note else []), language.words(WEIGHTS[key]))
    heights = (height_of(len(rows), narrow=False), height_of(len(rows), narrow=True))
    return charted(f"observed-{key}", title, described, heights, lambda _: partial(draw_histograms, panels), note)


def _title(row: Found, named: Callable[[str, str], str], language: Language) -> str:
    name, subject = row.text("name"), row.text("subject")
    counted = plain(language.line(msg("{count} requests"), count=numbers.count(row["count"].value, language.code).text))
    if not subject and name not in TITLES and name not in ("hours", "fee"):
        return counted
    what = named(name, subject) if subject else language.words(TITLES.get(name, msg("Requests that name no type")))
    return f"{what[:1].upper()}{what[1:]} – {counted}"


def _parameters(row: Found, language: Language) -> str:
    told = []
    for one in row.items("parameters"):
        unit = "index" if one.text("name") == "sigma" else row.text("unit")
        low, high = (float(one[part].value) for part in ("low", "high"))
        digits = 0 if high >= 100 else 1 if high >= 10 else 2 if high - low >= 0.02 else 3
        if unit == "days":
            digits = 0
        ends = {
            part: numbers.count(value, language.code, decimals=digits).text
            for part, value in (("low", low), ("high", high))
        }
        value = tick(float(one["value"].value), unit, language, digits)
        told.append(plain(language.line(PARAMETERS[one.text("name")], value=value, **ends)))
    return "; ".join(told) if language.code == "en" else "\u202f; ".join(told)


def _bars(row: Found, named: Callable[[str, str], str], language: Language) -> "Bars":
    from reports.charts.axis import levels_up_to
    from reports.charts.histograms import Bars

    shares = {part: tuple(float(share) for share in row[part].value) for part in ("observed", "fitted", "low", "high")}
    levels = levels_up_to(max(max(values) for values in shares.values()), 3)
    return Bars(
        title=_title(row, named, language),
        note=_parameters(row, language),
        below=bool(row["below"].value),
        above=bool(row["above"].value),
        ticks=_ticks(row, len(shares["observed"]), language),
        levels=axis_labels(levels, "share", language),
        **shares,
    )


def _ticks(row: Found, bars: int, language: Language) -> tuple[tuple[float, str], ...]:
    """Places along the bars: the number of each bar where it is one, else the edges between them."""
    first, step, unit = float(row["first"].value), float(row["step"].value), row.text("unit")
    single = step == 1 and unit in ("pathways", "days")
    every = next(size for size in (1, 2, 4, 5, 10, 20) if bars / size <= _MOST_TICKS or size == 20)
    ticks = []
    for at in range(0, bars + (0 if single else 1), every):
        value = first + at * step
        label = tick(value, unit, language)
        ticks.append((at + (0.5 if single else 0.0), label))
    if single and row["above"].value:
        last = bars - 1
        ticks = [(place, label) for place, label in ticks if last + 0.5 - place >= every]
        ticks.append((last + 0.5, f"≥\u00a0{tick(first + last, unit, language)}"))
    return tuple(ticks)


def tick(value: float, unit: str, language: Language, digits: int | None = None) -> str:
    """A number with its unit, as short as it is exact, or with so many digits."""
    if digits is None:
        digits = 0 if math.isclose(value, round(value), abs_tol=1e-9) else 1
    if unit == "EUR/h":
        return numbers.money(value * 100, language.code, scale=100, decimals=digits, sign=language.sign).text
    if unit == "days":
        return numbers.days(value, language.code, decimals=digits).text
    count = numbers.count(value, language.code, decimals=digits).text
    return f"{count}\u00a0h" if unit == "h" else count
