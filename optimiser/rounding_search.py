"""Whole pathways by integer programming, where adding and taking one at a time loses too many."""

import numpy as np
from numpy.typing import NDArray

from optimiser.rounding_money import MoneyBounds

Float = NDArray[np.float64]
Int = NDArray[np.int64]

WINDOWS = (1, 4, 16, 64, 256)
"""How far below the plan's whole part a line may be put, tried in turn, so that no line is emptied without need."""
MOST_NODES = 2_000
"""Nodes of one search; a count and no time, so that the answer is the same on any machine."""
_LEAST_SCALE = 1_000.0
"""Rows are scaled so that what may be left of them is no less than the solver's own tolerance."""


def best_whole(
    planned: Float, rate: Float, per_pathway: Float, limit: Float, size: Float, money: MoneyBounds, total: int
) -> Int | None:
    """The most whole pathways near a plan that keep every row.

    Args:
        planned: float64 (lines,), pathways of the plan.
        rate: float64 (lines,), units of money that one pathway of a line needs.
        per_pathway: float64 (rows, lines); rows ask `per_pathway @ whole >= limit`.
        limit: float64 (rows,).
        size: float64 (rows,), the magnitude of each row, against which its tolerance is meant.
        money: bounds on the money of lines, branches and the whole.
        total: never more whole pathways than this.

    Returns:
        int64 (lines,), from the narrowest window that loses less than one pathway a line, else the most found; None
        where no window holds any. What is returned keeps the rows within the solver's tolerance: hold it against them.

    Source: branch and bound (Land and Doig, 1960) on the plan's own rows.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    lines, branches = len(planned), len(money.branch_low)
    scale = max(float(total), _LEAST_SCALE) / size
    of_branch = csr_array((np.ones(lines), (money.branch_of_line, np.arange(lines))), shape=(branches, lines))
    none = csr_array((lines, branches))
    rows = vstack(
        [
            hstack([csr_array(per_pathway * scale[:, None]), csr_array((len(limit), lines + branches))]),
            # What a line holds pays for its pathways; what a branch holds pays for its lines.
            hstack([-eye_array(lines) * rate[None, :], eye_array(lines), none]),
            hstack([csr_array((branches, lines)), -of_branch, eye_array(branches)]),
            hstack([csr_array((1, 2 * lines)), csr_array(-np.ones((1, branches)))]),
            hstack([csr_array(-np.ones((1, lines))), csr_array((1, lines + branches))]),
        ],
        format="csr",
    )
    least = np.concatenate([limit * scale, np.zeros(lines + branches), [-money.notifiable, -float(total)]])
    wish = np.concatenate([-np.ones(lines), np.zeros(lines + branches)])
    whole_part = np.floor(planned + 1e-6)
    best: Int | None = None
    for window in (*WINDOWS, float(whole_part.max(initial=0.0))):
        low = np.concatenate([np.maximum(whole_part - window, 0.0), money.line_low, money.branch_low])
        high = np.concatenate([np.ceil(planned - 1e-6), money.line_high, money.branch_high])
        found = milp(
            wish,
            integrality=np.concatenate([np.ones(lines), np.zeros(lines + branches)]),
            bounds=Bounds(low, np.maximum(low, high)),
            constraints=LinearConstraint(rows, least, np.inf),
            options={"node_limit": MOST_NODES, "mip_rel_gap": 0.0},
        )
        if found.x is None:
            continue
        whole = np.rint(found.x[:lines]).astype(np.int64)
        if best is None or whole.sum() > best.sum():
            best = whole
        if total - int(whole.sum()) < lines:
            break
    return best
