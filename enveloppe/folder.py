"""The output folder: one run at a time, every file whole or absent, a manifest that proves it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from reports.whole_file import PART_PREFIX

if TYPE_CHECKING:
    from numpy.typing import NDArray


class FolderInUse(Exception):
    """Another run holds the output folder."""


class FolderRefused(Exception):
    """A place cannot be written to, and why."""

    def __init__(self, place: Path, error: OSError) -> None:
        """Keep the place and the system's reason."""
        super().__init__(f"{place}: {error}")
        self.place, self.reason = place, error.strerror or type(error).__name__


@contextmanager
def held(folder: Path) -> Iterator[Path]:
    """Hold an output folder for one run.

    The lock belongs to the process: a killed run leaves no lock behind.

    Args:
        folder: made where it does not exist.

    Yields:
        The folder.

    Raises:
        FolderInUse: another run holds it.
        FolderRefused: it cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("a+b")
    except OSError as error:
        raise FolderRefused(folder, error) from None
    with lock:
        if not _locked(lock):
            raise FolderInUse(str(folder))
        try:
            yield folder
        finally:
            _unlocked(lock)


def _locked(lock: IO[bytes]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt  # its names are known to the checker on Windows only

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _unlocked(lock: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt  # as in `_locked`

        msvcrt.locking(lock.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_UN)


def swept(folder: Path) -> None:
    """Remove what a killed run left half-written."""
    for leftover in folder.glob(f"{PART_PREFIX}*"):
        leftover.unlink(missing_ok=True)


def json_bytes(value: Any) -> bytes:
    """JSON for people and machines: indented, keys in the order given, no NaN, the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def npz_bytes(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Arrays as an .npz file, the same bytes for the same arrays (NumPy dates its entries 1980)."""
    import numpy as np  # imported late: the lock and the JSON need no numbers

    stream = BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()
