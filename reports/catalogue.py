"""The words of reports: English in the code, other languages in catalogues."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

from reports.blocks import Line, Span
from reports.typography import french_spaces

LANGUAGES = ("fr", "en")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]+")
_PER_CENT = re.compile(r"(?<=\d) %")
_PLACE = re.compile(r"\{([a-z0-9_]+)\}")


def msg(text: str) -> str:
    """Mark a text of a constant table as one to be translated; returns it as it is."""
    return text


@dataclass(frozen=True)
class Language:
    """One language: its code and its catalogue, and the sign of the money it speaks of."""

    code: str
    messages: Mapping[str, str]
    sign: str = "€"

    def words(self, text: str) -> str:
        """A fixed text in this language.

        Args:
            text: the English text as it stands in the code.

        Raises:
            UntranslatedTextError: when the catalogue lacks it.
        """
        if self.code == "en":
            # The texts of the code leave the space that French wants; English has none.
            return _PER_CENT.sub("%", text)
        if text not in self.messages:
            raise UntranslatedTextError(text)
        return self.messages[text]

    def line(self, text: str, /, **parts: Span | Line) -> Line:
        """A sentence in this language with values in its {places}.

        Args:
            text: the English sentence as it stands in the code.
            parts: one span (or several) a place.
        """
        spans: list[Span] = []
        for index, piece in enumerate(_PLACE.split(self.words(text))):
            if index % 2:
                part = parts[piece]
                spans.extend(part if isinstance(part, tuple) else (part,))
            elif piece:
                spans.append(piece)
        return tuple(spans)

    def data(self, text: str) -> str:
        """A text of the findings, without control characters, with the no-break spaces of this language."""
        clean = _CONTROL.sub(" ", text)
        return french_spaces(clean) if self.code == "fr" else clean


class UntranslatedTextError(Exception):
    """A catalogue lacks a text that a report shows."""


@cache
def language_of(code: str) -> Language:
    """The language of a code.

    Args:
        code: "fr" or "en".

    Raises:
        ValueError: for another code.
    """
    if code not in LANGUAGES:
        raise ValueError(f"reports are written in {' or '.join(LANGUAGES)}, not {code}")
    if code == "en":
        return Language("en", {})
    with files("reports").joinpath(f"catalogues/{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    messages = {
        str(message.id): french_spaces(str(message.string)) for message in catalogue if message.id and message.string
    }
    return Language(code, messages)
