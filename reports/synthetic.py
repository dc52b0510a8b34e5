"""Requests that nobody filed: every page made from them says so."""

from reports.blocks import Line
from reports.catalogue import Language, msg
from reports.reading import Found

FEET = {"fr": "donnees-synthetiques", "en": "synthetic-data"}
"""At the foot of every sheet, in plain letters."""


def synthetic_line(export: Found | None, language: Language) -> Line:
    """What the head of a page adds where its requests are made up.

    Args:
        export: the section of the export; None where there is none.
        language: of the report.
    """
    if not is_synthetic(export):
        return ()
    return language.line(msg(" – synthetic requests, which nobody filed"))


def synthetic_foot(export: Found | None, language: Language) -> tuple[str, ...]:
    """What the foot of every sheet adds where its requests are made up."""
    return (FEET[language.code],) if is_synthetic(export) else ()


def is_synthetic(export: Found | None) -> bool:
    """Whether an export says that its requests are made up."""
    return export is not None and export.get("synthetic") is not None
