"""The likely word behind a misspelt one."""

from collections.abc import Iterable
from difflib import get_close_matches


def likely(word: object, known: Iterable[str]) -> str | None:
    """The known word nearest to a misspelt one, or None where none is near."""
    if not isinstance(word, str) or len(word) > 200:
        return None
    candidates = list(known)
    lowered = {candidate.lower(): candidate for candidate in candidates}
    found = get_close_matches(word.lower(), list(lowered), n=1, cutoff=0.6)
    return lowered[found[0]] if found else None
