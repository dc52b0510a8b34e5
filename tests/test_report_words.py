"""Both languages say the same: every text is translated, none is left over, and places match."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from report_words import texts_in_use

from reports.catalogue import UntranslatedTextError, language_of

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
