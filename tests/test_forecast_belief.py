"""What a scenario believes of mean hours and fees gives way to many requests that contradict it, and says so."""

import numpy as np
import pytest

from forecast.condition_cost import _moved
from scenarios.distributions import LognormalMean

BELIEF = LognormalMean(kind="lognormal", mean=1.0, sigma=0.08)


def shown(factor: float, count: int, sigma: float = 1.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """So many values about a factor of the usual 100, spread like hours of pathways, each counting alike."""
    luck = np.random.Generator(np.random.Philox(key=[5, 5]))
    values = np.exp(sigma * luck.standard_normal(count))
    return values / values.mean() * factor * 100, np.full(count, 100.0), np.ones(count)


def test_thousands_of_requests_outweigh_what_they_contradict() -> None:
    """0.27 of what was expected over 4,377 requests, 16 standard deviations off: believed (told 0.303 [0.291, 0.315]
    under a normal belief), and told as a contradiction."""
    found = _moved(*shown(0.27, 4_377), BELIEF)
    value, low, high = found.told
    assert value == pytest.approx(0.27, rel=0.015)
    assert low < 0.27 < high
    assert found.seen == pytest.approx(0.27)
    assert found.apart > 10


def test_near_what_is_believed_both_count() -> None:
    """Twenty requests 6 % above move the mean by less than half of that; nothing is contradicted."""
    found = _moved(*shown(1.06, 20), BELIEF)
    assert 1.0 < found.told[0] < 1.03
    assert found.told[1] < 1.0 < found.told[2]
    assert found.apart < 1


def test_the_more_requests_the_more_they_count() -> None:
    """One and a half times what was expected: 5, 50, 500 and 5,000 requests move the mean ever nearer to it."""
    told = [_moved(*shown(1.5, count), BELIEF).told[0] for count in (5, 50, 500, 5_000)]
    assert told == sorted(told)
    assert told[0] < 1.1
    assert told[-1] == pytest.approx(1.5, rel=0.01)


@pytest.mark.parametrize("factor", [1e-4, 1.0, 1e4])
def test_values_that_are_all_alike_are_taken_as_they_are(factor: float) -> None:
    """No spread, no error: the mean is known, however far off, and every figure stays finite."""
    found = _moved(*shown(factor, 1_000, sigma=0.0), BELIEF)
    assert all(np.isfinite(found.told))
    assert found.told[0] == pytest.approx(factor, rel=1e-3)
