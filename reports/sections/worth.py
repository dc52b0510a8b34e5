"""What more or less money would buy: the plan under other envelopes."""

from functools import partial
from typing import TYPE_CHECKING

from reports import numbers
from reports.blocks import Block, Chart, Column, Line, Paragraph, Row, Section, Strong, Table
from reports.catalogue import Language, msg
from reports.charts.axis import levels_between
from reports.charts.ticks import count_labels
from reports.money_axis import money_labels
from reports.opening_plan import of_the_opening
from reports.reading import Found
from reports.showing import MILLION, show_by_unit, show_count, show_money, show_share

if TYPE_CHECKING:
    from reports.charts.worth import Worth

NOTHING = 1e-6
"""Pathways a million below which more money buys nothing."""


def worth(findings: Found, language: Language) -> Section | None:
    """The value curve of the envelope, from 60 to 120 %; None where the plan has too many lines for one."""
    points = [point for point in findings.items("plan.curve") if point.get("pathways") is not None]
    if len(points) < 2:
        return None
    blocks: list[Block] = [_chart(points, findings, language), _table(points, language)]
    ends = _ends(points, findings, language)
    if ends:
        blocks.insert(0, Paragraph(ends))
    lead = _lead(points, language) + of_the_opening(findings, language)
    return Section("worth", language.words(msg("What more or less money would buy")), lead, tuple(blocks))


def _at(points: list[Found], share: float) -> Found | None:
    return next((point for point in points if abs((point.number("share") or 0.0) - share) < 1e-9), None)


def _lead(points: list[Found], language: Language) -> Line:
    less, more = _at(points, 0.9), _at(points, 1.1)
    if less is None or more is None or less.get("gained_pathways") is None or more.get("gained_pathways") is None:
        return ()
    return language.line(
        msg(
            "On expected requests, a tenth less money would change the plan by {less} pathways, a tenth more by {more}"
            "; lived through, more money usually brings less."
        ),
        less=Strong((show_by_unit(less["gained_pathways"], "pathways", language, signed=True),)),
        more=Strong((show_by_unit(more["gained_pathways"], "pathways", language, signed=True),)),
    )


def _ends(points: list[Found], findings: Found, language: Language) -> Line:
    """Below what envelope no plan is left, and from which on more money buys nothing."""
    said: Line = ()
    if len(points) < len(list(findings.items("plan.curve"))) and (points[0].number("share") or 0.0) < 1:
        said += language.line(
            msg("Below {money} no plan was found that keeps every rule. "),
            money=show_money(points[0]["envelope_cents"], language),
        )
    idle = [at for at, point in enumerate(points) if (point.number("pathways_per_million") or 0.0) > NOTHING]
    last = idle[-1] if idle else 0
    if last < len(points) - 1:
        said += language.line(
            msg("From {money} on, more money buys no more pathways."),
            money=show_money(points[last]["envelope_cents"], language),
        )
    return said


def _table(points: list[Found], language: Language) -> Table:
    told = [point for point in points if abs((point.number("share") or 0.0) * 10 % 1 - 0.5) > 0.49]
    return Table(
        "worth",
        language.words(msg("The plan under other envelopes, pathways as the plan counts them")),
        (
            Column(language.words(msg("Of the envelope"))),
            Column(language.words(msg("Envelope")), "number"),
            Column(language.words(msg("Pathways")), "number"),
            Column(language.words(msg("Difference from today")), "number"),
            Column(language.words(msg("The last million brings")), "number"),
        ),
        tuple(Row(_cells(point, language)) for point in told),
        language.line(
            msg(
                "Ceilings and floors declared as shares of the envelope move with it; those in euros stay. Each point "
                "is a plan of its own on mean demand. A million of envelope is less than a million to distribute where "
                "a management fee or a reserve is taken from it."
            )
        ),
    )


def _cells(point: Found, language: Language) -> tuple[Line, ...]:
    gained, per_million = point.get("gained_pathways"), point.get("pathways_per_million")
    return (
        (show_share(point["share"], language),),
        (show_money(point["envelope_cents"], language),),
        (show_count(point["pathways"], language),),
        ()
        if gained is None or (point.number("share") or 0.0) == 1
        else (show_by_unit(gained, "pathways", language, signed=True),),
        () if per_million is None else (show_count(per_million, language, decimals=1),),
    )


def _chart(points: list[Found], findings: Found, language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.style import Canvas, Draw
    from reports.charts.worth import draw_worth

    title = language.words(msg("Pathways of the plan by envelope"))
    description = language.words(
        msg("One curve: what the plan counts from 60 to 120 % of the envelope; a dot for the envelope as it stands.")
    )

    def draw_for(canvas: Canvas) -> Draw:
        shown = _drawn(points, findings, language, narrow=canvas.narrow)
        return partial(draw_worth, shown)

    return charted(
        "worth",
        title,
        description,
        (260, 230),
        draw_for,
        language.line(
            msg("Dot: the envelope as it stands. Dashes: the pathways promised, where the scenario names any.")
        ),
    )


def _drawn(points: list[Found], findings: Found, language: Language, *, narrow: bool) -> "Worth":
    from reports.charts.worth import Worth

    drawn = tuple((point["envelope_cents"].value / MILLION, float(point["pathways"].value)) for point in points)
    now = _at(points, 1.0)
    target = findings.number("scenario.target_pathways")
    counts = [pathways for _, pathways in drawn] + ([] if target is None else [target])
    envelopes = [envelope for envelope, _ in drawn]
    return Worth(
        drawn,
        None
        if now is None
        else (
            now["envelope_cents"].value / MILLION,
            float(now["pathways"].value),
            numbers.count(now["pathways"].value, language.code).text,
        ),
        None
        if target is None
        else (target, f"{language.words(msg('Promised'))} {numbers.count(target, language.code).text}"),
        money_labels(levels_between(min(envelopes), max(envelopes), 3 if narrow else 6), language, MILLION),
        count_labels(levels_between(min(counts), max(counts), 4), language.code),
    )
