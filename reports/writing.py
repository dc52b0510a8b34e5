"""Writing a report's files: each whole or not at all."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reports.page import page
from reports.tables import AllocationRow, allocation_csv, notifications_csv, projection_csv
from reports.whole_file import write_whole


def write_report(
    findings: Mapping[str, Any],
    folder: Path,
    language: str | None = None,
    *,
    allocation: Iterable[AllocationRow] | None = None,
    engine_version: str | None = None,
) -> dict[str, str]:
    """Write the page and the tables of one scenario.

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
    texts = {
        "report.html": page(told, language or str(findings["scenario"]["language"])),
        "notifications.csv": notifications_csv(findings),
        "projection.csv": projection_csv(findings),
    }
    if allocation is not None:
        texts["allocation.csv"] = allocation_csv(allocation)
    folder.mkdir(parents=True, exist_ok=True)
    return {name: write_whole(folder / name, text.encode("utf-8")) for name, text in texts.items()}
