"""The page: a document set in one self-contained HTML file."""

import base64
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from reports import palette
from reports.catalogue import Language
from reports.document import Document, document_of
from reports.reading import Raw

LONGEST_WHOLE = 16
"""Letters of a key that no line is too short for."""


def page(findings: Mapping[str, Any], language: str) -> str:
    """The report of one scenario as one HTML file that asks nobody for anything.

    Args:
        findings: all that was found out.
        language: "fr" or "en".

    Returns:
        The HTML; the same findings give the same bytes.

    Raises:
        MissingFindingError: when a field that every scenario has is absent.
        ValueError: for another language.
    """
    return page_of(document_of(findings, language))


def page_of(document: Document) -> str:
    """A document as HTML; the same document gives the same bytes."""
    return environment(document.language).get_template("page.html.j2").render(document=document)


def environment(language: Language) -> Environment:
    """The templates' surroundings: everything escaped, every missing name an error."""
    surroundings = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    surroundings.filters["kind"] = lambda block: type(block).__name__
    surroundings.filters["raw"] = _raw
    surroundings.filters["drawing"] = Markup
    surroundings.filters["breaks"] = _breaks
    surroundings.globals.update(
        words=language.words,
        language=language.code,
        colours={name: value for name, value in vars(palette).items() if isinstance(value, str) and value[:1] == "#"},
        fonts={weight: _font(name) for weight, name in ((400, "Regular"), (600, "SemiBold"))},
    )
    return surroundings


def _raw(value: Raw) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _breaks(text: str) -> Markup:
    """A key or a fingerprint that a line may end in, after its dots and strokes; copied, it is as it was."""
    if len(text) < LONGEST_WHOLE:
        return escape(text)
    return Markup("<wbr>").join(re.split(r"(?<=[._/:-])(?=\w)", text))


def _font(name: str) -> str:
    return base64.b64encode(files("reports").joinpath(f"fonts/Inter-{name}.woff2").read_bytes()).decode("ascii")
