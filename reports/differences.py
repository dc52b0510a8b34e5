"""Differences as readers see them: their reading, who gains and who loses, by quantity and by branch."""

from functools import partial

from reports import numbers
from reports.blocks import (
    Chart,
    Column,
    Line,
    Name,
    Row,
    Sign,
    Span,
    Strong,
    Table,
)
from reports.catalogue import Language, msg
from reports.charts.differences import Difference
from reports.most_drawn import left_out, outer_rows
from reports.names import branch_name, kpi_name, short_name, size_group_name, unit_of
from reports.noise import beyond_noise
from reports.reading import Found
from reports.showing import show_by_unit

LONGEST_NAME = 50
LONGEST_NAME_NARROW = 21


TOLD = (
    "pathways_net",
    "target_reached",
    "committed_cents",
    "unmet_need_cents",
    "unspent_cents",
    "under50_pathway_share",
    "under50_euro_share",
    "support_cents",
    "companies",
    "parked",
    "wait_days",
    "served_share_min",
    "served_share_gini",
)
"""The quantities told at once; the others are there for who asks."""
NAMED = 5
"""Gaining and losing branches named in a sentence, at most."""


def same(difference: Found) -> bool:
    """Whether both policies leave the very same value in every run."""
    return difference.number("mean") == 0 and difference.number("se") == 0


def capital(span: Span) -> Span:
    """A name at the start of a sentence."""
    return span[:1].upper() + span[1:] if isinstance(span, str) else span


def sentences(comparison: Found, rows: list[Found], findings: Found, language: Language) -> tuple[Line, ...]:
    """Who gains and who loses, in sentences: all, sizes of company, branches."""
    told = []
    overall = comparison.get("kpis.pathways_net")
    if overall is not None:
        told.append(_gain(language.words(msg("All companies")), overall, language))
    for group in comparison.items("size_groups"):
        if group.get("pathways_net") is not None:
            name = size_group_name(group.text("size_group"), findings, language)
            told.append(_gain(capital(name) if isinstance(name, str) else name, group["pathways_net"], language))
    gaining = [row for row in rows if beyond_noise(row["pathways_net"]) and row["pathways_net.mean"].value > 0]
    losing = [row for row in reversed(rows) if beyond_noise(row["pathways_net"]) and row["pathways_net.mean"].value < 0]
    for text, found in ((msg("Branches that gain: {names}"), gaining), (msg("Branches that lose: {names}"), losing)):
        if rows:
            none: Line = (language.words(msg("none that this number of runs can show")),)
            told.append(language.line(text, names=_named(found, findings, language) if found else none))
    return tuple(told)


def _gain(who: Span, difference: Found, language: Language) -> Line:
    if not beyond_noise(difference):
        return language.line(msg("{who}: no difference that this number of runs can show."), who=who)
    error = difference["se"]
    return language.line(
        msg("{who}: {amount} net pathways (standard error {error})."),
        who=who,
        amount=Strong((show_by_unit(difference["mean"], "pathways", language, signed=True),)),
        error=show_by_unit(error, "pathways", language, error=True),
    )


def _named(rows: list[Found], findings: Found, language: Language) -> Line:
    spans: list[Span] = []
    for row in rows[:NAMED]:
        spans.extend(
            (
                ", " if spans else "",
                branch_name(row.text("branch"), findings, language),
                " (",
                show_by_unit(row["pathways_net.mean"], "pathways", language, signed=True),
                ")",
            )
        )
    return (*spans, "…") if len(rows) > NAMED else tuple(spans)


def quantities(key: str, names: list[str], comparison: Found, findings: Found | None, language: Language) -> Table:
    """Some quantities of a comparison; with findings, sizes of company too."""
    rows = [
        _row(
            (kpi_name(name, language),), comparison[f"kpis.{name}"], language, unit_of(name, comparison[f"kpis.{name}"])
        )
        for name in names
    ]
    for group in comparison.items("size_groups") if findings is not None else ():
        named = size_group_name(group.text("size_group"), findings, language) if findings is not None else ""
        for path, what in (
            ("pathways_net", msg("Net pathways, companies: {group}")),
            ("committed_cents", msg("Committed, companies: {group}")),
        ):
            if group.get(path) is not None:
                rows.append(_row(language.line(what, group=named), group[path], language, group[path].text("unit")))
    return Table(
        key,
        language.words(msg("Differences: mean over the runs and standard error")),
        (
            Column(language.words(msg("Quantity"))),
            Column(language.words(msg("Difference")), "number"),
            Column(language.words(msg("Standard error")), "number"),
            Column(language.words(msg("Reading")), "status"),
        ),
        tuple(rows),
        language.line(msg("Quantities that are the same in every run are left out.")),
    )


