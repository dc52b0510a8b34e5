"""The report of a sweep: small multiples and a table, in both languages, whatever values are called."""

import re
from typing import Any

import pytest
from report_reading import Page

from reports.catalogue import language_of
from reports.reading import whole
from reports.sweep.document import LONGEST, sweep_document
from reports.sweep.multiples import MOST_PLACES, euros, panel_of
from reports.sweep.writing import sweep_forms

HOSTILE = "$x<script>alert(1)</script>"


def variant(number: int, values: dict[str, Any], status: str = "done") -> dict[str, Any]:
    if status != "done":
        return {"variant": number, "hash": "0" * 64, "folder": "f", "values": values, "status": status}
    money = {"mean": 100_000_000 + number * 1_000_000, "se": 10, "p10": 9_000_000, "p90": 900_000_000, "unit": "cents"}
    count = {"mean": 20_000.5 + number, "se": 3.0, "p10": 19_000.0, "p90": 21_500.0, "unit": "pathways"}
    risk = {"mean": 0.25, "se": 0.1, "p10": 0.0, "p90": 1.0, "low": 0.1, "high": 0.5, "unit": "probability"}
    kpis = {"pathways_net": count, "need_cents": money, "committed_cents": money, "overrun": risk}
    told = {"variant": number, "hash": "0" * 64, "folder": "f", "values": values, "status": status}
    return {**told, "plan": {"pathways": 1.0}, "kpis": kpis}


def sweep(variants: list[dict[str, Any]]) -> dict[str, Any]:
    scenario = {"name": "s", "title_fr": HOSTILE, "title_en": HOSTILE, "language": "fr", "currency": "EUR"}
    scenario |= {"hash": "a" * 64, "seed": 1, "runs": 10, "policy": "fixed", "overrides": {}}
    axes = [{"key": key} for key in variants[0]["values"]]
    return {"schema": 1, "scenario": scenario, "method": "grid", "axes": axes, "variants": variants}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_figure_has_a_chart_with_a_panel_a_value_and_names_stay_names(language: str) -> None:
    found = sweep(
        [
            variant(number, {"envelope_eur": 1.5e8 + number, "events.0.label": name, "desk.officers": 3})
            for number, name in enumerate([HOSTILE, "b", "true", "d"])
        ]
    )
    forms, verdict = sweep_forms(found, language)
    page = str(forms["report.html"])
    tags = Page(page).tags
    assert tags.count("svg") == 8, "four figures, each in two widths"
    assert "script" not in tags
    assert page.count("envelope_eur") >= 8
    assert bytes(forms["report.pdf"])[:5] == b"%PDF-"  # type: ignore[arg-type]
    assert re.search(r"20.0", verdict)
    assert "<script" not in str(forms["report.md"]).replace("\\<script", "")
    assert sweep_forms(found, language)[0] == forms, "the same bytes"


@pytest.mark.parametrize(
    ("value", "english"),
    [(0, "€0M"), (120_000_000, "€120M"), (120_500_000.0, "€120.5M"), (80_879.72, "€80,879.72"), (90_000, "€90,000")],
)
def test_amounts_that_are_varied_are_short_and_never_rounded(value: float, english: str) -> None:
    assert euros(value, language_of("en")) == english


def test_variants_of_one_value_stand_side_by_side_inside_their_panel() -> None:
    """Three variants a word, three words: nine places, in order, none outside; each word's mean in its middle."""
    found = sweep([variant(number, {"a": "xyz"[number // 3]}) for number in range(9)])
    panel = panel_of("pathways_net", "a", list(whole(found).items("variants")), language_of("en"))
    places = [point[0] for point in panel.points]
    assert places == sorted(set(places))
    assert 0 <= places[0] < places[-1] <= 1
    assert [at for at, _ in panel.line] == pytest.approx(places[1::3])
    assert not panel.joined


def test_variants_without_a_plan_have_a_row_and_no_dot() -> None:
    found = sweep([variant(0, {"a": 1}), variant(1, {"a": 2}, "infeasible")])
    text = str(sweep_forms(found, "en")[0]["report.md"])
    assert "no feasible plan" in text
    none = sweep([variant(0, {"a": 1}, "infeasible")])
    document = sweep_document(none, "en")
    assert [section.key for section in document.sections] == ["variants", "provenance"]
    assert "No variant has a plan" in str(document.verdict)


def test_a_large_sweep_keeps_a_readable_page() -> None:
    found = sweep([variant(number, {"a": number / 7, "b": number % MOST_PLACES}) for number in range(3 * LONGEST)])
    forms, _ = sweep_forms(found, "en")
    assert str(forms["report.html"]).count('<th scope="row"') < LONGEST + 20
    assert len(str(forms["report.html"])) < 3_000_000
