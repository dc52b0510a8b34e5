"""What a check across a scenario yields: where, which problem, and what its message names."""

from collections.abc import Iterable, Iterator
from typing import Any

from scenarios.spelling import likely

Steps = tuple[Any, ...]
Finding = tuple[Steps, str, dict[str, Any]]

TOLERANCE = 1e-6
"""How far shares that must sum to 1 may be from it."""


def unknown(steps: Steps, codes: Iterable[str] | None, known: Iterable[str], what: str) -> Iterator[Finding]:
    """The codes that are not among the known ones."""
    known = list(known)
    for code in codes or ():
        if code not in known:
            yield steps, "unknown_code", {"found": code, "what": what, "likely": likely(code, known)}
