"""Branch by branch: asked, notified, committed, served, exhausted, and the status in sign, word and colour."""

from reports.blocks import Column, Line, Name, Row, Section, Table
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
    dated = any(row.get("exhaustion_date.p50") is not None for row in rows)
    columns = [
        Column(language.words(msg("Branch"))),
        Column(language.words(msg("Pathways asked for")), "number"),
        Column(language.words(msg("Served")), "number"),
        Column(language.words(msg("Notified")), "number"),
        Column(language.words(msg("Committed")), "number"),
        Column(language.words(msg("P10–P90")), "number"),
        Column(language.words(msg("Risk")), "number"),
    ]
    if dated:
        columns.append(Column(language.words(msg("Exhausted (median)")), "number"))
    columns.append(Column(language.words(msg("Status")), "status"))
    table = Table(
        "branches",
        language.words(msg("The largest notification first")),
        tuple(columns),
        tuple(_row(row, findings, language, dated=dated) for row in rows),
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


def _row(row: Found, findings: Found, language: Language, *, dated: bool) -> Row:
    committed = row["kpis.committed_cents"]
    exhaustion = row["exhaustion_date"]

    def in_millions(found: Found | None) -> Line:
        return () if found is None else (show_money(found, language, scale=MILLION, decimals=2, unit=False),)

    asked, served = row.get("kpis.asked_pathways.mean"), row.get("kpis.served_share.mean")
    middle = exhaustion.get("p50")
    cells: list[Line] = [
        (branch_name(row.text("branch"), findings, language),),
        () if asked is None else (show_count(asked, language),),
        () if served is None else (show_share(served, language),),
        in_millions(row.get("kpis.notified_cents.mean")),
        in_millions(committed["mean"]),
        money_range(committed, language, scale=MILLION, decimals=2, unit=False),
        (show_share(exhaustion["probability"], language),),
    ]
    if dated:
        cells.append(() if middle is None else (show_day(middle, language),))
    cells.append((status_sign(row.text("status"), language),))
    return Row(tuple(cells))
