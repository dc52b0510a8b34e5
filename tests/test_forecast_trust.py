"""Whether to trust a forecast: the word follows from its back-test, and the sentence says why, in both languages."""

from typing import Any

import pytest

from forecast.back_test_told import _trust
from reports.catalogue import language_of
from reports.forecast.back_test import REASONS, TRUST, trust_line
from reports.price_sentences import plain
from reports.reading import Found

NAIVE = ("last_year", "moving_average", "plain_poisson")


def case(ratio: float, inside: float = 0.9, origins: int = 24, total_p: float = 0.5) -> dict[str, Any]:
    """A back-test in which every naive rival scores 100 and the forecast `ratio` times that."""
    rivals = [{"rival": name, "total_crps": 100.0} for name in NAIVE]
    rows = [
        {"months": months, "total": {"crps": 100 * ratio, "covered_90": inside}, "rivals": rivals} for months in (1, 3)
    ]
    return {"origins": origins, "horizons": rows, "pit_total_p": total_p, "pit_branches_p": 0.5}


@pytest.mark.parametrize(
    ("found", "word", "reasons"),
    [
        (case(0.8), "good", []),
        (case(0.9, inside=0.8), "good", []),
        (case(0.91), "fair", ["small_lead"]),
        (case(0.8, inside=0.79), "fair", ["narrow"]),
        (case(0.8, total_p=0.009), "fair", ["not_uniform"]),
        (case(0.8, origins=11), "fair", ["few_origins"]),
        (case(0.95, inside=0.7, origins=7), "fair", ["small_lead", "narrow", "few_origins"]),
        (case(1.01), "weak", ["rival_better"]),
        (case(0.5, inside=0.6), "weak", ["held_seldom"]),
        (case(0.5, origins=5), "too_short", []),
    ],
)
def test_the_word_and_what_keeps_it_from_a_better_one(found: dict[str, Any], word: str, reasons: list[str]) -> None:
    """The bounds of docs/forecast.md, each from both sides."""
    assert _trust(found) == (word, reasons)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "This forecast is usable with care: over its own past it was better than a simple rule, but by less than a "
            "tenth, its 90% intervals held less than eight times in ten and it was tested on 7 months only.",
        ),
        (
            "fr",
            "Cette prévision est utilisable avec prudence\u00a0: sur son propre passé elle a fait mieux qu’une règle "
            "simple, mais de moins d’un dixième, ses intervalles à 90\u202f% ont tenu moins de huit fois sur dix et "
            "elle n’a été éprouvée que sur 7 mois.",
        ),
    ],
)
def test_the_sentence_says_why(language: str, said: str) -> None:
    """Three reasons, as a sentence that can be read aloud."""
    found = {"trust": "fair", "reasons": ["small_lead", "narrow", "few_origins"], "origins": 7}
    assert plain(trust_line(Found("", found), language_of(language))) == said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_word_and_reason_has_its_sentence(language: str) -> None:
    """None is empty, none leaves a place open."""
    for word in TRUST:
        for reason in REASONS:
            found = {"trust": word, "reasons": [reason], "origins": 7}
            text = plain(trust_line(Found("", found), language_of(language)))
            assert text.endswith(".")
            assert "{" not in text
