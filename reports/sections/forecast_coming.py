"""To date, to come and in all, side by side."""

from reports.blocks import Column, Line, Row, Shown, Table
from reports.catalogue import Language, msg
from reports.reading import Found
from reports.showing import MILLION, interval, show_count, show_money

FIGURES = (
    ("need_cents", msg("Asked for (need)")),
    ("pathways_committed", msg("Pathways committed (gross)")),
    ("committed_cents", msg("Committed (AE), net of releases")),
    ("paid_cents", msg("Paid (CP)")),
)


def coming(findings: Found, found: Found, language: Language) -> Table:
    """The figures of the day, what the runs add to them on average, and where they end.

    Args:
        findings: of a run.
        found: its `forecast`.
        language: of the report.
    """
    ends = {key: findings[f"simulation.kpis.{key}"] for key, _ in FIGURES}
    largest = max(ends[key]["p90"].value for key, _ in FIGURES if key.endswith("_cents"))
    scale, decimals = _unit(largest)

    def show(value: Found, key: str) -> Shown:
        if key.endswith("_cents"):
            return show_money(value, language, scale=scale, decimals=decimals)
        return show_count(value, language)

    rows = []
    for key, name in FIGURES:
        cells: list[Line] = [(language.words(name),)]
        for value in (found[f"to_date.{key}"], found[f"to_come.{key}"], ends[key]["mean"]):
            cells.append((show(value, key),))
        if findings["scenario.runs"].value == 1:
            cells.append(())
        else:
            cells.append(interval(show(ends[key]["p10"], key), show(ends[key]["p90"], key), language))
        rows.append(Row(tuple(cells)))
    return Table(
        "forecast-coming",
        language.words(msg("To date, to come and in all")),
        (
            Column(language.words(msg("Quantity")), "text", wrap=True),
            Column(language.words(msg("To date")), "number"),
            Column(language.words(msg("To come (mean)")), "number"),
            Column(language.words(msg("In all (mean)")), "number"),
            Column(language.words(msg("P10–P90")), "number"),
        ),
        tuple(rows),
        language.line(
            msg(
                "To come: from requests at the desk and from those still to be filed, on the mean of the runs; "
                "releases still to come are deducted. Need to date: what was committed, and what requests not yet "
                "decided on would cost."
            )
        ),
    )


def _unit(largest: float) -> tuple[int, int]:
    """One unit and its places for all amounts of the table, so that the eye can add them up."""
    if largest >= 1_000_000_000:
        return MILLION, 2
    return (100_000, 0) if largest >= 10_000_000 else (100, 0)
