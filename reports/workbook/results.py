"""The results as a workbook: a summary with native charts, one sheet a table, checks that prove closure."""

from collections.abc import Mapping
from typing import Any

from reports.catalogue import Language, msg
from reports.document import Document
from reports.price_sentences import plain
from reports.reading import whole
from reports.workbook.book import Book, bytes_of
from reports.workbook.closure import closure
from reports.workbook.paper import Paper, Placed
from reports.workbook.result_sheets import SHEETS, Sheet
from reports.workbook.summary import summary

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
        front = _paper(opened, SUMMARY, language)
        told: list[tuple[Sheet, Paper]] = []
        for sheet in SHEETS:
            table = sheet.table(found, language)
            if table is not None:
                paper = _paper(opened, sheet.name, language)
                paper.heading(language.words(sheet.title), _lead(sheet.section, document) or plain(table.lead))
                paper.table(table.columns, table.rows, table.total)
                told.append((sheet, paper))
        checks = _paper(opened, CHECKS, language)
        papers = {sheet.name: paper for sheet, paper in told}
        verdict = closure(checks, papers, found, language)
        summary(front, papers, found, document, verdict)
        for paper in (front, *papers.values(), checks):
            placed.extend(paper.placed)
        front.sheet.activate()

    return bytes_of(document.title, write), placed


def _paper(opened: Book, name: str, language: Language) -> Paper:
    told = language.words(name)
    sheet = opened.file.add_worksheet(told)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8enveloppe – &A&R&8&P / &N")
    return Paper(opened, told, sheet, language.sign)


def _lead(section: str, document: Document) -> str:
    for one in (*document.sheet, *document.sections):
        if one.key == section:
            return plain(one.lead)
    return ""
