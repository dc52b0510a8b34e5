"""The total order of events as one integer: minute, then kind, then place (the rank by branch and number)."""

import numpy as np
from numpy.typing import NDArray

from sim.compiling import compiled

Int = NDArray[np.int64]

PLACE_BITS = 28
KIND_BITS = 5
MINUTE_BITS = 27
"""A run holds at most 2^28 requests over 2^27 minutes (255 years)."""
_PLACES = (1 << PLACE_BITS) - 1
_KINDS = (1 << KIND_BITS) - 1
FAR = (1 << 62) - 1
"""A key after every event."""


@compiled
def key_of(minute: int, kind: int, place: int) -> int:
    """The key of an event."""
    return (minute << (PLACE_BITS + KIND_BITS)) | (kind << PLACE_BITS) | place


@compiled
def minute_of(key: int) -> int:
    """The minute in a key."""
    return key >> (PLACE_BITS + KIND_BITS)


@compiled
def kind_of(key: int) -> int:
    """The kind in a key."""
    return (key >> PLACE_BITS) & _KINDS


@compiled
def place_of(key: int) -> int:
    """The place in a key."""
    return key & _PLACES


@compiled
def rank_of(minute: int, place: int) -> int:
    """The rank of a file in the desk's queue: by arrival, then place."""
    return (minute << PLACE_BITS) | place


def key_at(minute: int, kind: int, place: int) -> int:
    """The key of an event, where it is asked for once in a while: compiled code takes longer to load than this."""
    return minute << (PLACE_BITS + KIND_BITS) | int(kind) << PLACE_BITS | place


def moment_of(key: int) -> tuple[int, int, int]:
    """The minute, the kind and the place in a key, as by `key_at`."""
    return key >> (PLACE_BITS + KIND_BITS), (key >> PLACE_BITS) & _KINDS, key & _PLACES


def keys_of(minutes: Int, kind: int, places: Int) -> Int:
    """The keys of events of one kind, int64 of the arrays' shape."""
    return np.asarray((minutes << (PLACE_BITS + KIND_BITS)) | (kind << PLACE_BITS) | places, dtype=np.int64)


def fits(minutes: int, places: int) -> bool:
    """Whether so many minutes and requests have room in a key."""
    return minutes < 1 << MINUTE_BITS and places <= _PLACES
