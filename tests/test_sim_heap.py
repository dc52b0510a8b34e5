"""The compiled engine's calendar hands out its keys in ascending order, whatever came when."""

import heapq

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.event_heap import pop, push

STEPS = st.lists(st.one_of(st.integers(0, 2**60), st.none()), max_size=120)
"""A key to add, or None: take the least out."""


@given(steps=STEPS)
def test_what_comes_out_is_always_the_least(steps: list[int | None]) -> None:
    """Against the standard library's heap, through every number of children that a last node can have."""
    heap, size, known = np.empty(len(steps) + 1, dtype=np.int64), 0, []
    for key in [*steps, *[None] * len(steps)]:
        if key is not None:
            size = push(heap, size, key)
            heapq.heappush(known, key)
        elif size:
            assert pop(heap, size) == heapq.heappop(known)
            size -= 1
        assert size == len(known)
        if known:
            assert heap[0] == known[0]
