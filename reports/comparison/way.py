"""What each change of the question contributed to the answer."""

from functools import partial

from reports import numbers
from reports.blocks import Block, Chart, Code, Column, Heading, Line, Paragraph, Row, Span, Table
from reports.catalogue import Language, msg
from reports.charts.waterfall import Bar, draw_waterfall
from reports.comparison.sides import letter
from reports.differences import reading
from reports.names import kpi_name
from reports.noise import beyond_noise
from reports.price_sentences import plain
from reports.reading import Found
from reports.showing import show_by_unit

GROUPS = {
    "envelope_eur": msg("the envelope"),
    "target_pathways": msg("the target"),
    "lines": msg("the lines"),
    "windows": msg("the dates"),
    "scheme": msg("the scheme"),
    "branches": msg("the branches"),
    "inflow": msg("the requests"),
    "desk": msg("the desk"),
    "parking": msg("the waiting room"),
    "payments": msg("the payments"),
    "committee": msg("the committee"),
    "constraints": msg("the constraints"),
    "planning": msg("the planning"),
    "events": msg("the events"),
    "steering": msg("the steering rules"),
    "exhaustion_share": msg("what counts as exhausted"),
    "branch_status": msg("the bounds of a status"),
}
"""The groups of inputs; one that stands not here is told by its code."""
METHODS = {
    "shapley": msg(
        "Every mixture of the changes was lived on the same luck: a change’s figure is its mean effect over all the "
        "orders in which the changes could be made (Shapley), and the figures add up to the whole difference."
    ),
    "in_order": msg(
        "Changes are applied one group after the other, in the order of the scenario file, on the same luck; in "
        "another order a change may contribute otherwise."
    ),
}
"""How the way was found, as `way` of a comparison says."""
TOLD = ("pathways_net", "need_cents", "committed_cents")
HEADLINE = "pathways_net"


def way(key: str, side: int, told: Found, comparison: Found, language: Language) -> list[Block]:
    """The waterfall and its table; nothing where the steps are not known."""
    steps = list(told.items("steps"))
    if not steps:
        return []
    blocks: list[Block] = [
        Heading(language.line(msg("What each change contributed"))),
        Paragraph(language.line(METHODS.get(told.text("way"), METHODS["in_order"]))),
    ]
    if all(step.get(f"kpis.{HEADLINE}") is not None for step in steps):
        blocks.append(_chart(key, side, steps, comparison, language))
    return [*blocks, _table(key, steps, language)]


def change_name(step: Found, language: Language) -> Line:
    """What a step of the way changes: the section of the scenario, and the value inside it."""
    spans: list[Span] = []
    for group in step["groups"].value:
        section, _, inner = group.partition(".")
        spans.extend((", ",) if spans else ())
        if section not in GROUPS:
            spans.append(Code(group))
            continue
        spans.append(language.words(GROUPS[section]))
        if inner:
            spans.extend((" (", Code(inner), ")"))
    return tuple(spans)


def _table(key: str, steps: list[Found], language: Language) -> Table:
    names = [name for name in TOLD if all(step.get(f"kpis.{name}") is not None for step in steps)]
    columns = [Column(language.words(msg("Change")))]
    for name in names:
        columns.append(Column(kpi_name(name, language), "number"))
        columns.append(Column(language.words(msg("Standard error")), "number"))
    columns.append(Column(language.words(msg("Reading")), "status"))
    rows = []
    for step in steps:
        cells: list[Line] = [change_name(step, language)]
        for name in names:
            gap = step[f"kpis.{name}"]
            unit, error = gap.text("unit"), gap.get("se")
            cells.append((show_by_unit(gap["mean"], unit, language, signed=True),))
            cells.append(() if error is None else (show_by_unit(error, unit, language, error=True),))
        first = step.get(f"kpis.{names[0]}") if names else None
        cells.append(() if first is None else (reading(first, language),))
        rows.append(Row(tuple(cells)))
    return Table(
        f"{key}-way",
        language.words(msg("Contribution of each change")),
        tuple(columns),
        tuple(rows),
        language.line(msg("The reading is of the first quantity.")),
        style="dense",
    )


def _chart(key: str, side: int, steps: list[Found], comparison: Found, language: Language) -> Chart:
    from reports.charts.both_widths import charted

    start = comparison[f"sides[0].kpis.{HEADLINE}.mean"].value
    end = comparison[f"sides[{side}].kpis.{HEADLINE}.mean"].value
    bars = [Bar(letter(0), 0.0, start, _count(start, language), "whole")]
    at = start
    for step in steps:
        gap = step[f"kpis.{HEADLINE}"]
        change = gap["mean"].value
        kind = ("gain" if change > 0 else "loss") if beyond_noise(gap) else "unsure"
        bars.append(
            Bar(plain(change_name(step, language)), at, at + change, _count(change, language, signed=True), kind)
        )
        at += change
    bars.append(Bar(letter(side), 0.0, end, _count(end, language), "whole"))
    title = language.words(msg("Net pathways, from {base} to {side}")).format(base=letter(0), side=letter(side))
    description = plain(
        language.line(
            msg("From {start} to {end} net pathways, one bar a change. The table below gives every value."),
            start=_count(start, language),
            end=_count(end, language),
        )
    )
    height = 30 + 30 * len(bars)
    return charted(
        f"{key}-way",
        title,
        description,
        (height, height),
        lambda _: partial(draw_waterfall, tuple(bars)),
        language.line(
            msg("Grey bars: no difference that this number of runs can show. The axis does not begin at zero.")
        ),
    )


def _count(value: float, language: Language, *, signed: bool = False) -> str:
    return numbers.count(value, language.code, signed=signed).text
