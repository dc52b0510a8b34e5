"""Writing a comparison's files: each whole or not at all."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reports.comparison.document import comparison_document
from reports.markdown import markdown_of
from reports.page import page_of
from reports.pdf import pdf_of
from reports.price_sentences import plain
from reports.whole_file import write_whole
from reports.workbook.comparison import comparison_book


def write_comparison(comparison: Mapping[str, Any], folder: Path, language: str) -> str:
    """Write a comparison as a page, on paper, as a summary and as a workbook.

    Args:
        comparison: as docs/comparison.md lays down.
        folder: an existing folder.
        language: "fr" or "en".

    Returns:
        Its verdict as plain text.
    """
    document = comparison_document(comparison, language)
    write_whole(folder / "compare.html", page_of(document))
    write_whole(folder / "compare.pdf", pdf_of(document))
    write_whole(folder / "compare.md", markdown_of(document))
    write_whole(folder / "compare.xlsx", comparison_book(comparison, document))
    return plain(document.verdict)
