"""The forms say the same: every figure of the page stands in the PDF, those of the summary in the Markdown."""

import copy
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_findings import HOSTILE, findings, spare, tiny
from report_paper import PDFTOTEXT, joined, pdf_text, unescaped
from report_reading import Page

from reports.blocks import Block, Bullets, Folded, Line, Paragraph, Shown, Strong, Table, Tiles
from reports.document import Document, document_of
from reports.inert import breakable, still
from reports.markdown import escaped, markdown_of
from reports.page import page_of
from reports.pdf import pdf_of
from reports.writing import write_report

needs_pdftotext = pytest.mark.skipif(PDFTOTEXT is None, reason="no pdftotext on this machine")


def shown_in(line: Line) -> list[str]:
    told = []
    for span in line:
        if isinstance(span, Shown):
            told.append(span.text)
        elif isinstance(span, Strong):
            told.extend(shown_in(span.spans))
    return told


def figures(block: Block) -> list[str]:
    """The figures that paper shows of a block."""
    match block:
        case Paragraph():
            return shown_in(block.line)
        case Bullets():
            return [text for line in block.lines for text in shown_in(line)]
        case Tiles():
            return [text for tile in block.tiles for line in (tile.value, *tile.notes) for text in shown_in(line)]
        case Table():
            return [text for row in block.rows for cell in row.cells for text in shown_in(cell)]
        case Folded():
            return [text for inner in block.blocks for text in figures(inner)] if block.printed else []
    return []


def printed(document: Document) -> list[str]:
    blocks = list(document.headline.blocks) if document.headline else []
    told = shown_in(document.verdict)
    for section in (*document.sheet, *document.sections):
        told.extend(shown_in(section.lead))
        blocks.extend(section.blocks)
    return told + [text for block in blocks for text in figures(block)]


@needs_pdftotext
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("found", [tiny(), spare()], ids=["tiny", "spare"])
def test_every_figure_of_the_page_stands_in_the_pdf(found: dict[str, Any], language: str, tmp_path: Path) -> None:
    document = document_of(found, language)
    on_page = {figure.text for figure in Page(page_of(document)).figures}
    on_paper = joined(pdf_text(pdf_of(document), tmp_path))
    told = printed(document)
    assert len(told) > 80
    assert set(told) <= on_page
    assert [text for text in told if joined(text) not in on_paper] == []


@needs_pdftotext
def test_a_changed_finding_changes_every_form(tmp_path: Path) -> None:
    found = tiny()
    found["simulation"]["kpis"]["need_cents"]["mean"] = 98_765_400_000
    document = document_of(found, "fr")
    for text in (page_of(document), pdf_text(pdf_of(document), tmp_path), markdown_of(document)):
        assert "987,7M€" in joined(text)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_figure_of_the_summary_stands_on_the_page(language: str) -> None:
    document = document_of(tiny(), language)
    page_text = joined("".join(Page(page_of(document)).pieces)).replace("|", "")
    summary, held = markdown_of(document), 0
    for line in summary.splitlines():
        for cell in line.strip("| ").split(" | "):
            words = joined(unescaped(re.sub(r"^(#+|-) ", "", cell)).strip("*")).replace("**", "")
            if re.search(r"\d", words) and "; P10" not in cell and not line.startswith("- **"):
                assert words in page_text, cell
                held += 1
    assert held > 50


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_same_findings_give_the_same_bytes(language: str) -> None:
    forms = [
        (pdf_of(document), markdown_of(document), page_of(document))
        for document in (document_of(copy.deepcopy(tiny()), language) for _ in range(2))
    ]
    assert forms[0] == forms[1]


def test_the_pdf_is_tagged_and_says_its_language_title_and_drawings_and_no_date() -> None:
    pdf = pdf_of(document_of(tiny(), "fr"))
    streams = b"".join(
        zlib.decompressobj().decompress(part) if b"FlateDecode" in head[-200:] else b""
        for head, part in zip(pdf.split(b"stream\n")[:-1:1], pdf.split(b"stream\n")[1:], strict=True)
        if part[:1] == b"x"
    )
    whole = pdf + streams
    assert b"/StructTreeRoot" in whole
    assert re.search(rb"/Lang\s*\(fr\)", whole)
    assert b"pdfuaid" in whole
    assert b"CreationDate" not in whole
    assert re.search(rb"/Alt\s*[(<]", whole)


@needs_pdftotext
def test_hostile_names_are_text_on_paper(tmp_path: Path) -> None:
    names = [('#read("/etc/passwd") $x_1$ *b* @c', "fr"), ("א" * 300, "x"), ("x" * 10_000, "y")]
    found = findings([(f"b{at}", name, name, 10 + at) for at, (name, _) in enumerate(names)])
    text = joined(pdf_text(pdf_of(document_of(found, "fr")), tmp_path))
    assert joined('#read("/etc/passwd")$x_1$*b*@c') in text
    assert "x" * 150 in text
    assert "x" * 200 not in text, "a name of ten thousand letters fills no sheets"


def test_hostile_names_are_text_in_markdown() -> None:
    text = markdown_of(document_of(tiny(), "en"))
    assert "<script" not in text.replace("\\<", "")
    assert "\u202e" not in text
    assert still(HOSTILE) in unescaped(text)


@given(st.text(max_size=200))
@settings(max_examples=300)
def test_no_name_is_markup(name: str) -> None:
    text = escaped(name)
    assert "\n" not in text
    assert "\r" not in text
    assert not re.search(r"[<>`*_|\[\]]", re.sub(r"\\.", "", text))
    assert not text.lstrip().startswith(("-", "+", "=", "#"))
    assert unescaped(text) == still(re.sub(r"\s*[\r\n]+\s*", " ", name))


@given(st.text(max_size=300))
def test_breaking_changes_no_letter(text: str) -> None:
    assert breakable(text, after="._/-").replace("\u200b", "") == text.replace("\u200b", "")


@pytest.mark.deep
@given(st.text(min_size=1, max_size=60), st.sampled_from(["fr", "en"]))
@settings(max_examples=60)
def test_any_name_makes_a_pdf(name: str, language: str) -> None:
    assert pdf_of(document_of(findings([("a", name, name, 10), ("b", "y", "y", 5)]), language)).startswith(b"%PDF-")


@pytest.mark.deep
@needs_pdftotext
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_committee_s_page_holds_all_thirty_two_branches_on_one_sheet(language: str, tmp_path: Path) -> None:
    long = "Fabrication et commerce de produits à usage pharmaceutique, parapharmaceutique et vétérinaire"
    names = [
        (f"b{at}", f"{long} {at}" if at % 6 == 0 else f"Branche {at}", f"Branch {at}", 100 * at) for at in range(32)
    ]
    sheet = joined(pdf_text(pdf_of(document_of(findings(names), language)), tmp_path, 1, 1))
    name = "Branche" if language == "fr" else "Branch"
    assert all(f"{name}{at}" in sheet for at in range(32) if at % 6 or language == "en")


@pytest.mark.deep
def test_the_page_of_thirty_two_branches_has_at_most_a_megabyte(tmp_path: Path) -> None:
    write_report(
        findings([(f"b{at}", f"Branche {at}", f"Branch {at}", 100 * (at + 1)) for at in range(32)]), tmp_path, "fr"
    )
    assert (tmp_path / "report.html").stat().st_size <= 1_000_000
