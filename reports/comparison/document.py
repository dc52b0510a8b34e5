"""The comparison before it takes a form."""

from collections.abc import Mapping
from typing import Any

from reports.blocks import Line, Shown, Strong
from reports.catalogue import Language, msg
from reports.comparison.against import against
from reports.comparison.side_by_side import side_by_side
from reports.comparison.sides import letter, side_name, sides
from reports.document import Document, foot_of, spoken
from reports.names import kpi_name
from reports.noise import beyond_noise
from reports.reading import Found, whole
from reports.sections.glossary import glossary
from reports.showing import show_by_unit


def comparison_document(comparison: Mapping[str, Any], language: str) -> Document:
    """Scenarios side by side.

    Args:
        comparison: as docs/comparison.md lays down.
        language: "fr" or "en".
    """
    found = whole(comparison)
    chosen = spoken(found, language)
    several = [against(number, found, chosen) for number, _ in enumerate(found.items("comparisons"))]
    told = [section for section in (side_by_side(found, chosen), *several) if section is not None]
    names = [side.text("name") for side in found.items("sides")]
    return Document(
        language=chosen,
        title=chosen.words(msg("Scenarios side by side")),
        subtitle=_subtitle(found, chosen),
        verdict=_verdict(found, chosen),
        headline=None,
        sheet=(),
        sections=(*told, glossary(found, chosen), sides(found, chosen)),
        foot=foot_of(*names),
        summed_up=(*(section.key for section in told), "provenance"),
    )


def _subtitle(comparison: Found, language: Language) -> Line:
    spans: list[Any] = []
    for number, _ in enumerate(comparison.items("sides")):
        spans.extend((" – " if spans else "", f"{letter(number)} = ", side_name(number, comparison, language)))
    return tuple(spans)


def _verdict(comparison: Found, language: Language) -> Line:
    """One sentence a side: the net pathways it finances more or less than the first, and the need."""
    spans: list[Any] = []
    for told in comparison.items("comparisons"):
        gap = told.get("kpis.pathways_net")
        if gap is None:
            continue
        side = letter(int(told["side"].value))
        if spans:
            spans.append(" ")
        if not beyond_noise(gap):
            spans.extend(
                language.line(
                    msg("Against {base}, {side} finances no number of net pathways that these runs can tell apart."),
                    base=letter(0),
                    side=side,
                )
            )
            continue
        more = _established(told, language)
        size: Shown = show_by_unit(gap["mean"], "pathways", language, signed=True)
        spans.extend(
            language.line(
                msg("Against {base}, {side}: {amount} net pathways (standard error {error}){more}."),
                base=letter(0),
                side=side,
                more=more,
                amount=Strong((size,)),
                error=show_by_unit(gap["se"], "pathways", language, error=True),
            )
        )
    return tuple(spans)


def _established(told: Found, language: Language) -> Line:
    """The differences of money that these runs can show."""
    spans: list[Any] = []
    for name in ("need_cents", "committed_cents", "unmet_need_cents"):
        gap = told.get(f"kpis.{name}")
        if gap is not None and beyond_noise(gap):
            spans.extend(
                language.line(
                    msg(", {quantity}: {amount}"),
                    quantity=_inside(kpi_name(name, language)),
                    amount=Strong((show_by_unit(gap["mean"], "cents", language, signed=True),)),
                )
            )
    return tuple(spans)


def _inside(name: str) -> str:
    """A name inside a sentence: « besoin », not « Besoin »."""
    return name[:1].lower() + name[1:]
