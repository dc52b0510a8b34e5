"""The report of a sweep in each of its forms."""

from collections.abc import Mapping
from typing import Any

from reports.markdown import markdown_of
from reports.page import page_of
from reports.pdf import pdf_of
from reports.price_sentences import plain
from reports.sweep.document import sweep_document


def sweep_forms(sweep: Mapping[str, Any], language: str) -> tuple[dict[str, str | bytes], str]:
    """A page, paper and a summary, by name; and the verdict as plain text.

    Args:
        sweep: sweep.json.
        language: "fr" or "en".
    """
    document = sweep_document(sweep, language)
    forms: dict[str, str | bytes] = {
        "report.html": page_of(document),
        "report.pdf": pdf_of(document),
        "report.md": markdown_of(document),
    }
    return forms, plain(document.verdict)
