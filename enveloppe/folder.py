"""The output folder: one run at a time, every file whole or absent, a manifest that proves it."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


class FolderInUse(Exception):  # noqa: N818 - a refusal, not an error of the program
    """Another run holds the output folder."""


class FolderRefused(Exception):  # noqa: N818 - a refusal, not an error of the program
    """The output folder cannot be written to; the argument says why."""


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
        raise FolderRefused(error.strerror or str(error)) from None
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
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _unlocked(lock: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(lock.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_UN)


def write_whole(file: Path, content: bytes) -> str:
    """Write a file so that it is either the old one or the new one, never a part.

    Args:
        file: where; its folder exists.
        content: the bytes.

    Returns:
        The content's sha256.
    """
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return hashlib.sha256(content).hexdigest()


def swept(folder: Path) -> None:
    """Remove what a killed run left half-written."""
    for leftover in folder.glob(".writing-*"):
        leftover.unlink(missing_ok=True)


def json_bytes(value: Any) -> bytes:
    """JSON for people and machines: indented, keys in the order given, no NaN, the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")
