"""What moved the expected need since the last forecast, cause by cause: from one total to the other, to the cent."""

from functools import partial

from reports import numbers
from reports.blocks import Block, Chart, Column, Paragraph, Row, Strong, Table
from reports.catalogue import Language, msg
from reports.names import short_name
from reports.price_sentences import plain
from reports.reading import Found
from reports.showing import show_day, show_money

CAUSES = {
    "volume_came": msg("Volume of the requests that came"),
    "cost_came": msg("Cost and mix of the requests that came"),
    "decided": msg("Decisions on earlier requests"),
    "volume": msg("Volume still expected"),
    "mix": msg("Mix still expected"),
    "cost": msg("Cost still expected"),
    "delays": msg("Delays: what can still be decided on in time"),
}
SHORT = {
    "volume_came": msg("Number come"),
    "cost_came": msg("Cost come"),
    "decided": msg("Decisions"),
    "volume": msg("Volume to come"),
    "mix": msg("Mix to come"),
    "cost": msg("Cost to come"),
    "delays": msg("Delays"),
}
"""The causes where there is little room."""
_THOUSANDS, _MILLIONS = 100_000, 100_000_000


def moved(found: Found, language: Language, need: Found | None = None) -> list[Block]:
    """From the need expected then to the need expected now.

    Args:
        found: `forecast.moved` of the findings.
        language: of the report.
        need: the need of the runs (`simulation.kpis.need_cents`), to be told apart from the one expected here.
    """
    rows = list(found.items("causes"))
    change = found["after_cents"].value - found["before_cents"].value
    largest = max(abs(cents) for cents in (change, *(row["cents"].value for row in rows)))
    # One unit for all, so that the eye can add them up.
    scale, decimals = (_MILLIONS, 1) if largest >= 50 * _MILLIONS else (_THOUSANDS, 0)
    if largest < 10 * _THOUSANDS:
        scale, decimals = 100, 0
    lead = language.line(
        msg("Since {since} the need expected in all moved from {before} to {after}.")
        if any(row["cents"].value for row in rows)
        else msg("Since {since} the need expected in all has not moved: {after}."),
        since=show_day(found["since"], language),
        before=show_money(found["before_cents"], language, scale=scale, decimals=decimals),
        after=Strong((show_money(found["after_cents"], language, scale=scale, decimals=decimals),)),
    )
    cells = [
        Row(
            (
                (language.words(CAUSES[row.text("cause")]),),
                (show_money(row["cents"], language, scale=scale, decimals=decimals, signed=True),),
            )
        )
        for row in rows
    ]
    whole = numbers.money(change, language.code, scale=scale, decimals=decimals, signed=True, sign=language.sign).text
    cells.append(Row(((language.words(msg("In all")),), (whole,)), total=True))
    table = Table(
        "forecast-moved",
        language.words(msg("What moved it, cause by cause")),
        (
            Column(language.words(msg("Cause")), "text", wrap=True),
            Column(language.words(msg("Change")), "number"),
        ),
        tuple(cells),
        language.line(msg("Each against what was expected then. The causes add up to the change, to the cent.")),
    )
    if need is not None:
        lead += language.line(
            msg(
                " This one is worked out from what came and from the inflow still expected, without drawing: the runs, "
                "which draw it, come to {mean} on average. They differ by chance and by what only a run knows: "
                "requests decided on too late, ceilings of aid."
            ),
            mean=show_money(need["mean"], language, scale=scale, decimals=decimals),
        )
    if not any(row["cents"].value for row in rows):
        return [Paragraph(lead)]
    return [Paragraph(lead), _chart(found, rows, scale, decimals, language), table]


def _chart(found: Found, rows: list[Found], scale: int, decimals: int, language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.style import Canvas, Draw
    from reports.charts.waterfall import LONGEST_NAME, LONGEST_NAME_NARROW, Bar, draw_waterfall

    def written(cents: float) -> str:
        return numbers.money(cents, language.code, scale=scale, decimals=decimals, signed=True, sign=language.sign).text

    def total(which: str, name: str) -> Bar:
        cents = float(found[which].value)
        shown = numbers.money(cents, language.code, scale=scale, decimals=decimals, sign=language.sign).text
        return Bar(name, 0.0, cents, shown, "whole")

    title = language.words(msg("From the need expected then to the need expected now"))
    described = "; ".join(f"{language.words(CAUSES[row.text('cause')])}: {written(row['cents'].value)}" for row in rows)

    def draw_for(canvas: Canvas) -> Draw:
        longest = LONGEST_NAME_NARROW if canvas.narrow else LONGEST_NAME
        day = numbers.day(found.text("since"), language.code, year=not canvas.narrow)
        bars = [total("before_cents", plain(language.line(msg("Need, {day}"), day=day)))]
        at = float(found["before_cents"].value)
        for row in rows:
            cents = float(row["cents"].value)
            if cents:
                name = language.words(SHORT[row.text("cause")] if canvas.narrow else CAUSES[row.text("cause")])
                kind = "loss" if cents > 0 else "gain"
                bars.append(Bar(short_name(name, longest), at, at + cents, written(cents), kind))
            at += cents
        bars.append(total("after_cents", language.words(msg("Need now"))))
        return partial(draw_waterfall, tuple(bars))

    height = 26 * (2 + sum(row["cents"].value != 0 for row in rows)) + 12
    note = language.line(msg("Orange: more is needed; blue: less. The axis is cut so that changes can be seen."))
    return charted("forecast-moved", title, described, (height, height), draw_for, note)
