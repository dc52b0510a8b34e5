"""The tests behind movement gates, by hand: Student's, Welch's, two proportions, and how many runs would see."""

import numpy as np
import pytest

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
