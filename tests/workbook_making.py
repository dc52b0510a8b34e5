"""Workbooks made, changed and recalculated for tests."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from waiting import SLOW_SECONDS

from reports.workbook.plan import plan_workbook
from scenarios.extending import resolve, starting_tree
from scenarios.ordering import in_order

SOFFICE = shutil.which("soffice")
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
"""LibreOffice believes cached values unless told to compute all of them again."""


def template(folder: Path, language: str = "en") -> Path:
    """The planner's template, as `enveloppe new --workbook` writes it."""
    file = folder / "plan.xlsx"
    file.write_bytes(plan_workbook(in_order(starting_tree(language)), language))
    return file


def workbook_of(question: str, folder: Path, language: str = "en") -> str:
    """A scenario as a workbook."""
    file = folder / "same.xlsx"
    file.write_bytes(plan_workbook(in_order(resolve(question)), language))
    return str(file)


def changed(file: Path, cells: dict[str, Any], name: str = "mine.xlsx") -> str:
    """The workbook with other values in some cells, "Sheet!B7"."""
    book = load_workbook(file)
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value
    other = file.with_name(name)
    book.save(other)
    return str(other)


def row_of(file: Path, sheet: str, key: str) -> int:
    """The first row whose first cell is a key."""
    for row in load_workbook(file)[sheet].iter_rows(min_col=1, max_col=1):
        if row[0].value == key:
            return int(row[0].row)
    raise KeyError(key)


def recalculated(file: Path, folder: Path) -> list[tuple[str, Any, Any]]:
    """Every formula of a workbook: its place, its cached value, what LibreOffice makes of it."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not on this machine: formulas were not recalculated")
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    out = folder / "recalculated"
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(out),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=SLOW_SECONDS,
    )
    formulas, cached = load_workbook(file), load_workbook(file, data_only=True)
    again = load_workbook(out / file.name, data_only=True)
    found = []
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    place = (sheet.title, cell.coordinate)
                    values = (book[place[0]][place[1]].value for book in (cached, again))
                    found.append(("!".join(place), *values))
    return found


def same_value(one: Any, other: Any) -> bool:
    """Equal, or equal but for the last bits of a sum."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return (one or "") == (other or "")
