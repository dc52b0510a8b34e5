"""The columns of a plain table: what a row is, then its numbers."""

from collections.abc import Iterable

from reports.blocks import Column
from reports.catalogue import Language


def numbers_under(titles: Iterable[str], language: Language) -> tuple[Column, ...]:
    """Columns by their titles in English: the first holds words, the others numbers."""
    return tuple(Column(language.words(title), "number" if at else "text") for at, title in enumerate(titles))
