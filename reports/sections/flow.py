"""Where the money went: management, training, support of pay, given back too late, never committed."""

from functools import partial

from reports import palette
from reports.blocks import Block, Chart, Column, Folded, Line, Row, Section, Strong, Table
from reports.catalogue import Language, msg
from reports.charts.flow import Band, draw_flow
from reports.envelope_changes import envelope_changes
from reports.names import kpi_name
from reports.price_sentences import plain
from reports.reading import Found
from reports.showing import amount, money_range, show_by_unit, show_money

BANDS = (
    ("committed_cents", palette.BLUE),
    ("management_fee_cents", palette.SLATE),
    ("lapsed_cents", palette.CEILING),
    ("unspent_cents", palette.FAINT),
)
"""Where a euro of the envelope may end, and the colour of its band."""
SHORT = {
    "committed_cents": msg("Committed"),
    "management_fee_cents": msg("Management"),
    "lapsed_cents": msg("Lapsed"),
    "unspent_cents": msg("Never committed"),
}
"""What the bands are called in the drawing; the table names them in full."""
BESIDE = ("support_cents", "released_cents", "reste_a_payer_cents", "shortfall_cents")
"""Figures that are parts or passages of those, told in the table."""


def flow(findings: Found, language: Language) -> Section | None:
    """The bands, and the same in a table with its spread; nothing where an end of the flow is not known."""
    kpis = findings["simulation.kpis"]
    if any(kpis.get(name) is None for name, _ in BANDS):
        return None
    blocks: list[Block] = [_chart(kpis, findings, language)]
    blocks.append(Folded(language.words(msg("The same in figures")), (_table(kpis, language),), printed=True))
    return Section("flow", language.words(msg("Where the money goes")), _lead(kpis, language), tuple(blocks))


def _lead(kpis: Found, language: Language) -> Line:
    support, lapsed = kpis.get("support_cents.mean"), kpis["lapsed_cents.mean"]
    lead: Line = ()
    if support is not None:
        lead = language.line(
            msg("Of {committed} committed net of releases, {support} support pay. "),
            committed=Strong((show_money(kpis["committed_cents.mean"], language),)),
            support=Strong((show_money(support, language),)),
        )
    released = kpis.get("released_cents.mean")
    if released is not None and released.value:
        lead += language.line(
            msg("{released} were released on the way, of which {lapsed} too late to be used again."),
            released=Strong((show_money(released, language),)),
            lapsed=Strong((show_money(lapsed, language),)),
        )
    return lead


def _chart(kpis: Found, findings: Found, language: Language) -> Chart:
    from reports.charts.both_widths import charted

    title = language.words(msg("From the envelope to its ends, means over the runs"))
    bands = tuple(
        Band(
            language.words(SHORT[name]),
            amount(kpis[f"{name}.mean"].value, language),
            kpis[f"{name}.mean"].value,
            colour,
        )
        for name, colour in BANDS
    )
    source = (language.words(msg("Envelope")), amount(findings["plan.envelope_cents"].value, language, exact=True))
    ends = ", ".join(f"{band.name} {band.value}" for band in bands)
    description = plain(language.line(msg("{ends}. The table gives every value and its spread."), ends=ends))
    changed = bool(envelope_changes(findings))
    told: Line = ()
    if changed:
        told = language.line(msg("The envelope is that of the opening; its dated changes are in the bands."))
    beyond = kpis.get("shortfall_cents.mean")
    if beyond is not None and beyond.value > 0:
        told += (" ",) if told else ()
        told += language.line(
            msg("The bands hold {beyond} more than there is: committed beyond a cut envelope."),
            beyond=show_money(beyond, language),
        )
    return charted(
        "flow",
        title,
        description,
        (200, 240),
        lambda _: partial(draw_flow, source, bands),
        told,
    )


def _table(kpis: Found, language: Language) -> Table:
    rows = []
    for name in (*(name for name, _ in BANDS), *BESIDE):
        told = kpis.get(name)
        if told is None or (name in BESIDE and not told["mean"].value and not told["p90"].value):
            continue
        error = told.get("se")
        rows.append(
            Row(
                (
                    (kpi_name(name, language),),
                    (show_money(told["mean"], language),),
                    () if error is None else (show_by_unit(error, "cents", language, error=True),),
                    money_range(told, language),
                )
            )
        )
    return Table(
        "flow",
        language.words(msg("Ends and passages of the money")),
        (
            Column(language.words(msg("Quantity"))),
            Column(language.words(msg("Mean")), "number"),
            Column(language.words(msg("Standard error")), "number"),
            Column(language.words(msg("P10–P90")), "number"),
        ),
        tuple(rows),
    )
