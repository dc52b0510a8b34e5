"""Reading a report back from its PDF and from its Markdown."""

import re
import shutil
import subprocess
from pathlib import Path

PDFTOTEXT = shutil.which("pdftotext")


def pdf_text(pdf: bytes, folder: Path, first: int = 1, last: int = 10_000) -> str:
    """The words of some sheets of a PDF, in reading order."""
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        [str(PDFTOTEXT), "-raw", "-f", str(first), "-l", str(last), str(file), "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def joined(text: str) -> str:
    """A text without the spaces and breaks that a form puts where it likes."""
    return re.sub(r"[\s\u200b\u202e\u2060\u2068\u2069]+", "", text)


def unescaped(text: str) -> str:
    """What a reader of Markdown sees."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
