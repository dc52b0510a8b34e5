"""The plan that allows for luck: what it notifies and delivers, bad years against the mean, what knowing is worth."""

from functools import partial

from reports import numbers
from reports.blocks import Block, Bullets, Chart, Column, Folded, Heading, Line, Row, Section, Shown, Strong, Table
from reports.catalogue import Language, msg
from reports.noise import beyond_noise
from reports.reading import Found
from reports.sections.decision_log import line_name
from reports.showing import show_about, show_by_unit, show_count, show_money, show_share

SOURCES = {
    "volume": msg("how much is asked for in all"),
    "cost": msg("what a pathway costs"),
    "mix": msg("which lines ask"),
    "delay": msg("when requests come"),
}
FAILURES = {
    "infeasible": msg("No notification keeps the plan's rows in every run: there is no plan that allows for luck."),
    "unbounded": msg("The plan that allows for luck has no end: a limit is missing."),
    "stopped": msg("The solver stopped before it could prove a plan that allows for luck."),
}
FULL_ROOM = 300


def under_luck(findings: Found, language: Language) -> Section | None:
    """What a plan made on many runs of luck notifies, promises and delivers; None where none was asked for."""
    programme = findings.get("uncertainty.programme")
    if programme is None:
        return None
    title = language.words(msg("Planning for luck"))
    if programme.text("status") != "optimal":
        return Section("under-luck", title, language.line(FAILURES[programme.text("status")]))
    blocks: list[Block] = [Bullets(_sentences(programme, findings, language))]
    if programme.get("delivery") is not None:
        blocks.append(_delivery(programme, language))
    blocks.extend((_frontier(programme, language), _frontier_table(programme, language)))
    blocks.append(Heading(language.line(msg("What knowing more would be worth"))))
    blocks.append(Bullets(_worth(programme, language)))
    if _steps(programme):
        blocks.append(_knowing(programme, language))
    blocks.extend((_sources(programme, language), _lines(programme, findings, language)))
    return Section(
        "under-luck",
        title,
        language.line(
            msg(
                "Notifications made on {runs} runs of luck, money funding what comes when it is known. Figures of the "
                "programme see each run as a whole and are bounds; what is delivered was lived on other runs."
            ),
            runs=show_count(programme["runs"], language),
        ),
        tuple(blocks),
    )


def _sentences(programme: Found, findings: Found, language: Language) -> tuple[Line, ...]:
    told = [
        language.line(
            msg("Promised, as a bound: {mean} pathways on average, {bad} in the worst {share} of runs."),
            mean=Strong((show_about(programme["promised"], language),)),
            bad=Strong((show_about(programme["bad_years"], language),)),
            share=show_share(findings["uncertainty.tail_share"], language),
        ),
        language.line(
            msg("{moved} are notified otherwise than by the plan on mean demand."),
            moved=show_money(programme["moved_cents"], language),
        ),
    ]
    gap = programme["sampling"]
    if gap.get("gap_share") is not None:
        told.append(
            language.line(
                msg(
                    "No notification does better by more than {gap} pathways ({share}), with {confidence} confidence "
                    "over {runs} runs."
                ),
                gap=show_by_unit(gap["gap_high"], "pathways", language),
                share=show_share(gap["gap_share"], language, decimals=1),
                confidence=show_share(gap["confidence"], language),
                runs=show_count(gap["runs"], language),
            )
        )
    return tuple(told)


def _delivery(programme: Found, language: Language) -> Bullets:
    row = programme["delivery"]
    against = row["against_mean_plan"]
    text = (
        msg(
            "Delivered on runs it was not made on: {delivered} on average, {bad} in bad years; {amount} against the "
            "plan on mean demand (standard error {error})."
        )
        if beyond_noise(against)
        else msg(
            "Delivered on runs it was not made on: {delivered} on average, {bad} in bad years; no difference from the "
            "plan on mean demand that this number of runs can show."
        )
    )
    error = against.get("se")
    return Bullets(
        (
            language.line(
                text,
                delivered=Strong((show_about(row["delivered.mean"], language),)),
                bad=Strong((show_about(row["bad_years.mean"], language),)),
                amount=show_by_unit(against["mean"], "pathways", language, signed=True),
                error="" if error is None else show_by_unit(error, "pathways", language, error=True),
            ),
        )
    )


