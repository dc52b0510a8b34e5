"""Lags between the dates of a request, with those that are not over yet.

An export is cut in mid-flight: of the requests filed last, only the quick ones have been decided on. Each lag that is
over therefore counts for those like it that still run (`forecast.survival`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.history import History
from forecast.names import STATUSES
from forecast.survival import weights_of_ended

Int = NDArray[np.int64]
Float = NDArray[np.float64]

_FORGOTTEN = 1.5
"""Waits so many times as long as the longest that ended are of files that nobody keeps up."""


@dataclass(frozen=True, eq=False)
class Lag:
    """Lags that are over.

    Attributes:
        days: int64 (lags,).
        weight: float64 (lags,), what each counts for, sum 1.
        open: how many still run.
    """

    days: Int
    weight: Float
    open: int


def decision_lag(history: History) -> Lag:
    """From filing to decision; files at the desk still run."""
    waits = _stands(history, "filed") & (history.started <= 0) & (history.done <= 0) & (history.paid <= 0)
    return _lag(history, history.filed, history.decided, waits)


def start_lag(history: History) -> Lag:
    """From decision to start; committed requests that have not begun still run."""
    waits = _stands(history, "committed") & (history.done <= 0) & (history.paid <= 0)
    return _lag(history, history.decided, history.started, waits)


def duration(history: History, pathway: int) -> Lag:
    """From start to service done, of one type; who is in training still runs."""
    waits = _stands(history, "in_training", "committed") & (history.paid <= 0)
    return _lag(history, history.started, history.done, waits, history.pathway == pathway)


def payment_lag(history: History) -> Lag:
    """From service done to payment; what is still to be paid runs."""
    return _lag(history, history.done, history.paid, _stands(history, "to_pay"))


def _stands(history: History, *names: str) -> NDArray[np.bool_]:
    """Where the status says so, or says nothing."""
    return np.isin(history.status, [-1, *(STATUSES.index(name) for name in names)])


def _lag(
    history: History, earlier: Int, later: Int, waits: NDArray[np.bool_], among: NDArray[np.bool_] | None = None
) -> Lag:
    over = (later > 0) & (earlier > 0) & (later >= earlier)
    runs = waits & (later <= 0) & (earlier > 0) & (earlier <= history.last_day)
    if among is not None:
        over, runs = over & among, runs & among
    days = np.asarray((later - earlier)[over], dtype=np.int64)
    if not len(days):
        return Lag(days, np.zeros(0), int(runs.sum()))
    waited = np.asarray((history.last_day - earlier)[runs], dtype=np.int64)
    waited = waited[waited <= _FORGOTTEN * days.max()]
    is_over = np.concatenate([np.ones(len(days), dtype=np.bool_), np.zeros(len(waited), dtype=np.bool_)])
    return Lag(days, weights_of_ended(np.concatenate([days, waited]), is_over), len(waited))
