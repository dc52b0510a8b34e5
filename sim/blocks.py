"""Blocks of runs: what can be stored when it is done, so that a killed experiment goes on where it was."""

import hashlib
import sys
from functools import lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Protocol

import numpy as np

import scenarios
from scenarios.allocation import Allocation
from scenarios.committee import Policy
from scenarios.committee_view import AdviserMaker
from scenarios.stock import Stock
from sim.outcome import NeedOutcome, Outcome, PolicyOutcome, Tables

BLOCK = 4
"""Runs of a block: whatever the number of workers, so that blocks stored by one call serve any other."""


class BlockStore(Protocol):
    """Where finished blocks are kept; a store gives back what was put, whole, or nothing."""

    def get(self, key: str) -> bytes | None:
        """The bytes put under a key; None where there are none, or where they are not what was put."""

    def put(self, key: str, content: bytes) -> None:
        """Keep bytes under a key."""


@lru_cache(maxsize=1)
def engine_version() -> str:
    """A sha256 of all sources that a run goes through, and of what they are run with: NumPy, and the holidays known."""
    digest = hashlib.sha256(f"{np.__version__} {version('holidays')}".encode())
    for folder in (Path(__file__).parent, *(Path(place) for place in scenarios.__path__)):
        for file in sorted(folder.glob("*.py")):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=8)
def package_version(module: str) -> str:
    """A sha256 of all sources of the package that a module belongs to."""
    place = sys.modules[module.partition(".")[0]].__file__
    digest = hashlib.sha256()
    for file in sorted(Path(place or "").parent.rglob("*.py")):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def block_key(
    question: str,
    engine: str,
    allocation: Allocation,
    policies: tuple[Policy, ...],
    block: range,
    stock: Stock | None = None,
    made: tuple[tuple[Policy, AdviserMaker], ...] = (),
) -> str:
    """The name of a block: a sha256 of all that its bytes depend on.

    Args:
        question: the scenario as JSON.
        engine: the engine's name.
        allocation: the money notified to each line at the opening.
        policies: which policies, in order.
        block: which runs.
        stock: what runs start from, None at the opening.
        made: policies that decide by an adviser, and what makes it.

    Returns:
        64 hexadecimal digits.
    """
    parts = (question, engine, engine_version(), allocation.notified_cents, policies, block.start, block.stop)
    told = repr(parts) if stock is None else repr((*parts, stock.digest()))
    if made:
        told += repr([(policy, maker.__qualname__, package_version(maker.__module__)) for policy, maker in made])
    return hashlib.sha256(told.encode("utf-8")).hexdigest()


_NEED_TABLES = ("by_line", "by_pair", "by_band", "by_type", "by_month", "by_year", "totals")
_POLICY_TABLES = ("by_line", "by_pair", "by_month", "by_branch_month", "by_year", "totals", "weighed", "given_up")
_POLICY_ARRAYS = ("refusals", "moves")


def to_bytes(outcome: Outcome) -> bytes:
    """An outcome as an .npz file; the same bytes for the same outcome."""
    arrays: Tables = {}
    for table in _NEED_TABLES:
        arrays.update({f"need/{table}/{name}": array for name, array in getattr(outcome.need, table).items()})
    for number, one in enumerate(outcome.policies):
        for table in _POLICY_TABLES:
            arrays.update({f"{number}/{table}/{name}": array for name, array in getattr(one, table).items()})
        arrays.update({f"{number}/{name}": getattr(one, name) for name in _POLICY_ARRAYS})
    stream = BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def from_bytes(content: bytes, policies: tuple[Policy, ...]) -> Outcome:
    """The outcome that `to_bytes` wrote, under the policies that it was lived under."""
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        arrays: Tables = {name: stored[name] for name in stored.files}

    def table(prefix: str) -> Tables:
        return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}

    return Outcome(
        need=NeedOutcome(**{name: table(f"need/{name}/") for name in _NEED_TABLES}),
        policies=tuple(
            PolicyOutcome(
                policy=policy,
                **{name: table(f"{number}/{name}/") for name in _POLICY_TABLES},
                refusals=arrays[f"{number}/refusals"],
                moves=arrays[f"{number}/moves"],
            )
            for number, policy in enumerate(policies)
        ),
    )
