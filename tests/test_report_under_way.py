"""A report that starts from requests to date: what is of the opening plan is no decision any more."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from report_findings import tiny

from enveloppe.comparing.question import question_changes
from enveloppe.comparing.stored_side import side_of
from reports.blocks import Chart, Section, Table
from reports.catalogue import language_of
from reports.charts.style import canvases, drawn
from reports.charts.trajectory import Ceiling, Curve, Today, Trajectory, draw_trajectory
from reports.document import _subtitle
from reports.price_sentences import plain
from reports.reading import Found, whole
from reports.sections.binding import binding
from reports.sections.decisions import decisions
from reports.sections.forecast_moved import moved
from reports.sections.headline import headline
from reports.sections.leeway import leeway
from reports.sections.promise import promise
from reports.sections.trajectory import trajectory
from reports.sections.worth import worth
from reports.verdict import verdict
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


def known() -> dict[str, Any]:
    """Findings whose plan knew of the change of the envelope: an unannounced one marks the plan before it too."""
    found = tiny()
    found["scenario"]["events"][0]["announced"] = True
    return found


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("telling", [binding, worth, leeway, promise])
def test_what_is_told_of_the_plan_names_the_opening(telling: Callable[..., Section | None], language: str) -> None:
    """Each section that speaks of the plan says so once requests are known, with the day; before, it does not."""
    before, after = known(), known() | {"forecast": {"as_of": "2021-06-30"}}
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
        for found in (known(), known() | {"forecast": {"as_of": "2021-06-30"}})
    ]
    leads = [plain(table.lead) for table in tables if table is not None]
    assert ["opening" in lead for lead in leads] == [False, True]


CAUSES = {
    "volume_came": -58_240_724, "cost_came": 61_449_940, "decided": -8_536_318, "volume": -117_434_576,
    "mix": 1_226_927, "cost": 34_448_705, "delays": 0,
}  # fmt: skip


@pytest.mark.parametrize(("language", "total"), [("en", "−€871k"), ("fr", "−871 k€")])
def test_what_moved_is_told_in_one_unit_with_its_total(language: str, total: str) -> None:
    """-582 + 614 - 85 - 1,174 + 12 + 344 + 0 = -871 thousand: what the eye adds up is what stands below."""
    change = {
        "since": "2021-05-31",
        "before_cents": 20_344_725_091,
        "after_cents": 20_257_639_045,
        "causes": [{"cause": cause, "cents": cents} for cause, cents in CAUSES.items()],
    }
    assert sum(CAUSES.values()) == 20_257_639_045 - 20_344_725_091
    _, chart, table = moved(Found("", change), language_of(language))
    assert isinstance(table, Table)
    assert isinstance(chart, Chart)
    cells = [plain(row.cells[1]).replace("\u202f", " ").replace("\u00a0", " ") for row in table.rows]
    assert cells[-1] == total
    assert table.rows[-1].total
    digits = [re.sub(r"[^\d−+]", "", cell).replace("−", "-") for cell in cells]
    assert sum(int(digit) for digit in digits[:-1]) == int(digits[-1])
    for picture in (chart.wide, chart.narrow):
        assert "1" in picture
        assert ("174" in picture) == ("174" in " ".join(cells))


def test_another_day_is_another_question() -> None:
    """Beside last time's findings the day and the export are told among what changed in the question."""
    side = tiny() | {"forecast": {"as_of": "2021-06-30", "export": {"file": "r.csv", "sha256": "a" * 64}}}
    other = tiny() | {"forecast": {"as_of": "2021-07-31", "export": {"file": "r.csv", "sha256": "b" * 64}}}
    told = question_changes(side_of(side, {}).question, side_of(other, {}).question)
    assert [(row["key"], row.get("before"), row.get("after")) for row in told] == [
        ("--as-of", "2021-06-30", "2021-07-31"),
        ("--actuals", "r.csv (aaaaaaaaaaaa)", "r.csv (bbbbbbbbbbbb)"),
    ]
    opened = question_changes(side_of(tiny(), {}).question, side_of(side, {}).question)
    assert [row["key"] for row in opened] == ["--as-of", "--actuals"]


