"""A figure stands under the label that is its own: dates, shares of what, which year, whose money."""

from typing import Any

import pytest
from report_findings import findings, tiny
from report_reading import Page

from reports.blocks import Chart, Table
from reports.catalogue import language_of
from reports.comparison.sides import told_apart
from reports.differences import reading
from reports.envelope_ceiling import ceiling_of
from reports.month_axis import place_of
from reports.page import page
from reports.price_sentences import plain
from reports.reading import whole
from reports.sections.branches import branches
from reports.sections.glossary import glossary
from reports.sections.policy_table import policy_table
from reports.sections.small_companies import small_companies
from reports.sections.trajectory import trajectory
from reports.sections.under_luck import under_luck
from reports.sections.years import years

EN, FR = language_of("en"), language_of("fr")


def lead(section: Any, found: dict[str, Any]) -> str:
    told = section(whole(found), EN)
    return plain(told.lead).replace("\u00a0", " ").replace("\u2060", "")


def test_an_amount_at_the_end_of_a_month_is_not_told_of_a_day_inside_it() -> None:
    """Findings know the ends of months: requests that close on the 15th do not close on the month's figures."""
    found = tiny()
    assert lead(trajectory, found).startswith("When requests close on 31 December 2021, ")
    found["scenario"]["filing_deadline"] = "2021-12-15"
    told = lead(trajectory, found)
    assert told.startswith("At the end of Dec 2021, ")
    assert told.endswith("requests close on 15 December 2021.")


def test_one_branch_is_told_as_one() -> None:
    found = findings([("a", "A", "A", 10)])
    word = {"ok": "on course", "watch": "to watch", "short": "short of money"}
    assert lead(branches, found) == f"A single branch, {word[found['simulation']['branches'][0]['status']]}."


def test_what_counts_as_exhausted_is_the_scenario_s_own() -> None:
    """The glossary once said « half » whatever the scenario declared, under every policy."""

    def told(found: dict[str, Any]) -> str:
        return str(glossary(whole(found), EN).blocks)

    found = tiny()
    assert "hold 99% of what was notified" in told(found)
    found["scenario"]["policy"] = "first_come"
    assert "all draw on one pot" in told(found)
    assert "99%" not in told(found)


def test_credits_are_said_to_be_used_up_only_where_they_mostly_are() -> None:
    """A euro due and unpaid in one run of a hundred leaves no flat curve."""
    found = tiny()
    year = next(row for row in found["simulation"]["years"] if row["due_unpaid_cents"]["mean"] > 0)
    assert "its credits are used up" in lead(years, found)
    year["due_unpaid_cents"]["p50"] = 0
    assert "its credits are used up" not in lead(years, found)
    assert "In fewer than half of the runs" in lead(years, found)


def test_support_of_pay_is_not_said_to_be_small_companies_alone() -> None:
    """Elsewhere companies of every size may be entitled to it: the caption names both."""
    section = small_companies(whole(tiny()), EN)
    assert section is not None
    table = next(block for block in section.blocks if isinstance(block, Table) and block.key == "under50")
    assert "support of pay" in table.caption
    assert "whatever its size" in plain(table.note)


def test_a_row_of_policies_keeps_its_policy_on_a_telephone() -> None:
    """Two policies that sit every month once bore the same label."""
    found = tiny()
    rows = found["uncertainty"]["policies"]["rows"]
    for row, policy in zip(rows, ("pro_rata", "reoptimise"), strict=False):
        row |= {"policy": policy, "calendar": "month"}
    section = policy_table(whole(found), EN)
    assert section is not None
    chart = next(block for block in section.blocks if isinstance(block, Chart))
    for name in ("queue, monthly", "solved, monthly"):
        assert chart.narrow.count(f">{name}<") == 1


def test_lines_of_a_plan_for_luck_bear_names_and_no_codes() -> None:
    found = tiny()
    line = found["plan"]["lines"][0]["line"]
    section = under_luck(whole(found), FR)
    assert section is not None
    assert line not in page(found, "fr").split('id="table-luck-lines"')[1].split("</table>")[0]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_last_million_is_told_as_the_last_and_not_as_the_next(language: str) -> None:
    """`pathways_per_million` is the rise from the point before (docs/findings.md)."""
    text = "\n".join(Page(page(tiny(), language)).lines)
    assert ("The last million brings" if language == "en" else "Le dernier million apporte") in text


