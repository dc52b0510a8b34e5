"""The results as a workbook: a summary with native charts, one sheet a table, checks that prove closure."""

from collections.abc import Mapping
from typing import Any

from reports.catalogue import msg
from reports.document import Document
from reports.price_sentences import plain
from reports.reading import whole
from reports.workbook.book import Book, bytes_of
from reports.workbook.closure import closure
from reports.workbook.paper import Paper, Placed, sheet_of
from reports.workbook.result_sheets import SHEETS
from reports.workbook.summary import summary
from reports.workbook.told import Sheet

SUMMARY = msg("Summary")
CHECKS = msg("Checks")


def results_of(findings: Mapping[str, Any], document: Document) -> bytes:
    """The results of one scenario as an .xlsx.

    Args:
        findings: all that was found out (docs/findings.md).
        document: the same as a report, for its words.

    Returns:
        The bytes, the same for the same findings.
    """
    return results_with_places(findings, document)[0]


def results_with_places(findings: Mapping[str, Any], document: Document) -> tuple[bytes, list[Placed]]:
    """The workbook, and which finding stands in which cell."""
    found, language = whole(findings), document.language
    placed: list[Placed] = []

    def write(opened: Book) -> None:
        front = sheet_of(opened, SUMMARY, language)
        told: list[tuple[Sheet, Paper]] = []
        for sheet in SHEETS:
            table = sheet.table(found, language)
            if table is not None:
                paper = sheet_of(opened, sheet.name, language)
                paper.heading(language.words(sheet.title), _lead(sheet.section, document) or plain(table.lead))
                paper.table(table.columns, table.rows, table.total)
                told.append((sheet, paper))
        checks = sheet_of(opened, CHECKS, language)
        papers = {sheet.name: paper for sheet, paper in told}
        verdict = closure(checks, papers, found, language)
        summary(front, papers, found, document, verdict)
        for paper in (front, *papers.values(), checks):
            placed.extend(paper.placed)
        front.sheet.activate()

    return bytes_of(document.title, write), placed


def _lead(section: str, document: Document) -> str:
    for one in (*document.sheet, *document.sections):
        if one.key == section:
            return plain(one.lead)
    return ""