def test_what_happened_has_a_dot_a_month_and_words_at_either_side() -> None:
    """Two months over of four: two dots a curve, and both words where there is room; none where there is no past."""

    def picture(today: Today | None) -> str:
        curve = Curve("paid", "4", "#0b4f8c", (1, 2, 3, 4), (1, 2, 3, 4), (1, 2, 3, 4))
        ceiling = Ceiling("envelope", "5", ((0.0, 5.0),))
        shown = Trajectory(4, ((0.0, "Jan"),), (curve,), ceiling, (), ((0.0, "0"), (6.0, "6")), today)
        return drawn("t", "t", "t", canvases(300, 200)[0], partial(draw_trajectory, shown))

    whole_future, half = picture(None), picture(Today(2.0, 2, "Actual", "Projected"))
    assert "Actual" not in whole_future
    assert half.count("Actual") == half.count("Projected") == 1
    assert half.count("<use") - whole_future.count("<use") == 2
    assert "Actual" not in picture(Today(0.1, 0, "Actual", "Projected")), "no room before the first days"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_need_s_three_figures_are_told_apart_where_they_stand(language: str) -> None:
    """Mean in verdict and tile, median at the curve's end, and the one worked out without drawing beside the mean."""
    found = tiny()
    need = found["simulation"]["kpis"]["need_cents"]
    need["mean"], need["p50"] = 19_500_000_000, 19_200_000_000
    chosen = language_of(language)
    tile = str(headline(whole(found), chosen))
    assert {"en": "mean of the runs; median", "fr": "moyenne des tirages"}[language] in tile
    assert "192" in tile
    need["p50"] = 19_500_400_000  # reads as the mean does: nothing is to be told apart
    assert {"en": "mean of the runs", "fr": "moyenne des tirages"}[language] not in str(headline(whole(found), chosen))
    assert {"en": " on average for an envelope", "fr": "atteignent en moyenne"}[language] in plain(
        verdict(whole(found), chosen)
    )
    found["scenario"]["runs"] = 1
    assert {"en": "on average", "fr": "en moyenne"}[language] not in plain(verdict(whole(found), chosen))
    change = {
        "since": "2021-05-31", "before_cents": 20_344_725_091, "after_cents": 20_257_639_045,
        "causes": [{"cause": cause, "cents": cents} for cause, cents in CAUSES.items()],
    }  # fmt: skip
    lead = plain(moved(Found("", change), chosen, Found("", {"mean": 19_500_000_000}))[0].line)  # type: ignore[union-attr]
    assert {"en": "without drawing", "fr": "sans tirage"}[language] in lead
    shown = re.sub(r"[^0-9]", " ", lead.replace("\u202f", "").replace("\u00a0", "").replace(",", "")).split()
    assert {"195000", "203447", "202576"} <= set(shown), "one unit, so that the three can be compared"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_curves_end_in_a_figure_named_as_a_median(language: str) -> None:
    (section,) = (one for one in [trajectory(whole(tiny()), language_of(language))] if one is not None)
    (chart,) = (block for block in section.blocks if isinstance(block, Chart))
    assert {"en": "med. ", "fr": "méd. "}[language] in re.sub("[\u00a0\u202f]", " ", chart.wide)


def test_the_words_beside_today_s_line_stand_clear_of_the_ceiling() -> None:
    """A ceiling just below the top would cross them: they go below it; far from the top they stay."""
    from matplotlib.figure import Figure

    from reports.charts.trajectory import _dip

    curve = Curve("AE", "1", "#000000", (1.0,) * 4, (1.0,) * 4, (1.0,) * 4)
    canvas, _ = canvases(320, 290)
    for amount, dips in ((1.9, True), (1.0, False)):
        shown = Trajectory(
            4, (), (curve,), Ceiling("E", "1.9", ((0.0, amount),)), (), ((0.0, "0"), (2.0, "2")),
            Today(2.0, 2, "Actual", "Projected"),
        )  # fmt: skip
        assert (_dip(shown, canvas, Figure().add_subplot()) > 0) is dips
