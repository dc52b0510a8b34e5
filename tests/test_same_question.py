"""Whether two findings answer the same question: gates, runs into a folder, and comparisons mean the same by it."""

from typing import Any

import pytest

from enveloppe.comparing.stored_side import ASKED, side_of
from enveloppe.same_question import READ, same_question, to_date


def findings(**export: Any) -> dict[str, Any]:
    columns = [{"field": "filed", "heading": "date"}]
    told = {"file": "requests.csv", "sha256": "a" * 64, "columns": columns, "set_aside_limit": 0.05, **export}
    as_of = told.pop("as_of", "2021-06-30")
    return {
        "scenario": {"hash": "h", "policy": "fixed"},
        "simulation": {"kpis": {}},
        "assumptions": [],
        "forecast": {"as_of": as_of, "export": told},
    }


OTHERS: dict[str, Any] = {
    "as_of": "2021-07-31",
    "sha256": "b" * 64,
    "map_sha256": "c" * 64,
    "sheet": "Juin",
    "columns": [{"field": "filed", "heading": "depot"}],
    "set_aside_limit": 0.1,
    "mended_limit": 0.2,
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_makes_another_question_is_told_by_a_comparison_too(name: str) -> None:
    """A gate never takes for the same what a comparison shows as changed, nor the other way round."""
    one, other = findings(), findings(**{name: OTHERS[name]})
    assert not same_question(one, other)
    before, after = (side_of(each, {}).question for each in (one, other))
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    assert changed == [ASKED[name]]


def test_every_part_of_the_question_is_tried_here_and_has_a_name() -> None:
    assert set(OTHERS) == set(ASKED) == {"as_of", *READ}


def test_what_was_found_in_an_export_and_its_name_are_no_question() -> None:
    one, other = findings(rows=10, set_aside=1), findings(rows=11, set_aside=2, unused_columns=["x"])
    assert same_question(one, other)
    assert to_date(one) == to_date(other)


def test_the_scenario_counts_and_a_scheme_under_way_is_not_one_at_its_opening() -> None:
    one = findings()
    assert not same_question(one, {**one, "scenario": {"hash": "other"}})
    opening = {key: value for key, value in one.items() if key != "forecast"}
    assert same_question(opening, opening)
    assert not same_question(one, opening)
    assert to_date(opening) == {}
