"""How far a movement may go, and how wide the spread behind it may be, by hand."""

import numpy as np
import pytest

from enveloppe.gating.declaration import Further
from enveloppe.gating.judging import _far
from enveloppe.gating.movement import Side, movement


def test_the_spread_of_few_runs_is_taken_at_its_upper_end() -> None:
    """Five differences of standard deviation 1: 4 / 0.7107 (the 5 % quantile of chi-square with 4) under the root."""
    gaps = np.sqrt(0.4) * np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    found = movement(Side(0.0, 0.0, 5, np.zeros(5)), Side(0.0, 0.4, 5, gaps), 0.01, common_luck=True)
    assert found.paired
    assert found.error == pytest.approx(1 / np.sqrt(5))
    assert found.spread == pytest.approx(2.3724, abs=1e-4)


def test_a_share_of_a_figure_below_zero_is_as_far_as_of_one_above() -> None:
    bounds = Further(more_than_share=0.1)
    assert _far(bounds, {"mean": -50.0}) == pytest.approx(5.0)
    assert _far(bounds, {"mean": 50.0}) == pytest.approx(5.0)
    assert _far(Further(more_than_eur=2), {"mean": -50.0}) == 200
    assert _far(None, {"mean": 1.0}) is None
