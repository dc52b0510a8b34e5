"""Which of a scenario's dated rows of shares holds on the day of a filing."""

import numpy as np
from numpy.typing import NDArray

from scenarios.inflow import DatedShares

Int = NDArray[np.int64]


def rows_in_force(filed: Int, rows: tuple[DatedShares, ...]) -> tuple[list[DatedShares], Int]:
    """The rows in the order of their days, and which of them holds for each request.

    Args:
        filed: int64 (requests,), ordinal days.
        rows: at least one; the first also holds before its day.

    Returns:
        The rows, and int64 (requests,) the number of each request's.
    """
    ascending = sorted(rows, key=lambda row: row.starts)
    starts = np.asarray([row.starts.toordinal() for row in ascending], dtype=np.int64)
    return ascending, np.maximum(np.searchsorted(starts, filed, side="right") - 1, 0)
