"""All sides in one view: a dot and a bar each, and every mean in one table where there are more than two."""

from functools import partial

from reports.blocks import Block, Chart, Column, Line, Row, Section, Shown, Table
from reports.catalogue import Language, msg
from reports.charts.axis import levels_up_to
from reports.charts.spread import Spread, draw_spreads
from reports.charts.ticks import count_labels
from reports.comparison.sides import letter, side_name, told_apart
from reports.money_axis import money_labels
from reports.names import KPIS, kpi_name, short_name, unit_of
from reports.price_sentences import plain
from reports.reading import Found
from reports.showing import MILLION, show_by_unit

DRAWN = (
    ("pathways_net", msg("Net pathways of each side"), 1.0),
    ("committed_cents", msg("Committed (AE), net, of each side"), float(MILLION)),
    ("need_cents", msg("Need of each side"), float(MILLION)),
)
"""The quantities drawn, and what one unit of their axis is worth."""
LONGEST_NAME, LONGEST_NAME_NARROW = 48, 20


def side_by_side(comparison: Found, language: Language) -> Section | None:
    """One chart a quantity, one row a side; with more than two sides the table of all means."""
    listed = list(comparison.items("sides"))
    blocks: list[Block] = [
        _chart(name, title, scale, listed, comparison, language)
        for name, title, scale in DRAWN
        if all(side.get(f"kpis.{name}.p90") is not None for side in listed)
    ]
    if len(listed) > 2:
        blocks.append(_table(listed, language))
    return Section("side-by-side", language.words(msg("All sides")), blocks=tuple(blocks)) if blocks else None


def _chart(name: str, title: str, scale: float, listed: list[Found], comparison: Found, language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.style import Canvas, Draw

    told = language.words(title)
    money = scale > 1
    target = comparison.number("scenario.target_pathways") if name == "pathways_net" else None
    highest = max(*(side[f"kpis.{name}.p90"].value / scale for side in listed), target or 0.0)
    means = [show_by_unit(side[f"kpis.{name}.mean"], unit_of(name, side[f"kpis.{name}"]), language) for side in listed]
    ends = ", ".join(f"{letter(at)} {mean.text}" for at, mean in enumerate(means))
    description = plain(language.line(msg("Means: {ends}. The tables give every value."), ends=ends))

    distinct = told_apart([side_name(at, comparison, language).text for at in range(len(listed))])

    def draw_for(canvas: Canvas) -> Draw:
        longest = LONGEST_NAME_NARROW if canvas.narrow else LONGEST_NAME
        dots = tuple(
            _dot(at, side, name, means[at], scale, target, longest, distinct) for at, side in enumerate(listed)
        )
        levels = levels_up_to(highest, 3 if canvas.narrow else 6)
        ticks = money_labels(levels, language, scale) if money else count_labels(levels, language.code)
        return partial(draw_spreads, dots, ticks)

    note = language.line(msg("Dots: means; bars: from P10 to P90 of the runs."))
    if target is not None:
        note += language.line(msg(" Black mark: the target."))
    return charted(f"sides-{name}", told, description, (44 + 26 * len(listed), 44 + 26 * len(listed)), draw_for, note)


def _dot(
    at: int,
    side: Found,
    name: str,
    mean: Shown,
    scale: float,
    target: float | None,
    longest: int,
    distinct: list[str],
) -> Spread:
    estimate = side[f"kpis.{name}"]
    low, middle, high = (float(estimate[part].value) / scale for part in ("p10", "mean", "p90"))
    named = short_name(f"{letter(at)} – {distinct[at]}", longest)
    return Spread(named, low, middle, high, mean.text, target)


def _table(listed: list[Found], language: Language) -> Table:
    names = [name for name in KPIS if any(side.get(f"kpis.{name}") is not None for side in listed)]
    rows = []
    for name in names:
        cells: list[Line] = [(kpi_name(name, language),)]
        for side in listed:
            told = side.get(f"kpis.{name}")
            cells.append(() if told is None else (show_by_unit(told["mean"], unit_of(name, told), language),))
        rows.append(Row(tuple(cells)))
    columns = (
        Column(language.words(msg("Quantity"))),
        *(Column(letter(number), "number") for number in range(len(listed))),
    )
    return Table("all", language.words(msg("Means over the runs")), columns, tuple(rows))
