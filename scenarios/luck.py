"""Numbered luck: every draw has an address (seed, purpose, run, stream, number).

Philox is a counter-based generator: the draw of an address does not depend on any other draw, on the order of
calls, or on the worker. Streams are named by a text (a branch's code), never by its place in a list, so that
permuting branches permutes results and adding one leaves the others alone.

Source: Salmon, Moraes, Dror, Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3"; NumPy's Philox4x64-10,
whose raw stream is stable across versions (NEP 19).
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.random import Philox
from numpy.typing import NDArray

PRICE_SAMPLE_RUN = 2**62
"""The run whose luck is kept for the published sample of expected prices; simulated runs number from 0."""


@lru_cache(maxsize=4096)
def stream_number(name: str) -> int:
    """The 63-bit number of a named stream (the first bytes of the name's SHA-256)."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8")).digest()[:8], "little") >> 1


def raw_draws(seed: int, purpose: str, run: int, stream: str, count: int) -> NDArray[np.uint64]:
    """The first `count` raw 64-bit draws of an address; a longer call only appends.

    Args:
        seed: the scenario's seed.
        purpose: what the draw decides ("hours", "company", ...).
        run: the number of the run, from 0.
        stream: the name of the stream, normally a branch's code ("" for what all branches share).
        count: how many draws.

    Returns:
        uint64 (count,).
    """
    return raw_draws_of_streams(seed, purpose, run, (stream,), (count,))


def raw_draws_of_streams(
    seed: int, purpose: str, run: int, streams: Sequence[str], counts: Sequence[int]
) -> NDArray[np.uint64]:
    """The raw draws of several streams, one stream after the other; each is what `raw_draws` gives for it.

    Args:
        seed: the scenario's seed.
        purpose: what the draws decide.
        run: the number of the run, from 0.
        streams: the names of the streams.
        counts: how many draws of each.

    Returns:
        uint64 (sum of counts,).
    """
    generator = Philox(key=np.array([seed, stream_number(purpose)], dtype=np.uint64))
    # A generator's state is set rather than a generator made for each stream: that costs a sixth.
    fresh = generator.state
    drawn = []
    for stream, count in zip(streams, counts, strict=True):
        number = stream_number(stream) if stream else 0
        fresh["state"]["counter"] = np.array([0, number, run, 0], dtype=np.uint64)
        generator.state = fresh
        drawn.append(generator.random_raw(count))
    return np.concatenate(drawn).astype(np.uint64, copy=False) if drawn else np.zeros(0, dtype=np.uint64)
