"""The verdict in one sentence, in every case: overrun is said of the need only."""

from typing import Any

import pytest
from report_findings import tiny

from enveloppe.never_notified import never_notified_cents
from reports.catalogue import language_of
from reports.price_sentences import plain
from reports.reading import whole
from reports.sections.decisions import decisions
from reports.sections.headline import headline
from reports.verdict import verdict


def told(found: dict[str, Any], language: str) -> str:
    text = plain(verdict(whole(found), language_of(language)))
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2060", "")


def case(overrun: float, exhausted: float, *, dated: bool = True) -> dict[str, Any]:
    found = tiny()
    found["simulation"]["kpis"]["overrun"]["mean"] = overrun
    exhaustion: dict[str, Any] = {"probability": exhausted}
    if dated:
        exhaustion["p50"] = "2021-11-12"
    found["simulation"]["exhaustion_date"] = exhaustion
    return found


def test_the_whole_sentence() -> None:
    assert told(tiny(), "fr") == (
        "Sur 100 tirages, l’enveloppe finance en moyenne 22 100 parcours nets (20 400 – 23 900 huit fois sur dix) pour "
        "une cible de 25 000 ; les demandes atteignent en moyenne 195,1 M€ pour une enveloppe "
        "de 150 M€ (+10 M€ le 1er oct. "
        "2021) : le besoin dépasse presque toujours l’argent à distribuer (96 % des tirages), et "
        "l’argent s’épuise dans 94 % des tirages, alors vers le 12 novembre 2021."
    )
    assert told(tiny(), "en") == (
        "Over 100 runs, the envelope finances 22,100 net pathways on average (20,400 – 23,900 eight times in ten) for "
        "a target of 25,000; requests reach €195.1M on average for an envelope of €150M (+€10M on 1 Oct 2021): "
        "the need nearly always exceeds the money "
        "to distribute (96% of runs), and the money runs out in 94% of runs, then around 12 November 2021."
    )


@pytest.mark.parametrize(
    ("overrun", "words"),
    [
        (0.0, "in no run does the need exceed the money to distribute"),
        (0.02, "the need rarely exceeds the money to distribute (2% of runs)"),
        (0.05, "the need exceeds the money to distribute in 5% of runs"),
        (0.5, "the need exceeds the money to distribute in 50% of runs"),
        (0.95, "the need nearly always exceeds the money to distribute (95% of runs)"),
        (1.0, "the need exceeds the money to distribute in every run"),
    ],
)
def test_how_often_the_need_exceeds_the_money(overrun: float, words: str) -> None:
    assert words in told(case(overrun, 0.9), "en")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (case(0.0, 0.0, dated=False), ", and the money lasts to the end in every run."),
        (case(0.01, 0.02, dated=False), ", and the money rarely runs out (2%)."),
        (case(0.3, 0.3), ", and the money runs out in 30% of runs, then around 12 November 2021."),
        (case(0.8, 0.8), ", and the money runs out in 80% of runs, then around 12 November 2021."),
        (case(0.97, 0.97), ", and the money runs out around 12 November 2021."),
        (case(0.8, 0.2, dated=False), ", and the money runs out in 20% of runs."),
        (case(0.8, 0.0, dated=False), ", while €1.9M on average stays uncommitted."),
    ],
)
def test_how_long_the_money_lasts(found: dict[str, Any], words: str) -> None:
    """Where lines run dry one by one and the envelope never does, the sentence does not say that the money lasts."""
    assert told(found, "en").endswith(words)


def test_without_a_target_none_is_spoken_of() -> None:
    found = tiny()
    del found["scenario"]["target_pathways"]
    assert "target" not in told(found, "en")
    assert "cible" not in told(found, "fr")


def test_a_single_run_says_that_it_says_nothing_of_chance() -> None:
    found = tiny()
    found["scenario"]["runs"] = 1
    assert told(found, "en").startswith("In a single run, which says nothing of chance, the envelope finances 22,100")
    assert "eight times" not in told(found, "en")


@pytest.mark.parametrize(
    ("cents", "policy", "unmet", "exhausted", "said"),
    [
        (1_425_000_000, "fixed", 5_460_000_000, 0.7, True),
        (1_425_000_000, "pro_rata", 5_460_000_000, 0.7, False),  # it is handed out to who waits
        (1, "fixed", 5_460_000_000, 0.7, False),
        (1_425_000_000, "fixed", 1_000, 0.7, False),  # ten euros of need
        (1_425_000_000, "fixed", 5_460_000_000, 0.0, False),  # nothing runs out
    ],
)
def test_money_that_was_never_notified_is_not_said_to_run_out(
    cents: int, policy: str, unmet: int, exhausted: float, said: bool
) -> None:
    """The findings decide it once, as a warning; verdict, tile and decisions then say the same, or nothing."""
    found = case(0.0, exhausted)
    found["plan"]["unnotified_cents"] = cents
    found["scenario"]["policy"] = policy
    found["simulation"]["kpis"]["unspent_cents"]["mean"] = 2_000_000_000
    found["simulation"]["kpis"]["unmet_need_cents"]["mean"] = unmet
    left = never_notified_cents(found)
    assert (left is not None) is said
    if left is not None:
        found["warnings"].append({"code": "never_notified", "details": {"cents": left}})
    end = ", and what was notified runs out in 70% of runs, while €14.3M were never notified."
    assert told(found, "en").endswith(end) is said
    given, english = whole(found), language_of("en")
    assert ("Notifying the rest" in str(decisions(given, english))) is said
    assert ("never notified" in str(headline(given, english))) is said
