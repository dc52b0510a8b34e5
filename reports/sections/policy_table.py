"""Which policy, sitting how often: what each delivers, moves and loses against hindsight."""

from functools import partial

from reports.blocks import Chart, Column, Line, Row, Section, Sign, Table
from reports.catalogue import Language, msg
from reports.names import POLICIES_SHORT, policy_name
from reports.reading import Found
from reports.showing import show_about, show_by_unit, show_count, show_money, show_share

CALENDARS = {
    "none": msg("no committee"),
    "half_year": msg("every half-year"),
    "quarter": msg("every quarter"),
    "month": msg("every month"),
}
OFTEN = {
    "none": msg("never"),
    "half_year": msg("half-yearly"),
    "quarter": msg("quarterly"),
    "month": msg("monthly"),
}
SHORTEST = {
    "fixed": msg("once"),
    "first_come": msg("first come"),
    "pro_rata": msg("queue"),
    "reoptimise": msg("solved"),
}
"""Policies and calendars on a telephone."""


def policy_table(findings: Found, language: Language) -> Section | None:
    """The table of policies and calendars; None where it was not asked for."""
    rows = list(findings.items("uncertainty.policies.rows"))
    if not rows:
        return None
    return Section(
        "policies",
        language.words(msg("Which policy, and how often the committee sits")),
        language.line(
            msg(
                "Every policy meets the same {runs} runs. A row that is level with the first differs from it by less "
                "than this number of runs can show. Hindsight is the best notification of each run, known beforehand: "
                "a yardstick that nobody can reach."
            ),
            runs=show_count(findings["uncertainty.policies.runs"], language),
        ),
        (_chart(rows, language), _table(rows, language)),
    )


def _table(rows: list[Found], language: Language) -> Table:
    titles = (
        msg("Delivered (mean)"),
        msg("Bad years (mean)"),
        msg("Behind the first"),
        msg("Standard error"),
        msg("Money moved"),
        msg("Under 50"),
        msg("Behind hindsight"),
    )
    return Table(
        "policies",
        language.words(msg("Policies and calendars, pathways, the most first")),
        (
            Column(language.words(msg("Policy and calendar")), wrap=True),
            *(Column(language.words(title), "number") for title in titles),
            Column(language.words(msg("Reading")), "status"),
        ),
        tuple(_row(row, language) for row in rows),
        style="dense",
    )


def _row(row: Found, language: Language) -> Row:
    def part(path: str, unit: str = "pathways", *, error: bool = False, signed: bool = False) -> Line:
        value = row.get(path)
        return () if value is None else (show_by_unit(value, unit, language, error=error, signed=signed),)

    small = row.get("under50_pathway_share.mean")
    reading = (
        Sign("=", language.words(msg("level with the first")), "plain")
        if row["tied"].value
        else Sign("▼", language.words(msg("less")), "less")
    )
    return Row(
        (
            _named(row, language),
            (show_count(row["pathways.mean"], language),),
            (show_count(row["bad_years.mean"], language),),
            part("behind_first.mean", signed=True),
            part("behind_first.se", error=True),
            (show_money(row["moved_cents.mean"], language),),
            () if small is None else (show_share(small, language, decimals=1),),
            part("hindsight_loss.mean"),
            (reading,),
        )
    )


def _named(row: Found, language: Language) -> Line:
    name = policy_name(row.text("policy"), language)
    calendar = row.text("calendar")
    return (name, ", ", language.words(CALENDARS[calendar])) if calendar else (name,)


def _chart(rows: list[Found], language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.promised import Delivered, draw_delivered
    from reports.charts.style import Canvas, Draw
    from reports.charts.ticks import ticks_between

    title = language.words(msg("Pathways by policy and calendar"))
    description = language.words(
        msg("One row a policy and calendar: what it delivers over the runs, and its bad years.")
    )
    height = 44 + 26 * len(rows)

    def draw_for(canvas: Canvas) -> Draw:
        told = tuple(
            Delivered(
                _short(row, language, narrow=canvas.narrow),
                row["pathways.p10"].value,
                row["pathways.mean"].value,
                row["pathways.p90"].value,
                row["bad_years.mean"].value,
                None,
                show_about(row["pathways.mean"], language).text,
            )
            for row in rows
        )
        low = min(min(row.low, row.bad) for row in told)
        ticks = ticks_between(low, max(row.high for row in told), 3 if canvas.narrow else 5, language.code)
        return partial(draw_delivered, told, ticks)

    return charted(
        "policies",
        title,
        description,
        (height, height),
        draw_for,
        language.line(msg("Dot: mean. Bar: P10 to P90. Hollow diamond: mean of the bad years.")),
    )


def _short(row: Found, language: Language, *, narrow: bool) -> str:
    policy, calendar = row.text("policy"), row.text("calendar")
    name = language.words(POLICIES_SHORT[policy]) if policy in POLICIES_SHORT else policy
    if not calendar:
        return name
    if narrow:
        shortest = language.words(SHORTEST[policy]) if policy in SHORTEST else policy
        return f"{shortest}, {language.words(OFTEN[calendar])}"
    return f"{name}, {language.words(CALENDARS[calendar])}"
