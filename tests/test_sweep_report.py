"""The report of a sweep: small multiples and a table, in both languages, whatever values are called."""

import re
from typing import Any

import pytest
from report_reading import Page

from reports.catalogue import language_of
from reports.reading import whole
from reports.setting_names import euros, setting_name, setting_value
from reports.sweep.document import LONGEST, sweep_document
from reports.sweep.multiples import MOST_PLACES, panel_of
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
    envelope = {"fr": "Enveloppe", "en": "Envelope"}[language]
    assert page.count(envelope) >= 8, "a panel is titled in the reader's language"
    assert page.count("envelope_eur") == 1, "the key stands once, for who wants to set it"
    assert {"fr": "Variantes de «", "en": "Variants of “"}[language] in page, "the page is not the base scenario's"
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
    assert "A single variant has a plan, 0: a 1: 20,000 net pathways." in text.replace("\u00a0", " ")
    none = sweep([variant(0, {"a": 1}, "infeasible")])
    document = sweep_document(none, "en")
    assert [section.key for section in document.sections] == ["variants", "provenance"]
    assert "No variant has a plan" in str(document.verdict)


def test_a_large_sweep_keeps_a_readable_page() -> None:
    found = sweep([variant(number, {"a": number / 7, "b": number % MOST_PLACES}) for number in range(3 * LONGEST)])
    forms, _ = sweep_forms(found, "en")
    assert str(forms["report.html"]).count('<th scope="row"') < LONGEST + 20
    assert len(str(forms["report.html"])) < 3_000_000


NAMED = {
    "envelope_eur": ("Envelope", "Enveloppe"),
    "committee.policy": ("Policy of the committee", "Politique du comité"),
    "inflow.trainees.mean": ("Trainees of a request (mean)", "Stagiaires d’une demande (moyenne)"),
    "inflow.pathways.crisis.hours.mean": ("Hours, crisis (mean)", "Heures, crisis (moyenne)"),
    "branches.chimie.demand_factor": ("Multiplier of demand, chimie", "Multiplicateur de demande, chimie"),
    "constraints.branch_caps.0.share": ("Cap on branches no. 1, share", "Plafond des branches n° 1, part"),
    "events.1.amount_eur": ("Event no. 2, amount", "Événement n° 2, montant"),
    "payments.year_ceilings.0.ceiling_eur": (
        "Payments of a year (CP) no. 1, ceiling",
        "CP d’un exercice n° 1, plafond",
    ),
    "nobody.knows.it": ("nobody.knows.it", "nobody.knows.it"),
}


@pytest.mark.parametrize("key", NAMED)
def test_a_varied_value_is_called_by_its_name_and_by_its_key_only_where_it_has_none(key: str) -> None:
    assert tuple(setting_name(key, language_of(code)).replace("\u00a0", " ") for code in ("en", "fr")) == NAMED[key]


WRITTEN: list[tuple[object, str, str, str]] = [
    (0.05, "committee.reserve_share", "5%", "5 %"),
    (0.125, "constraints.branch_caps.0.share", "12.5%", "12,5 %"),
    (1.5e8, "envelope_eur", "€150M", "150 M€"),
    (0.9, "inflow.volume_factor", "0.9", "0,9"),
    (16_600, "inflow.requests_per_year", "16,600", "16 600"),
    (True, "constraints.desk_capacity", "yes", "oui"),
    ("pro_rata", "committee.policy", "follows the queue", "suit la file"),
    ("net", "planning.counts", "net", "nets"),
    ("2021-06-01", "windows.filing_deadline", "1 Jun 2021", "1er juin 2021"),
    ("2021-99-01", "windows.filing_deadline", "2021-99-01", "2021-99-01"),
    (HOSTILE, "events.0.label", HOSTILE, HOSTILE),
]


@pytest.mark.parametrize(("value", "key", "english", "french"), WRITTEN)
def test_a_varied_value_is_written_with_its_unit_in_the_reader_s_language(
    value: object, key: str, english: str, french: str
) -> None:
    for code, wanted in (("en", english), ("fr", french)):
        told = setting_value(value, key, language_of(code))
        assert told.replace("\u00a0", " ").replace("\u202f", " ") == wanted


def test_what_bars_mean_is_said_of_means_and_of_probabilities() -> None:
    """They are the middle of the runs there, and the interval of a share here."""
    told = sweep_forms(sweep([variant(number, {"a": number}) for number in range(2)]), "en")[0]
    page = str(told["report.html"])
    assert page.count("from P10 to P90") == 3
    assert page.count("95% interval (Wilson)") == 1


def test_what_is_varied_is_not_told_as_one_value_of_all() -> None:
    """Runs, seed and policy are said of the whole only where every variant has the same."""
    varied = {"runs": 10, "seed": 1, "committee.policy": "fixed"}
    found = sweep([variant(0, varied), variant(1, {**varied, "runs": 20})])
    document = sweep_document(found, "en")
    assert "runs each" not in str(document.subtitle)
    rows = str(next(section for section in document.sections if section.key == "provenance").blocks[1])
    assert "Seed" not in rows
    assert "Committee" not in rows
    same = sweep_document(sweep([variant(0, {"a": 1}), variant(1, {"a": 2})]), "en")
    assert "runs each" in str(same.subtitle)


def test_words_keep_the_order_of_the_declaration_and_days_their_distance() -> None:
    policies = ["fixed", "pro_rata", "first_come"]
    found = whole(sweep([variant(number, {"committee.policy": word}) for number, word in enumerate(policies)]))
    panel = panel_of("pathways_net", "committee.policy", list(found.items("variants")), language_of("en"), policies)
    assert [word for _, word in panel.marks] == ["notified once", "follows the queue", "first come"]
    days = ["2021-01-01", "2021-01-11", "2021-01-31"]
    found = whole(sweep([variant(number, {"windows.opens": day}) for number, day in enumerate(days)]))
    panel = panel_of("pathways_net", "windows.opens", list(found.items("variants")), language_of("en"))
    assert [point[0] for point in panel.points] == pytest.approx([0, 1 / 3, 1])
    assert panel.joined


def test_a_figure_that_some_variants_lack_is_drawn_of_the_others_and_a_missing_end_sticks_out_nowhere() -> None:
    found = sweep([variant(0, {"a": 1}), variant(1, {"a": 2}), variant(2, {"a": 3})])
    del found["variants"][1]["kpis"]["overrun"]
    del found["variants"][0]["kpis"]["pathways_net"]["p10"]
    page = str(sweep_forms(found, "en")[0]["report.html"])
    assert "Variants that do not have this figure: 1." in page
    panel = panel_of("pathways_net", "a", list(whole(found).items("variants")), language_of("en"))
    assert panel.points[0][2] == panel.points[0][1]
