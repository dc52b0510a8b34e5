"""Need, commitments and payments by month, against the envelope."""

from datetime import date, timedelta
from functools import partial

from reports import numbers, palette
from reports.blocks import Chart, Folded, Line, Row, Section, Strong, Table
from reports.catalogue import Language, msg
from reports.charts.axis import levels_up_to
from reports.charts.trajectory import Curve, Trajectory
from reports.columns import numbers_under
from reports.envelope_ceiling import ceiling_of
from reports.median_label import median_label
from reports.money_axis import money_labels
from reports.month_axis import month_marks, place_of
from reports.price_sentences import plain
from reports.reading import Found
from reports.showing import MILLION, amount, show_day, show_money
from reports.table_unit import in_unit, range_in_unit, table_unit

CURVES = (
    ("need_cents", msg("Need"), palette.PLUM),
    ("committed_cents", msg("Committed (AE)"), palette.BLUE),
    ("paid_cents", msg("Paid (CP)"), palette.SLATE),
)

REQUESTS_CLOSE = msg("requests close")


def trajectory(findings: Found, language: Language) -> Section | None:
    """The three cumulative curves with their bands, and the same by month in a table."""
    months = list(findings.items("simulation.months"))
    if not months:
        return None
    return Section(
        "trajectory",
        language.words(msg("Need, commitments and payments over time")),
        _lead(months, findings, language),
        (
            _chart(months, findings, language),
            Folded(language.words(msg("The same by month")), (_table(months, findings, language),)),
        ),
    )


def _lead(months: list[Found], findings: Found, language: Language) -> Line:
    deadline = findings["scenario.filing_deadline"]
    until = [at for at, month in enumerate(months) if month.text("month") <= deadline.value[:7]]
    month = months[until[-1] if until else -1]
    following = date.fromisoformat(deadline.value) + timedelta(days=1)
    return language.line(
        msg("When requests close on {day}, {committed} are committed and {paid} are paid (medians).")
        if following.day == 1 and month.text("month") == deadline.value[:7]
        # Amounts are known at the ends of months: a day inside one is not given what stands at its end.
        else msg(
            "At the end of {month}, {committed} are committed and {paid} are paid (medians); requests close on {day}."
        ),
        month=numbers.month(month.text("month"), language.code),
        day=show_day(deadline, language, short=False),
        committed=Strong((show_money(month["committed_cents.p50"], language),)),
        paid=Strong((show_money(month["paid_cents.p50"], language),)),
    )


def _chart(months: list[Found], findings: Found, language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.style import Canvas, Draw
    from reports.charts.trajectory import draw_trajectory

    title = language.words(msg("Need, commitments (AE) and payments (CP), cumulative"))

    def draw_for(canvas: Canvas) -> Draw:
        return partial(draw_trajectory, _trajectory(months, findings, language, narrow=canvas.narrow))

    return charted(
        "trajectory",
        title,
        _description(months, findings, language),
        (330, 300),
        draw_for,
        language.line(
            msg(
                "Lines: medians; bands: from P10 to P90 of the runs. "
                "The need has no ceiling; commitments are net of releases: they stay below it by what was not "
                "served and by what was released."
            )
        ),
        titled=False,
        paper=232,
    )


def _description(months: list[Found], findings: Found, language: Language) -> str:
    last = months[-1]
    envelope = amount(findings["plan.envelope_cents"].value, language, exact=True)
    ends = [f"{language.words(name)} {amount(last[f'{path}.p50'].value, language)}" for path, name, _ in CURVES]
    return plain(
        language.line(
            msg("Medians at the end: {ends}. Envelope: {envelope}. The table of months gives every value."),
            ends=", ".join(ends),
            envelope=envelope,
        )
    )


def _trajectory(months: list[Found], findings: Found, language: Language, *, narrow: bool) -> Trajectory:
    curves = tuple(
        Curve(
            language.words(name),
            median_label(months[-1][f"{path}.p50"].value, findings, language),
            colour,
            *(tuple(month[f"{path}.{part}"].value / MILLION for month in months) for part in ("p10", "p50", "p90")),
        )
        for path, name, colour in CURVES
    )
    named = [month.text("month") for month in months]
    ceiling = ceiling_of(named, findings, language)
    highest = max(*(max(curve.high) for curve in curves), *(amount for _, amount in ceiling.steps))
    levels = levels_up_to(highest, 5 if narrow else 7)
    return Trajectory(
        len(months),
        month_marks(named, language, 3 if narrow else 8),
        curves,
        ceiling,
        ((place_of(findings.text("scenario.filing_deadline"), named[0], end=True), language.words(REQUESTS_CLOSE)),),
        money_labels(levels, language, MILLION),
    )


def _table(months: list[Found], findings: Found, language: Language) -> Table:
    unit = table_unit(findings, language)
    titles = [msg("End of month")]
    for _, name, _ in CURVES:
        titles.extend((name, msg("P10–P90")))
    rows = []
    for month in months:
        cells: list[Line] = [(numbers.month(month.text("month"), language.code),)]
        for path, _, _ in CURVES:
            cells.append((in_unit(month[f"{path}.p50"], unit, language),))
            cells.append(range_in_unit(month[path], unit, language))
        rows.append(Row(tuple(cells)))
    return Table(
        "months",
        language.words(msg("Cumulative amounts at the end of each month, medians in {unit}")).format(unit=unit.name),
        numbers_under(titles, language),
        tuple(rows),
        style="dense",
    )
