"""The committee's log: on which date which line gained or lost money, under the policy of the scenario."""

from reports.blocks import Bullets, Column, Line, Paragraph, Row, Section, Span, Table
from reports.catalogue import Language, msg
from reports.decision_reasons import why_line
from reports.names import branch_name, policy_name, size_group_name
from reports.price_sentences import row_asks
from reports.reading import Found
from reports.showing import money_range, show_by_unit, show_day, show_length, show_money, show_share

SHOWN = 24
"""Decisions shown, the largest; decisions.csv holds all."""


def decision_log(findings: Found, language: Language) -> Section | None:
    """The largest changes, by date; nothing where the policy moved no money."""
    policy = findings.text("scenario.policy")
    rows = [row for row in findings.items("simulation.decisions") if row.text("policy") == policy]
    if not rows:
        return None
    largest = sorted(rows, key=lambda row: -abs(row["change_cents.mean"].value))[:SHOWN]
    largest.sort(key=lambda row: row.text("date"))
    titles = (msg("Date"), msg("Line"), msg("Change of the notification"), msg("Standard error"), msg("P10–P90"))
    reasons = tuple(why_line(row, language) for row in largest)
    told = any(reasons)
    table = Table(
        "decision-log",
        language.words(msg("The largest changes, by date")),
        (
            *(Column(language.words(title), "number" if at > 1 else "text") for at, title in enumerate(titles)),
            *((Column(language.words(msg("Why")), wrap=True),) if told else ()),
        ),
        tuple(
            Row((*_row(row, findings, language), *((reason,) if told else ())))
            for row, reason in zip(largest, reasons, strict=True)
        ),
        language.line(
            msg("Means over the runs; {shown} of {all} entries (all policies), the others stand in decisions.csv."),
            shown=str(len(largest)),
            all=show_length(findings["simulation.decisions"], language),
        ),
        style="dense",
    )
    return Section(
        "decision-log",
        language.words(msg("The committee's decisions, date by date")),
        language.line(msg("Policy: {policy}."), policy=policy_name(policy, language)),
        (table, *_gave_way(findings, policy, language)),
    )


def _gave_way(findings: Found, policy: str, language: Language) -> tuple[Paragraph | Bullets, ...]:
    """Which bounds of the plan had to give way on a date, because what had happened left no plan within them."""
    if findings.get("simulation.bounds_given_up") is None:
        return ()
    rows = [row for row in findings.items("simulation.bounds_given_up") if row.text("policy") == policy]
    if not rows:
        return ()
    said = msg(
        "Where what was committed left no plan within every bound, these gave way, as little as a plan allows "
        "(shares are of the runs):"
    )
    return (
        Paragraph(language.line(said)),
        Bullets(
            tuple(
                language.line(
                    msg("{date}: {bound} ({share})"),
                    date=show_day(row["date"], language),
                    bound=row_asks(row.text("bound"), None, language),
                    share=show_share(row["share.mean"], language),
                )
                for row in rows
            )
        ),
    )


def _row(row: Found, findings: Found, language: Language) -> tuple[Line, ...]:
    change = row["change_cents"]
    error = change.get("se")
    return (
        (show_day(row["date"], language),),
        line_name(row.text("line"), findings, language),
        (show_money(change["mean"], language, signed=True),),
        () if error is None else (show_by_unit(error, "cents", language, error=True),),
        money_range(change, language),
    )


def line_name(line: str, findings: Found, language: Language) -> Line:
    """A line by its branch and its size of company; its code for whatever else it is made of."""
    spans: list[Span] = []
    groups = {entry.text("size_group") for entry in findings.items("scenario.size_groups")}
    for part in line.split("/"):
        name = size_group_name if part in groups else branch_name
        spans.extend((", " if spans else "", name(part, findings, language)))
    return tuple(spans)
