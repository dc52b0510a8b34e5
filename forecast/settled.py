"""Shares of requests that end one way or the other, from cohorts old enough for both to be known.

An abandonment may be known at once, a completion only at its end: among the requests of the last months that have
ended, too many were abandoned. Counted are therefore all requests of the months by which nearly all have ended,
whatever came of them; what is still open of them says how far the share may lie off.

Source: Groeneboom, Maathuis and Wellner (2008), "Current status data with competing risks: consistency and rates of
convergence", Annals of Statistics 36: at each age, the share of a cohort that has ended one way.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression
from scipy.special import ndtri

from forecast.history import History
from forecast.names import STATUSES

Int = NDArray[np.int64]
Bools = NDArray[np.bool_]

LEVELS = (0.98, 0.95, 0.9, 0.8, 0.65, 0.5)
"""Parts of a month's requests that have ended, from which its cohort may be counted."""
_Z = float(ndtri(0.95))


@dataclass(frozen=True, eq=False)
class Settled:
    """What came of the requests of old enough cohorts.

    Attributes:
        counted: bool (requests,), those of the cohorts.
        hits: how many of them ended the way that is asked for.
        others: how many ended another way.
        open: how many have not ended.
    """

    counted: Bools
    hits: int
    others: int
    open: int

    @property
    def trials(self) -> int:
        """Requests of the cohorts."""
        return self.hits + self.others + self.open

    @property
    def expected_hits(self) -> float:
        """Hits with those to come: half-way between none of what is open and as many as of what has ended."""
        return self.hits * (1 + self.open / (2 * max(self.hits + self.others, 1)))


def refusals(history: History) -> Settled:
    """Refused requests among those filed."""
    known = history.status >= 0
    refused = history.status == STATUSES.index("refused")
    still = known & (history.status == STATUSES.index("filed"))
    return _settled(refused, known & ~refused & ~still, still, history.last_day - history.filed)


def drop_outs(history: History) -> Settled:
    """Dropped requests among those committed."""
    dropped = dropped_when_committed(history)
    ended = np.isin(history.status, [STATUSES.index(name) for name in ("to_pay", "paid")])
    still = np.isin(history.status, [STATUSES.index(name) for name in ("committed", "in_training")])
    since = np.where(history.decided > 0, history.decided, history.filed)
    return _settled(dropped, ended, still, history.last_day - since)


def dropped_when_committed(history: History) -> Bools:
    """Requests that were dropped after they had been committed: bool (requests,).

    A company that gave up waiting is no drop-out: where the export dates decisions or starts, or tells committed
    amounts, a dropped request without any was never committed. Where it tells none at all, every one counts.
    """
    dropped = history.status == STATUSES.index("dropped")
    committed = (history.decided > 0) | (history.started > 0) | (history.committed_cents > 0)
    return np.asarray(dropped & committed if committed.any() else dropped, dtype=np.bool_)


def _settled(hit: Bools, other: Bools, still: Bools, age: Int) -> Settled:
    """The cohorts whose share is known best: chance and what is open of them together.

    How many of those who do not end this way have ended at each age is a rising curve (isotonic regression).
    """
    everyone = hit | other | still
    if not still.any():
        return Settled(everyone, int(hit.sum()), int(other.sum()), 0)
    rest = other | still
    order = np.argsort(age[rest], kind="stable")
    ages = age[rest][order]
    curve = isotonic_regression(other[rest][order].astype(np.float64)).x
    best, narrowest = Settled(np.zeros(len(age), dtype=np.bool_), 0, 0, 0), np.inf
    for level in LEVELS:
        at = int(np.searchsorted(curve, level))
        if at == len(curve):
            continue
        counted = everyone & (age >= ages[at])
        found = Settled(counted, *(int((counted & one).sum()) for one in (hit, other, still)))
        ended = found.hits + found.others
        share = (found.hits + 0.5) / (ended + 1)
        width = 2 * _Z * float(np.sqrt(share * (1 - share) / ended)) + share * found.open / found.trials
        if width < narrowest:
            best, narrowest = found, width
    return best
