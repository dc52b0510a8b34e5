"""The document on paper: typeset by Typst from plain data, tagged for who listens (PDF/UA-1)."""

import json
from importlib.resources import as_file, files
from pathlib import Path

import matplotlib
import typst

from reports import palette
from reports.document import Document
from reports.plain_tree import plain_document


def pdf_of(document: Document) -> bytes:
    """A document as a PDF for A4; the same document gives the same bytes.

    Args:
        document: what to set.

    Returns:
        The PDF, without a date: fonts are the project's own and matplotlib's, never the machine's.
    """
    colours = {name: value for name, value in vars(palette).items() if isinstance(value, str) and value[:1] == "#"}
    room = files("reports")
    with as_file(room / "templates" / "report.typ") as template, as_file(room / "fonts") as fonts:
        return typst.compile(
            template,
            font_paths=[fonts, Path(matplotlib.get_data_path()) / "fonts" / "ttf"],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"document": _json(plain_document(document)), "colours": _json(colours)},
            pdf_standards="ua-1",
        )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
