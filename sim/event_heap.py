"""A binary heap of integer keys in an array: the calendar of events, and the desk's queue."""

import numpy as np
from numpy.typing import NDArray

from sim.compiling import compiled

Int = NDArray[np.int64]


@compiled
def push(heap: Int, size: int, key: int) -> int:
    """Add a key to a heap of `size` keys; returns the new size."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if heap[above] <= key:
            break
        heap[at] = heap[above]
        at = above
    heap[at] = key
    return size + 1


@compiled
def pop(heap: Int, size: int) -> int:
    """Take the least key out of a heap of `size` keys (at least 1), which then holds one less."""
    least = heap[0]
    last = size - 1
    key = heap[last]
    at, below = 0, 1
    while below < last:
        if below + 1 < last and heap[below + 1] < heap[below]:
            below += 1
        if heap[below] >= key:
            break
        heap[at] = heap[below]
        at, below = below, 2 * below + 1
    heap[at] = key
    return int(least)
