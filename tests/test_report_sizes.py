"""Schemes of every size: two hundred branches fit on paper, fifty thousand euros are no column of zeros."""

import re
from typing import Any

import pytest
from report_findings import findings, tiny

from reports.blocks import Block, Chart, Folded, Table
from reports.catalogue import language_of
from reports.document import Document, document_of
from reports.most_drawn import MOST, outer_rows
from reports.names import LONGEST_NAME, branch_name
from reports.price_sentences import plain
from reports.reading import whole
from reports.sections.flow import flow
from reports.table_unit import table_unit

A4_MILLIMETRES, SHARE = 272, 0.84 * 186
"""What a sheet leaves below a heading, and how wide a chart is set."""


def blocks_of(document: Document) -> list[Block]:
    told: list[Block] = []
    for section in (*document.sheet, *document.sections):
        for block in section.blocks:
            told.extend((block, *(block.blocks if isinstance(block, Folded) else ())))
    return told


def test_no_drawing_is_longer_than_a_sheet_and_what_is_left_out_is_said() -> None:
    """Two hundred branches once ran off the foot of the page, unseen."""
    many = findings([(f"b{at}", f"Branche {at}", f"Branch {at}", 1_000 + at) for at in range(200)])
    charts = [block for block in blocks_of(document_of(many, "en")) if isinstance(block, Chart)]
    for chart in charts:
        box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', chart.wide)
        assert box is not None
        assert float(box[2]) / float(box[1]) * SHARE <= A4_MILLIMETRES, chart.key
    said = [chart.key for chart in charts if "40 of 200 branches are drawn" in plain(chart.note)]
    assert "fairness" in said
    assert any(key.startswith("rivals") for key in said)


def test_both_ends_are_kept_where_both_matter() -> None:
    rows = list(range(100))
    assert outer_rows(rows) == [*range(20), *range(80, 100)]
    assert outer_rows(rows[:MOST]) == rows[:MOST]


def cut_down(value: Any, by: int) -> Any:
    """Findings with every amount divided."""
    if isinstance(value, dict):
        if value.get("unit") == "cents":
            return {key: round(part / by) if isinstance(part, int | float) else part for key, part in value.items()}
        return {
            key: round(part / by) if key.endswith("_cents") and isinstance(part, int | float) else cut_down(part, by)
            for key, part in value.items()
        }
    return [cut_down(part, by) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("by", "unit"), [(1, "€M"), (30, "€k"), (3_000, "€")])
def test_a_table_has_the_unit_of_its_envelope(by: int, unit: str) -> None:
    """150 M€, 5 M€ and 50 k€: in each the largest branch has at least three digits and a note says the unit."""
    found = cut_down(tiny(), by)
    assert table_unit(whole(found), language_of("en")).name == unit
    tables = {block.key: block for block in blocks_of(document_of(found, "en")) if isinstance(block, Table)}
    branches = tables["branches"]
    assert f"Amounts in {unit};" in plain(branches.note)
    notified = next(at for at, column in enumerate(branches.columns) if column.title == "Notified")
    assert len(re.sub(r"\D", "", plain(branches.rows[0].cells[notified]))) >= 3
    assert f"in {unit}" in tables["years"].caption
    assert float(plain(tables["years"].rows[0].cells[2]).replace(",", "")) > 0


def test_a_name_is_cut_where_no_reader_follows_it() -> None:
    found = findings([("a", "très " * 2_000, "very " * 2_000, 10)])
    name = branch_name("a", whole(found), language_of("en")).text
    assert len(name) <= LONGEST_NAME
    assert name.endswith("very…")


def test_less_than_nothing_is_told_by_its_figure_and_a_cut_envelope_by_a_sentence() -> None:
    """Over-programming may leave less than nothing uncommitted: the bands still close, and none turns upside down."""
    found = tiny()
    kpis = found["simulation"]["kpis"]
    for name in ("management_fee_cents", "lapsed_cents", "unspent_cents"):
        kpis.setdefault(name, dict(kpis["committed_cents"]))
    kpis["unspent_cents"] = dict(kpis["unspent_cents"]) | {"mean": -300_000_000}
    kpis["shortfall_cents"] = dict(kpis["committed_cents"]) | {"mean": 500_000_000}
    section = flow(whole(found), language_of("en"))
    assert section is not None
    chart = next(block for block in section.blocks if isinstance(block, Chart))
    assert "−€3.0M" in chart.wide
    assert "hold €5.0M more than there is" in plain(chart.note)
