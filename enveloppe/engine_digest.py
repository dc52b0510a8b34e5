"""Which engine answered: a sha256 of the sources that decide a figure, and of the versions they were run with."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import enveloppe
import optimiser
import scenarios
import sim

_COUNTED = ("numpy", "scipy", "pulp", "highspy", "simpy", "numba", "holidays")
_FRONT_DOOR = ("findings.py", "pipeline.py")
"""Of the front door only what puts findings together: no command, no wording, no report changes a figure."""


@lru_cache(maxsize=1)
def engine_digest() -> str:
    """The digest; another one means that stored answers are computed again."""
    digest = hashlib.sha256()
    for name in _COUNTED:
        digest.update(f"{name}={version(name)}\n".encode())
    for package in (scenarios, sim, optimiser):
        root = Path(next(iter(package.__path__)))
        for file in sorted(root.rglob("*.py")):
            digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    root = Path(next(iter(enveloppe.__path__)))
    for name in _FRONT_DOOR:
        digest.update(name.encode() + b"\0" + (root / name).read_bytes())
    return digest.hexdigest()
