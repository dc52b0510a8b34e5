"""The State's cash by month: what came, what was paid, what is due and waits, what is left."""

from reports import numbers
from reports.blocks import Line, Row, Table
from reports.catalogue import Language, msg
from reports.columns import numbers_under
from reports.reading import Found
from reports.table_unit import TableUnit, in_unit, table_unit


def cash_table(findings: Found, language: Language) -> Table | None:
    """A plain table; nothing where the State does not pay by instalments."""
    rows = list(findings.items("simulation.cash"))
    if not rows:
        return None
    unit = table_unit(findings, language)
    earlier = any(row.get("earlier_cents") is not None for row in rows)
    titles = [msg("Month"), msg("Received from the State")]
    if earlier:
        titles.append(msg("Taken by older commitments"))
    titles.extend((msg("Paid"), msg("Due, waiting to be paid"), msg("Cash left")))
    return Table(
        "cash",
        language.words(msg("The State's cash, since the opening, in {unit}")).format(unit=unit.name),
        numbers_under(titles, language),
        tuple(_row(row, unit, language, earlier=earlier) for row in rows),
        language.line(
            msg(
                "Means over the runs, at the end of each month. What falls due and finds no cash, or no credit of its "
                "year, waits in the order of falling due; advances that came back are deducted from what was paid."
            )
        ),
    )


def _row(row: Found, unit: TableUnit, language: Language, *, earlier: bool) -> Row:
    names = ["received_cents", *(["earlier_cents"] if earlier else [])]
    names += [f"{name}.mean" for name in ("paid_cents", "due_unpaid_cents", "left_cents")]
    cells: list[Line] = [(numbers.month(row.text("month"), language.code),)]
    for name in names:
        found = row.get(name)
        cells.append(() if found is None else (in_unit(found, unit, language),))
    return Row(tuple(cells))
