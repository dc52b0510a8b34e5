"""Draws kept on this machine between calls: changing one cap draws nothing again. A convenience; all may be deleted."""

import hashlib
import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

PLACE, CAP = "ENVELOPPE_DRAWS", "ENVELOPPE_DRAWS_MB"
"""Variables of the environment: the folder, or `off`; and how large it may grow."""
CAP_MB = 1024
IN_USE_SECONDS = 3600
"""What was read or written within the hour makes no room for others: a long run does not push out its own draws."""
_PART = ".writing-"
_DIGEST = hashlib.sha256().digest_size


class DrawsFolder:
    """A `sim.blocks.BlockStore` in the user's cache; where it cannot be used, it holds nothing and says nothing.

    It is found anew in each process, so that each machine of a cluster has its own.
    """

    def get(self, key: str) -> bytes | None:
        """The draws of a key, proven by their hash; None where they are not there, or not what was written."""
        folder = draws_place()
        if folder is None:
            return None
        try:
            content = (folder / key).read_bytes()
        except OSError:
            return None
        digest, draws = content[:_DIGEST], content[_DIGEST:]
        if hashlib.sha256(draws).digest() != digest:
            return None
        with suppress(OSError):
            os.utime(folder / key)
        return draws

    def put(self, key: str, content: bytes) -> None:
        """Keep draws where there is room for them."""
        folder = draws_place()
        if folder is None:
            return
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if _room(folder, len(content) + _DIGEST):
                _write(folder / key, hashlib.sha256(content).digest() + content)


def draws_place() -> Path | None:
    """The folder of draws; None where they are not to be kept."""
    asked = os.environ.get(PLACE, "")
    if asked:
        return None if asked == "off" else Path(asked)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "enveloppe" / "draws"


def cap_bytes() -> int:
    """How large the folder may grow; what is not a whole number of megabytes is not listened to."""
    asked = os.environ.get(CAP, "")
    return (int(asked) if asked.isdecimal() else CAP_MB) * 1_000_000


def draws_kept() -> list[tuple[float, int, Path]]:
    """When each file of the folder was used last, how large it is, and where it stands; the oldest first."""
    folder = draws_place()
    return _files(folder) if folder is not None else []


def discard_draws() -> None:
    """Delete all draws of the folder, and nothing else; raises OSError where one cannot be."""
    for _, _, file in draws_kept():
        file.unlink(missing_ok=True)


def _files(folder: Path) -> list[tuple[float, int, Path]]:
    found = []
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_PART) or (len(entry.name) == 2 * _DIGEST and entry.is_file()):
                with suppress(FileNotFoundError):
                    told = entry.stat()
                    found.append((told.st_mtime, told.st_size, Path(entry.path)))
    return sorted(found)


def _room(folder: Path, size: int) -> bool:
    """Make room for some bytes: what nobody used for long goes first; False where there is none."""
    files, cap = _files(folder), cap_bytes()
    total, long_ago = sum(of for _, of, _ in files), time.time() - IN_USE_SECONDS
    for used, of, file in files:
        # A part that a killed run left is never of use.
        if used < long_ago and (total + size > cap or file.name.startswith(_PART)):
            file.unlink(missing_ok=True)
            total -= of
    return total + size <= cap


def _write(file: Path, content: bytes) -> None:
    """Whole or absent for a reader; not forced to disk, since a hash proves what is read back."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=_PART)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
