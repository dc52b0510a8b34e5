"""A few parts of a document as a piece of HTML, for a page that has a style of its own (a notebook)."""

from collections.abc import Sequence

from reports.document import Document
from reports.page import environment


def fragment_of(document: Document, sections: Sequence[str] = ()) -> str:
    """A document's title, verdict, headline figures and some of its sections.

    Args:
        document: of a report, a comparison or a sweep.
        sections: keys, in the order wanted; one that the document does not have is passed over.

    Returns:
        HTML without scripts, styles that reach outside, or addresses; every name escaped.
    """
    every = {section.key: section for section in (*document.sheet, *document.sections)}
    wanted = [every[key] for key in sections if key in every]
    template = environment(document.language).get_template("fragment.html.j2")
    return template.render(document=document, sections=wanted)
