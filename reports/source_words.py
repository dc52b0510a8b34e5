"""Where a value comes from, in the reader's language: the sources of shipped scenarios are written in English."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

from reports import numbers
from reports.catalogue import Language, msg

_START = re.compile(r"(assumption (?P<day>\d{4}-\d{2}-\d{2})|derived): (?P<told>.+)", re.DOTALL)


def source_words(source: str, language: Language) -> str:
    """A source as the reader's language says it.

    Args:
        source: as the scenario writes it.
        language: of the reader.

    Returns:
        The text in French where the catalogue of sources has it; a source that somebody else wrote stays as it is,
        but for how it says that it is an assumption or derived.
    """
    start = _START.fullmatch(source)
    told = start["told"] if start else source
    if language.code != "en":
        told = sources(language.code).get(told, told)
    if not start:
        return language.data(told)
    if start["day"] is None:
        return language.data(language.words(msg("derived: {told}")).replace("{told}", told))
    try:
        day = numbers.day(start["day"], language.code)
    except ValueError:
        return language.data(source)
    return language.data(
        language.words(msg("assumption of {day}: {told}")).replace("{day}", day).replace("{told}", told)
    )


@cache
def sources(code: str) -> Mapping[str, str]:
    """The sources of shipped scenarios in a language, by what they say in English."""
    with files("reports").joinpath(f"catalogues/sources-{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