def _row(named: Line, difference: Found, language: Language, unit: str) -> Row:
    error = difference.get("se")
    return Row(
        (
            named,
            (show_by_unit(difference["mean"], unit, language, signed=True),),
            () if error is None else (show_by_unit(error, unit, language, error=True),),
            (reading(difference, language),),
        )
    )


def reading(difference: Found, language: Language) -> Sign:
    """What a difference says: by a sign, a word and a colour; nothing is claimed inside the noise."""
    if same(difference):
        return Sign("=", language.words(msg("the same")), "plain")
    if not beyond_noise(difference):
        return Sign("≈", language.words(msg("not established")), "plain")
    if difference["mean"].value > 0:
        return Sign("▲", language.words(msg("more")), "more")
    return Sign("▼", language.words(msg("less")), "less")


def branch_table(key: str, rows: list[Found], findings: Found, language: Language) -> Table:
    """Every branch with what it gains or loses."""
    return Table(
        f"{key}-branches",
        language.words(msg("Net pathways gained or lost by branch, the largest gain first")),
        (
            Column(language.words(msg("Branch"))),
            Column(language.words(msg("Net pathways")), "number"),
            Column(language.words(msg("Standard error")), "number"),
            Column(language.words(msg("Reading")), "status"),
        ),
        tuple(
            _row((branch_name(row.text("branch"), findings, language),), row["pathways_net"], language, "pathways")
            for row in rows
        ),
        style="dense",
    )


def branch_chart(key: str, rows: list[Found], findings: Found, language: Language) -> Chart:
    """One dot a branch, gains to the right."""
    from reports.charts.both_widths import charted
    from reports.charts.differences import draw_differences
    from reports.charts.style import Canvas, Draw

    title = language.words(msg("Net pathways gained (right) or lost (left) by branch"))
    description = language.words(
        msg("One dot a branch with a bar of two standard errors on each side. The table of branches gives every value.")
    )
    outer = outer_rows(rows)
    height = 44 + 21 * len(outer)

    def draw_for(canvas: Canvas) -> Draw:
        longest = LONGEST_NAME_NARROW if canvas.narrow else LONGEST_NAME
        dots = tuple(_dot(row, longest, findings, language) for row in outer)
        return partial(draw_differences, dots, _ticks(dots, language, narrow=canvas.narrow))

    return charted(
        key,
        title,
        description,
        (height, height),
        draw_for,
        language.line(
            msg(
                "Bars: two standard errors on each side; beyond the first mark the scale is by powers of ten. "
                "Hollow grey dots: no difference that this number of runs can show."
            )
        )
        + left_out(rows, language),
    )


def _dot(row: Found, longest: int, findings: Found, language: Language) -> Difference:
    difference = row["pathways_net"]
    named: Name = branch_name(row.text("branch"), findings, language)
    value = difference["mean"].value
    return Difference(
        short_name(named.text, longest),
        value,
        difference.number("se") or 0.0,
        numbers.count(value, language.code, decimals=0 if abs(value) >= 10 else 1, signed=True).text,
        beyond_noise(difference),
    )


def _ticks(dots: tuple[Difference, ...], language: Language, *, narrow: bool) -> tuple[tuple[float, str], ...]:
    reach = max(abs(dot.value) + 2 * dot.error for dot in dots) or 1.0
    decades = [10.0]
    while decades[-1] < reach:
        decades.append(decades[-1] * 10)
    shown = decades[-3:]
    places = [*(-place for place in reversed(shown)), 0.0, *shown]
    # A telephone has room for the ends and the middle.
    said = (places[0], 0.0, places[-1]) if narrow else places
    return tuple(
        (place, numbers.count(place, language.code, signed=True).text if place in said else "") for place in places
    )
