"""The first sheet of the results: the verdict, the headline figures, charts that the spreadsheet draws itself."""

from typing import Any

from reports import palette
from reports.blocks import Tiles
from reports.catalogue import msg
from reports.document import Document
from reports.names import KPIS, kpi_name, unit_of
from reports.price_sentences import plain
from reports.reading import Found
from reports.workbook.paper import FORM_OF_UNIT, Form, Paper
from reports.workbook.result_sheets import BY_BRANCH

HEADLINE = (
    "pathways_committed",
    "pathways_net",
    "target_reached",
    "need_cents",
    "committed_cents",
    "paid_cents",
    "unmet_need_cents",
    "overrun",
    "exhausted",
    "mean_cost_cents",
    "under50_pathway_share",
    "served_share_min",
)
"""The quantities told on the first sheet, where the findings have them."""
FIRST = 7
CHART_ROWS = 18
LEFT, RIGHT = (0, 530), (540, 370)
"""Where the two upper charts stand: offset and width, in pixels."""


def summary(
    paper: Paper, papers: dict[str, Paper], findings: Found, document: Document, verdict: tuple[str, bool]
) -> None:
    """Write the first sheet.

    Args:
        paper: the sheet.
        papers: the other sheets, by their names.
        findings: all that was found out.
        document: the same as a report, for its words.
        verdict: the cell that says whether all checks hold, and what it says.
    """
    language, sheet, style = document.language, paper.sheet, paper.book.style
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 4, 20)
    sheet.merge_range(0, 0, 0, 4, document.title, style(bold=True, font_size=18, font_color=palette.BLUE))
    sheet.set_row(0, 28)
    sheet.merge_range(1, 0, 1, 4, plain(document.subtitle), style(font_color=palette.MUTED))
    sheet.merge_range(
        2,
        0,
        2,
        4,
        plain(document.verdict),
        style(font_size=13, text_wrap=True, bg_color=palette.PANEL, valign="vcenter"),
    )
    sheet.set_row(2, 76)
    sheet.write_string(4, 0, language.words(msg("All checks hold")), style(bold=True))
    truth = paper.style("text", bold=True, align="left")
    sheet.write_formula(4, 1, f"={verdict[0]}", truth, verdict[1])
    heads = (msg("Quantity"), msg("Mean"), msg("P10"), msg("P90"), msg("Standard error"))
    for across, title in enumerate(heads):
        sheet.write_string(FIRST - 1, across, language.words(title), paper.head("price" if across else "text"))
    at = FIRST
    for name in HEADLINE:
        estimate = findings.get(f"simulation.kpis.{name}")
        if estimate is None:
            continue
        paper.write(at, 0, kpi_name(name, language), "text", bold=name == HEADLINE[0])
        unit = unit_of(name, estimate)
        form: Form = "euros" if unit == "cents" else FORM_OF_UNIT.get(unit, "price")
        for across, part in enumerate(("mean", "p10", "p90", "se"), start=1):
            # What happens or not has ends of 0 or 1, which say nothing.
            told = None if part in ("p10", "p90") and unit == "probability" else estimate.get(part)
            paper.write(at, across, told, form)
        at += 1
    at = _tiles(paper, document, at + 1)
    _charts(paper, papers, findings, document, at + 1)


def _tiles(paper: Paper, document: Document, at: int) -> int:
    """The headline figures as the page tells them."""
    tiles = [block for block in document.headline.blocks if isinstance(block, Tiles)] if document.headline else []
    style = paper.book.style
    for across, tile in enumerate(tile for block in tiles for tile in block.tiles):
        if across > 4:
            break
        value = style(bold=True, font_size=14, font_color=palette.BLUE, top=2, top_color=palette.BLUE, align="left")
        paper.sheet.write_string(at, across, plain(tile.value), value)
        paper.sheet.write_string(at + 1, across, tile.label, style(text_wrap=True))
        notes = "\n".join(plain(note) for note in tile.notes)
        paper.sheet.write_string(at + 2, across, notes, style(text_wrap=True, font_size=9, font_color=palette.MUTED))
    paper.sheet.set_row(at + 1, 30)
    paper.sheet.set_row(at + 2, 42)
    return at + 3


