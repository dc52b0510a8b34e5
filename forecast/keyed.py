"""The forecast's own luck: one generator a purpose, keyed like all luck of the engine (seed, purpose)."""

import numpy as np
from numpy.random import Generator, Philox

from scenarios.luck import stream_number


def luck(seed: int, purpose: str) -> Generator:
    """The generator of one purpose of the forecast."""
    return Generator(Philox(key=np.array([seed, stream_number(f"forecast {purpose}")], dtype=np.uint64)))
