"""The page: its words are known, its figures are the findings', it asks nobody for anything."""

import copy
import json
import os
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_findings import HOSTILE, findings, spare, tiny
from report_reading import Figure, Page

from reports.page import page
from reports.reading import MissingFindingError, whole

GOLDEN = Path(__file__).parent / "golden" / "report"
"""To write these again after reading what changed:
REWRITE_GOLDEN=1 pytest tests/test_report_page.py -k words, then read the difference before committing."""


def pages(found: dict[str, Any]) -> dict[str, Page]:
    return {language: Page(page(found, language)) for language in ("fr", "en")}


@pytest.fixture(scope="module")
def html() -> dict[str, str]:
    return {language: page(tiny(), language) for language in ("fr", "en")}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["tiny", "spare"])
def test_the_words_of_the_page_are_those_that_were_read_and_approved(name: str, language: str) -> None:
    text = "\n".join(Page(page({"tiny": tiny, "spare": spare}[name](), language)).lines) + "\n"
    file = GOLDEN / f"{name}-{language}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


def parsed(text: str, language: str) -> tuple[float, int]:
    """A displayed number read back, and its decimal places."""
    digits = re.sub(r"[^\d.,\u2212-]", "", text).strip("., ")
    digits = digits.replace("\u2212", "-")
    digits = digits.replace(",", ".") if language == "fr" else digits.replace(",", "")
    return float(digits), len(digits.partition(".")[2])


def written_as_found(figure: Figure, raw: Any, language: str) -> bool:
    """Whether what the reader sees is the found value, rounded."""
    if isinstance(raw, str):
        day, year = str(int(raw[8:10])), raw[:4]
        return figure.text.startswith(day) and (figure.text.endswith(year) or year not in figure.text)
    if "\u00d7" in figure.text:
        return True  # powers of ten: tested with the formatter
    value, places = parsed(figure.text, language)
    expected = raw / figure.scale
    if figure.text[:1] in "<>":
        return expected < value if figure.text[0] == "<" else expected > value
    half = 0.5 * 10.0**-places
    if figure.scale == 1 and places == 0 and abs(expected) >= 1000:
        half = max(half, 0.005 * abs(expected))  # three significant figures in sentences
    return abs(value - expected) <= half * (1 + 1e-9) + 1e-12


@pytest.mark.parametrize("found", [tiny(), spare()], ids=["tiny", "spare"])
def test_every_figure_shown_stands_in_the_findings(found: dict[str, Any]) -> None:
    """Each figure names the place it was read from; the value there is the one shown."""
    for language, read in pages(found).items():
        assert len(read.figures) > 100
        for figure in read.figures:
            if figure.key.endswith("#"):
                raw: Any = len(whole(found)[figure.key[:-1]].value)
            else:
                raw = whole(found)[figure.key].value
            assert figure.raw == (raw if isinstance(raw, str) else json.dumps(raw)), figure
            assert written_as_found(figure, raw, language), figure


def test_a_changed_finding_changes_the_figure() -> None:
    """The test above would see a wrong figure."""
    found = tiny()
    found["simulation"]["kpis"]["pathways_net"]["mean"] = 12_345.0
    figures = [
        figure for figure in Page(page(found, "fr")).figures if figure.key == "simulation.kpis.pathways_net.mean"
    ]
    assert figures
    assert all(written_as_found(figure, 12_345.0, "fr") for figure in figures)
    assert not any(written_as_found(figure, 22_135.4, "fr") for figure in figures)


def test_no_french_line_can_break_before_a_sign(html: dict[str, str]) -> None:
    text = "\n".join(Page(html["fr"]).lines)
    assert re.findall(r".{20} [;:!?%»€]", text) == []
    assert re.findall(r"« .{20}", text) == []
    assert not re.search(r"\d [Mk]?€", text)


def test_the_page_asks_nobody_for_anything(html: dict[str, str]) -> None:
    for text in html.values():
        read = Page(text)
        loading = [
            value
            for _, name, value in read.attributes
            if name in ("src", "href", "xlink:href", "data", "action", "poster", "srcset")
        ]
        assert all(value.startswith("#") for value in loading)
        assert set(re.findall(r"url\(([^)]{0,20})", text)) <= {
            "data:font/woff2;base",
            *re.findall(r"url\((#[^)]{0,19})", text),
        }
        assert "@import" not in text
        assert "default-src 'none'" in text
        assert "script" not in read.tags
        assert not [name for _, name, _ in read.attributes if name.startswith("on")]


def test_hostile_names_are_shown_and_do_nothing(html: dict[str, str]) -> None:
    """A name with markup, formulas and a right-to-left mark is text, isolated from its surroundings."""
    for language, text in html.items():
        assert "<script" not in text
        shown = [line for line in Page(text).lines if "alert(1)" in line]
        assert shown
        assert "<bdi>" in text
        if language == "en":
            assert any(HOSTILE in line for line in shown)


