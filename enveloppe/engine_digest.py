"""Which engine answered: a sha256 of the sources that decide a figure, and of the versions they were run with."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import enveloppe

_COUNTED = ("numpy", "scipy", "pulp", "highspy", "simpy", "numba", "holidays")
_FRONT_DOOR = ("findings.py", "never_notified.py", "planning.py", "pipeline.py", "advisers.py", "uncertainty")
"""Of the front door only what puts findings together: no command, no wording, no report changes a figure."""


@lru_cache(maxsize=1)
def engine_digest() -> str:
    """The digest of this engine; another one means that stored answers are computed again."""
    root = Path(next(iter(enveloppe.__path__))).parent
    return digest_of(root, sources(root))


def digest_of(root: Path, files: list[Path]) -> str:
    """The digest of some sources.

    Args:
        root: the folder that they are named from.
        files: below it, in any order.
    """
    digest = hashlib.sha256()
    for name in _COUNTED:
        digest.update(f"{name}={version(name)}\n".encode())
    named = {file.relative_to(root).as_posix(): file for file in files}
    for name in sorted(named):
        digest.update(name.encode() + b"\0" + named[name].read_bytes())
    return digest.hexdigest()


def sources(root: Path) -> list[Path]:
    """The files that decide a figure.

    Args:
        root: the folder that holds the packages.
    """
    whole = [file for package in ("scenarios", "sim", "optimiser") for file in (root / package).rglob("*.py")]
    for name in _FRONT_DOOR:
        place = root / "enveloppe" / name
        whole += place.rglob("*.py") if place.is_dir() else [place]
    return whole
