"""The worked example of 2021: the page says what its results say, and says that its requests are synthetic."""

import csv
from datetime import date
from itertools import pairwise
from types import ModuleType

import pytest
from docs_scripts import DOCS, docs_script

from scenarios.loading import load

HERE, PAGE = DOCS / "worked-2021", DOCS / "worked-2021.md"


def module(name: str) -> ModuleType:
    return docs_script("worked-2021", name)


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8") as text:
        return list(csv.DictReader(text))


def test_the_page_is_set_from_its_results() -> None:
    """Set again from results.csv and truth.csv it is the same text."""
    told = {name: float(value) for name, value in rows("truth")[0].items()}
    assert module("page").page_text(rows("results"), told) == PAGE.read_text(encoding="utf-8")


def test_the_page_says_that_its_requests_are_synthetic() -> None:
    """At its head, beside its table and at its end."""
    text = PAGE.read_text(encoding="utf-8").lower()
    assert text.count("synthetic") >= 5
    assert "synthetic" in text[:400]
    assert "synthetic" in text[-200:]


def test_january_knows_no_more_than_january() -> None:
    """The question extends the agreement as planned; every value that differs is a dated assumption."""
    loaded = load(str(HERE / "january.yaml"))
    own = [entry for entry in loaded.register if entry.place.file.endswith("january.yaml") and entry.source]
    assert {entry.kind for entry in own} == {"assumption"}
    assert loaded.scenario.envelope_eur == 150_000_000


def test_the_interval_of_the_need_narrows_and_holds_what_later_months_say() -> None:
    """From January to November its width falls to a tenth; January's interval holds every later median."""
    table = rows("results")[1:]  # the first row is the opening, when nothing had come
    widths = [float(row["need_p95_eur"]) - float(row["need_p5_eur"]) for row in table]
    assert widths[-1] < widths[0] / 9
    assert all(later < 1.15 * earlier for earlier, later in pairwise(widths))
    first = table[0]
    assert all(
        float(first["need_p5_eur"]) <= float(row["need_p50_eur"]) <= float(first["need_p95_eur"]) for row in table
    )


@pytest.mark.deep
def test_a_month_of_the_example_is_found_again() -> None:
    """The end of January, from the export on: the same row, to the last digit."""
    made = module("regenerate")
    assert made.results((date(2021, 1, 31),))[0] == rows("results")[1]
