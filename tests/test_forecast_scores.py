"""Scores against closed forms and cases worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.scores import covered, crps, pit, uniform_p
from forecast.widening import widening


def test_crps_of_three_draws_by_hand() -> None:
    """Draws 1, 2, 4 against 3: mean |x - 3| = (2 + 1 + 1) / 3; unbiased half mean difference = (1 + 2 + 3) / 6 = 1."""
    assert crps(np.asarray([1.0, 4.0, 2.0]), np.asarray(3.0)) == pytest.approx(4 / 3 - 1)


def test_crps_of_many_normal_draws_is_the_normals() -> None:
    """CRPS of N(0, 1) at its mean is (sqrt(2) - 1) / sqrt(pi) = 0.23370 (Gneiting and Raftery 2007, section 4.2)."""
    draws = np.random.Generator(np.random.Philox(1)).standard_normal(200_000)
    assert crps(draws, np.asarray(0.0)) == pytest.approx(0.2337, abs=0.003)


@given(st.lists(st.integers(0, 20), min_size=2, max_size=30), st.integers(0, 20))
def test_the_moment_form_is_the_double_sum(draws: list[int], seen: int) -> None:
    """mean |x - y| - sum over pairs |x_i - x_j| / (2 M (M - 1)), term by term."""
    count = len(draws)
    pairs = sum(abs(one - other) for one in draws for other in draws) / (2 * count * (count - 1))
    direct = sum(abs(one - seen) for one in draws) / count - pairs
    assert crps(np.asarray(draws, dtype=float), np.asarray(float(seen))) == pytest.approx(direct, abs=1e-9)


def test_pit_by_hand() -> None:
    """Of draws 0, 1, 1, 2 one lies below 1 and two equal it: (1 + u * 3) / 5."""
    draws = np.asarray([0.0, 1.0, 1.0, 2.0])
    assert pit(draws, np.asarray(1.0), np.asarray(0.5)) == pytest.approx(2.5 / 5)


def test_pit_of_lumpy_counts_is_uniform_although_naive_coverage_is_not() -> None:
    """Poisson of mean 0.3, forecast as itself: 90 % by PIT, where an interval of whole numbers holds 96 % or more."""
    luck = np.random.Generator(np.random.Philox(2))
    seen = luck.poisson(0.3, 4_000).astype(float)
    transformed = pit(luck.poisson(0.3, (500, 4_000)).astype(float), seen, luck.random(4_000))
    assert covered(transformed, 0.9) == pytest.approx(0.9, abs=0.02)
    assert uniform_p(transformed) > 0.001
    assert (seen <= 1).mean() > 0.955


def test_pit_of_too_narrow_forecasts_is_rejected() -> None:
    """Half the true spread: the outer tenths are too full."""
    luck = np.random.Generator(np.random.Philox(3))
    seen = luck.standard_normal(300)
    transformed = pit(luck.standard_normal((400, 300)) / 2, seen, luck.random(300))
    assert uniform_p(transformed) < 0.001
    assert covered(transformed, 0.9) < 0.7


def test_widening_is_the_order_statistic_that_conformal_prediction_asks_for() -> None:
    """19 cases reach 0.1 ... 1.9: of 19 the 18th smallest is 1.8 = ceil(20 * 0.9); few cases and narrow ones: 1."""
    assert widening(np.arange(1, 20) / 10) == pytest.approx(1.8)
    assert widening(np.arange(1, 20) / 40) == 1.0
    assert widening(np.full(10, 2.0)) == 1.0
    assert widening(np.full(30, 9.0)) == 3.0
