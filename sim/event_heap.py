"""A heap of integer keys in an array: the calendar of events, and the desk's queue.

Each key has four below it: half as many levels as with two, and the four lie side by side in memory.
"""

import numpy as np
from numpy.typing import NDArray

from sim.compiling import compiled

Int = NDArray[np.int64]


@compiled
def push(heap: Int, size: int, key: int) -> int:
    """Add a key to a heap of `size` keys; returns the new size."""
    at = size
    while at > 0:
        above = (at - 1) >> 2
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
    while below + 3 < last:
        # By sums of comparisons rather than by branches, which a processor guesses wrong half of the time.
        one = below + int(heap[below + 1] < heap[below])
        other = below + 2 + int(heap[below + 3] < heap[below + 2])
        smallest = one + (other - one) * int(heap[other] < heap[one])
        if heap[smallest] >= key:
            heap[at] = key
            return int(least)
        heap[at] = heap[smallest]
        at, below = smallest, 4 * smallest + 1
    if below < last:
        smallest = below
        for other in range(below + 1, last):
            if heap[other] < heap[smallest]:
                smallest = other
        if heap[smallest] < key:
            heap[at] = heap[smallest]
            at = smallest
    heap[at] = key
    return int(least)
