"""What the folder of a comparison is called where nobody says: by its sides, so that another pair has another one."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

LONGEST = 200
"""Letters; file systems take 255."""


def folder_name(questions: Sequence[str], names: Sequence[str | None]) -> str:
    """The name of the folder.

    Args:
        questions: the sides as the command line names them.
        names: of the scenario of each side; None for findings, which are called by the folder that they stand in: two
            folders often answer one scenario.

    Returns:
        "compare-A-B", of plain letters: names are somebody's text, and none may lead out of the folder.
    """
    told = [name or _stands_in(question).name for question, name in zip(questions, names, strict=True)]
    if len(set(told)) < len(told):
        told = _apart(questions)
    whole = f"compare-{'-'.join(told)}"
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", whole)
    if len(name) <= LONGEST:
        return name
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name[: LONGEST - 9]}-{digest}"


def _stands_in(question: str) -> Path:
    place = Path(question).resolve()
    return place.parent if place.name == "findings.json" else place


def _apart(questions: Sequence[str]) -> list[str]:
    """Places without the folders that all of them are in."""
    parts = [_stands_in(question).parts for question in questions]
    common = 0
    while all(len(one) > common + 1 for one in parts) and len({one[common] for one in parts}) == 1:
        common += 1
    return ["-".join(one[common:]) for one in parts]
