"""Real public counts: the shipped tables are whole, and the page says what the code finds."""

from types import ModuleType

import pytest
from docs_scripts import DOCS, docs_script


def regenerate() -> ModuleType:
    return docs_script("real-series", "regenerate")


NSW = [
    *(1_416, 383_542, 32_738, 382_518, 711, 636, 125_811, 280_998, 647, 189_763, 69_940, 371_980, 90_610, 6_546),
    *(3_682, 79_819, 552, 15_969, 77_750, 1_389_316, 680_782),
]


def test_the_tables_are_six_years_of_counts_with_their_known_sums() -> None:
    """72 times the means that R's summary() prints (1496, 560.7, 8789), and the sums of the tables that were read for
    the later two: a slip in one figure would show."""
    module = regenerate()
    sums = {name: module.counts_of(name).by_branch.sum(axis=1).tolist() for name in module.SERIES}
    assert sums == {
        "uk-road-casualties": [123_556, 60_565, 28_407, 694],
        "uk-lung-deaths": [107_708, 40_369],
        "us-accidental-deaths": [632_793],
        "uk-road-casualties-later": [109_404, 51_852, 27_889, 489],
        "nsw-offences": NSW,
    }
    assert all(module.counts_of(name).months == 72 for name in module.SERIES)


def test_every_series_names_its_source_on_the_page() -> None:
    """Title, source and licence stand on the page."""
    page = (DOCS / "real-series.md").read_text(encoding="utf-8")
    for title, _, source in regenerate().SERIES.values():
        assert title in page
        assert source in page
    assert "GPL-2 or GPL-3" in page
    assert "`nsw_offences`; GPL-3" in page


@pytest.mark.deep
def test_the_page_is_what_the_code_finds() -> None:
    """Written again, the page is the same text."""
    assert regenerate().page_text() == (DOCS / "real-series.md").read_text(encoding="utf-8")
