"""A report that starts from requests to date: what is of the opening plan is no decision any more."""

import pytest
from report_findings import tiny

from reports.catalogue import language_of
from reports.document import _subtitle
from reports.price_sentences import plain
from reports.reading import Found, whole
from reports.sections.binding import binding
from reports.sections.decisions import decisions


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
