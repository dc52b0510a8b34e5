"""Waiting times of which some are not over yet, by Kaplan and Meier's product-limit estimate.

Source: Kaplan and Meier (1958), "Nonparametric estimation from incomplete observations", JASA 53, 457-481.
"""

import numpy as np
from numpy.typing import NDArray


def _left(waited: NDArray[np.int64], over: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Share that waits on after each day, and how many waits end on it."""
    longest = int(waited.max())
    ended = np.bincount(waited[over], minlength=longest + 1)
    leave = np.bincount(waited, minlength=longest + 1)
    at_risk = leave[::-1].cumsum()[::-1]
    return np.cumprod(1 - ended / np.maximum(at_risk, 1)), ended


def median_of_censored(waited: NDArray[np.int64], over: NDArray[np.bool_]) -> float | None:
    """The median of waiting times some of which still run.

    Args:
        waited: int64, days waited so far.
        over: bool, whether the waiting is over.

    Returns:
        Days; None where fewer than half are known to end.
    """
    if not len(waited):
        return None
    below = np.flatnonzero(_left(waited, over)[0] <= 0.5)
    return float(below[0]) if len(below) else None


def weights_of_ended(waited: NDArray[np.int64], over: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What each wait that is over counts for, beside those that still run.

    A long wait that began lately is not over yet: the long ones that are over stand for it too.

    Args:
        waited: int64, days waited so far, 0 or more.
        over: bool, whether the waiting is over.

    Returns:
        float64 (waits that are over,), sum 1: the steps of the product-limit estimate. What lies beyond the longest
        wait seen is unknown and shared out in proportion.
    """
    if not over.any():
        return np.zeros(0)
    left, ended = _left(waited, over)
    steps = -np.diff(left, prepend=1.0) / np.maximum(ended, 1)
    weight = steps[waited[over]]
    return np.asarray(weight / weight.sum(), dtype=np.float64)


def weighted_quantiles(values: NDArray[np.int64], weight: NDArray[np.float64], *at: float) -> list[float]:
    """Quantiles of values that count unequally: linear between their places, as numpy's are where all count alike.

    Args:
        values: int64 (values,), at least one.
        weight: float64 (values,), above 0.
        at: between 0 and 1.
    """
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weight[order])
    first, last = below[0], below[-1]
    if last - first <= 0:
        return [float(values[order[-1]])] * len(at)
    places = (below - first) / (last - first)
    return [float(np.interp(one, places, values[order])) for one in at]
