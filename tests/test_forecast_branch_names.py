"""Branch names of an export: known by the words that tell, never by those that many branches bear."""

import pytest

from forecast.names import UNKNOWN, branches
from scenarios.loading import load

SCENARIO = load("convention-2i").scenario
CODES = tuple(SCENARIO.branches)


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("Industries de la chimie", "chimie", False),  # the telling word is the name's
        ("INDUSTRIE TEXTILE", "textile", False),
        ("Industries du textile", "textile", False),
        ("Industrie chimique", "chimie", True),  # 12 of 14 letters of chimique and chimie
        ("Industries métallurgiques", "metallurgie", True),
        ("Métalurgie", "metallurgie", True),
    ],
)
def test_a_branch_is_known_by_its_telling_words(text: str, code: str, told: bool) -> None:
    found = branches([text], SCENARIO, {})
    assert CODES[int(found.index[0])] == code
    assert (0 in found.near) is told


@pytest.mark.parametrize(
    "text", ["Industries chimiques", "Industries", "Industries alimentaires", "Industries créatives",
             "Industries mécaniques", "Fabrication et commerce", "IDCC 1412", "Industries graphiques"]
)  # fmt: skip
def test_a_branch_is_never_guessed_by_a_word_that_many_bear(text: str) -> None:
    """Set aside; every one but numbers and bare words was once counted as ceramics."""
    assert branches([text], SCENARIO, {}).index[0] == UNKNOWN


def test_what_is_set_aside_names_the_likely_branch() -> None:
    assert branches(["Industries chimiques"], SCENARIO, {}).near == {0: ("chimie", False)}


def test_every_code_and_name_of_the_scenario_is_its_own() -> None:
    """Leaving words out makes no two branches one."""
    for code, branch in SCENARIO.branches.items():
        found = branches([code, branch.name_fr, branch.name_en], SCENARIO, {})
        assert [CODES[int(at)] for at in found.index] == [code] * 3
