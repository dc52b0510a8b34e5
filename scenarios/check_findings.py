"""What a check across a scenario yields: where, which problem, and what its message names."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from scenarios.scenario import Scenario
from scenarios.spelling import likely

Steps = tuple[Any, ...]
Finding = tuple[Steps, str, dict[str, Any]]

TOLERANCE = 1e-6
"""How far shares that must sum to 1 may be from it."""


def unknown(steps: Steps, codes: Iterable[str] | None, known: Iterable[str], what: str) -> Iterator[Finding]:
    """The codes that are not among the known ones."""
    if not codes:
        return  # most rows name none, and thousands of variants pass here
    known = list(known)
    for code in codes:
        if code not in known:
            yield steps, "unknown_code", {"found": code, "what": what, "likely": likely(code, known)}


def of(*sections: str) -> Callable[[Callable[..., Iterator[Finding]]], Callable[[Scenario], Iterator[Finding]]]:
    """Make a check of some sections one of a scenario; sections that were found sound a moment ago are not read again.

    Thousands of variants share the sections that they do not vary: the very same objects, which never change.

    Args:
        sections: fields of a scenario, in the order in which the check takes them; it sees nothing else.
    """

    def of_sections(check: Callable[..., Iterator[Finding]]) -> Callable[[Scenario], Iterator[Finding]]:
        sound: list[Any] = []

        def checked(scenario: Scenario) -> Iterator[Finding]:
            given = [getattr(scenario, name) for name in sections]
            if len(sound) == len(given) and all(map(_is, sound, given)):
                return
            some = False
            for finding in check(*given):
                some = True
                yield finding
            sound[:] = [] if some else given

        return checked

    return of_sections


def _is(one: Any, other: Any) -> bool:
    return one is other
