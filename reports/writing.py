"""Writing a report's files: each whole or not at all."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reports.decision_reasons import why_texts
from reports.document import document_of
from reports.markdown import markdown_of
from reports.page import page_of
from reports.pdf import pdf_of
from reports.tables import AllocationRow, allocation_csv, decisions_csv, notifications_csv, projection_csv
from reports.whole_file import write_whole
from reports.workbook.results import results_of


def write_report(
    findings: Mapping[str, Any],
    folder: Path,
    language: str | None = None,
    *,
    allocation: Iterable[AllocationRow] | None = None,
    engine_version: str | None = None,
) -> dict[str, str]:
    """Write the report of one scenario in each of its forms, and its tables.

    Args:
        findings: all that was found out (docs/findings.md).
        folder: an existing folder, or one to make.
        language: "fr" or "en"; by default the scenario's own.
        allocation: the plan by line and period, which findings do not hold; None leaves the file out.
        engine_version: told in the page's provenance; None leaves it out.

    Returns:
        The sha256 of each file written, by its name.

    Raises:
        MissingFindingError: when the findings lack a field that every scenario has.
        ValueError: for a language that no report is written in.
        OSError: when the folder cannot be written to.
    """
    told = dict(findings) if engine_version is None else {**findings, "engine": {"version": engine_version}}
    chosen = language or str(findings["scenario"]["language"])
    document = document_of(told, chosen)
    forms: dict[str, str | bytes] = {
        "report.html": page_of(document),
        "report.pdf": pdf_of(document),
        "report.md": markdown_of(document),
        "report.xlsx": results_of(told, document),
        "notifications.csv": notifications_csv(findings),
        "projection.csv": projection_csv(findings),
        "decisions.csv": decisions_csv(findings, why_texts(findings, chosen)),
    }
    if allocation is not None:
        forms["allocation.csv"] = allocation_csv(allocation)
    folder.mkdir(parents=True, exist_ok=True)
    return {name: write_whole(folder / name, content) for name, content in forms.items()}
