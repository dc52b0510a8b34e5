"""What a pathway costs on a line in a run: one price for all periods.

Inside a line requests are served as they come. With a price of its own for each period the second stage would pick the
cheap periods of a run it sees as a whole, which no desk can do (model.md, section 1).
"""

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import PlanProblem
from optimiser.under_uncertainty.first_stage import expected_price
from scenarios.need_runs import NeedRuns

Float = NDArray[np.float64]


def line_prices(problem: PlanProblem, need: NeedRuns) -> Float:
    """The price of a pathway of each line in each run, the line's expected one where it asks for none.

    Args:
        problem: the question of the mean plan.
        need: what is asked in each run.

    Returns:
        float64 (runs, lines), in units of money.
    """
    asked, cents = need.pathways.sum(axis=2), need.cents.sum(axis=2)
    expected = np.repeat(expected_price(problem)[None], len(need), axis=0)
    told = np.divide(cents / problem.unit_cents, asked, out=expected, where=(asked > 0) & (cents > 0))
    return np.asarray(told, dtype=np.float64)
