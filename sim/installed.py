"""What stands on a machine: a worker's answer has our bytes only where its sources and libraries are ours."""

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("scenarios", "sim", "optimiser", "reports", "enveloppe")
"""All that may cross to a worker: runs, plans, and answers put together with their sentences."""
LIBRARIES = ("numpy", "scipy", "pulp", "highspy", "numba", "holidays", "Babel")


@lru_cache(maxsize=1)
def installed_version() -> str:
    """A sha256 of the sources of this house as they are installed here, and of the libraries that decide a byte."""
    digest = hashlib.sha256()
    for name in LIBRARIES:
        try:
            digest.update(f"{name}={version(name)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{name} is missing\n".encode())
    for package in PACKAGES:
        found = find_spec(package)
        for place in (found.submodule_search_locations or ()) if found is not None else ():
            root = Path(place)
            for file in sorted(root.rglob("*.py")):
                digest.update(f"{package}/{file.relative_to(root).as_posix()}\0".encode() + file.read_bytes())
    return digest.hexdigest()
