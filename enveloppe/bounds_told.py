"""What `check` says of bounds that no plan can keep together: a warning, the file itself is sound."""

from reports import numbers
from scenarios.bounds_together import Apart, bounds_apart
from scenarios.loading import Loaded

WORDS = {
    "cap": (
        "{place}: warning: {branch} may get {limit} at most, and its floor ({floor}) asks for {least}: "
        "no plan keeps both",
        "{place} : attention : {branch} reçoit au plus {limit}, et son plancher ({floor}) demande {least} : "
        "aucun plan ne tient les deux",
    ),
    "money": (
        "{place}: warning: the floors of all branches come to {least}, more than the {limit} to distribute: "
        "no plan keeps them",
        "{place} : attention : les planchers de toutes les branches font {least}, plus que les {limit} à répartir : "
        "aucun plan ne les tient",
    ),
}


def bounds_told(loaded: Loaded, language: str) -> list[str]:
    """One sentence for each contradiction, with the place of the bound.

    Args:
        loaded: a sound question.
        language: "fr" or "en".
    """
    return [_told(apart, loaded, language) for apart in bounds_apart(loaded.scenario)]


def _told(apart: Apart, loaded: Loaded, language: str) -> str:
    floor = _place(loaded, f"constraints.branch_floors.{apart.floor}")
    place = floor if apart.cap is None else _place(loaded, f"constraints.branch_caps.{apart.cap}")
    least, limit = (_money(cents, language) for cents in (apart.floor_cents, apart.limit_cents))
    named = {"place": place, "floor": floor, "least": least, "limit": limit}
    key = "money" if apart.cap is None else "cap"
    return WORDS[key][language == "fr"].format(branch=apart.branch, **named)


def _money(cents: int, language: str) -> str:
    return numbers.money(cents, language, scale=100, decimals=0 if cents % 100 == 0 else 2).text


def _place(loaded: Loaded, key: str) -> str:
    """Where a bound was written: of its values the first that has a place."""
    for entry in loaded.register:
        if entry.key.startswith(f"{key}."):
            return str(entry.place)
    return key