def test_a_stroke_of_the_base_scenario_is_never_left_out_because_it_lies_far_away() -> None:
    """The axis of fitted values holds the base's too: where the two differ most is what a reader looks for."""
    from reports.forecast.fits import _chart

    rows = [
        {"name": "branch_part", "subject": code, "unit": "share", "value": 0.1, "low": 0.05, "high": 0.2, "base": base}
        for code, base in (("a", 0.1), ("b", 0.9))
    ]
    chart = _chart("parts", "branch_part", [whole(row) for row in rows], lambda _, code: code, EN)
    assert "100%" in chart.wide
    assert "a 10.0%" in chart.description


def test_the_envelope_steps_in_the_forecast_too() -> None:
    """The chart of what has come once drew the opening's envelope to the end, whatever was added to it."""
    found = tiny()
    months = [month["month"] for month in found["simulation"]["months"]]
    change = found["scenario"]["events"][0]["amount_cents"]
    ceiling = ceiling_of(months, whole(found), EN)
    opened = found["plan"]["envelope_cents"]
    assert [amount for _, amount in ceiling.steps] == [opened / 1e8, (opened + change) / 1e8]
    assert len(ceiling.changes) == 1
    found["scenario"]["events"] = [dict(found["scenario"]["events"][0]) for _ in range(5)]
    assert len(ceiling_of(months, whole(found), EN).value) < 12, (
        "five changes are no longer a sum at the end of the line"
    )


@pytest.mark.parametrize(
    ("day", "end", "place"),
    [("2021-01-01", False, 0), ("2021-02-28", True, 2), ("2020-12-31", True, 0), ("2022-01-16", False, 12 + 15 / 31)],
)
def test_a_day_stands_where_it_is_in_its_month(day: str, end: bool, place: float) -> None:
    assert place_of(day, "2021-01", end=end) == pytest.approx(place)


def test_sides_whose_titles_begin_alike_are_told_by_what_differs() -> None:
    """Three shipped scenarios begin with the same five words, and a drawing has room for no more."""
    titles = ["The agreement of 2021, as planned", "The agreement of 2021, cut by half", "The agreement of 2021"]
    assert told_apart(titles[:2]) == ["as planned", "cut by half"]
    assert told_apart(titles) == ["2021, as planned", "2021, cut by half", "2021"]
    assert told_apart(["A", "B c"]) == ["A", "B c"]
    assert told_apart(["same", "same"]) == ["same", "same"]
    assert told_apart(["alone here"]) == ["alone here"]


@pytest.mark.parametrize(("share", "text"), [(0.07, "7%"), (0.29, "29%"), (0.075, "7.5%"), (1.1, "110%"), (0, "0%")])
def test_a_declared_share_has_the_places_it_was_written_with(share: float, text: str) -> None:
    """0.07 times a hundred is 7.000000000000001: it once read 7.0%."""
    from reports.sections.assumptions import _value

    assert plain(_value(whole({"value": share})["value"], "share", EN)) == text


def test_a_difference_that_is_none_is_not_told_as_unsure() -> None:
    same = whole({"mean": 0, "se": 0})
    assert reading(same, EN).word == "the same"
    assert reading(whole({"mean": 0.5, "se": 1}), EN).word == "not established"
    assert reading(whole({"mean": 0}), EN).word == "not established", "one run alone says nothing"


def test_english_has_no_space_before_per_cent_and_french_a_narrow_one() -> None:
    text = "Dots: the share of the runs; bars: its 95 % interval (Wilson), narrower with more runs."
    assert "95%" in EN.words(text)
    assert "95\u202f%" in FR.words(text)


def test_a_small_error_of_days_is_no_error_of_none() -> None:
    """A difference of a tenth of a day with an error of 0.0 looked certain."""
    from reports.showing import show_by_unit

    assert show_by_unit(whole({"se": 0.034})["se"], "days", EN, error=True).text == "0.03\u00a0d"
    assert show_by_unit(whole({"se": 0.34})["se"], "days", EN, error=True).text == "0.3\u00a0d"