def test_what_is_absent_is_left_out() -> None:
    """No None, null or nan, no empty section, no zero in place of what nobody found out."""
    for read in pages(spare()).values():
        text = "\n".join(read.lines)
        assert not re.search(r"\b(None|null|nan|NaN|undefined)\b", text)
        ids = {value for tag, name, value in read.attributes if tag == "section" and name == "id"}
        assert ids == {
            "trajectory",
            "branches",
            "years",
            "small-companies",
            "fairness",
            "waiting",
            "method",
            "glossary",
            "provenance",
        }


def test_a_finding_that_every_scenario_has_is_asked_for_by_name() -> None:
    found = tiny()
    del found["simulation"]["kpis"]["need_cents"]
    with pytest.raises(MissingFindingError, match=r"simulation\.kpis\.need_cents"):
        page(found, "fr")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fr or en"):
        page(tiny(), "de")


def test_the_same_findings_give_the_same_bytes(html: dict[str, str]) -> None:
    assert page(copy.deepcopy(tiny()), "fr") == html["fr"]
    assert page(json.loads(json.dumps(tiny())), "en") == html["en"]


def test_the_page_is_marked_up_for_those_who_listen(html: dict[str, str]) -> None:
    """Language, headings in order, captions, scopes, named drawings, tables that the keyboard can scroll."""
    for language, text in html.items():
        read = Page(text)
        assert ("html", "lang", language) in read.attributes
        levels = [int(tag[1]) for tag in read.tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert read.tags.count("table") == read.tags.count("caption") == read.tags.count("thead")
        heads = read.tags.count("th")
        assert heads == sum(1 for tag, name, value in read.attributes if tag == "th" and name == "scope")
        drawings = read.tags.count("svg")
        assert drawings == sum(
            1 for tag, name, value in read.attributes if (tag, name, value) == ("svg", "role", "img")
        )
        ids = [value for _, name, value in read.attributes if name == "id"]
        assert len(ids) == len(set(ids))
        named = {
            value for tag, name, value in read.attributes if name in ("aria-labelledby",) for value in value.split()
        }
        anchors = {value[1:] for tag, name, value in read.attributes if tag == "a" and name == "href"}
        assert named <= set(ids)
        assert anchors <= set(ids)
        assert read.tags.count("div") and ("div", "tabindex", "0") in read.attributes


def test_thirty_two_branches_stay_within_a_megabyte() -> None:
    names = [(f"b{number}", f"Branche n° {number}", f"Branch {number}", 1_000 * number) for number in range(1, 33)]
    text = page(findings(names), "fr")
    assert len(text.encode("utf-8")) <= 1_000_000
    rows = re.search(r'<table id="table-branches".*?</table>', text, re.DOTALL)
    assert rows is not None
    assert rows[0].count("<tr>") == 33
    assert rows[0].index("Branche n° 32") < rows[0].index("Branche n° 1<")


def test_no_difference_is_claimed_inside_the_noise() -> None:
    """A mean below twice its standard error is told as not established, and its branch is not named."""
    found = tiny()
    comparison = found["comparison"][0]
    for branch in comparison["branches"]:
        branch["pathways_net"] = {"mean": 19.9, "se": 10.0, "unit": "pathways"}
    comparison["kpis"] = {"pathways_net": {"mean": -39.0, "se": 20.0, "unit": "pathways"}}
    comparison["size_groups"] = []
    text = "\n".join(Page(page(found, "en")).lines)
    section = text[text.index("First come, first served, rather than") :]
    assert "All companies: no difference that this number of runs can show." in section
    assert "Branches that gain: none that this number of runs can show" in section
    assert "\u25b2 more" not in section[: section.index("Assumptions and sources")]
    assert "\u25bc less" not in section[: section.index("Assumptions and sources")]


@cache
def plain_page_tags(language: str) -> list[str]:
    return Page(page(findings([("a", "x", "x", 10), ("b", "y", "y", 5)]), language)).tags


@given(st.text(min_size=1, max_size=60), st.sampled_from(["fr", "en"]))
@settings(max_examples=12)
def test_any_name_makes_a_page_that_parses(name: str, language: str) -> None:
    """Whatever a branch is called, the page has the same elements as with a plain name."""
    plain_tags = plain_page_tags(language)
    read = Page(page(findings([("a", name, name, 10), ("b", "y", "y", 5)]), language))
    # A drawing makes no mark for an empty label.
    assert [tag for tag in read.tags if tag not in ("g", "text")] == [
        tag for tag in plain_tags if tag not in ("g", "text")
    ]


def test_another_currency_is_written_by_its_sign() -> None:
    found = tiny()
    found["scenario"]["currency"] = "SGD"
    assert "M\u00a0SGD" in page(found, "fr")
    assert "€" not in "".join(figure.text for figure in Page(page(found, "fr")).figures)
