"""What the plan promises on mean demand, and what it delivers over the runs."""

from functools import partial
from typing import TYPE_CHECKING

from reports import numbers
from reports.blocks import Block, Bullets, Chart, Column, Line, Row, Section, Strong, Table
from reports.catalogue import Language, msg
from reports.names import POLICIES, POLICIES_SHORT, policy_name
from reports.opening_plan import of_the_opening
from reports.reading import Found
from reports.showing import about_range, show_about, show_by_unit, show_count, show_share

if TYPE_CHECKING:
    from reports.charts.promised import Delivered

WORTH_SAYING = 0.005
"""A promise this near is kept; and nothing is said of a gap inside the noise."""


def promise(findings: Found, language: Language) -> Section | None:
    """The plan's promise beside its delivery: under the scenario's policy, and under its rivals."""
    rows = list(findings.items("uncertainty.delivery"))
    if not rows:
        return None
    blocks: list[Block] = [Bullets(tuple(_sentence(row, findings, language) for row in rows))]
    if findings["scenario.runs"].value > 1:
        blocks.extend((_chart(rows, language), _table(rows, language)))
    return Section(
        "promise",
        language.words(msg("What the plan promises, and what it delivers")),
        language.line(
            msg(
                "The plan is made on mean demand and knows nothing of luck. Delivery is measured on runs that it was "
                "not made on; it is the figure to count on."
            )
        )
        + (of_the_opening(findings, language) if findings.get("forecast") is not None else ()),
        tuple(blocks),
    )


def _sentence(row: Found, findings: Found, language: Language) -> Line:
    over = row.number("over_promised_share")
    gap = abs(row["promised"].value - row["delivered.mean"].value)
    shown = over is not None and gap >= 2 * (row.number("delivered.se") or 0.0)
    if findings["scenario.runs"].value == 1:
        text = msg("{policy}: promises {promised} pathways, delivers {delivered} in a single run.")
    elif over is not None and shown and abs(over) >= WORTH_SAYING:
        text = (
            msg(
                "{policy}: promises {promised} pathways, delivers {delivered} on average, {bad} in the worst {share} "
                "of runs: {over} more promised than delivered."
            )
            if over > 0
            else msg(
                "{policy}: promises {promised} pathways, delivers {delivered} on average, {bad} in the worst {share} "
                "of runs: the promise is kept on average."
            )
        )
    else:
        text = msg(
            "{policy}: promises {promised} pathways, delivers {delivered} on average, {bad} in the worst {share} of "
            "runs."
        )
    named = policy_name(row.text("policy"), language)
    return language.line(
        text,
        policy=named[:1].upper() + named[1:] if isinstance(named, str) else named,
        promised=show_about(row["promised"], language),
        delivered=Strong((show_about(row["delivered.mean"], language),)),
        bad=Strong((show_about(row["bad_years.mean"], language),)),
        share=show_share(findings["uncertainty.tail_share"], language),
        over=show_share(row["over_promised_share"], language, decimals=1) if over is not None else "",
    )


def _table(rows: list[Found], language: Language) -> Table:
    return Table(
        "promise",
        language.words(msg("Promise and delivery, pathways")),
        (
            Column(language.words(msg("Policy"))),
            Column(language.words(msg("Promised")), "number"),
            Column(language.words(msg("Delivered (mean)")), "number"),
            Column(language.words(msg("Standard error")), "number"),
            Column(language.words(msg("P10–P90")), "number"),
            Column(language.words(msg("Bad years (mean)")), "number"),
        ),
        tuple(
            Row(
                (
                    (policy_name(row.text("policy"), language),),
                    (show_count(row["promised"], language),),
                    (show_count(row["delivered.mean"], language),),
                    (show_by_unit(row["delivered.se"], "pathways", language, error=True),),
                    about_range(row["delivered"], language),
                    (show_count(row["bad_years.mean"], language),),
                )
            )
            for row in rows
        ),
    )


def _chart(rows: list[Found], language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.promised import draw_delivered
    from reports.charts.style import Canvas, Draw

    title = language.words(msg("Promised and delivered, pathways"))
    description = language.words(
        msg("One row a policy: what it delivers over the runs, its bad years, and a mark for what the plan promises.")
    )
    height = 44 + 30 * len(rows)

    def draw_for(canvas: Canvas) -> Draw:
        return partial(draw_delivered, *_drawn(rows, language, narrow=canvas.narrow))

    return charted(
        "promise",
        title,
        description,
        (height, height),
        draw_for,
        language.line(
            msg("Dot: mean. Bar: P10 to P90. Hollow diamond: mean of the bad years. Upright mark: what was promised.")
        ),
    )


def _drawn(
    rows: list[Found], language: Language, *, narrow: bool
) -> tuple[tuple["Delivered", ...], tuple[tuple[float, str], ...]]:
    from reports.charts.promised import Delivered
    from reports.charts.ticks import ticks_between

    told = tuple(
        Delivered(
            _name(row.text("policy"), language, narrow=narrow),
            row["delivered.p10"].value,
            row["delivered.mean"].value,
            row["delivered.p90"].value,
            row["bad_years.mean"].value,
            row["promised"].value,
            numbers.about(row["delivered.mean"].value, language.code).text,
        )
        for row in rows
    )
    promised = [row["promised"].value for row in rows]
    low = min(*promised, *(min(row.low, row.bad) for row in told))
    ticks = ticks_between(low, max(*promised, *(row.high for row in told)), 3 if narrow else 5, language.code)
    return told, ticks


def _name(policy: str, language: Language, *, narrow: bool) -> str:
    names = POLICIES_SHORT if narrow else POLICIES
    return language.words(names[policy]) if policy in names else policy
