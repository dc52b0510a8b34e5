"""How a state is told: by a sign, a word and a colour, so that no reader depends on one of them."""

from reports.blocks import Sign, Tone
from reports.catalogue import Language, msg

STATUSES: dict[str, tuple[str, str, Tone]] = {
    "ok": ("●", msg("on course"), "ok"),
    "watch": ("■", msg("to watch"), "watch"),
    "short": ("▲", msg("short of money"), "short"),
    "seldom": ("○", msg("rarely asked"), "plain"),
    "unasked": ("○", msg("no demand"), "plain"),
}


def status_sign(status: str, language: Language) -> Sign:
    """The sign of a branch's status; an unknown one is told by its code."""
    sign, word, tone = STATUSES.get(status, ("○", "", "plain"))
    return Sign(sign, language.words(word) if word else status, tone)


def met_sign(met: bool, language: Language) -> Sign:
    """The sign of a target that is met or missed."""
    if met:
        return Sign("●", language.words(msg("reached")), "ok")
    return Sign("▲", language.words(msg("missed")), "short")
