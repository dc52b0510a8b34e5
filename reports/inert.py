"""Texts that somebody else wrote, made harmless for forms that have no element to hold them apart."""

import re
import unicodedata

ISOLATE, RELEASE = "\u2068", "\u2069"
ZERO_WIDTH_SPACE = "\u200b"
LONGEST_UNBROKEN = 40

_TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_UNBROKEN = re.compile(rf"(\S{{{LONGEST_UNBROKEN}}})(?=\S)")


def still(text: str) -> str:
    """A text that cannot turn the direction of what stands around it.

    Args:
        text: as somebody wrote it.

    Returns:
        The same letters without marks of direction; isolated where it has letters that run from right to left.
    """
    kept = _TURNING.sub("", text)
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in kept):
        return f"{ISOLATE}{kept}{RELEASE}"
    return kept


def breakable(text: str, after: str = "") -> str:
    """A text that a line can always end in: after some signs, and inside words that no line could hold.

    Args:
        text: the text.
        after: signs behind which a line may end.
    """
    if after:
        text = re.sub(rf"([{re.escape(after)}])(?=\w)", rf"\1{ZERO_WIDTH_SPACE}", text)
    return _UNBROKEN.sub(rf"\1{ZERO_WIDTH_SPACE}", text)
