"""The charts of a comparison's workbook, drawn by the spreadsheet itself from its own cells."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports import palette
from reports.catalogue import Language, msg
from reports.comparison.sides import letter
from reports.comparison.way import change_name
from reports.names import kpi_name
from reports.noise import beyond_noise
from reports.price_sentences import plain
from reports.reading import Found
from reports.workbook.paper import TOP, Paper
from scenarios.problems import cell_name

SIDE_COLOURS = (palette.SLATE, palette.BLUE, palette.PLUM, palette.CEILING, palette.FAINT)
GAP = 3
"""Rows between the table of changes and what the waterfall is drawn from."""


def sides_chart(paper: Paper, rows: Mapping[str, int], sides: int, at: int, language: Language) -> None:
    """Two bar charts of the first sheet: pathways, and money.

    Args:
        paper: the first sheet.
        rows: the row of each quantity, from 1.
        sides: how many, in the columns after the first.
        at: the row to stand on, from 0.
        language: of the reader.
    """
    for offset, names, title, form in (
        (0, ("pathways_committed", "pathways_net"), msg("Pathways of each side"), "#,##0"),
        (
            560,
            ("need_cents", "committed_cents", "paid_cents"),
            msg("Money of each side"),
            f'#,##0,,"  M{paper.sign}"',
        ),
    ):
        kept = [name for name in names if name in rows]
        if not kept:
            continue
        first, last = rows[kept[0]], rows[kept[-1]]
        if last - first + 1 != len(kept):
            kept = [name for name in rows if first <= rows[name] <= last]
        chart = paper.book.file.add_chart({"type": "column"})
        for side in range(sides):
            chart.add_series(
                {
                    "name": letter(side),
                    "categories": f"=({','.join(paper.cell(rows[name], 0) for name in kept)})",
                    "values": f"=({','.join(paper.cell(rows[name], side + 1) for name in kept)})",
                    "fill": {"color": SIDE_COLOURS[side % len(SIDE_COLOURS)]},
                    "categories_data": [kpi_name(name, language) for name in kept],
                }
            )
        told = language.words(title)
        chart.set_title({"name": told, "name_font": {"size": 12}, "overlay": False})
        chart.set_legend({"position": "bottom"})
        chart.set_y_axis(
            {"num_format": form, "num_font": {"size": 8}, "major_gridlines": {"visible": True, "line": _rule()}}
        )
        chart.set_x_axis({"num_font": {"size": 8}})
        chart.set_size({"width": 540, "height": 320})
        paper.sheet.insert_chart(at, 0, chart, {"description": told, "x_offset": offset})


def waterfall(
    paper: Paper, column: int, steps: Sequence[Found], ends: tuple[Found, Found], side: int, language: Language
) -> None:
    """The way from the first side to another, below the table of changes: cells as formulas, bars on them.

    Args:
        paper: the sheet of changes, whose table stands.
        column: of the net pathways that each change contributed, from 0.
        steps: the changes.
        ends: the mean of the first side, and of the other one.
        side: the number of the other one.
        language: of the reader.
    """
    top = paper.totals + GAP
    titles = (msg("Way"), msg("Start"), msg("Total"), msg("Gain"), msg("Loss"), msg("Not established"))
    for across, title in enumerate(titles):
        paper.sheet.write_string(top - 1, across, language.words(title), paper.head("price" if across else "text"))
    start = float(ends[0].value)
    first = cell_name(top + 1, 3)
    _bar(paper, top, letter(0), [(2, "", ends[0])])
    at = start
    for number, step in enumerate(steps):
        change = float(step["kpis.pathways_net.mean"].value)
        before, at = at, at + change
        source = cell_name(paper.first + number, column + 1)
        done = f"SUM({cell_name(paper.first, column + 1)}:{source})"
        kind = 5 if not beyond_noise(step["kpis.pathways_net"]) else 3 if change > 0 else 4
        cells: list[tuple[int, str, Any]] = [
            (1, f"={first}+{done}-MAX(0,{source})", min(before, at)),
            (kind, f"=ABS({source})", abs(change)),
        ]
        _bar(paper, top + 1 + number, plain(change_name(step, language)), cells)
    _bar(paper, top + 1 + len(steps), letter(side), [(2, "", ends[1])])
    last = top + 1 + len(steps)
    chart = paper.book.file.add_chart({"type": "column", "subtype": "stacked"})
    for across, colour in ((1, None), (2, palette.SLATE), (3, palette.BLUE), (4, palette.CEILING), (5, palette.FAINT)):
        fill: dict[str, Any] = {"none": True} if colour is None else {"color": colour}
        chart.add_series(
            {
                "name": [paper.name, top - 1, across],
                "categories": [paper.name, top, 0, last, 0],
                "values": [paper.name, top, across, last, across],
                "fill": fill,
                "gap": 40,
            }
        )
    reach = [start, float(ends[1].value), at]
    told = language.words(msg("Net pathways, from {base} to {side}")).format(base=letter(0), side=letter(side))
    chart.set_title({"name": told, "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom", "delete_series": [0]})
    spread = max(reach) - min(reach)
    floor = max(0.0, min(reach) - max(spread, 0.05 * max(reach)))
    chart.set_y_axis(
        {
            "name": language.words(msg("The axis does not begin at zero.")) if round(floor) > 0 else "",
            "name_font": {"size": 8, "bold": False},
            "min": round(floor),
            "num_format": "#,##0",
            "major_gridlines": {"visible": True, "line": _rule()},
        }
    )
    chart.set_x_axis({"num_font": {"size": 8}})
    chart.set_size({"width": 820, "height": 380})
    paper.sheet.insert_chart(last + 2, 0, chart, {"description": told})


def _bar(paper: Paper, down: int, name: str, cells: Sequence[tuple[int, str, Any]]) -> None:
    """One row of what the waterfall is drawn from: a finding, or a formula with its value, in some columns."""
    paper.write(down, 0, name, "text")
    for across, formula, value in cells:
        if formula:
            paper.sheet.write_formula(down, across, formula, paper.style("decimal"), value)
        else:
            paper.write(down, across, value, "decimal")


def branch_charts(paper: Paper, sides: Sequence[str], after: int, language: Language) -> None:
    """Net pathways gained and lost by branch, a chart a side beside the table, with the error as bars.

    Args:
        paper: the sheet of branches, whose table stands: side, branch, difference, error.
        sides: the letter of each row's side, rows of one side together.
        after: the column to stand at, from 0.
        language: of the reader.
    """
    at = 0
    for side in dict.fromkeys(sides):
        first = paper.first + sides.index(side)
        last = first + sides.count(side) - 1

        def cells(column: int, first: int = first, last: int = last) -> str:
            return f"={paper.cell(first, column)}:{paper.cell(last, column).partition('!')[2]}"

        title = language.words(msg("Net pathways gained (right) or lost (left) by branch"))
        chart = paper.book.file.add_chart({"type": "bar"})
        error = {"type": "custom", "plus_values": cells(3), "minus_values": cells(3)}
        chart.add_series(
            {
                "name": f"{title} – {side}",
                "categories": cells(1),
                "values": cells(2),
                "fill": {"color": palette.BLUE},
                "gap": 40,
                "y_error_bars": {**error, "line": {"color": palette.FAINT}},
            }
        )
        chart.set_title({"name": f"{title} – {side}", "name_font": {"size": 11}, "overlay": False})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True, "label_position": "low", "num_font": {"size": 7}, "interval_unit": 1})
        chart.set_x_axis(
            {
                "name": language.words(msg("Bars: one standard error on each side")),
                "name_font": {"size": 8, "bold": False},
                "num_format": "#,##0",
                "num_font": {"size": 8},
                "major_gridlines": {"visible": True, "line": _rule()},
            }
        )
        height = max(260, 19 * sides.count(side) + 110)
        chart.set_size({"width": 620, "height": height})
        paper.sheet.insert_chart(TOP + at, after + 1, chart, {"description": f"{title} – {side}"})
        at += -(-height // 20) + 2
    paper.sheet.fit_to_pages(2, 0)


def _rule() -> dict[str, Any]:
    return {"color": palette.RULE, "width": 0.5}
