"""Finished blocks of runs in the output folder: a killed run goes on where it was, and a finished one leaves none."""

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path

from enveloppe.folder import FolderRefused
from reports.whole_file import write_whole

_PREFIX = ".blocks-"
_DIGEST = hashlib.sha256().digest_size


class FolderStore:
    """A `sim.blocks.BlockStore` in a folder; each file begins with the sha256 of the rest, and is whole or absent."""

    def __init__(self, folder: Path, scenario_hash: str) -> None:
        """Keep blocks below an output folder that this process holds."""
        self._folder = folder / f"{_PREFIX}{scenario_hash[:12]}"

    def get(self, key: str) -> bytes | None:
        """The block of a key; None where it is not there, or not what was written."""
        try:
            content = (self._folder / key).read_bytes()
        except OSError:
            return None
        digest, block = content[:_DIGEST], content[_DIGEST:]
        return block if hashlib.sha256(block).digest() == digest else None

    def put(self, key: str, content: bytes) -> None:
        """Write a block; raises FolderRefused where it cannot be written."""
        try:
            self._folder.mkdir(exist_ok=True)
            write_whole(self._folder / key, hashlib.sha256(content).digest() + content)
        except OSError as error:
            with suppress(OSError):
                self._folder.rmdir()
            raise FolderRefused(self._folder, error) from None


def discard_blocks(folder: Path) -> None:
    """Remove all blocks of an output folder; what cannot be removed stays, and harms nobody."""
    for blocks in folder.glob(f"{_PREFIX}*"):
        shutil.rmtree(blocks, ignore_errors=True)
