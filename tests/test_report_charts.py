"""Charts: labels keep their distance, axes are round, names are letters, colours can be read."""

import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_findings import HOSTILE, tiny

from reports import palette
from reports.catalogue import language_of
from reports.charts.axis import levels_up_to, round_step
from reports.charts.style import pushed_apart
from reports.reading import whole
from reports.sections.rivals import rivals
from reports.sections.trajectory import trajectory


@given(st.lists(st.floats(0, 100), max_size=8), st.floats(0.1, 10))
def test_labels_pushed_apart_keep_their_distance_order_and_room(wanted: list[float], gap: float) -> None:
    places = pushed_apart(wanted, gap, 0, 100)
    assert all(-1e-6 <= place <= 100 + 1e-6 for place in places)
    ordered = [place for _, place in sorted(zip(wanted, places, strict=True))]
    assert all(after - before >= gap - 1e-6 for before, after in pairwise(ordered))


def test_labels_that_do_not_touch_stay_where_they_belong() -> None:
    assert pushed_apart([10, 50, 90], 5, 0, 100) == [10, 50, 90]
    assert pushed_apart([50, 50], 10, 0, 100) == [45, 55]


@given(st.floats(1e-3, 1e9), st.integers(2, 8))
def test_an_axis_has_round_values_that_hold_its_data(highest: float, parts: int) -> None:
    levels = levels_up_to(highest, parts)
    assert levels[0] == 0
    assert levels[-1] >= highest
    assert len(levels) <= parts + 2
    mantissa = round_step(highest, parts)
    while mantissa < 0.99:
        mantissa *= 10
    while mantissa > 9.99:
        mantissa /= 10
    assert min(abs(mantissa - value) for value in (1, 2, 2.5, 5)) < 1e-6


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "ground"), palette.TEXT_ON)
def test_every_text_can_be_read_on_its_ground(text: str, ground: str) -> None:
    """Source: WCAG 2.1, success criterion 1.4.3, contrast of at least 4.5 to 1."""
    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("section", [trajectory, rivals])
def test_a_drawing_is_well_formed_named_and_holds_hostile_names_as_letters(section: object) -> None:
    told = section(whole(tiny()), language_of("en"))  # type: ignore[operator]
    charts = [block for block in told.blocks if type(block).__name__ == "Chart"]
    assert charts
    for chart in charts:
        for svg in (chart.wide, chart.narrow):
            root = ElementTree.fromstring(svg)
            assert root.attrib["role"] == "img"
            texts = ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]
            assert texts
            assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
            if section is rivals and svg is chart.wide:
                assert any(HOSTILE[:20] in text for text in texts)
