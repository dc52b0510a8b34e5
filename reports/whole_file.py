"""A file is the old one or the new one, never a part."""

import hashlib
import os
import tempfile
from pathlib import Path

PART_PREFIX = ".writing-"
"""How the name of a file being written starts; a killed run may leave one behind."""


def write_whole(file: Path, content: str | bytes) -> str:
    """Write a file so that it is either the old one or the new one, never a part.

    Args:
        file: where; its folder exists.
        content: bytes, or a text to be written as UTF-8, line ends as they are.

    Returns:
        The content's sha256.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=PART_PREFIX)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return hashlib.sha256(data).hexdigest()
