"""Axes say what stands at their marks: no label is rounded to another value, none lies on its neighbour."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.catalogue import language_of
from reports.charts.axis import labels_that_fit, levels_up_to, places_of, round_step
from reports.charts.ticks import ticks_between
from reports.forecast.shown import axis_labels
from reports.money_axis import money_labels
from reports.month_axis import month_marks

EN = language_of("en")


@given(st.floats(1e-4, 1e7), st.integers(2, 8))
def test_a_step_is_told_exactly_by_its_places(span: float, parts: int) -> None:
    """1, 2, 2.5 and 5 times a power of ten: two and a half is no three."""
    step = round_step(span, parts)
    assert Decimal(f"{step:.{places_of(step)}f}") == Decimal(repr(step))


@given(st.floats(0.01, 1e6), st.floats(0, 1e6), st.integers(2, 6))
def test_the_labels_of_a_count_are_the_values_they_stand_at(span: float, low: float, parts: int) -> None:
    for value, label in ticks_between(low, low + span, parts, "en"):
        assert float(label.replace(",", "").replace("−", "-")) == pytest.approx(value, abs=1e-9 * max(1, abs(value)))


def test_steps_of_two_and_a_half_are_not_rounded_away() -> None:
    """An axis of a few pathways once read 0, 3, 5, 8, 10."""
    assert [label for _, label in ticks_between(0, 10, 4, "en")] == ["0.0", "2.5", "5.0", "7.5", "10.0"]
    assert [label for _, label in axis_labels([0, 0.25, 0.5], "requests", EN)] == ["0.00", "0.25", "0.50"]


@pytest.mark.parametrize(
    ("levels", "labels"),
    [
        ([0, 2_5000_0000, 5_0000_0000], ["€0.0M", "€2.5M", "€5.0M"]),
        ([0, 2500_0000, 5000_0000, 7500_0000, 1_0000_0000], ["€0.00M", "€0.25M", "€0.50M", "€0.75M", "€1.00M"]),
        ([0, 5_000_000, 10_000_000], ["€0k", "€50k", "€100k"]),
        ([0, 25_000, 50_000], ["€0", "€250", "€500"]),
    ],
)
def test_an_axis_of_money_has_one_unit_and_as_many_places_as_its_step(levels: list[float], labels: list[str]) -> None:
    """Levels in cents; 0.25 M€ once read 0.3 M€."""
    assert [label for _, label in money_labels(levels, EN)] == labels


@given(st.floats(1e-3, 1e9), st.integers(2, 8))
def test_levels_are_the_multiples_of_their_step_to_the_last_bit(highest: float, parts: int) -> None:
    levels = levels_up_to(highest, parts)
    step = Decimal(repr(levels[1]))
    assert levels == [float(step * number) for number in range(len(levels))]


@given(
    st.lists(st.integers(0, 2_000), min_size=1, max_size=30, unique=True),
    st.integers(1, 12),
    st.floats(100, 800),
)
def test_labels_never_lie_on_each_other(places: list[int], letters: int, room: float) -> None:
    ticks = tuple((float(place), "8" * letters) for place in sorted(places))
    kept = labels_that_fit(ticks, room, 12)
    assert [place for place, _ in kept] == [place for place, _ in ticks]
    span = (ticks[-1][0] - ticks[0][0]) or 1.0
    said = [place * room / span for place, label in kept if label]
    assert said
    assert all(after - before >= 0.5 * 12 * letters for before, after in pairwise(said))


@given(st.integers(2015, 2030), st.integers(1, 12), st.integers(1, 240), st.integers(2, 10))
def test_an_axis_of_months_has_a_mark_and_never_more_than_there_is_room_for(
    year: int, month: int, count: int, most: int
) -> None:
    """A scheme of a few months without January once had none; one of twenty years had forty, over each other."""
    months = [f"{year + (month - 1 + at) // 12}-{(month - 1 + at) % 12 + 1:02d}" for at in range(count)]
    marks = month_marks(months, EN, most)
    assert 1 <= len(marks) <= most
    gaps = {int(after - before) for (before, _), (after, _) in pairwise(marks)}
    assert len(gaps) <= 1
    assert all(months[int(at)][:4] in label for at, label in marks)
