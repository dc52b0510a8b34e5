"""What a spreadsheet of another language makes of a number or a date, and how a planner is told of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from workbook_making import changed, row_of, template

from scenarios.loading import load
from scenarios.problems import InputRefused, Problem


def told_of(folder: Path, sheet: str, key: str, typed: Any) -> Problem:
    """The one problem of a template in which one cell holds something else."""
    file = template(folder, "fr")
    wrong = changed(file, {f"{sheet}!C{row_of(file, sheet, key)}": typed})
    with pytest.raises(InputRefused) as refusal:
        load(wrong)
    (problem,) = refusal.value.problems
    assert refusal.value.language == "fr", "a French workbook is refused in French wherever it is read"
    return problem


@pytest.mark.parametrize("typed", ["0,12", "0.12", "12 %", "120 000 €"])
def test_a_number_kept_as_text_is_told_what_to_do_with_the_cell(typed: str, tmp_path: Path) -> None:
    """Advice to write a point would be wrong here: a French spreadsheet takes 0.12 for a text, and 1.5 for a date."""
    problem = told_of(tmp_path, "Demande", "inflow.drop_out_share", typed)
    assert problem.code == "number_as_text"
    assert problem.place.cell.startswith("Demande!C")
    assert typed.replace("\u00a0", " ") in problem.text("fr")
    assert "avec un point" not in problem.text("fr")


def test_a_number_taken_for_a_date_is_told_so(tmp_path: Path) -> None:
    """What a French spreadsheet makes of 1.5: the first of May."""
    problem = told_of(tmp_path, "Demande", "inflow.drop_out_share", date(2026, 5, 1))
    assert problem.code == "number_as_date"
    assert "2026-05-01" in problem.text("en")


@pytest.mark.parametrize("typed", ["31/12/2021", "fin juin"])
def test_a_date_that_the_spreadsheet_does_not_know_for_one_is_told_so(typed: Any, tmp_path: Path) -> None:
    problem = told_of(tmp_path, "Enveloppe", "windows.filing_deadline", typed)
    assert problem.code == "date_in_cell"
    assert str(typed) in problem.text("en")


def test_what_is_no_number_at_all_is_told_as_before(tmp_path: Path) -> None:
    assert told_of(tmp_path, "Demande", "inflow.drop_out_share", "beaucoup").code == "number"
