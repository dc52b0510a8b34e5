"""Year by year: what falls due against the payment credits."""

from reports.blocks import Column, Line, Row, Section, Table
from reports.catalogue import Language, msg
from reports.reading import Found
from reports.showing import millions, money_range, show_money, show_share

MILLION = 100_000_000


def years(findings: Found, language: Language) -> Section | None:
    """Payments against the ceiling of each fiscal year, and what is left to pay at its end."""
    rows = list(findings.items("simulation.years"))
    if not rows:
        return None
    capped = any(row.get("cp_cents") is not None for row in rows)
    titles = [msg("Year")]
    if capped:
        titles.append(msg("Payment credits (CP)"))
    titles.extend((msg("Payments needed"), msg("P10–P90")))
    if capped:
        titles.append(msg("Risk that they exceed the CP"))
    titles.extend((msg("Paid"), msg("Due and unpaid on 31 December"), msg("Reste à payer")))
    table = Table(
        "years",
        language.words(msg("Payments by fiscal year, in {millions}")).format(millions=millions(language)),
        tuple(Column(language.words(title), "number" if at else "text") for at, title in enumerate(titles)),
        tuple(_row(row, language, capped=capped) for row in rows),
        language.line(
            msg(
                "Means over the runs. Payments needed: what would fall due in the year if no ceiling bound. "
                "Due and unpaid: service done and invoiced, no credit left. Reste à payer: committed, not yet paid."
            )
        ),
    )
    return Section("years", language.words(msg("Payments and fiscal years")), _lead(rows, language), (table,))


def _lead(rows: list[Found], language: Language) -> Line:
    risky = [row for row in rows if (row.number("need_overrun") or 0) > 0]
    if not risky:
        return ()
    worst = max(risky, key=lambda row: row.number("need_overrun") or 0)
    return language.line(
        msg("The tightest year is {year}: payments needed exceed its credits in {share} of runs."),
        year=str(worst["year"].value),
        share=show_share(worst["need_overrun"], language),
    )


def _row(row: Found, language: Language, *, capped: bool) -> Row:
    def in_millions(path: str) -> Line:
        found = row.get(path)
        return () if found is None else (show_money(found, language, scale=MILLION, unit=False),)

    over = row.get("need_overrun")
    cells: list[Line] = [(str(row["year"].value),)]
    if capped:
        cells.append(in_millions("cp_cents"))
    cells.extend((in_millions("need_cents.mean"), money_range(row["need_cents"], language, scale=MILLION, unit=False)))
    if capped:
        cells.append(() if over is None else (show_share(over, language),))
    cells.extend(in_millions(f"{name}.mean") for name in ("paid_cents", "due_unpaid_cents", "reste_a_payer_cents"))
    return Row(tuple(cells))
