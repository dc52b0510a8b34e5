"""Both languages say the same: every text is translated, none is left over, and places match."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from report_words import texts_in_use

from reports.catalogue import UntranslatedTextError, language_of
from reports.source_words import source_words, sources
from scenarios.loading import load

CATALOGUE = Path(__file__).parent.parent / "reports" / "catalogues" / "fr.po"


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{([^}]*)\}", text))


def test_the_french_catalogue_holds_every_text_and_nothing_else() -> None:
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="fr") if message.id]
    assert sorted(str(message.id) for message in messages) == sorted(texts_in_use())
    for message in messages:
        assert message.string, message.id
        assert not message.fuzzy, message.id
        assert places(str(message.id)) == places(str(message.string)), message.id
        assert "'" not in str(message.string), message.id
        assert str(message.id)[:1].isspace() == str(message.string)[:1].isspace(), message.id


def test_a_text_without_translation_is_an_error_and_not_english_in_a_french_page() -> None:
    with pytest.raises(UntranslatedTextError, match="never written"):
        language_of("fr").words("never written")


def test_signs_in_french_texts_bear_no_break_spaces() -> None:
    assert not [text for text in language_of("fr").messages.values() if re.search(r" [;:!?%»€]|« ", text)]


def shipped_sources() -> set[str]:
    """What every source of a shipped scenario says, without how it marks an assumption or what is derived."""
    here = Path(__file__).parent.parent
    library = here / "scenarios" / "library"
    names = [file.stem for file in sorted(library.glob("*.yaml")) if not file.stem.startswith("_")]
    names.append(str(here / "docs" / "worked-2021" / "january.yaml"))
    told = {entry.source for name in names for entry in load(name, ("runs=7",)).register if entry.source}
    return {re.sub(r"^(assumption \d{4}-\d{2}-\d{2}|derived): ", "", source) for source in told}


def test_every_source_of_a_shipped_scenario_is_told_in_french() -> None:
    """Add what is missing to reports/catalogues/sources-fr.po: a French page shows no English source."""
    assert shipped_sources() - set(sources("fr")) == set()


def test_a_source_says_its_kind_in_the_reader_s_language() -> None:
    french, english = language_of("fr"), language_of("en")
    told = "assumption 2026-11-24: nothing is kept back"
    assert source_words(told, french) == "hypothèse du 24\u00a0nov.\u00a02026\u00a0: rien n’est mis en réserve"
    assert source_words(told, english) == "assumption of 24\u00a0Nov\u00a02026: nothing is kept back"
    assert source_words("derived: a {day} by {told}", english) == "derived: a {day} by {told}"
    assert source_words("assumption 2026-13-41: no such day", english) == "assumption 2026-13-41: no such day"
    assert source_words("a letter of the planner", french) == "a letter of the planner"
