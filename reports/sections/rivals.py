"""The committee's policy against its rivals on the same luck: who gains, who loses, by how much."""

from functools import partial

from reports import numbers
from reports.blocks import Block, Chart, Column, Folded, Heading, Line, Name, Row, Section, Span, Table
from reports.catalogue import Language, msg
from reports.charts.differences import Difference
from reports.names import KPIS, branch_name, kpi_name, policy_name, size_group_name
from reports.reading import Found
from reports.showing import show_by_unit

LONGEST_NAME = 50
LONGEST_NAME_NARROW = 21


def rivals(findings: Found, language: Language) -> Section | None:
    """Each comparison: quantities, sizes of company, branches; nothing is claimed inside the noise."""
    comparisons = list(findings.items("comparison"))
    if not comparisons:
        return None
    blocks: list[Block] = []
    for number, comparison in enumerate(comparisons):
        blocks.extend(_compared(number, comparison, findings, language))
    return Section(
        "rivals",
        language.words(msg("Who gains and who loses under another policy")),
        language.line(
            msg(
                "Each policy meets the same requests and the same luck, so that differences come from the policy alone. "
                "A difference smaller than twice its standard error is not one that this number of runs can show."
            )
        ),
        tuple(blocks),
    )


def beyond_noise(difference: Found) -> bool:
    """Whether a difference is at least twice its standard error; never where the error is unknown."""
    error = difference.number("se")
    mean = difference.number("mean")
    return error is not None and bool(mean) and abs(mean or 0.0) >= 2 * error


def _compared(number: int, comparison: Found, findings: Found, language: Language) -> list[Block]:
    against = policy_name(comparison.text("against"), language)
    policy = policy_name(comparison.text("policy"), language)
    blocks: list[Block] = [
        Heading(language.line(msg("{policy} (against: {against})"), policy=_capital(policy), against=against)),
        _quantities(number, comparison, findings, language),
    ]
    rows = sorted(comparison.items("branches"), key=lambda row: -(row.number("pathways_net.mean") or 0.0))
    if rows:
        blocks.append(_chart(number, rows, findings, language))
        blocks.append(Folded(language.words(msg("The same by branch")), (_branches(number, rows, findings, language),)))
    return blocks


def _capital(span: Span) -> Span:
    return span[:1].upper() + span[1:] if isinstance(span, str) else span


def _quantities(number: int, comparison: Found, findings: Found, language: Language) -> Table:
    rows = []
    kpis = comparison.get("kpis")
    known = [name for name in KPIS if kpis is not None and name in kpis.value]
    for name in known:
        rows.append(_row((kpi_name(name, language),), comparison[f"kpis.{name}"], language))
    for group in comparison.items("size_groups"):
        named = size_group_name(group.text("size_group"), findings, language)
        for path, what in (
            ("pathways_net", msg("Net pathways, companies: {group}")),
            ("committed_cents", msg("Committed, companies: {group}")),
        ):
            if group.get(path) is not None:
                rows.append(_row(language.line(what, group=named), group[path], language))
    return Table(
        f"rivals-{number}",
        language.words(msg("Differences: mean over the runs and standard error")),
        (
            Column(language.words(msg("Quantity"))),
            Column(language.words(msg("Difference")), "number"),
            Column(language.words(msg("Standard error")), "number"),
            Column(language.words(msg("Reading")), "status"),
        ),
        tuple(rows),
    )


def _row(named: Line, difference: Found, language: Language) -> Row:
    unit = difference.text("unit")
    error = difference.get("se")
    return Row(
        (
            named,
            (show_by_unit(difference["mean"], unit, language, signed=True),),
            () if error is None else (show_by_unit(error, unit, language, error=True),),
            (_reading(difference, language),),
        )
    )


def _reading(difference: Found, language: Language) -> str:
    if not beyond_noise(difference):
        return language.words(msg("= no difference that this number of runs can show"))
    if difference["mean"].value > 0:
        return language.words(msg("▲ more"))
    return language.words(msg("▼ less"))


def _branches(number: int, rows: list[Found], findings: Found, language: Language) -> Table:
    return Table(
        f"rivals-{number}-branches",
        language.words(msg("Net pathways gained or lost by branch, the largest gain first")),
        (
            Column(language.words(msg("Branch"))),
            Column(language.words(msg("Net pathways")), "number"),
            Column(language.words(msg("Standard error")), "number"),
            Column(language.words(msg("Reading")), "status"),
        ),
        tuple(
            _row((branch_name(row.text("branch"), findings, language),), row["pathways_net"], language) for row in rows
        ),
        dense=True,
    )


def _chart(number: int, rows: list[Found], findings: Found, language: Language) -> Chart:
    from reports.charts.differences import draw_differences
    from reports.charts.style import canvases, drawn

    title = language.words(msg("Net pathways gained (right) or lost (left) by branch"))
    description = language.words(
        msg("One dot a branch with a bar of two standard errors on each side. The table of branches gives every value.")
    )
    height = 44 + 21 * len(rows)
    pictures = []
    for canvas in canvases(height, height):
        longest = LONGEST_NAME_NARROW if canvas.narrow else LONGEST_NAME
        dots = tuple(_dot(row, longest, findings, language) for row in rows)
        draw = partial(draw_differences, dots, _ticks(dots, language))
        pictures.append(drawn(f"rivals-{number}", title, description, canvas, draw))
    return Chart(
        f"rivals-{number}",
        pictures[0],
        pictures[1],
        title,
        description,
        language.line(
            msg(
                "Bars: two standard errors on each side; beyond the first mark the scale is by powers of ten. Hollow grey dots: no difference that this number of runs can show."
            )
        ),
    )


def _dot(row: Found, longest: int, findings: Found, language: Language) -> Difference:
    difference = row["pathways_net"]
    named: Name = branch_name(row.text("branch"), findings, language)
    name = named.text if len(named.text) <= longest else named.text[: longest - 1].rstrip(" ,;") + "…"
    value = difference["mean"].value
    return Difference(
        name,
        value,
        difference.number("se") or 0.0,
        numbers.count(value, language.code, decimals=0 if abs(value) >= 10 else 1, signed=True).text,
        beyond_noise(difference),
    )


def _ticks(dots: tuple[Difference, ...], language: Language) -> tuple[tuple[float, str], ...]:
    reach = max(abs(dot.value) + 2 * dot.error for dot in dots) or 1.0
    decades = [10.0]
    while decades[-1] < reach:
        decades.append(decades[-1] * 10)
    shown = decades[-3:]
    places = [*(-place for place in reversed(shown)), 0.0, *shown]
    return tuple((place, numbers.count(place, language.code, signed=True).text) for place in places)
