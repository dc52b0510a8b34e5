"""What moves the projection: the swing of each assumption, and its share of the spread with an interval."""

from functools import partial

from reports import numbers
from reports.blocks import Block, Chart, Column, Line, Paragraph, Row, Section, Table
from reports.catalogue import Language, msg
from reports.names import KPIS, short_name
from reports.reading import Found
from reports.setting_names import setting_line, setting_name
from reports.showing import show_by_unit, show_count, show_share
from reports.typography import WIDE

OUTCOMES = ("pathways_net", "exhausted", "overrun", "need_cents")
LONGEST_NAME, LONGEST_NAME_NARROW = 44, 24


def sensitivity(findings: Found, language: Language) -> Section | None:
    """The tornado of net pathways and a table a quantity; None where no range was declared."""
    found = findings.get("uncertainty.sensitivity")
    rows = [] if found is None else list(found.items("rows"))
    if found is None or not rows:
        return None
    blocks: list[Block] = [_tornado(rows, found, language)]
    blocks.extend(_table(name, rows, language) for name in OUTCOMES)
    blocks.append(
        Paragraph(
            language.line(
                msg(
                    "Total share: the part of the spread that would go if the value were known, alone or with others; "
                    "between brackets its 95 % interval, which few points leave wide (an end below 0 or above 1 is "
                    "noise)."
                )
            ),
            "note",
        )
    )
    return Section(
        "sensitivity",
        language.words(msg("What moves the projection")),
        language.line(
            msg(
                "Each value is set to both ends of its declared range, the others as they stand ({runs} runs a point, "
                "the same luck); shares vary all at once over {points} pairs of points."
            ),
            runs=show_count(found["runs"], language),
            points=show_count(found["points"], language),
        ),
        tuple(blocks),
    )


def _table(name: str, rows: list[Found], language: Language) -> Table:
    def share(row: Found) -> Line:
        told = row.get(f"outcomes.{name}.total")
        value = None if told is None else told.get("value")
        if told is None or value is None:
            return ()
        low, high = told.get("ci_low"), told.get("ci_high")
        if low is None or high is None:
            return (show_share(value, language),)
        return (
            show_share(value, language),
            " [",
            show_share(low, language),
            f"{WIDE}; " if language.code == "fr" else ", ",
            show_share(high, language),
            "]",
        )

    def end(row: Found, which: str) -> Line:
        told = row[f"outcomes.{name}"]
        return (show_by_unit(told[which], told.text("unit"), language),)

    return Table(
        f"sensitivity-{name}",
        language.words(KPIS[name]),
        (
            Column(language.words(msg("Value of the scenario")), wrap=True),
            Column(language.words(msg("At its low end")), "number"),
            Column(language.words(msg("At its high end")), "number"),
            Column(language.words(msg("Total share")), "number"),
        ),
        tuple(
            Row((setting_line(row.text("key"), language), end(row, "low"), end(row, "high"), share(row)))
            for row in rows
        ),
        style="dense",
    )


def _tornado(rows: list[Found], found: Found, language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.style import Canvas, Draw
    from reports.charts.ticks import ticks_between
    from reports.charts.tornado import Swing, draw_tornado

    base = found["base.pathways_net"].value
    title = language.words(msg("Net pathways at both ends of each range"))
    description = language.words(
        msg("One bar a value of the scenario, the longest first, around the projection as it stands.")
    )
    height = 44 + 26 * len(rows)
    ends = [row[f"outcomes.pathways_net.{end}"].value for row in rows for end in ("low", "high")]

    def draw_for(canvas: Canvas) -> Draw:
        longest = LONGEST_NAME_NARROW if canvas.narrow else LONGEST_NAME
        swings = tuple(
            Swing(
                short_name(setting_name(row.text("key"), language), longest),
                row["outcomes.pathways_net.low"].value,
                row["outcomes.pathways_net.high"].value,
                numbers.count(
                    row["outcomes.pathways_net.high"].value - row["outcomes.pathways_net.low"].value,
                    language.code,
                    signed=True,
                ).text,
            )
            for row in rows
        )
        ticks = ticks_between(min(*ends, base), max(*ends, base), 3 if canvas.narrow else 5, language.code)
        return partial(draw_tornado, swings, base, ticks)

    return charted(
        "tornado",
        title,
        description,
        (height, height),
        draw_for,
        language.line(msg("Hollow: at the low end. Solid: at the high end. Upright line: as the scenario stands.")),
    )
