"""Branch by branch: asked, notified, committed, served, exhausted, and the status in sign, word and colour."""

from collections.abc import Callable

from reports.blocks import Column, Kind, Line, Name, Row, Section, Table
from reports.catalogue import Language, msg
from reports.names import branch_name
from reports.reading import Found
from reports.showing import millions, money_range, show_count, show_day, show_length, show_money, show_share
from reports.status import status_sign

MILLION = 100_000_000


def branches(findings: Found, language: Language) -> Section | None:
    """Every branch, the largest notification first."""
    rows = sorted(findings.items("simulation.branches"), key=lambda row: -(row.number("kpis.notified_cents.mean") or 0))
    if not rows:
        return None
    told = [(title, kind, [cell(row, findings, language) for row in rows]) for title, kind, cell in COLUMNS]
    # A column that no branch has anything for is left out: lines may not be by branch.
    kept = [(title, kind, cells) for title, kind, cells in told if any(cells)]
    table = Table(
        "branches",
        language.words(msg("The largest notification first")),
        tuple(Column(language.words(title), kind) for title, kind, _ in kept),
        tuple(Row(tuple(cells[at] for _, _, cells in kept)) for at in range(len(rows))),
        language.line(
            msg(
                "Amounts in {millions}; means over the runs. Committed: AE net of releases. "
                "Risk: the share of runs in which the branch runs out of money. "
                "● on course: at least 90% of the pathways asked for are served and the risk of exhaustion is at most "
                "35%; ▲ short of money: less than 75% served and a risk above 60%; ■ to watch: all others."
            ),
            millions=millions(language),
        ),
        style="dense",
    )
    return Section(
        "branches",
        language.words(msg("Branch by branch")),
        _lead(findings, rows, language),
        (table,),
    )


def _lead(findings: Found, rows: list[Found], language: Language) -> Line:
    short = [row for row in rows if row.text("status") == "short"]
    all_of_them = show_length(findings["simulation.branches"], language)
    if not short:
        return language.line(msg("None of the {count} branches is short of money."), count=all_of_them)
    if len(short) == len(rows):
        return language.line(msg("All {count} branches are short of money."), count=all_of_them)
    names: list[Name | str] = []
    for row in short[:3]:
        names.extend((branch_name(row.text("branch"), findings, language), ", "))
    return language.line(
        msg("Short of money, the largest first: {names}{more} (of {count} branches)."),
        names=tuple(names[:-1]),
        more="…" if len(short) > 3 else "",
        count=all_of_them,
    )


def _name(row: Found, findings: Found, language: Language) -> Line:
    return (branch_name(row.text("branch"), findings, language),)


def _asked(row: Found, findings: Found, language: Language) -> Line:
    asked = row.get("kpis.asked_pathways.mean")
    return () if asked is None else (show_count(asked, language),)


def _served(row: Found, findings: Found, language: Language) -> Line:
    served = row.get("kpis.served_share.mean")
    return () if served is None else (show_share(served, language),)


def _notified(row: Found, findings: Found, language: Language) -> Line:
    return _in_millions(row.get("kpis.notified_cents.mean"), language)


def _committed(row: Found, findings: Found, language: Language) -> Line:
    return _in_millions(row.get("kpis.committed_cents.mean"), language)


def _in_millions(found: Found | None, language: Language) -> Line:
    return () if found is None else (show_money(found, language, scale=MILLION, decimals=2, unit=False),)


def _range(row: Found, findings: Found, language: Language) -> Line:
    committed = row.get("kpis.committed_cents")
    if committed is None or committed.get("p10") is None or committed.get("p90") is None:
        return ()
    return money_range(committed, language, scale=MILLION, decimals=2, unit=False)


def _risk(row: Found, findings: Found, language: Language) -> Line:
    chance = row.get("exhaustion_date.probability")
    return () if chance is None else (show_share(chance, language),)


def _exhausted(row: Found, findings: Found, language: Language) -> Line:
    middle = row.get("exhaustion_date.p50")
    return () if middle is None else (show_day(middle, language),)


def _status(row: Found, findings: Found, language: Language) -> Line:
    return (status_sign(row.text("status"), language),) if row.text("status") else ()


COLUMNS: tuple[tuple[str, Kind, Callable[[Found, Found, Language], Line]], ...] = (
    (msg("Branch"), "text", _name),
    (msg("Pathways asked for"), "number", _asked),
    (msg("Served"), "number", _served),
    (msg("Notified"), "number", _notified),
    (msg("Committed"), "number", _committed),
    (msg("P10–P90"), "number", _range),
    (msg("Risk"), "number", _risk),
    (msg("Exhausted (median)"), "number", _exhausted),
    (msg("Status"), "status", _status),
)
"""The columns, from left to right."""
