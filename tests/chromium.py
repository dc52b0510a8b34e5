"""The Chromium of this machine, if there is one: a page opened in it without a window."""

import shutil
import subprocess
from pathlib import Path

from waiting import SLOW_SECONDS

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def browsed(page: Path, profile: Path, *words: str) -> str:
    """Open a page under a profile of its own, and give what the browser prints.

    Args:
        page: a file.
        profile: the browser's folder; made where there is none.
        words: further words of its command line.
    """
    done = subprocess.run(
        [str(CHROMIUM), *QUIET, f"--user-data-dir={profile}", *words, page.as_uri()],
        capture_output=True,
        text=True,
        timeout=SLOW_SECONDS,
        check=True,
    )
    return done.stdout
