"""Real public counts: the shipped tables are whole, and the page says what the code finds."""

from types import ModuleType

import pytest
from docs_scripts import DOCS, docs_script


def regenerate() -> ModuleType:
    return docs_script("real-series", "regenerate")


def test_the_tables_are_six_years_of_counts_with_their_known_sums() -> None:
    """72 times the means that R's summary() prints (1496, 560.7, 8789): a slip in one figure would show."""
    module = regenerate()
    sums = {name: module.counts_of(name).by_branch.sum(axis=1).tolist() for name in module.SERIES}
    assert sums == {
        "uk-road-casualties": [123_556, 60_565, 28_407, 694],
        "uk-lung-deaths": [107_708, 40_369],
        "us-accidental-deaths": [632_793],
    }
    assert all(module.counts_of(name).months == 72 for name in module.SERIES)


def test_every_series_names_its_source_on_the_page() -> None:
    """Title, source and licence stand on the page."""
    page = (DOCS / "real-series.md").read_text(encoding="utf-8")
    for title, _, source in regenerate().SERIES.values():
        assert title in page
        assert source in page
    assert "GPL-2 or GPL-3" in page


@pytest.mark.deep
def test_the_page_is_what_the_code_finds() -> None:
    """Written again, the page is the same text."""
    assert regenerate().page_text() == (DOCS / "real-series.md").read_text(encoding="utf-8")
