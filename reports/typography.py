"""French spaces: no line may break before a sign, and no number may leave its unit."""

import re

NARROW = "\u202f"
"""No-break, narrow: between thousands and before ; ! ? %."""
WIDE = "\u00a0"
"""No-break: before : and €, inside « », before units."""
JOINER = "\u2060"
"""No width, no break: after a dash, where a line would otherwise end even before a no-break space."""

_BEFORE_NARROW = re.compile(r"[ \u00a0]+(?=[;!?%])")
_BEFORE_WIDE = re.compile(r" +(?=[:€»])|(?<=\d) +(?=[Mk]€)")
_AFTER_OPENING = re.compile(r"« +")
_DASH = re.compile(r"(?<=\d) – (?=[+−]?\d)")


def french_spaces(text: str) -> str:
    """A French text with no-break spaces where typography wants them.

    Args:
        text: written with ordinary spaces.

    Returns:
        The same words; only spaces change.

    Source: Lexique des règles typographiques en usage à l'Imprimerie nationale.
    """
    text = _BEFORE_NARROW.sub(NARROW, text)
    text = _BEFORE_WIDE.sub(WIDE, text)
    text = _AFTER_OPENING.sub("«" + WIDE, text)
    return _DASH.sub(f"{WIDE}–{JOINER}{WIDE}", text)
