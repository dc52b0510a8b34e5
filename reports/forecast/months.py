"""Requests by month: observed against fitted."""

from reports import numbers
from reports.blocks import Chart, Folded, Line, Row, Section, Table
from reports.catalogue import Language, msg
from reports.charts.axis import levels_up_to
from reports.charts.ticks import count_labels
from reports.columns import numbers_under
from reports.month_axis import month_marks
from reports.price_sentences import plain
from reports.reading import Found
from reports.showing import show_count


def months(findings: Found, language: Language) -> Section | None:
    """The history by month with the band in which the fitted model expects each month."""
    rows = list(findings.items("months"))
    if not rows:
        return None
    return Section(
        "months",
        language.words(msg("Requests by month")),
        language.line(
            msg(
                "{requests} requests in {months} months. Months further from the 90 % band of the fit than the luck of "
                "counting explains: {outside}."
            ),
            requests=show_count(findings["export.requests"], language),
            months=numbers.count(len(rows), language.code).text,
            outside=numbers.count(_outside(rows), language.code).text,
        ),
        (
            _chart(rows, language),
            Folded(language.words(msg("The same by month")), (_table(rows, language),)),
        ),
    )


def _outside(rows: list[Found]) -> int:
    """Months outside the band and beyond what counting by chance explains."""
    count = 0
    for row in rows:
        seen, low, high = (float(row[part].value) for part in ("requests", "low", "high"))
        count += seen < low - 1.645 * low**0.5 or seen > high + 1.645 * high**0.5
    return count


def _chart(rows: list[Found], language: Language) -> Chart:
    from functools import partial

    from reports.charts.both_widths import charted
    from reports.charts.observed import Observed, draw_observed
    from reports.charts.style import Canvas, Draw

    title = language.words(msg("Requests by month, observed and fitted"))
    highest = max(max(float(row["requests"].value), float(row["high"].value)) for row in rows)
    description = plain(
        language.line(
            msg("From {first} to {last}; the highest month has {highest} requests."),
            first=numbers.month(rows[0].text("month"), language.code),
            last=numbers.month(rows[-1].text("month"), language.code),
            highest=numbers.count(max(int(row["requests"].value) for row in rows), language.code).text,
        )
    )

    def draw_for(canvas: Canvas) -> Draw:
        levels = levels_up_to(highest, 5)
        shown = Observed(
            len(rows),
            month_marks([row.text("month") for row in rows], language, 4 if canvas.narrow else 10),
            count_labels(levels, language.code),
            tuple((float(at), float(row["requests"].value)) for at, row in enumerate(rows)),
            tuple(
                (float(at), float(row["low"].value), float(row["fitted"].value), float(row["high"].value))
                for at, row in enumerate(rows)
            ),
        )
        return partial(draw_observed, shown)

    return charted(
        "months",
        title,
        description,
        (280, 260),
        draw_for,
        language.line(
            msg("Dots: observed; line and band: fitted rate with its 90 % interval, without the luck of counting.")
        ),
        titled=False,
    )


def _table(rows: list[Found], language: Language) -> Table:
    titles = (msg("Month"), msg("Observed"), msg("Fitted"), msg("90 % interval"))
    cells: list[Row] = []
    for row in rows:
        line: list[Line] = [(numbers.month(row.text("month"), language.code),)]
        line.append((show_count(row["requests"], language),))
        line.append((show_count(row["fitted"], language),))
        line.append((show_count(row["low"], language), " – ", show_count(row["high"], language)))
        cells.append(Row(tuple(line)))
    return Table(
        "months",
        language.words(msg("Requests by month")),
        numbers_under(titles, language),
        tuple(cells),
        style="dense",
    )
