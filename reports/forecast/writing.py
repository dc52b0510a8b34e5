"""Writing the report of a calibration."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reports.forecast.document import calibration_document
from reports.markdown import markdown_of
from reports.page import page_of
from reports.whole_file import write_whole


def write_calibration_report(findings: Mapping[str, Any], folder: Path, language: str) -> dict[str, str]:
    """Write the report as a page and as a summary in Markdown.

    Args:
        findings: of `enveloppe calibrate`.
        folder: an existing folder.
        language: "fr" or "en".

    Returns:
        The sha256 of each file by its name.
    """
    document = calibration_document(findings, language)
    forms = {"calibration.html": page_of(document), "calibration.md": markdown_of(document)}
    return {name: write_whole(folder / name, text) for name, text in forms.items()}
