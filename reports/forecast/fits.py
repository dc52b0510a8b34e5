"""Fitted quantities with their intervals: a picture and a table for each group."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reports import numbers
from reports.blocks import Chart, Column, Folded, Kind, Line, Name, Row, Section, Span, Table
from reports.catalogue import Language, msg
from reports.forecast.histograms import histograms
from reports.forecast.rates import rates
from reports.forecast.shown import NAMES, axis_labels, shown
from reports.forecast.trend import trend_line
from reports.names import short_name
from reports.reading import Found
from reports.showing import show_count

if TYPE_CHECKING:
    from reports.charts.spread import Spread

GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "volume",
        msg("Volume, trend and common factor"),
        ("requests", "trend", "common_sd", "common_stay", "branch_dispersion", "month_dispersion"),
    ),
    ("season", msg("Season"), ("season",)),
    ("branch_parts", msg("Parts of the branches"), ("branch_part", "branch_drift")),
    ("pathways", msg("Hours, fees and lengths"), ("trainees", "hours", "fee", "duration")),
    (
        "lags",
        msg("Delays, refusals and drop-out"),
        ("decision_lag", "start_lag", "payment_lag", "ineligible", "drop_out"),
    ),
    ("mixes", msg("Mixes and companies"), ("size_mix", "situation_mix", "pathway_mix", "companies")),
)
KINDS = {"size_mix": "size", "situation_mix": "situation"}
"""What the subjects of a quantity are; of all others they are types of pathway."""
SHOWN_AS_BARS = 40


def fits(findings: Found, language: Language) -> list[Section]:
    """One section a group of fitted quantities."""
    names = subjects(findings, language)
    rows = list(findings.items("fits"))
    sections = []
    for key, title, members in GROUPS:
        mine = [row for row in rows if row.text("name") in members]
        if not mine:
            continue
        if key == "branch_parts":
            mine.sort(key=lambda row: -float(row["value"].value))
        blocks: list[Chart | Table | Folded] = [*histograms(key, findings, names, language)]
        pictured = {row.text("name") for row in findings.items("histograms")}
        for name in members:
            if (picture := rates(name, findings, language)) is not None:
                blocks.append(picture)
            if name in pictured:
                continue
            several = [row for row in mine if row.text("name") == name]
            if len(several) > 1:
                blocks.append(_chart(f"{key}-{name.replace('_', '-')}", name, several, names, language))
        table = _table(key, mine, names, language)
        blocks.append(table if len(mine) <= 12 else Folded(language.words(msg("The figures")), (table,), printed=True))
        lead = trend_line(findings, language) if "trend" in members else ()
        sections.append(Section(f"fit-{key.replace('_', '-')}", language.words(title), lead, tuple(blocks)))
    return sections


def subjects(findings: Found, language: Language) -> Callable[[str, str], str]:
    """What the subject of a fitted quantity is called, by the quantity's name and the subject's code."""
    branches = {row.text("branch"): row.text(f"name_{language.code}") for row in findings.items("branches")}
    known = {
        (row.text("of"), row.text("subject")): row.text(f"name_{language.code}") for row in findings.items("subjects")
    }

    def named(name: str, subject: str) -> str:
        if name == "season":
            return numbers.month(f"2001-{int(subject):02d}", language.code).split("\u00a0")[0].split("\u202f")[0]
        if name in ("branch_part", "branch_drift"):
            return language.data(branches.get(subject, subject))
        return language.data(known.get((KINDS.get(name, "pathway"), subject), subject))

    return named


def _chart(key: str, name: str, rows: list[Found], named: Callable[[str, str], str], language: Language) -> Chart:
    from reports.charts.axis import levels_up_to
    from reports.charts.both_widths import charted
    from reports.charts.spread import draw_spreads
    from reports.charts.style import Canvas, Draw

    ordered = rows if name == "season" else sorted(rows, key=lambda row: -float(row["value"].value))
    ordered = ordered[:SHOWN_AS_BARS]
    unit = rows[0].text("unit")
    title = language.words(NAMES[name])
    highest = max(max(float(row["high"].value), row.number("base") or 0.0) for row in ordered)

    ends = ", ".join(
        f"{named(name, row.text('subject'))} {shown(row['value'], unit, language).text}" for row in ordered
    )

    def draw_for(canvas: Canvas) -> Draw:
        levels = levels_up_to(highest, 2 if canvas.narrow else 4)
        ticks = axis_labels(levels, unit, language)
        spreads = tuple(_spread(name, row, named, language, narrow=canvas.narrow) for row in ordered)
        return partial(draw_spreads, spreads, ticks)

    return charted(
        key,
        title,
        f"{title}: {ends}",
        (40 + 17 * len(ordered), 40 + 17 * len(ordered)),
        draw_for,
        language.line(msg("Dots and bars: fitted values with their 90 % intervals; strokes: the base scenario.")),
    )


def _spread(name: str, row: Found, named: Callable[[str, str], str], language: Language, *, narrow: bool) -> "Spread":
    from reports.charts.spread import Spread

    return Spread(
        short_name(named(name, row.text("subject")), 16 if narrow else 44),
        float(row["low"].value),
        float(row["value"].value),
        float(row["high"].value),
        shown(row["value"], row.text("unit"), language).text,
        row.number("base"),
    )


def _table(key: str, rows: list[Found], named: Callable[[str, str], str], language: Language) -> Table:
    measured = any(row.get("distance") is not None for row in rows)
    titles: list[tuple[str, Kind]] = [
        (msg("Quantity"), "text"), (msg("Fitted"), "number"), (msg("90 % interval"), "number"),
        (msg("Base scenario"), "number"), (msg("Rests on"), "number"),
    ]  # fmt: skip
    if measured:
        titles.append((msg("Distance of the fit"), "number"))
    cells = []
    for row in rows:
        unit = row.text("unit")
        label: list[Span] = [language.words(NAMES[row.text("name")])]
        if row.text("subject"):
            label += [" (", Name(named(row.text("name"), row.text("subject"))), ")"]
        line: list[Line] = [tuple(label), (shown(row["value"], unit, language),)]
        if row.get("kept") is not None:
            line.append((language.words(msg("as in the base")),))
        else:
            line.append((shown(row["low"], unit, language), " – ", shown(row["high"], unit, language)))
        base = row.get("base")
        line.append(() if base is None else (shown(base, unit, language),))
        line.append((show_count(row["count"], language),))
        if measured:
            distance = row.get("distance")
            line.append(() if distance is None else (show_count(distance, language, decimals=3),))
        cells.append(Row(tuple(line)))
    return Table(
        f"fit-{key}",
        language.words(msg("Fitted values, their 90 % intervals, and the requests that they rest on")),
        tuple(Column(language.words(title), kind, wrap=kind == "text") for title, kind in titles),
        tuple(cells),
        language.line(msg("Distance: the greatest gap between the observed and the fitted distribution (Kolmogorov)."))
        if measured
        else (),
        style="dense",
    )
