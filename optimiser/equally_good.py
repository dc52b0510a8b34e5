"""The plans that are as good as one found: what its prices leave no choice in is fixed, the rest stays free."""

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Answer, LiveModel

Float = NDArray[np.float64]

SETTLED = 1e-8
"""A reduced cost or price above this leaves its column or row no choice among equally good plans. Ten times what the
solver may leave of nothing; ten times more would give up pathways where thousands of units of money cost so much."""


def keep_only_equally_good(live: LiveModel, answer: Answer) -> None:
    """Leave a live model only the plans that are as good as its answer.

    Whatever optimal answer is given, the plans left are the same: every optimal plan is complementary to any optimal
    prices.

    Args:
        live: the programme, just solved; its bounds and limits are fixed where they have a price.
        answer: an optimal answer to it, by any solver.

    Source: complementary slackness (Goldman and Tucker, 1956).
    """
    now = live.standing()
    fixed = np.flatnonzero(np.abs(answer.reduced_costs) > SETTLED).astype(np.int32)
    at = _nearest(answer.columns[fixed], now.col_lower[fixed], now.col_upper[fixed])
    live.set_columns(fixed, at, at)
    activity = now.activity(answer.columns)
    at = _nearest(activity, now.row_lower, now.row_upper)
    held = np.flatnonzero(np.abs(answer.prices) > SETTLED).astype(np.int32)
    live.set_rows(held, at[held], at[held])


def _nearest(values: Float, lower: Float, upper: Float) -> Float:
    """The nearer of two limits, so that rounding noise does not creep in."""
    return np.where(np.abs(values - lower) <= np.abs(values - upper), lower, upper)
