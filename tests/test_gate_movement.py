"""The tests behind movement gates, by hand: Student's, Welch's, two proportions, and how many runs would see."""

import numpy as np
import pytest
from scipy import stats

from enveloppe.gating.movement import Side, movement


def test_students_test_of_differences_by_hand() -> None:
    """Gaps 1, 2, 3, 4: mean 2.5, standard deviation 1.29099, error 0.645497, t = 3.873; Student's table gives 3.182 at
    5 % and 5.841 at 1 % with 3 degrees of freedom."""
    base, other = np.zeros(4), np.array([1.0, 2.0, 3.0, 4.0])
    sides = (Side(0.0, 0.0, 4, base), Side(2.5, 0.6455, 4, other))
    at_5, at_1 = (movement(*sides, rate, common_luck=True) for rate in (0.05, 0.01))
    assert at_5.error == pytest.approx(0.645497, abs=1e-6)
    assert (at_5.beyond, at_1.beyond, at_5.paired) == (True, False, True)


def test_welch_and_two_proportions_by_hand() -> None:
    """Means 10 and 12 with errors 0.6 and 0.8: error 1, t = 2; below Student's 2.05 at 28.6 degrees of freedom.
    Of 100, 10 and 22 happened: pooled 0.16, error 0.051846, z = 2.315: beyond 1.96, within 2.576."""
    welch = movement(Side(10.0, 0.6, 16), Side(12.0, 0.8, 16), 0.05, common_luck=False)
    assert (welch.error, welch.beyond, welch.paired) == (pytest.approx(1.0), False, False)
    assert welch.freedom == pytest.approx(1 / (0.6**4 / 15 + 0.8**4 / 15))
    shares = [Side(0.10, 0.03, 100, probability=True), Side(0.22, 0.0414, 100, probability=True)]
    assert movement(*shares, 0.05, common_luck=False).beyond
    assert not movement(*shares, 0.01, common_luck=False).beyond
    assert not movement(*[Side(0.0, 0.0, 100, probability=True)] * 2, 0.05, common_luck=False).beyond


def test_one_run_shows_no_movement() -> None:
    assert not movement(Side(1.0, None, 1), Side(5.0, None, 1), 0.05, common_luck=False).beyond


def test_runs_to_see_grow_with_the_square_of_what_is_to_be_seen() -> None:
    found = movement(Side(10.0, 0.1, 10_000), Side(10.0, 0.1, 10_000), 0.05, common_luck=False)
    few, many = found.runs_to_see(1.0, 0.05), found.runs_to_see(0.1, 0.05)
    assert few is not None
    assert many is not None
    # The spread is 14.14 (at most 14.3): ((1.96 + 1.645) * 14.3 / 1)^2 = 2,658 and a hundred times that.
    assert 2_600 < few < 2_700
    assert many / few == pytest.approx(100, rel=0.01)


def test_runs_to_see_do_not_depend_on_how_unequal_the_runs_are_now() -> None:
    """A run's standard deviation is 6 on either side, of 6,000 and of 4,000 runs: the difference of two equal numbers
    of runs spreads by 8.485, and ((1.96 + 1.645) * 8.485 / 0.3)^2 = 10,397 of each side see 0.3."""
    sides = (Side(10.0, 6 / 6_000**0.5, 6_000), Side(10.0, 6 / 4_000**0.5, 4_000))
    for one, other in (sides, sides[::-1]):
        needed = movement(one, other, 0.05, common_luck=False).runs_to_see(0.3, 0.05)
        assert needed is not None
        assert 10_397 <= needed < 10_397 * 1.06, "at most 5 % more: the spread at its upper end"


@pytest.mark.parametrize(("before", "after"), [(60, 40), (200, 30)])
def test_with_the_runs_it_asks_for_a_shift_between_unequal_nights_is_seen_in_95_of_100(before: int, after: int) -> None:
    """500 trials: two pilots of unequal numbers of runs ask for runs, which then see a true shift of 2 %. Binomial test
    at 1 %: seen as often as declared, or more."""
    luck = np.random.default_rng(8)
    seen = 0
    for _ in range(500):
        pilot = [
            Side(v.mean(), v.std(ddof=1) / len(v) ** 0.5, len(v))
            for v in (luck.normal(100, 20, n) for n in (before, after))
        ]
        needed = movement(*pilot, 0.01, common_luck=False).runs_to_see(2.0, 0.01)
        assert needed is not None
        # The mean of n normal values, and its error, are drawn at once: normal, and chi-square of n - 1.
        error = [20 * (luck.chisquare(needed - 1) / (needed - 1) / needed) ** 0.5 for _ in range(2)]
        means = [luck.normal(mean, 20 / needed**0.5) for mean in (100, 102)]
        sides = [Side(mean, se, needed) for mean, se in zip(means, error, strict=True)]
        seen += movement(*sides, 0.01, common_luck=False).beyond
    assert stats.binomtest(seen, 500, 0.95, alternative="less").pvalue > 0.01, seen


@pytest.mark.parametrize(("truth", "size"), [(0.1, 0.05), (0.5, 0.1), (0.03, 0.03)])
def test_a_probability_that_moves_is_seen_with_the_runs_asked_for(truth: float, size: float) -> None:
    """As above for a probability, whose spread grows as it moves towards one half; pilots of 60 and 240 runs."""
    luck = np.random.default_rng(9)
    seen = 0
    for _ in range(500):
        pilot = [Side(luck.binomial(n, truth) / n, 0.0, n, probability=True) for n in (60, 240)]
        needed = movement(*pilot, 0.01, common_luck=False).runs_to_see(size, 0.01)
        assert needed is not None
        sides = [
            Side(luck.binomial(needed, share) / needed, 0.0, needed, probability=True)
            for share in (truth, truth + size)
        ]
        seen += movement(*sides, 0.01, common_luck=False).beyond
    assert stats.binomtest(seen, 500, 0.95, alternative="less").pvalue > 0.01, seen
