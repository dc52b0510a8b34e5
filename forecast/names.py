"""Texts of an export matched with the codes of a scenario: branches, sizes, situations, types, statuses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.column_map import plain_words
from scenarios.scenario import Scenario

Int = NDArray[np.int64]

BLANK, UNKNOWN = -1, -2
NEAR = 0.83
"""Two names at least so alike (Ratcliff and Obershelp's ratio) are taken for one, and it is told."""
_LIKELY = 0.6
"""Names at least so alike are named as a suggestion."""
_COUNTERPART = 0.75
"""Each word of a name must have one at least so alike in the other before the names are taken for one."""
_GENERIC = frozenset({
    "industrie", "industries", "industriel", "industrielle", "industriels", "industrielles", "fabrication",
    "fabrications", "commerce", "commerces", "branche", "branches", "secteur", "secteurs", "filiere", "filieres",
    "metiers", "entreprises", "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les",
    "industry", "manufacturing", "manufacture", "sector", "branch", "trade", "and", "of", "the",
})  # fmt: skip
"""Words that many branches bear: no branch is known by them."""

STATUSES = ("filed", "parked", "committed", "in_training", "to_pay", "paid", "refused", "dropped")
_STATUS_WORDS: dict[str, tuple[str, ...]] = {
    "filed": (
        "received", "pending", "waiting", "open", "examined", "incomplete", "deposé", "déposée", "reçu", "reçue",
        "en attente", "en cours", "à instruire", "en instruction", "en cours d'instruction", "incomplet", "nouveau",
        "new",
    ),
    "parked": (
        "waiting for money", "on hold", "en attente de financement", "en attente de fonds", "en attente d'enveloppe",
    ),
    "committed": (
        "accepted", "approved", "granted", "engaged", "engagé", "engagée", "accepté", "acceptée", "accordé", "accordée",
        "validé", "validée", "notifié", "notifiée", "accord",
    ),
    "in_training": ("in training", "started", "en formation", "démarré", "démarrée", "commencé", "commencée"),
    "to_pay": (
        "to pay", "done", "service done", "completed", "invoiced", "à payer", "service fait", "terminé", "terminée",
        "réalisé", "réalisée", "facturé", "facturée",
    ),
    "paid": ("settled", "closed", "payé", "payée", "réglé", "réglée", "soldé", "soldée", "clôturé", "clôturée"),
    "refused": (
        "rejected", "ineligible", "refusé", "refusée", "rejeté", "rejetée", "non éligible", "inéligible", "refus",
    ),
    "dropped": (
        "cancelled", "canceled", "withdrawn", "abandoned", "abandonné", "abandonnée", "annulé", "annulée", "abandon",
        "désistement", "retiré", "retirée",
    ),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Matched:
    """Distinct texts matched with codes.

    Attributes:
        index: int64 (texts,), the code's place; BLANK or UNKNOWN.
        near: by the place of a text: the code it was taken for, or is likely meant by, and whether it was taken.
    """

    index: Int
    near: dict[int, tuple[str, bool]]


def matched(
    texts: Sequence[Any],
    names: Mapping[str, Sequence[str]],
    given: Mapping[str, str],
    generic: frozenset[str] = frozenset(),
) -> Matched:
    """Match distinct texts with codes, whatever capitals, accents and signs.

    Args:
        texts: distinct cells.
        names: code -> the names it goes by.
        given: text -> code, from the column map.
        generic: words that tell nothing, left out where a text as it stands is no code's.

    Returns:
        Matched. A name that is `NEAR` one code's, word by word, and nearer to it than to any other's, is taken for it.
    """
    codes = list(names)
    known: dict[str, int] = {}
    for place, (code, labels) in enumerate(names.items()):
        for text in (code, *labels):
            known.setdefault(plain_words(text), place)
    for text, code in given.items():
        if code in names:
            known[plain_words(text)] = codes.index(code)
    telling: dict[str, int] = {}
    for name, place in known.items():
        if rest := _telling(name, generic):
            telling[rest] = place if telling.get(rest, place) == place else UNKNOWN
    singular: dict[str, int] = {}
    for name, place in telling.items():
        one = _singular(name)
        singular[one] = place if singular.get(one, place) == place else UNKNOWN
    index = np.full(len(texts), BLANK, dtype=np.int64)
    near: dict[int, tuple[str, bool]] = {}
    for at, text in enumerate(texts):
        words = plain_words(str(text)[:200]) if text is not None else ""
        if not words:
            index[at] = BLANK if text is None or not str(text).strip() else UNKNOWN
            continue
        if words in known:
            index[at] = known[words]
            continue
        rest = _telling(words, generic)
        index[at] = telling.get(rest, singular.get(_singular(rest), UNKNOWN) if rest else UNKNOWN)
        if not rest or index[at] != UNKNOWN:
            continue
        if len(near) < _MOST_NEAR and (likely := _nearest(rest, telling)) is not None:
            place, ratio, alone = likely
            taken = ratio >= NEAR and alone
            near[at] = (codes[place], taken)
            if taken:
                index[at] = place
    return Matched(index, near)


_MOST_NEAR = 2_000
"""Unknown texts that a likely code is looked for; a column of rubbish is not searched to its end."""


def _telling(words: str, generic: frozenset[str]) -> str:
    """A name without the words that tell nothing."""
    return " ".join(word for word in words.split() if word not in generic)


def _singular(words: str) -> str:
    """A name whose longer words have lost a last s or x: French and English plurals."""
    return " ".join(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words.split())


def _paired(words: str, name: str) -> bool:
    """Each word of either has its counterpart in the other; a number only itself."""
    ours, theirs = words.split(), name.split()

    def met(word: str, others: list[str]) -> bool:
        return word in others or (
            not any(letter.isdigit() for letter in word)
            and any(SequenceMatcher(None, word, other, autojunk=False).ratio() >= _COUNTERPART for other in others)
        )

    return all(met(word, theirs) for word in ours) and all(met(word, ours) for word in theirs)


def _nearest(words: str, known: Mapping[str, int]) -> tuple[int, float, bool] | None:
    best, second, place, nearest = 0.0, 0.0, -1, ""
    for name, code in known.items():
        if code == UNKNOWN:
            continue
        matcher = SequenceMatcher(None, words, name, autojunk=False)
        if matcher.real_quick_ratio() < max(_LIKELY, second) or matcher.quick_ratio() < max(_LIKELY, second):
            continue
        ratio = matcher.ratio()
        if code == place:
            best, nearest = max((best, nearest), (ratio, name))
        elif ratio > best:
            best, second, place, nearest = ratio, best, code, name
        else:
            second = max(second, ratio)
    return (place, best, best - second > 0.03 and _paired(words, nearest)) if best >= _LIKELY else None


def branches(texts: Sequence[Any], scenario: Scenario, given: Mapping[str, str]) -> Matched:
    """Match branches by code, name or agreement; words such as "industries" count for nothing."""
    return matched(texts, branch_names(scenario), given, _GENERIC)


def branch_names(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Branch code -> the names it goes by: both languages, and the numbers of its agreements."""
    return {
        code: (
            *(name for name in (branch.name_fr, branch.name_en) if name),
            *(number for number in (branch.idcc or "").split(";") if number.strip()),
            *(f"IDCC {number}" for number in (branch.idcc or "").split(";") if number.strip()),
        )
        for code, branch in scenario.branches.items()
    }


def labels(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Code -> its names in both languages."""
    return {
        code: tuple(name for name in (getattr(entry, "name_fr", None), getattr(entry, "name_en", None)) if name)
        for code, entry in table.items()
    }


def statuses(texts: Sequence[Any], given: Mapping[str, str]) -> Matched:
    """Match statuses, in French or English words."""
    return matched(texts, _STATUS_WORDS, given)


def sizes(texts: Sequence[Any], scenario: Scenario, given: Mapping[str, str]) -> Matched:
    """Match company sizes: a number of employees, a band's code or name, or a range that lies inside one band."""
    bands = scenario.scheme.size_bands
    found = matched(texts, labels(bands), given)
    index = found.index.copy()
    near = dict(found.near)
    order = list(bands)
    fixed = {plain_words(name) for code, names in labels(bands).items() for name in (code, *names)}
    for at, text in enumerate(texts):
        if text is None or plain_words(str(text)[:200]) in fixed or (isinstance(text, str) and text in given):
            continue
        numbers = [
            int(float(part))
            for part in re.findall(r"\d{1,7}(?:\.0+)?", re.sub(r"(?<=\d)[\s  ](?=\d{3})", "", str(text)[:60]))
        ]
        if not 1 <= len(numbers) <= 2:
            continue
        holding = [
            place
            for place, code in enumerate(order)
            if all(
                bands[code].min_employees <= number
                and (bands[code].max_employees is None or number <= (bands[code].max_employees or 0))
                for number in numbers
            )
        ]
        near.pop(at, None)
        index[at] = holding[0] if holding else UNKNOWN
    return Matched(index, near)
