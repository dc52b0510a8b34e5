"""A report that starts from requests to date: what is of the opening plan is no decision any more."""

from collections.abc import Callable

import pytest
from report_findings import tiny

from reports.blocks import Section
from reports.catalogue import language_of
from reports.document import _subtitle
from reports.price_sentences import plain
from reports.reading import Found, whole
from reports.sections.binding import binding
from reports.sections.decisions import decisions
from reports.sections.leeway import leeway
from reports.sections.promise import promise
from reports.sections.worth import worth
from reports.workbook.result_sheets import SHEETS


def told(findings: Found, language: str) -> str:
    section = decisions(findings, language_of(language))
    lines = [] if section is None else [line for block in section.blocks for line in block.lines]  # type: ignore[union-attr]
    return " ".join(plain(line) for line in lines)


@pytest.mark.parametrize(
    ("language", "floor", "day"), [("en", "Lifting", "30 June 2021"), ("fr", "Lever", "30 juin 2021")]
)
def test_prices_of_the_opening_are_no_decisions_once_requests_are_known(language: str, floor: str, day: str) -> None:
    before, after = tiny(), tiny() | {"forecast": {"as_of": "2021-06-30"}}
    assert floor in told(whole(before), language)
    assert floor not in told(whole(after), language)
    section = binding(whole(after), language_of(language))
    assert section is not None
    assert ("opening" if language == "en" else "ouverture") in plain(section.lead)
    assert plain(_subtitle(whole(after), language_of(language))).replace("\u00a0", " ").endswith(day)
    assert day not in plain(_subtitle(whole(before), language_of(language)))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("telling", [binding, worth, leeway, promise])
def test_what_is_told_of_the_plan_names_the_opening(telling: Callable[..., Section | None], language: str) -> None:
    """Each section that speaks of the plan says so once requests are known, with the day; before, it does not."""
    before, after = tiny(), tiny() | {"forecast": {"as_of": "2021-06-30"}}
    word = "opening" if language == "en" else "ouverture"
    plainly, marked = (telling(whole(found), language_of(language)) for found in (before, after))
    assert plainly is not None
    assert marked is not None
    assert "2021" in plain(marked.lead)
    assert word in plain(marked.lead)
    assert word not in plain(plainly.lead)


def test_the_workbook_s_lines_name_the_opening_too() -> None:
    """The sheet that holds the plan line by line."""
    (sheet,) = (one for one in SHEETS if one.name == "Lines")
    tables = [
        sheet.table(whole(found), language_of("en"))
        for found in (tiny(), tiny() | {"forecast": {"as_of": "2021-06-30"}})
    ]
    leads = [plain(table.lead) for table in tables if table is not None]
    assert ["opening" in lead for lead in leads] == [False, True]
