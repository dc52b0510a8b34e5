"""How it was computed, in plain words, what it cannot say, and how sure the simulated figures are."""

from reports.blocks import Block, Bullets, Heading, Line, Row, Section, Table
from reports.catalogue import Language, msg
from reports.columns import numbers_under
from reports.names import KPIS, kpi_name, unit_of
from reports.reading import Found
from reports.showing import show_by_unit

METHOD = (
    msg(
        "The plan shares the money out once, on expected requests: it is the best share under the rules written in the "
        "scenario, proved so by the certificate below."
    ),
    msg(
        "The simulation then lives the agreement through request by request, each run with other luck: "
        "who asks and when, how long and how dear the training is, who gives up, when invoices come. The figures of "
        "this page are what those runs left behind."
    ),
    msg(
        "P10 and P90: one run in ten lies below the first, one in ten above the second. They tell what chance may do "
        "under these assumptions; they do not tell how wrong the assumptions may be."
    ),
    msg(
        "The standard error tells how far a mean over this number of runs may lie from the mean over endless runs; "
        "twice that error covers it about 95 times in 100. More runs make it smaller, "
        "and leave P10 and P90 where they are."
    ),
    msg(
        "Need is what would be committed if no ceiling bound, on the same luck. Only the need can exceed the ceiling: "
        "commitments are refused before."
    ),
)
LIMITS = (
    msg("Values marked as assumptions are nobody's measurements; the answer moves when they do."),
    msg("Companies do not change what they ask for because of what the committee decides or of what others get."),
    msg("A branch's share of requests follows its employees, unless the scenario says otherwise."),
)


def method(findings: Found, language: Language) -> Section:
    """The method, its limits, and the Monte-Carlo error of every simulated figure."""
    blocks: list[Block] = [
        Bullets(tuple(language.line(text) for text in METHOD)),
        Heading(language.line(msg("What it cannot say"))),
        Bullets(tuple(language.line(text) for text in LIMITS)),
        _errors(findings, language),
    ]
    return Section("method", language.words(msg("Method and limits")), blocks=tuple(blocks))


def _errors(findings: Found, language: Language) -> Table:
    kpis = findings["simulation.kpis"]
    titles = (msg("Simulated quantity"), msg("Mean"), msg("Standard error"), msg("P10"), msg("Median"), msg("P90"))
    parts = ("mean", "se", "p10", "p50", "p90")
    rows = []
    for name in (*KPIS, *sorted(set(kpis.value) - set(KPIS))):
        estimate = kpis.get(name)
        if estimate is None:
            continue
        unit = unit_of(name, estimate)
        chance = unit == "probability"
        cells: list[Line] = [(kpi_name(name, language),)]
        for part in parts:
            found = estimate.get(part)
            skipped = found is None or (chance and part.startswith("p"))
            cells.append(() if skipped or found is None else (show_by_unit(found, unit, language, error=part == "se"),))
        rows.append(Row(tuple(cells)))
    return Table(
        "errors",
        language.words(msg("Every simulated figure and its Monte-Carlo error")),
        numbers_under(titles, language),
        tuple(rows),
        language.line(
            msg("Points (pt): hundredths of a share. A yes-or-no quantity has a probability, and no P10 or P90.")
        ),
    )
