"""Fairness between branches: which share of what it asks each branch gets."""

from functools import partial

from reports import numbers
from reports.blocks import Chart, Folded, Line, Name, Row, Section, Strong, Table
from reports.catalogue import Language, msg
from reports.charts.spread import Spread, draw_spreads
from reports.columns import numbers_under
from reports.most_drawn import first_rows, left_out
from reports.names import branch_name, short_name
from reports.reading import Found
from reports.showing import show_by_unit, show_share

SHORT_OF = 0.75
"""Below this share a branch is marked, where the scenario declares no bound of the status « short of money »."""
LONGEST_NAME, LONGEST_NAME_NARROW = 50, 21


def fairness(findings: Found, language: Language) -> Section | None:
    """One dot a branch, the least served first, and the same in a table; nothing for fewer than two branches."""
    rows = [row for row in findings.items("simulation.branches") if row.get("kpis.served_share.p90") is not None]
    if len(rows) < 2:
        return None
    rows.sort(key=lambda row: row["kpis.served_share.mean"].value)
    return Section(
        "fairness",
        language.words(msg("Fairness between branches")),
        _lead(rows, findings, language),
        (
            _chart(rows, findings, language),
            Folded(language.words(msg("The same by branch")), (_table(rows, findings, language),)),
        ),
    )


def _lead(rows: list[Found], findings: Found, language: Language) -> Line:
    lead = language.line(
        msg(
            "The least served branch, {least}, gets {low} of the pathways it asks for; the best served, {most}, {high}."
        ),
        least=branch_name(rows[0].text("branch"), findings, language),
        low=Strong((show_share(rows[0]["kpis.served_share.mean"], language),)),
        most=branch_name(rows[-1].text("branch"), findings, language),
        high=Strong((show_share(rows[-1]["kpis.served_share.mean"], language),)),
    )
    gini = findings.get("simulation.kpis.served_share_gini.mean")
    if gini is None:
        return lead
    return lead + language.line(
        msg(" Inequality between branches (Gini, 0 when all are served alike): {gini}."),
        gini=show_by_unit(gini, "index", language),
    )


def _chart(rows: list[Found], findings: Found, language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.style import Canvas, Draw

    title = language.words(msg("Share of pathways asked for that are served, by branch"))
    description = language.words(
        msg("One dot a branch with a bar from P10 to P90, the least served first. The table gives every value.")
    )
    least = first_rows(rows)
    height = 44 + 21 * len(least)
    bound = findings.number("scenario.branch_status.short_served_share") or SHORT_OF

    def draw_for(canvas: Canvas) -> Draw:
        shown = tuple(_dot(row, bound, canvas.narrow, findings, language) for row in least)
        return partial(draw_spreads, shown, _ticks(language))

    return charted(
        "fairness",
        title,
        description,
        (height, height),
        draw_for,
        language.line(
            msg(
                "Dots: means of each run’s share; bars: from P10 to P90 of the runs. "
                "Diamonds: less than {bound} served."
            ),
            bound=numbers.share(bound, language.code).text,
        )
        + left_out(rows, language),
    )


def _dot(row: Found, bound: float, narrow: bool, findings: Found, language: Language) -> Spread:
    served = row["kpis.served_share"]
    named: Name = branch_name(row.text("branch"), findings, language)
    mean = served["mean"].value
    return Spread(
        short_name(named.text, LONGEST_NAME_NARROW if narrow else LONGEST_NAME),
        served["p10"].value,
        mean,
        served["p90"].value,
        numbers.share(mean, language.code).text,
        short=mean < bound,
    )


def _ticks(language: Language) -> tuple[tuple[float, str], ...]:
    return tuple((at / 4, numbers.share(at / 4, language.code).text) for at in range(5))


def _table(rows: list[Found], findings: Found, language: Language) -> Table:
    titles = (msg("Branch"), msg("Served"), msg("P10"), msg("P90"))
    return Table(
        "fairness",
        language.words(msg("Share of pathways asked for that are served")),
        numbers_under(titles, language),
        tuple(
            Row(
                (
                    (branch_name(row.text("branch"), findings, language),),
                    *((show_share(row[f"kpis.served_share.{part}"], language),) for part in ("mean", "p10", "p90")),
                )
            )
            for row in rows
        ),
        style="dense",
    )
