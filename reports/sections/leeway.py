"""What the plan decides, and what it leaves to the committee: the money each branch could get in plans as good."""

from functools import partial
from typing import TYPE_CHECKING

from reports import numbers
from reports.blocks import Block, Chart, Column, Paragraph, Row, Section, Strong, Table
from reports.catalogue import Language, msg
from reports.names import branch_name, short_name
from reports.opening_plan import of_the_opening
from reports.reading import Found
from reports.showing import show_money
from reports.table_unit import in_unit, table_unit

if TYPE_CHECKING:
    from reports.charts.spread import Spread

DECIDED_CENTS = 100_000
"""A range below 1,000 is what rounding leaves: the plan has decided."""
DRAWN = 12
"""Branches in the drawing, the widest ranges first; the table holds every one."""


def leeway(findings: Found, language: Language) -> Section | None:
    """The interval of each branch, those with the most to decide first."""
    told = [row for row in findings.items("plan.intervals") if row.get("range_cents") is not None]
    if not told:
        return None
    open_rows = [row for row in told if row["range_cents"].value >= DECIDED_CENTS]
    title = language.words(msg("What the plan decides, and what it leaves to the committee"))
    if not open_rows:
        lead = msg("The plan decides the money of every branch: no other plan is as good.")
        return Section("leeway", title, language.line(lead) + of_the_opening(findings, language), ())
    widest = max(open_rows, key=lambda row: row["range_cents"].value)
    lead = msg(
        "Other plans are as good by every objective and notify no more in all: {branch} could get from {low} to {high}."
    )
    line = language.line(
        lead,
        branch=branch_name(widest.text("branch"), findings, language),
        low=Strong((show_money(widest["low_cents"], language),)),
        high=Strong((show_money(widest["high_cents"], language),)),
    )
    blocks: list[Block] = []
    drawn = [row for row in open_rows if row["notified_cents"].value > 0]
    if drawn:
        blocks.append(_chart(sorted(drawn, key=_relative, reverse=True)[:DRAWN], findings, language))
    blocks.append(_table(sorted(open_rows, key=lambda row: -row["range_cents"].value), findings, language))
    if len(open_rows) < len(told):
        blocks.append(Paragraph(language.line(msg("The money of the other branches is decided by the plan.")), "note"))
    return Section("leeway", title, line + of_the_opening(findings, language), tuple(blocks))


def _relative(row: Found) -> float:
    return float(row["range_cents"].value) / float(row["notified_cents"].value)


def _table(rows: list[Found], findings: Found, language: Language) -> Table:
    unit = table_unit(findings, language)
    return Table(
        "leeway",
        language.words(msg("Money that each branch could get in a plan as good, in {unit}")).format(unit=unit.name),
        (
            Column(language.words(msg("Branch"))),
            Column(language.words(msg("At least")), "number"),
            Column(language.words(msg("Notified")), "number"),
            Column(language.words(msg("At most")), "number"),
            Column(language.words(msg("Left to the committee")), "number"),
        ),
        tuple(
            Row(
                (
                    (branch_name(row.text("branch"), findings, language),),
                    *(
                        (in_unit(row[path], unit, language, fine=True),)
                        for path in ("low_cents", "notified_cents", "high_cents", "range_cents")
                    ),
                )
            )
            for row in rows
        ),
        language.line(
            msg(
                "What one branch takes more another gets less; the plan notified is the one in which the least served "
                "line is served best."
            )
        ),
        style="dense",
    )


def _chart(rows: list[Found], findings: Found, language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.spread import draw_spreads
    from reports.charts.style import Canvas, Draw

    title = language.words(msg("How far the money of branches could move in a plan as good"))
    description = language.words(
        msg("One bar a branch, from the least to the greatest money it could get, relative to what it is notified.")
    )
    height = 44 + 24 * len(rows)

    def draw_for(canvas: Canvas) -> Draw:
        return partial(draw_spreads, *_drawn(rows, findings, language, narrow=canvas.narrow))

    return charted(
        "leeway",
        title,
        description,
        (height, height),
        draw_for,
        language.line(msg("Dot: as notified. Bar: from the least to the greatest. The widest bars are drawn.")),
    )


def _drawn(
    rows: list[Found], findings: Found, language: Language, *, narrow: bool
) -> tuple[tuple["Spread", ...], tuple[tuple[float, str], ...]]:
    from reports.charts.axis import levels_between
    from reports.charts.spread import Spread
    from reports.charts.ticks import share_labels

    told = []
    for row in rows:
        notified = float(row["notified_cents"].value)
        low, high = row["low_cents"].value / notified - 1, row["high_cents"].value / notified - 1
        name = short_name(branch_name(row.text("branch"), findings, language).text, 16 if narrow else 42)
        told.append(Spread(name, low, 0.0, high, _points(high, language)))
    low, high = min(row.low for row in told), max(row.high for row in told)
    return tuple(told), share_labels(levels_between(low, high, 3 if narrow else 6), language.code, signed=True)


def _points(share: float, language: Language) -> str:
    places = 0 if abs(share) >= 0.095 or not share else 1
    return numbers.share(share, language.code, decimals=places, signed=True).text
