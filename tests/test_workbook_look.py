"""A workbook of results is read as it opens: texts whole, wide tables on several sheets, a chart a side."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from report_figures import difference, estimate
from report_findings import tiny

from reports.comparison.document import comparison_document
from reports.document import document_of
from reports.workbook.comparison import comparison_book
from reports.workbook.paper import MOST_TEXT, PAGE_WIDTH, TOP
from reports.workbook.results import results_of


def opened(language: str = "en") -> Any:
    found = tiny()
    return load_workbook(BytesIO(results_of(found, document_of(found, language))))


def test_a_column_of_texts_is_as_wide_as_its_longest() -> None:
    """Thirty letters once cut the names of branches and of quantities."""
    book = opened()
    for name in ("Quantities", "Branches", "Lines"):
        sheet = book[name]
        texts = [str(cell.value) for cell in sheet["A"][TOP + 1 :] if isinstance(cell.value, str)]
        longest = max((len(text) for text in texts), default=0)
        assert sheet.column_dimensions["A"].width >= min(longest, MOST_TEXT), name


def test_a_wide_table_is_printed_on_several_sheets_that_each_bear_its_first_column() -> None:
    """Nineteen columns on one sheet of A4 were letters of half a millimetre."""
    for sheet in opened().worksheets[1:]:
        width = sum(
            dimension.width * (dimension.max - dimension.min + 1) for dimension in sheet.column_dimensions.values()
        )
        assert int(sheet.page_setup.fitToWidth or 1) * PAGE_WIDTH >= width - 20, sheet.title
        assert sheet.print_title_cols == "$A:$A", sheet.title
        assert sheet.print_title_rows == f"${TOP + 1}:${TOP + 1}", sheet.title


def test_a_text_at_the_right_of_a_number_keeps_its_distance() -> None:
    sheet = opened()["Branches"]
    last = sheet.max_column
    assert sheet.cell(TOP + 2, last).alignment.indent == 1
    assert sheet.cell(TOP + 1, last).alignment.indent == 1


def compared() -> dict[str, Any]:
    """Three sides over three branches."""
    found = tiny()
    sides = [
        {
            "name": name, "title_fr": name, "title_en": name, "hash": "0" * 64, "seed": 1, "runs": 100,
            "policy": "fixed", "overrides": {}, "kpis": {"pathways_net": estimate(100.0 + at, "pathways")},
        }
        for at, name in enumerate(("one", "two", "three"))
    ]  # fmt: skip
    branches = [
        {"branch": row["branch"], "pathways_net": difference(10.0 * at - 5, 1.0, "pathways")}
        for at, row in enumerate(found["scenario"]["branches"])
    ]
    comparisons = [
        {
            "side": side, "common_luck": True, "question": [], "branches": branches, "size_groups": [],
            "kpis": {"pathways_net": difference(float(side), 0.1, "pathways")},
        }
        for side in (1, 2)
    ]  # fmt: skip
    return {"schema": 1, "scenario": found["scenario"], "sides": sides, "comparisons": comparisons}


def test_a_comparison_draws_its_branches_once_a_side_from_its_own_rows() -> None:
    comparison = compared()
    book = load_workbook(BytesIO(comparison_book(comparison, comparison_document(comparison, "en"))))
    sheet = book["Branches"]
    charts = sheet._charts
    assert len(charts) == 2
    rows = [(sheet.cell(row, 1).value, sheet.cell(row, 3).value) for row in range(TOP + 2, TOP + 8)]
    assert [side for side, _ in rows] == ["B"] * 3 + ["C"] * 3
    assert [value for _, value in rows[:3]] == sorted((value for _, value in rows[:3]), reverse=True)
    spans = [chart.series[0].val.numRef.f for chart in charts]
    assert spans == [f"'Branches'!$C${TOP + 2}:$C${TOP + 4}", f"'Branches'!$C${TOP + 5}:$C${TOP + 7}"]
