"""Branch by branch: asked, notified, committed, served, exhausted, and the status in sign, word and colour."""

from collections.abc import Callable

from reports import numbers
from reports.blocks import Column, Kind, Line, Name, Row, Section, Span, Strong, Table
from reports.catalogue import Language, msg
from reports.names import branch_name
from reports.reading import Found
from reports.showing import show_count, show_day, show_length, show_share
from reports.status import status_sign
from reports.table_unit import in_unit, range_in_unit, table_unit

Cell = Callable[[Found, Found, Language], Line]


def branches(findings: Found, language: Language) -> Section | None:
    """Every branch, the largest notification first, and all of them together."""
    rows = sorted(findings.items("simulation.branches"), key=lambda row: -(row.number("kpis.notified_cents.mean") or 0))
    if not rows:
        return None
    told = [(title, kind, [cell(row, findings, language) for row in rows], cell) for title, kind, cell in COLUMNS]
    # A column that no branch has anything for is left out: lines may not be by branch.
    kept = [(title, kind, cells, cell) for title, kind, cells, cell in told if any(cells)]
    body = [Row(tuple(cells[at] for _, _, cells, _ in kept)) for at in range(len(rows))]
    whole = findings["simulation"]
    total = Row(
        (
            (language.words(msg("All branches")),),
            *(() if cell is _status else cell(whole, findings, language) for _, _, _, cell in kept[1:]),
        ),
        total=True,
    )
    table = Table(
        "branches",
        language.words(msg("The largest notification first")),
        tuple(Column(language.words(title), kind) for title, kind, _, _ in kept),
        (*body, total),
        _note(findings, language),
        style="dense",
    )
    return Section(
        "branches",
        language.words(msg("Branch by branch")),
        _lead(findings, rows, language),
        (table,),
    )


def _note(findings: Found, language: Language) -> Line:
    note = language.line(
        msg(
            "Amounts in {unit}; means over the runs. Committed: pathways gross, money (AE) net of releases. "
            "Served: the mean of each run’s share, which is not the ratio of the two means beside it. "
            "Risk: the share of runs in which the branch runs out of money."
        ),
        unit=table_unit(findings, language).name,
    )
    bounds = findings.get("scenario.branch_status")
    if bounds is None:
        return note
    early = bounds.get("short_early_days")
    note += language.line(
        msg(
            " ● on course: at least {ok_served} of the pathways asked for are served and the risk is at most "
            "{ok_risk}; ▲ short of money: a risk above {short_risk} and less than {short_served} served{early}; "
            "■ to watch: all others. These bounds are values of the scenario (branch_status)."
        ),
        ok_served=show_share(bounds["ok_served_share"], language),
        ok_risk=show_share(bounds["ok_risk_share"], language),
        short_served=show_share(bounds["short_served_share"], language),
        short_risk=show_share(bounds["short_risk_share"], language),
        early=()
        if early is None
        else language.line(
            msg(", or the money gone (median) {days} days or more before requests close"),
            days=show_count(early, language),
        ),
    )
    return note


LED = 3
"""Branches short of money that the lead names."""
STATUS_COUNTS = (
    ("short", msg("{count} short of money")),
    ("watch", msg("{count} to watch")),
    ("ok", msg("{count} on course")),
    ("seldom", msg("{count} with hardly any demand")),
    ("unasked", msg("{count} without demand")),
)
"""The statuses in the order that the lead counts them."""


def _lead(findings: Found, rows: list[Found], language: Language) -> Line:
    counts = {status: sum(1 for row in rows if row.text("status") == status) for status, _ in STATUS_COUNTS}
    told = [(counts[status], text) for status, text in STATUS_COUNTS if counts[status]]
    if len(rows) == 1:
        return language.line(
            msg("A single branch, {status}."), status=status_sign(rows[0].text("status"), language).word
        )
    all_of_them = show_length(findings["simulation.branches"], language)
    spans: list[Span] = []
    for count, text in told:
        figure = Strong((numbers.count(count, language.code).text,))
        spans.extend((*((", ",) if spans else ()), *language.line(text, count=figure)))
    lead = language.line(msg("Of {count} branches: {told}."), count=all_of_them, told=tuple(spans))
    if findings.text("scenario.policy") == "first_come" and len(rows) > 1:
        lead += language.line(msg(" All draw on one pot: they run out of money together."))
    short = [row for row in rows if row.text("status") == "short"]
    if not short or len(short) == len(rows):
        return lead
    names: list[Name | str] = []
    for row in short[:LED]:
        names.extend((branch_name(row.text("branch"), findings, language), ", "))
    return lead + language.line(
        msg(" Short of money, the largest first: {names}…")
        if len(short) > LED
        else msg(" Short of money, the largest first: {names}."),
        names=tuple(names[:-1]),
    )


def _name(row: Found, findings: Found, language: Language) -> Line:
    return (branch_name(row.text("branch"), findings, language),)


def _asked(row: Found, findings: Found, language: Language) -> Line:
    asked = row.get("kpis.asked_pathways.mean")
    return () if asked is None else (show_count(asked, language),)


def _served(row: Found, findings: Found, language: Language) -> Line:
    served = row.get("kpis.served_share.mean")
    return () if served is None else (show_share(served, language),)


def _pathways(row: Found, findings: Found, language: Language) -> Line:
    committed = row.get("kpis.pathways_committed.mean")
    return () if committed is None else (show_count(committed, language),)


def _notified(row: Found, findings: Found, language: Language) -> Line:
    return _in_unit(row.get("kpis.notified_cents.mean"), findings, language)


def _committed(row: Found, findings: Found, language: Language) -> Line:
    return _in_unit(row.get("kpis.committed_cents.mean"), findings, language)


def _in_unit(found: Found | None, findings: Found, language: Language) -> Line:
    return () if found is None else (in_unit(found, table_unit(findings, language), language, fine=True),)


def _range(row: Found, findings: Found, language: Language) -> Line:
    committed = row.get("kpis.committed_cents")
    if committed is None or committed.get("p10") is None or committed.get("p90") is None:
        return ()
    return range_in_unit(committed, table_unit(findings, language), language, fine=True)


def _risk(row: Found, findings: Found, language: Language) -> Line:
    chance = row.get("exhaustion_date.probability")
    return () if chance is None else (show_share(chance, language),)


def _exhausted(row: Found, findings: Found, language: Language) -> Line:
    middle = row.get("exhaustion_date.p50")
    return () if middle is None else (show_day(middle, language),)


def _status(row: Found, findings: Found, language: Language) -> Line:
    return (status_sign(row.text("status"), language),) if row.text("status") else ()


COLUMNS: tuple[tuple[str, Kind, Cell], ...] = (
    (msg("Branch"), "text", _name),
    (msg("Pathways asked for"), "number", _asked),
    (msg("Pathways committed"), "number", _pathways),
    (msg("Served"), "number", _served),
    (msg("Notified"), "number", _notified),
    (msg("Committed (AE)"), "number", _committed),
    (msg("P10–P90"), "number", _range),
    (msg("Risk"), "number", _risk),
    (msg("Exhausted (median)"), "number", _exhausted),
    (msg("Status"), "status", _status),
)
"""The columns, from left to right."""
