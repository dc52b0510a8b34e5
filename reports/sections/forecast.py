"""What has come, what is to come, and what moved since the last forecast."""

from functools import partial

from reports import numbers, palette
from reports.blocks import Block, Chart, Column, Folded, Line, Paragraph, Row, Section, Shown, Span, Strong, Table
from reports.catalogue import Language, msg
from reports.charts.axis import levels_up_to
from reports.charts.trajectory import Curve, Today, Trajectory
from reports.envelope_ceiling import ceiling_of
from reports.median_label import median_label
from reports.money_axis import money_labels
from reports.month_axis import month_marks, place_of
from reports.names import branch_name
from reports.price_sentences import plain
from reports.reading import Found
from reports.sections.forecast_coming import coming
from reports.sections.forecast_moved import moved
from reports.showing import MILLION, amount, show_count, show_day, show_money

STATES = (
    ("at_desk", msg("at the desk")),
    ("parked", msg("waiting for money")),
    ("committed", msg("committed or in training")),
    ("served", msg("to be paid (service done)")),
    ("paid", msg("paid")),
    ("refused", msg("refused")),
    ("gave_up", msg("given up")),
)
FACTORS = (
    ("volume", msg("Requests still to come")),
    ("trainees", msg("Trainees of a request")),
    ("hours", msg("Hours of a pathway")),
    ("fee", msg("Fee an hour")),
)


def forecast(findings: Found, language: Language) -> Section | None:
    """To date and to come on one curve, what was learnt, what moved; nothing where no actuals were given."""
    found = findings.get("forecast")
    if found is None:
        return None
    to_date = found["to_date"]
    lead = language.line(
        msg(
            "At the end of {day} {requests} requests had come, {committed} were committed and {paid} paid; what "
            "follows is projected from there."
        ),
        day=show_day(found["as_of"], language, short=False),
        requests=Strong((show_count(to_date["requests"], language),)),
        committed=Strong((show_money(to_date["committed_cents"], language),)),
        paid=Strong((show_money(to_date["paid_cents"], language),)),
    )
    blocks: list[Block] = [Paragraph(_standing(to_date, language)), *_money(findings, found, language)]
    if found.get("to_come") is not None:
        blocks.append(coming(findings, found, language))
    if list(findings.items("simulation.months")):
        blocks.append(_chart(findings, found, language))
    blocks.append(_learnt(findings, found, language))
    if found.get("moved") is not None:
        blocks.extend(moved(found["moved"], language, findings.get("simulation.kpis.need_cents")))
    blocks.append(Folded(language.words(msg("Branch by branch")), (_branches(findings, found, language),)))
    return Section("forecast", language.words(msg("To date and to come")), lead, tuple(blocks))


def _standing(to_date: Found, language: Language) -> Line:
    spans: list[Span] = []
    for key, word in STATES:
        if to_date[key].value:
            spans += [*([", "] if spans else []), show_count(to_date[key], language), f" {language.words(word)}"]
    return language.line(msg("Where they stand: {states}."), states=tuple(spans))


def _money(findings: Found, found: Found, language: Language) -> list[Block]:
    """What is left of the envelope that day: open on the lines, in reserve, with nobody."""
    money = found.get("money")
    if money is None:
        return []
    over = found.text("as_of") >= findings.text("scenario.commitment_deadline")
    line = language.line(
        msg(
            "Of {authorised} in force, {committed} are used, {open} were left when the last day of commitments was over"
        )
        if over
        else msg("Of {authorised} in force, {committed} are used, {open} are still free to be committed"),
        authorised=show_money(money["authorised_cents"], language, exact=True),
        committed=Strong((show_money(money["committed_cents"], language),)),
        open=Strong((show_money(money["open_cents"], language),)),
    )
    for key, text in (
        ("unnotified_cents", msg(", {cents} are notified to nobody")),
        ("reserve_cents", msg(", {cents} are in reserve")),
        ("management_fee_cents", msg(", {cents} are set aside for running costs")),
        ("lapsed_cents", msg(", {cents} came back after requests closed and are lost")),
        ("shortfall_cents", msg(", {cents} more are committed than the envelope now holds")),
    ):
        if (cents := money.get(key)) is not None and cents.value:
            line = (*line, *language.line(text, cents=show_money(cents, language)))
    return [Paragraph((*line, "."))]


