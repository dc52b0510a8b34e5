"""The one file that knows numba.

Where numba is missing (or NUMBA_DISABLE_JIT is set) the same functions run as they stand and give the same bytes.
Compiled code is kept between processes in a folder of its own, named after the kernel's sources: numba looks at one
file's date only, and would go on using code whose callees have changed. A place that cannot be written to costs the
compilation, never the run.

Source: numba documentation, "Notes on caching" (limitations) and NUMBA_CACHE_DIR.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

SOURCES = (
    "kinds.py",
    "event_key.py",
    "event_heap.py",
    "happenings.py",
    "refusal.py",
    "desk_kernel.py",
    "life_state.py",
    "telling_kernel.py",
    "payment_kernel.py",
    "money_kernel.py",
    "quota_kernel.py",
    "life_kernel.py",
    "tally.py",
)
"""What the compiled code is made of, beside this file."""


@lru_cache(maxsize=1)
def _numba() -> Any | None:
    """The compiler, or None where it is missing or switched off: it is optional at run time."""
    try:
        numba: Any = import_module("numba")
    except ImportError:
        return None
    return None if numba.config.DISABLE_JIT else numba


@lru_cache(maxsize=1)
def kernel_version() -> str:
    """Twelve hexadecimal digits that change whenever a source of the kernel does."""
    digest = hashlib.sha256()
    for name in SOURCES:
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()[:12]


def is_compiled() -> bool:
    """Whether kernels are compiled in this process, rather than run as they stand."""
    return _numba() is not None


def _user_cache() -> Path:
    if given := os.environ.get("NUMBA_CACHE_DIR"):
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


@lru_cache(maxsize=1)
def cache_folder() -> Path | None:
    """Where compiled code is kept; None where no such place can be written to."""
    try:
        folder = _user_cache() / "enveloppe" / f"kernel-{kernel_version()}"
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except (OSError, RuntimeError):  # RuntimeError: there is no home
        return None


def compiled(function: Function) -> Function:
    """A function over numbers and arrays that makes no array of its own, compiled where numba is there."""
    numba = _numba()
    if numba is None:
        return function
    folder = cache_folder()
    before = numba.config.CACHE_DIR
    try:
        if folder is not None:
            numba.config.CACHE_DIR = str(folder)
        # No fastmath, and integers only: the same bytes on every processor. Arrays live as long as the call, so that
        # counting who refers to them (a third to five sixths of the time, measured) is left out.
        out: Function = numba.njit(cache=folder is not None, forceinline=True, _nrt=False)(function)
    finally:
        numba.config.CACHE_DIR = before
    return out
