"""Waiting and the desk: how long companies wait, how many wait for money, how busy the officers are."""

from reports.blocks import Line, Row, Section, Strong, Table
from reports.catalogue import Language, msg
from reports.columns import numbers_under
from reports.names import kpi_name, unit_of
from reports.reading import Found
from reports.showing import show_by_unit

TOLD = ("decision_days", "wait_days", "parked", "refused", "desk_load")


def waiting(findings: Found, language: Language) -> Section | None:
    """Each figure of the desk and the waiting room with its spread; nothing where none is known."""
    kpis = findings["simulation.kpis"]
    told = [name for name in TOLD if kpis.get(name) is not None]
    if not told:
        return None
    rows = []
    for name in told:
        estimate = kpis[name]
        unit = unit_of(name, estimate)
        cells: list[Line] = [(kpi_name(name, language),)]
        for part in ("mean", "se", "p10", "p90"):
            found = estimate.get(part)
            cells.append(() if found is None else (show_by_unit(found, unit, language, error=part == "se"),))
        rows.append(Row(tuple(cells)))
    titles = (msg("Quantity"), msg("Mean"), msg("Standard error"), msg("P10"), msg("P90"))
    table = Table(
        "waiting",
        language.words(msg("The desk and the waiting room, over the runs")),
        numbers_under(titles, language),
        tuple(rows),
    )
    return Section("waiting", language.words(msg("Waiting and the desk")), _lead(kpis, language), (table,))


def _lead(kpis: Found, language: Language) -> Line:
    days, parked = kpis.get("decision_days.mean"), kpis.get("parked.mean")
    lead: Line = ()
    if days is not None:
        lead = language.line(
            msg("A request is decided on {days} after it is filed, on average. "),
            days=Strong((show_by_unit(days, "days", language),)),
        )
    if parked is not None:
        lead += language.line(
            msg("{parked} requests find no money at their decision and wait."),
            parked=Strong((show_by_unit(parked, "requests", language),)),
        )
    return lead
