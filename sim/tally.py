"""Sums of many columns by one key, in one pass."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.compiling import compiled, is_compiled

Int = NDArray[np.int64]


@compiled
def _add_four(keys: Int, one: Int, two: Int, three: Int, four: Int, sums: Int) -> None:
    for row in range(len(keys)):
        into = sums[keys[row]]
        into[0] += one[row]
        into[1] += two[row]
        into[2] += three[row]
        into[3] += four[row]


def tallied(keys: Int, size: int, columns: Sequence[Int]) -> list[Int]:
    """Exact sums of columns by key.

    Args:
        keys: int64 (rows,), from 0 to `size` - 1.
        size: how many keys.
        columns: int64 (rows,) each.

    Returns:
        int64 (size,) for each column. Whole numbers add up to the same in any order, so that a pass over four columns
        at a time (compiled) and one over each alone give the same.
    """
    if is_compiled() and len(columns) >= 4:
        one, two, three, four = (np.ascontiguousarray(column) for column in columns[:4])
        sums = np.zeros((size, 4), dtype=np.int64)
        _add_four(keys, one, two, three, four, sums)
        return [*np.ascontiguousarray(sums.T), *tallied(keys, size, columns[4:])]
    out = [np.zeros(size, dtype=np.int64) for _ in columns]
    for column, total in zip(columns, out, strict=True):
        np.add.at(total, keys, column)
    return out
