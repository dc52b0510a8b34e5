"""The draws of a block of runs, kept by what they depend on: what differs elsewhere meets the very same requests."""

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from scenarios.attributes import Requests
from sim.blocks import BlockStore, engine_version
from sim.ground import Ground
from sim.inflow import draw_requests

Drawn = tuple[Requests, ...]
"""The requests of one run, by branch."""

_COUNTS = "requests of each branch"
_NARROW = (np.uint8, np.uint16, np.uint32)


def draws_of(ground: Ground, block: range, store: BlockStore | None = None, draw_key: str = "") -> Iterator[Drawn]:
    """The requests of each run of a block, in order.

    Args:
        ground: the scenario laid out.
        block: which runs.
        store: keeps draws; those that it holds are not drawn again.
        draw_key: all that the draws depend on (`sim.draw_key`), where there is a store.

    Yields:
        Requests by branch, the same bytes from the store as from luck.
    """
    if store is None:
        yield from (draw_requests(ground, run) for run in block)
        return
    key = _key(draw_key, block)
    content = store.get(key)
    if content is not None:
        yield from _from_bytes(content)
        return
    drawn = [draw_requests(ground, run) for run in block]
    store.put(key, _to_bytes(drawn))
    yield from drawn


def _key(draw_key: str, block: range) -> str:
    return hashlib.sha256(f"{draw_key} {engine_version()} {block.start} {block.stop}".encode()).hexdigest()


def _to_bytes(runs: list[Drawn]) -> bytes:
    """The draws of some runs as an .npz file; whole numbers as narrow as they are small."""
    parts = [requests for drawn in runs for requests in drawn]
    arrays = {
        field.name: _narrow(np.concatenate([getattr(part, field.name) for part in parts])) for field in fields(Requests)
    }
    arrays[_COUNTS] = np.asarray([len(part.number) for part in parts], dtype=np.int64).reshape(len(runs), -1)
    stream = BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def _narrow(values: NDArray[np.generic]) -> NDArray[np.generic]:
    if values.dtype != np.int64 or not len(values) or values.min() < 0:
        return values
    most = int(values.max())
    return next((values.astype(kind) for kind in _NARROW if most <= np.iinfo(kind).max), values)


def _from_bytes(content: bytes) -> Iterator[Drawn]:
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        counts = stored[_COUNTS]
        whole = {field.name: stored[field.name] for field in fields(Requests)}
    ends = np.cumsum(counts)[:-1]
    columns = {
        name: np.split(values if values.dtype == np.bool_ else values.astype(np.int64), ends)
        for name, values in whole.items()
    }
    branches = counts.shape[1]
    for first in range(0, counts.size, branches):
        yield tuple(
            Requests(**{name: parts[at] for name, parts in columns.items()}) for at in range(first, first + branches)
        )