def _chart(findings: Found, found: Found, language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.style import Canvas, Draw
    from reports.charts.trajectory import draw_trajectory

    title = language.words(msg("Committed (AE) and paid (CP), cumulative: to date and to come"))
    months = list(findings.items("simulation.months"))
    past = list(found.items("months"))
    to_date = found["to_date"]
    description = plain(
        language.line(
            msg("To date {committed} are committed; at the end the median is {middle}."),
            committed=amount(to_date["committed_cents"].value, language),
            middle=amount(months[-1]["committed_cents.p50"].value, language),
        )
    )

    def draw_for(canvas: Canvas) -> Draw:
        shown = _trajectory(findings, found, months, past, language, narrow=canvas.narrow)
        return partial(draw_trajectory, shown)

    return charted(
        "forecast",
        title,
        description,
        (320, 290),
        draw_for,
        language.line(
            msg(
                "Up to the dotted line, the end of {day}: what happened, a dot a month; after it: medians, with bands "
                "from P10 to P90."
            ),
            day=show_day(found["as_of"], language),
        ),
    )


def _trajectory(
    findings: Found, found: Found, months: list[Found], past: list[Found], language: Language, *, narrow: bool
) -> Trajectory:
    # The month under way ends in the future: what happened is drawn for the months that are over.
    over = len(past) if _month_is_over(found.text("as_of")) else len(past) - 1
    curves = tuple(
        Curve(
            language.words(name),
            median_label(months[-1][f"{key}.p50"].value, findings, language),
            colour,
            *(
                tuple(
                    float(past[at][key].value if at < over else month[f"{key}.{part}"].value) / MILLION
                    for at, month in enumerate(months)
                )
                for part in ("p10", "p50", "p90")
            ),
        )
        for key, name, colour in (
            ("committed_cents", msg("Committed (AE)"), palette.BLUE),
            ("paid_cents", msg("Paid (CP)"), palette.SLATE),
        )
    )
    named = [month.text("month") for month in months]
    ceiling = ceiling_of(named, findings, language)
    highest = max(*(amount for _, amount in ceiling.steps), *(max(curve.high) for curve in curves))
    levels = levels_up_to(highest, 5)
    return Trajectory(
        len(months),
        month_marks(named, language, 3 if narrow else 8),
        curves,
        ceiling,
        (),
        money_labels(levels, language, MILLION),
        Today(
            place_of(found.text("as_of"), named[0], end=True),
            over,
            language.words(msg("Actual")),
            language.words(msg("Projected")),
        ),
    )


def _month_is_over(iso: str) -> bool:
    from datetime import date, timedelta

    return (date.fromisoformat(iso) + timedelta(days=1)).day == 1


def _learnt(findings: Found, found: Found, language: Language) -> Block:
    seen = found["seen"]
    came = language.line(
        msg("{requests} requests came where {expected} were expected."),
        requests=show_count(seen["requests"], language),
        expected=show_count(seen["expected"], language),
    )
    if found.text("as_of") >= findings.text("scenario.filing_deadline"):
        return Paragraph(came)  # nothing is still to come for which anything was learnt
    rows = []
    for key, name in FACTORS:
        factor = seen[key]
        rows.append(
            Row(
                (
                    (language.words(name),),
                    (_percent(factor["value"], language),),
                    (_percent(factor["low"], language), " – ", _percent(factor["high"], language)),
                )
            )
        )
    return Table(
        "forecast-learnt",
        language.words(msg("What the requests to date changed, against the scenario as declared")),
        (
            Column(language.words(msg("Quantity")), "text", wrap=True),
            Column(language.words(msg("Change")), "number"),
            Column(language.words(msg("90 % interval")), "number"),
        ),
        tuple(rows),
        came,
    )


def _percent(found: Found, language: Language) -> Shown:
    change = float(found.value) - 1
    written = numbers.share(change, language.code, decimals=1 if abs(change) < 0.1 else 0, signed=True)
    return Shown(written.text, found.path, found.value, written.scale)


def _branches(findings: Found, found: Found, language: Language) -> Table:
    rows = []
    for row in found.items("branches"):
        code = row.text("branch")
        cells: tuple[Line, ...] = (
            (branch_name(code, findings, language),),
            (show_count(row["requests"], language),),
            (show_count(row["expected"], language, decimals=0 if row["expected"].value >= 10 else 1),),
            (_percent(row["factor"], language),),
        )
        rows.append(Row(cells))
    return Table(
        "forecast-branches",
        language.words(msg("Requests to date by branch, and how each differs from the movement of all")),
        (
            Column(language.words(msg("Branch")), "text", wrap=True),
            Column(language.words(msg("Requests")), "number"),
            Column(language.words(msg("Expected")), "number"),
            Column(language.words(msg("Its own movement")), "number"),
        ),
        tuple(rows),
        style="dense",
    )
