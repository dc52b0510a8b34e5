"""Branch by month: where and when the notified money is committed."""

from functools import partial

from reports import numbers
from reports.blocks import Chart, Section
from reports.catalogue import Language, msg
from reports.charts.heat import CLASSES, FULL, HeatRow, draw_heat
from reports.month_axis import month_marks
from reports.most_drawn import first_rows, left_out
from reports.names import branch_name, short_name
from reports.reading import Found

LONGEST_NAME, LONGEST_NAME_NARROW = 50, 21


def heat(findings: Found, language: Language) -> Section | None:
    """One row a branch; nothing where the findings do not tell branches by month."""
    rows = [
        row
        for row in findings.items("simulation.branches")
        if row.get("months") is not None and (row.number("kpis.notified_cents.mean") or 0) > 0
    ]
    if not rows:
        return None
    rows.sort(key=lambda row: -row["kpis.notified_cents.mean"].value)
    deadline = findings.text("scenario.commitment_deadline")[:7]
    until = sum(1 for month in rows[0].items("months") if month.text("month") <= deadline)
    return Section(
        "heat",
        language.words(msg("Branch by month")),
        blocks=(_chart(rows, max(1, until), findings, language),),
    )


def _chart(rows: list[Found], until: int, findings: Found, language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.style import Canvas, Draw

    title = language.words(msg("Money committed by the end of each month, as a part of what is notified"))
    largest = first_rows(rows)
    full = sum(1 for row in rows if max(_shares(row, until)) >= FULL)
    description = language.words(
        msg("One row a branch, the largest notification first, darker as more is committed; {full} of {all} reach all.")
    ).format(full=full, all=len(rows))
    height = 62 + 17 * len(largest)

    def draw_for(canvas: Canvas) -> Draw:
        longest = LONGEST_NAME_NARROW if canvas.narrow else LONGEST_NAME
        shown = tuple(
            HeatRow(short_name(branch_name(row.text("branch"), findings, language).text, longest), _shares(row, until))
            for row in largest
        )
        months = [month.text("month") for month in list(rows[0].items("months"))[:until]]
        ticks = month_marks(months, language, 3 if canvas.narrow else 6)
        keys = tuple(f"≥ {numbers.share(start, language.code).text}" if start else "> 0" for start in CLASSES)
        return partial(draw_heat, shown, ticks, keys)

    return charted(
        "heat",
        title,
        description,
        (height, height),
        draw_for,
        language.line(msg("Means over the runs, net of releases. “!”: the first month at whose end all is committed."))
        + left_out(rows, language),
    )


def _shares(row: Found, until: int) -> tuple[float, ...]:
    """How full each month is: a place on a scale of colours, never written as a figure."""
    notified = row["kpis.notified_cents.mean"].value
    return tuple(month["committed_cents"].value / notified for month in list(row.items("months"))[:until])
