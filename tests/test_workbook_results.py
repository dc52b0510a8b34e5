"""The results as a workbook: the figures of the findings, formulas that hold, names that stay names."""

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from report_findings import HOSTILE, estimate, findings, tiny
from workbook_making import recalculated, same_value

from enveloppe.pipeline import travel
from reports.document import document_of
from reports.reading import whole
from reports.workbook.book import LONGEST_TEXT
from reports.workbook.results import results_of, results_with_places
from scenarios.loading import load

TINY = str(Path(__file__).parent / "questions" / "tiny.yaml")


@pytest.fixture(scope="module")
def lived() -> dict[str, Any]:
    """Findings of a real trip, whose sheets must close."""
    return travel(load(TINY, ("runs=6", "committee.rivals=[fixed]"))).findings


def written(found: dict[str, Any], folder: Path, language: str = "en") -> tuple[Path, list[Any]]:
    data, placed = results_with_places(found, document_of(found, language))
    file = folder / "report.xlsx"
    file.write_bytes(data)
    return file, placed


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_number_in_a_cell_is_the_number_in_the_findings(
    lived: dict[str, Any], language: str, tmp_path: Path
) -> None:
    for found in (lived, tiny()):
        file, placed = written(found, tmp_path, language)
        sheets = {
            name: sheet.to_python(skip_empty_area=False)
            for name, sheet in ((n, CalamineWorkbook.from_path(str(file)).get_sheet_by_name(n)) for n in _names(file))
        }
        assert len(placed) > 300
        for place in placed:
            cell, value = sheets[place.sheet][place.row][place.column], whole(found)[place.path].value
            if isinstance(value, str):
                assert value in (str(cell), str(cell)[:10]), place
            elif isinstance(value, int) and place.scale == 100:
                assert round(cell * 100) == value, place
            elif not isinstance(value, list):
                assert cell * place.scale == pytest.approx(value, rel=1e-14), place


def _names(file: Path) -> list[str]:
    return list(CalamineWorkbook.from_path(str(file)).sheet_names)


def test_the_headline_quantities_are_all_there(lived: dict[str, Any], tmp_path: Path) -> None:
    _, placed = written(lived, tmp_path)
    paths = {place.path for place in placed}
    for name in lived["simulation"]["kpis"]:
        assert f"simulation.kpis.{name}.mean" in paths
    for number in range(len(lived["simulation"]["months"])):
        assert f"simulation.months[{number}].need_cents.p90" in paths
    for number in range(len(lived["plan"]["lines"])):
        assert f"plan.lines[{number}].notified_cents" in paths


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_checks_hold_on_a_real_trip_and_fail_when_a_figure_is_wrong(
    lived: dict[str, Any], language: str, tmp_path: Path
) -> None:
    def truths(found: dict[str, Any]) -> list[Any]:
        file, _ = written(found, tmp_path, language)
        sheet = load_workbook(file, data_only=True)["Contrôles" if language == "fr" else "Checks"]
        return [row[0].value for row in sheet.iter_rows(min_row=6, min_col=5, max_col=5) if row[0].value is not None]

    held = truths(lived)
    assert len(held) > 20
    assert all(held)
    lines = [dict(line) for line in lived["plan"]["lines"]]
    lines[0]["notified_cents"] += 1
    wrong = truths({**lived, "plan": {**lived["plan"], "lines": lines}})
    assert wrong[0] is False
    assert wrong[-1] is False


def test_totals_are_formulas_with_the_value_of_the_findings(lived: dict[str, Any], tmp_path: Path) -> None:
    file, _ = written(lived, tmp_path)
    formulas, values = load_workbook(file)["Lines"], load_workbook(file, data_only=True)["Lines"]
    last = formulas.max_row
    assert formulas.cell(last, 4).value.startswith("=SUBTOTAL(109,")
    assert round(values.cell(last, 4).value * 100) == sum(line["notified_cents"] for line in lived["plan"]["lines"])
    assert formulas.auto_filter.ref
    assert formulas.freeze_panes == "B6"


def test_the_same_findings_give_the_same_bytes(lived: dict[str, Any]) -> None:
    for language in ("fr", "en"):
        one, other = (results_of(lived, document_of(lived, language)) for _ in range(2))
        assert one == other
        assert b"2021-01-01T00:00:00Z" in _part(one, "docProps/core.xml")


def _part(data: bytes, name: str) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def test_charts_are_native_and_described(lived: dict[str, Any], tmp_path: Path) -> None:
    file, _ = written(lived, tmp_path)
    assert len(load_workbook(file)["Summary"]._charts) == 4
    assert _part(file.read_bytes(), "xl/drawings/drawing1.xml").count(b"descr=") == 4


@pytest.mark.parametrize(
    "name",
    ["=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", HOSTILE, "\u202eabc", "x" * 10_000, "https://example.org", "[/x]"],
)
def test_hostile_names_are_texts_and_nothing_else(name: str, tmp_path: Path) -> None:
    found = findings([("metallurgie", "Métallurgie", "Metal", 3), ("odd", name, name, 2)])
    found["assumptions"].append({"key": "odd", "value": name, "source": "=1+1" + name * 4, "kind": "sourced"})
    for language in ("fr", "en"):
        file, _ = written(found, tmp_path, language)
        book = load_workbook(file)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.hyperlink is None
                    if cell.data_type == "f":
                        assert re.match(r"=(SUBTOTAL\(|SUM\(|ABS\(|AND\(|'|[0-9.]+\+)", str(cell.value))
                        assert "cmd" not in str(cell.value)
                    elif isinstance(cell.value, str):
                        assert len(cell.value) <= LONGEST_TEXT
        assert (
            any(
                cell.value and name[:20].strip("\u202e") in str(cell.value)
                for cell in book["Lines" if language == "en" else "Lignes"]["B"]
            )
            or language == "fr"
        )


@pytest.mark.deep
@pytest.mark.parametrize("language", ["fr", "en"])
def test_libreoffice_computes_every_formula_to_its_cached_value(
    lived: dict[str, Any], language: str, tmp_path: Path
) -> None:
    file, _ = written(lived, tmp_path, language)
    formulas = recalculated(file, tmp_path)
    assert len(formulas) > 50
    assert [(place, cached, again) for place, cached, again in formulas if not same_value(cached, again)] == []


def test_what_stands_behind_the_committee_s_page_has_its_sheets(lived: dict[str, Any], tmp_path: Path) -> None:
    """Flow, fairness, waiting, decisions, calibration, and cash where the State pays by instalments."""
    found = {
        **lived,
        "simulation": {
            **lived["simulation"],
            "cash": [
                {
                    "month": "2021-01",
                    "received_cents": 4_000_000,
                    **{f"{name}_cents": estimate(3e6, "cents") for name in ("paid", "due_unpaid", "left")},
                }
            ],
        },
        "calibration": tiny()["calibration"],
    }
    file, placed = written(found, tmp_path)
    sheets = load_workbook(file, data_only=True)
    assert {"Flow", "Fairness", "Waiting", "Cash", "Calibration"} <= set(sheets.sheetnames)
    assert ("Decisions" in sheets.sheetnames) == bool(lived["simulation"]["decisions"])
    paths = {place.path for place in placed}
    assert "simulation.cash[0].left_cents.p90" in paths
    assert "simulation.branches[0].kpis.served_share.p10" in paths
    assert "calibration[1].reached" in paths
    told = [row[1].value for row in sheets["Fairness"].iter_rows(min_row=6, max_row=8)]
    served = [value for value in told if value is not None]
    assert len(served) > 1
    assert served == sorted(served), "the least served first"