def _charts(paper: Paper, papers: dict[str, Paper], findings: Found, document: Document, at: int) -> None:
    language = document.language
    months, branches, years = (papers.get(name) for name in ("Months", "Branches", "Years"))
    if months is not None:
        chart = paper.book.file.add_chart({"type": "line"})
        for number, (title, colour) in enumerate(
            (
                (msg("Need"), palette.PLUM),
                (msg("Committed (AE)"), palette.BLUE),
                (msg("Paid (CP)"), palette.SLATE),
                (msg("Envelope"), palette.CEILING),
            )
        ):
            column = 1 + 6 * number + (3 if number < 3 else 0)
            chart.add_series(
                {
                    "name": language.words(title),
                    "categories": f"={months.span(0)}",
                    "values": f"={months.span(column)}",
                    "line": {"color": colour, "width": 2.25 if number < 3 else 1.25},
                }
            )
        _placed(chart, language.words(msg("Need, commitments (AE) and payments (CP), cumulative")), paper, at, LEFT)
    if branches is not None:
        _bars(paper, branches, findings, document, at + CHART_ROWS)
    if years is not None:
        chart = paper.book.file.add_chart({"type": "column"})
        for column, title, colour in (
            (1, msg("Payment credits (CP)"), palette.FAINT),
            (2, msg("Payments needed"), palette.PLUM),
            (4, msg("Paid"), palette.SLATE),
        ):
            chart.add_series(
                {
                    "name": language.words(title),
                    "categories": f"={years.span(0)}",
                    "values": f"={years.span(column)}",
                    "fill": {"color": colour},
                }
            )
        _placed(chart, language.words(msg("Payments and fiscal years")), paper, at, RIGHT)


def _bars(paper: Paper, branches: Paper, findings: Found, document: Document, at: int) -> None:
    """Two charts of the branches: shares, that small and large can be compared, and money on an axis by tens."""
    language = document.language
    parts = list(findings.items("simulation.branches"))
    kept = [name for name in BY_BRANCH if any(part.get(f"kpis.{name}") is not None for part in parts)]
    height = max(260, 20 * len(parts) + 110)
    share = {"num_format": "0%", "min": 0, "max": 1}
    money = {"num_format": f'#,##0,"  k{paper.sign}"', "log_base": 10, "min": 1_000}
    for spot, title, axis, series in (
        (
            (0, 460),
            msg("Share of pathways asked for that are served, by branch"),
            share,
            (("served_share", palette.BLUE),),
        ),
        (
            (470, 440),
            msg("Money by branch (each step of the axis is ten times the last)"),
            money,
            (
                ("need_cents", palette.PLUM),
                ("notified_cents", palette.FAINT),
                ("committed_cents", palette.BLUE),
            ),
        ),
    ):
        told = [(name, colour) for name, colour in series if name in kept]
        if not told:
            continue
        chart = paper.book.file.add_chart({"type": "bar"})
        for name, colour in told:
            chart.add_series(
                {
                    "name": language.words(KPIS[name]),
                    "categories": f"={branches.span(0)}",
                    "values": f"={branches.span(1 + kept.index(name))}",
                    "fill": {"color": colour},
                    "gap": 40,
                }
            )
        chart.set_y_axis({"reverse": True, "num_font": {"size": 7}, "interval_unit": 1})
        chart.set_x_axis({"num_font": {"size": 8}, **axis, **_quiet()})
        chart.set_title({"name": language.words(title), "name_font": {"size": 11}, "overlay": False})
        chart.set_legend({"none": True} if len(told) == 1 else {"position": "bottom"})
        chart.set_size({"width": spot[1], "height": height})
        paper.sheet.insert_chart(at, 0, chart, {"description": language.words(title), "x_offset": spot[0]})


def _placed(chart: Any, title: str, paper: Paper, at: int, spot: tuple[int, int]) -> None:
    offset, width = spot
    chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"num_format": f'#,##0,,"  M{paper.sign}"', "num_font": {"size": 8}, **_quiet()})
    chart.set_x_axis({"num_font": {"size": 8}, "interval_unit": 3 if spot == LEFT else 1})
    chart.set_size({"width": width, "height": 320})
    paper.sheet.insert_chart(at, 0, chart, {"description": title, "x_offset": offset})


def _quiet() -> dict[str, Any]:
    return {"major_gridlines": {"visible": True, "line": {"color": palette.RULE, "width": 0.5}}}
