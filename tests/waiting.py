"""Tests wait for what happens, and never for a time: a busy machine is only slower."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SLOW_SECONDS = 900
"""After this long a process hangs, however busy the machine is."""


def happened(event: Callable[[], object], running: subprocess.Popen[Any]) -> bool:
    """Wait until something has happened, as long as a process lives that is to bring it about.

    Args:
        event: true as soon as it has.
        running: the process.

    Returns:
        Whether it has happened.
    """
    while running.poll() is None:
        if event():
            return True
        time.sleep(0.01)
    return bool(event())


KILLED = """
import os, signal, sys
from enveloppe import block_folder
from enveloppe.cli import main

number, half = int(sys.argv[1]), sys.argv[2] == "half-written"
whole, put = block_folder.write_whole, 0

def counted(file, content):
    global put
    put += 1
    if put < number:
        return whole(file, content)
    if half:
        (file.parent / ".writing-killed").write_bytes(content[: len(content) // 2])
    else:
        whole(file, content)
    os.killpg(0, signal.SIGKILL)

block_folder.write_whole = counted
main(sys.argv[3:], prog_name="enveloppe")
"""


def killed_at_block(number: int, half_written: bool, words: list[str]) -> int:
    """Start a command that is killed with all its workers as it stores a block of runs.

    Args:
        number: at which block, counted by this process from 1.
        half_written: killed with half of the block on disk, under the name of what is being written.
        words: of the command line.

    Returns:
        How it ended: -9 where it was killed, 0 where it had finished before.
    """
    how = "half-written" if half_written else "whole"
    command = [sys.executable, "-c", KILLED, str(number), how, *words]
    quiet = subprocess.DEVNULL
    return subprocess.run(command, stdout=quiet, stderr=quiet, start_new_session=True, check=False).returncode


def alive(session: int) -> list[int]:
    """The processes of a session, by the kernel's table (field 6 of /proc/PID/stat), zombies left out."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, owner = entry.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(owner) == session and state != "Z":
            found.append(int(entry.parent.name))
    return found


def gone(session: int) -> list[int]:
    """Wait until no process of a session lives; gives those that still do after a very long time."""
    until = time.monotonic() + SLOW_SECONDS
    while (left := alive(session)) and time.monotonic() < until:
        time.sleep(0.05)
    return left


ON_LINUX = Path("/proc/self/stat").exists()
"""Whether the kernel's table of processes can be read as above."""
