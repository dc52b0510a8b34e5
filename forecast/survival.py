"""Waiting times of which some are not over yet."""

import numpy as np
from numpy.typing import NDArray


def median_of_censored(waited: NDArray[np.int64], over: NDArray[np.bool_]) -> float | None:
    """The median of waiting times some of which still run, by Kaplan and Meier's product-limit estimate.

    Args:
        waited: int64, days waited so far.
        over: bool, whether the waiting is over.

    Returns:
        Days; None where fewer than half are known to end.

    Source: Kaplan and Meier (1958), "Nonparametric estimation from incomplete observations".
    """
    if not len(waited):
        return None
    longest = int(waited.max())
    ended = np.bincount(waited[over], minlength=longest + 1)
    leave = np.bincount(waited, minlength=longest + 1)
    at_risk = leave[::-1].cumsum()[::-1]
    left = np.cumprod(1 - ended / np.maximum(at_risk, 1))
    below = np.flatnonzero(left <= 0.5)
    return float(below[0]) if len(below) else None
