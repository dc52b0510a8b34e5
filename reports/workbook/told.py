"""A sheet of results before it is written: its tab, its title, its table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reports.blocks import Line
from reports.catalogue import Language
from reports.reading import Found
from reports.workbook.paper import Column, Form


@dataclass(frozen=True)
class Told:
    """A table before it is written."""

    columns: tuple[Column, ...]
    rows: list[Sequence[Any]]
    lead: Line = ()
    total: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its tab, its title (that of the report's section), whose lead it bears, its table."""

    name: str
    title: str
    section: str
    table: Callable[[Found, Language], Told | None]


def column_of(title: str, form: Form, language: Language, *, total: bool = False) -> Column:
    """A column by its title in English."""
    return Column(language.words(title), form, total)