def _frontier(programme: Found, language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.frontier import Point, draw_frontier
    from reports.charts.style import Canvas, Draw
    from reports.charts.ticks import ticks_between

    rows = list(programme.items("frontier"))
    means, bads = ([row[name].value for row in rows] for name in ("mean", "bad_years"))
    ends = (language.words(msg("mean alone")), language.words(msg("bad years alone")))
    points = tuple(
        Point(mean, bad, ends[0] if at == 0 else ends[1] if at == len(rows) - 1 else "")
        for at, (mean, bad) in enumerate(zip(means, bads, strict=True))
    )
    title = language.words(msg("What is given up on average to gain in bad years"))
    description = language.words(
        msg("One point a weight of bad years: pathways in bad years to the right, pathways on average upwards.")
    )
    names = (language.words(msg("pathways in bad years")), language.words(msg("pathways on average")))

    def draw_for(canvas: Canvas) -> Draw:
        across = ticks_between(min(bads), max(bads), 3 if canvas.narrow else 5, language.code)
        up = ticks_between(min(means), max(means), 4, language.code)
        return partial(draw_frontier, points, across, up, names)

    return charted("frontier", title, description, (FULL_ROOM, FULL_ROOM), draw_for)


def _frontier_table(programme: Found, language: Language) -> Folded:
    rows = tuple(
        Row(
            (
                (show_share(row["tail_weight"], language),),
                (show_count(row["mean"], language),),
                (show_count(row["bad_years"], language),),
            )
        )
        for row in programme.items("frontier")
    )
    caption = language.words(msg("The mean against bad years"))
    table = Table(
        "frontier",
        caption,
        (
            Column(language.words(msg("Weight of bad years"))),
            Column(language.words(msg("Pathways on average")), "number"),
            Column(language.words(msg("Pathways in bad years")), "number"),
        ),
        rows,
    )
    return Folded(caption, (table,))


def _worth(programme: Found, language: Language) -> tuple[Line, ...]:
    knowing = programme["knowing"]
    told = []
    for name, text, bare in (
        (
            "vss",
            msg("Planning for luck rather than on means is worth {pathways} pathways: as much as {money} more money."),
            msg("Planning for luck rather than on means is worth {pathways} pathways."),
        ),
        (
            "evpi",
            msg(
                "Knowing every run's demand beforehand would be worth {pathways} pathways, or {money}: no study is "
                "worth more."
            ),
            msg("Knowing every run's demand beforehand would be worth {pathways} pathways: no study is worth more."),
        ),
    ):
        value, money = knowing.get(name), knowing.get(f"{name}_cents")
        if value is not None:
            told.append(
                language.line(
                    bare if money is None else text,
                    pathways=Strong((show_by_unit(value, "pathways", language),)),
                    money="" if money is None else show_money(money, language),
                )
            )
    if knowing.get("delivered") is None:
        told.append(language.line(msg("The plan made on means breaks down in some runs.")))
    return tuple(told)


STEPS = ("delivered", "recourse", "waited")


def _steps(programme: Found) -> bool:
    return all(programme.get(f"knowing.{name}") is not None for name in STEPS)


def _knowing(programme: Found, language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.waterfall import Bar, draw_waterfall

    means, luck, hindsight = (programme[f"knowing.{name}"].value for name in STEPS)

    def count(value: float, *, signed: bool = False) -> str:
        return numbers.count(value, language.code, signed=signed).text

    bars = (
        Bar(language.words(msg("planned on means")), 0.0, means, count(means), "whole"),
        Bar(language.words(msg("by planning for luck")), means, luck, count(luck - means, signed=True), "gain"),
        Bar(
            language.words(msg("by knowing all beforehand")),
            luck,
            hindsight,
            count(hindsight - luck, signed=True),
            "unsure",
        ),
        Bar(language.words(msg("with hindsight (a bound)")), 0.0, hindsight, count(hindsight), "whole"),
    )
    title = language.words(msg("What planning for luck and what knowing would add, pathways"))
    description = language.words(msg("From the plan made on means to what hindsight would reach; the axis is cut."))
    height = 30 * len(bars) + 12
    note = language.line(msg("The axis does not begin at zero."))
    return charted("knowing", title, description, (height, height), lambda _: partial(draw_waterfall, bars), note)


def _sources(programme: Found, language: Language) -> Table:
    def cell(row: Found, name: str) -> Line:
        value = row.get(name)
        return () if value is None else (show_by_unit(value, "pathways", language, signed=True),)

    return Table(
        "sources",
        language.words(msg("Where knowing more would pay, pathways")),
        (
            Column(language.words(msg("If this were known"))),
            Column(language.words(msg("Value of knowing the rest falls by")), "number"),
            Column(language.words(msg("Value of planning for luck falls by")), "number"),
        ),
        tuple(
            Row(((language.words(SOURCES[row.text("source")]),), cell(row, "evpi_less"), cell(row, "vss_less")))
            for row in programme.items("knowing.sources")
        ),
        language.line(msg("One source of luck is set to its mean at a time; parts need not add up.")),
    )


def _lines(programme: Found, findings: Found, language: Language) -> Folded:
    def money(found: Found) -> Shown:
        return show_money(found, language)

    rows = tuple(
        Row(
            (
                line_name(row.text("line"), findings, language),
                (money(row["notified_cents"]),),
                (money(row["mean_plan_cents"]),),
            )
        )
        for row in programme.items("lines")
    )
    caption = language.words(msg("Notifications that allow for luck, line by line"))
    table = Table(
        "luck-lines",
        caption,
        (
            Column(language.words(msg("Line"))),
            Column(language.words(msg("Notified, allowing for luck")), "number"),
            Column(language.words(msg("Notified by the plan on means")), "number"),
        ),
        rows,
        style="dense",
    )
    return Folded(caption, (table,))
