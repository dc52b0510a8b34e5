"""Year by year: what falls due against the payment credits."""

from functools import partial
from itertools import pairwise

from reports.blocks import Block, Chart, Line, Name, Row, Section, Strong, Table
from reports.catalogue import Language, msg
from reports.charts.axis import levels_up_to
from reports.charts.spread import Spread, draw_spreads
from reports.columns import numbers_under
from reports.money_axis import money_labels
from reports.price_sentences import plain
from reports.reading import Found
from reports.sections.cash import cash_table
from reports.showing import MILLION, amount, show_money, show_share
from reports.source_words import source_words
from reports.table_unit import TableUnit, in_unit, range_in_unit, table_unit


def years(findings: Found, language: Language) -> Section | None:
    """Payments against the ceiling of each fiscal year, and what is left to pay at its end."""
    rows = list(findings.items("simulation.years"))
    if not rows:
        return None
    unit = table_unit(findings, language)
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
        language.words(msg("Payments by fiscal year, in {unit}")).format(unit=unit.name),
        numbers_under(titles, language),
        tuple(_row(row, unit, language, capped=capped) for row in rows),
        language.line(
            msg(
                "Means over the runs. Payments needed: what would fall due in the year if no ceiling bound. "
                "Due and unpaid: service done and invoiced, no credit left. Reste à payer: committed, not yet paid."
            )
        )
        + _ceilings(rows, findings, language),
    )
    blocks: tuple[Block, ...] = (_chart(rows, language), table) if capped else (table,)
    cash = cash_table(findings, language)
    blocks += () if cash is None else (cash,)
    return Section(
        "years", language.words(msg("Payments and fiscal years")), _lead(rows, language, cash=cash is not None), blocks
    )


def _ceilings(rows: list[Found], findings: Found, language: Language) -> Line:
    """Where the ceilings come from, and what becomes of credits that a year does not use."""
    if not any(row.get("cp_cents") is not None for row in rows):
        return ()
    said = language.line(msg(" Credits that a year does not use are not carried over to the next."))
    for row in rows:
        left = row.get("cp_left_cents")
        if left is not None:
            said += language.line(
                msg(
                    " Commitments made before the opening leave {left} of the credits of {year}; "
                    "the risk, and the chart, are against that."
                ),
                left=show_money(left, language, exact=True),
                year=str(row["year"].value),
            )
    sources = dict.fromkeys(
        entry.text("source")
        for entry in findings.items("assumptions")
        if entry.text("key").startswith("payments.year_ceilings") and entry.text("source")
    )
    for source in sources:
        said += language.line(msg(" Source of the ceilings: {source}."), source=Name(source_words(source, language)))
    return said


def _waits(rows: list[Found], language: Language, *, cash: bool) -> Line:
    """The years at whose end something due waits for the next one: in most runs (the curve stands still), or in few."""
    said: Line = ()
    for row, following in pairwise(rows):
        due = row.get("due_unpaid_cents.mean")
        if due is None or due.value <= 0 or row.get("cp_cents") is None:
            continue
        usual = (row.number("due_unpaid_cents.p50") or 0) > 0
        said += language.line(
            msg(
                " The curve of payments is flat at the end of {year}: its credits are used up, and what falls due "
                "waits for {next} ({due} on average)."
            )
            if usual and not cash
            else msg(
                " At the end of {year} what falls due finds no credit or no cash, and waits for {next} ({due} on "
                "average)."
            )
            if usual
            else msg(" In fewer than half of the runs, something due in {year} waits for {next} ({due} on average)."),
            year=str(row["year"].value),
            next=str(following["year"].value),
            due=Strong((show_money(due, language),)),
        )
    return said


def _chart(rows: list[Found], language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.style import Canvas, Draw

    title = language.words(msg("Payments needed by year, against the payment credits (CP)"))
    dots = tuple(_dot(row, language) for row in rows)
    ends = ", ".join(f"{dot.name} {dot.label}" for dot in dots)
    description = plain(language.line(msg("Means: {ends}. The table gives every value and ceiling."), ends=ends))
    highest = max(*(dot.high for dot in dots), *(dot.ceiling or 0.0 for dot in dots))
    height = 40 + 26 * len(dots)

    def draw_for(canvas: Canvas) -> Draw:
        levels = levels_up_to(highest, 3 if canvas.narrow else 6)
        return partial(draw_spreads, dots, money_labels(levels, language, MILLION))

    return charted(
        "years",
        title,
        description,
        (height, height),
        draw_for,
        language.line(
            msg(
                "Dots: means; bars: from P10 to P90 of the runs; black marks: payment credits. "
                "Diamonds: years whose needs exceed their credits in more than half of the runs."
            )
        ),
    )


def _dot(row: Found, language: Language) -> Spread:
    need, ceiling = row["need_cents"], row.number("cp_left_cents")
    if ceiling is None:
        ceiling = row.number("cp_cents")
    low, mean, high = (need[part].value for part in ("p10", "mean", "p90"))
    return Spread(
        str(row["year"].value),
        low / MILLION,
        mean / MILLION,
        high / MILLION,
        amount(mean, language),
        None if ceiling is None else ceiling / MILLION,
        short=(row.number("need_overrun") or 0.0) > 0.5,
    )


def _lead(rows: list[Found], language: Language, *, cash: bool) -> Line:
    risky = [row for row in rows if (row.number("need_overrun") or 0) > 0]
    if not risky:
        return _waits(rows, language, cash=cash)
    worst = max(risky, key=lambda row: row.number("need_overrun") or 0)
    return language.line(
        msg("The tightest year is {year}: payments needed exceed its credits in {share} of runs."),
        year=str(worst["year"].value),
        share=show_share(worst["need_overrun"], language),
    ) + _waits(rows, language, cash=cash)


def _row(row: Found, unit: TableUnit, language: Language, *, capped: bool) -> Row:
    def amount_of(path: str) -> Line:
        found = row.get(path)
        return () if found is None else (in_unit(found, unit, language),)

    over = row.get("need_overrun")
    cells: list[Line] = [(str(row["year"].value),)]
    if capped:
        cells.append(amount_of("cp_cents"))
    cells.extend((amount_of("need_cents.mean"), range_in_unit(row["need_cents"], unit, language)))
    if capped:
        cells.append(() if over is None else (show_share(over, language),))
    cells.extend(amount_of(f"{name}.mean") for name in ("paid_cents", "due_unpaid_cents", "reste_a_payer_cents"))
    return Row(tuple(cells))
