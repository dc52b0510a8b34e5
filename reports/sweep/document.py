"""A sweep before it takes a form."""

from collections.abc import Mapping
from typing import Any

from reports.blocks import Code, Column, Line, Name, Paragraph, Row, Section, Strong, Table
from reports.catalogue import Language, msg
from reports.document import Document, foot_of, spoken
from reports.names import kpi_name, policy_name
from reports.reading import Found, whole
from reports.showing import show_about, show_by_unit, show_count, show_length
from reports.sweep.multiples import TOLD, euros, multiples

LONGEST = 100
"""Variants in the table of a page; sweep.csv has all."""
STATUS = {
    "done": msg("lived through"),
    "infeasible": msg("no feasible plan"),
    "limit": msg("no plan proven"),
}
METHODS = {
    "grid": msg("every combination"),
    "list": msg("a list"),
    "latin_hypercube": msg("a Latin hypercube"),
    "sobol": msg("a scrambled Sobol sample"),
}


def sweep_document(sweep: Mapping[str, Any], language: str) -> Document:
    """The report of a sweep.

    Args:
        sweep: sweep.json, as docs/sweeps.md lays down.
        language: "fr" or "en".
    """
    found = whole(sweep)
    chosen = spoken(found, language)
    sections = [multiples(found, chosen), _variants(found, chosen), _provenance(found, chosen)]
    told = tuple(section for section in sections if section is not None)
    return Document(
        language=chosen,
        title=chosen.data(found.text(f"scenario.title_{language}") or found.text("scenario.name")),
        subtitle=chosen.line(
            msg("{count} variants, {method}, {runs} runs each"),
            count=show_length(found["variants"], chosen),
            method=chosen.words(METHODS[found.text("method")]),
            runs=show_count(found["scenario.runs"], chosen),
        ),
        verdict=_verdict(found, chosen),
        headline=None,
        sheet=(),
        sections=told,
        foot=foot_of(found.text("scenario.name"), found.text("scenario.hash")[:12], found.text("scenario.seed")),
        summed_up=tuple(section.key for section in told),
    )


def _verdict(found: Found, language: Language) -> Line:
    """From where to where the net pathways go."""
    known = [one for one in found.items("variants") if one.get("kpis.pathways_net.mean") is not None]
    if not known:
        return language.line(msg("No variant has a plan."))
    ranked = sorted(known, key=lambda one: one.number("kpis.pathways_net.mean") or 0.0)
    least, most = ranked[0], ranked[-1]
    return language.line(
        msg("Net pathways go from {low} (variant {first}) to {high} (variant {last})."),
        low=Strong((show_about(least["kpis.pathways_net.mean"], language),)),
        high=Strong((show_about(most["kpis.pathways_net.mean"], language),)),
        first=show_count(least["variant"], language),
        last=show_count(most["variant"], language),
    )


def _variants(found: Found, language: Language) -> Section:
    keys = [axis.text("key") for axis in found.items("axes")]
    names = [name for name in TOLD if any(one.get(f"kpis.{name}") is not None for one in found.items("variants"))]
    rows = []
    for one in list(found.items("variants"))[:LONGEST]:
        cells: list[Line] = [(show_count(one["variant"], language),)]
        values = one["values"].value
        cells.extend((_value(values[key], key, language),) for key in keys)
        for name in names:
            figure = one.get(f"kpis.{name}")
            cells.append(() if figure is None else (show_by_unit(figure["mean"], figure.text("unit"), language),))
        cells.append((language.words(STATUS[one.text("status")]),))
        rows.append(Row(tuple(cells)))
    columns = [Column(language.words(msg("Variant")))]
    columns += [Column(key, wrap=not key.endswith("_eur")) for key in keys]
    columns += [Column(kpi_name(name, language), "number") for name in names]
    columns.append(Column(language.words(msg("Outcome"))))
    table = Table("variants", language.words(msg("Means over the runs")), tuple(columns), tuple(rows), style="dense")
    note = language.line(msg("Every variant and every figure with its error stand in sweep.csv."))
    return Section("variants", language.words(msg("Variants")), blocks=(table, Paragraph(note, "note")))


def _value(value: Any, key: str, language: Language) -> Code | Name:
    if isinstance(value, bool):
        return Code("true" if value else "false")
    if key.endswith("_eur") and not isinstance(value, str):
        return Name(euros(value, language))
    return Name(language.data(value)) if isinstance(value, str) else Code(f"{value:.10g}")


def _provenance(found: Found, language: Language) -> Section:
    rows = (
        Row(((language.words(msg("Scenario")),), (Code(found.text("scenario.name")),))),
        Row(((language.words(msg("Committee")),), (policy_name(found.text("scenario.policy"), language),))),
        Row(((language.words(msg("Seed")),), (Code(found.text("scenario.seed")),))),
        Row(((language.words(msg("Fingerprint")),), (Code(found.text("scenario.hash")[:12]),))),
    )
    columns = (Column(language.words(msg("What"))), Column(language.words(msg("Which")), wrap=True))
    table = Table("provenance", language.words(msg("What the variants are variants of")), columns, rows)
    return Section("provenance", language.words(msg("Provenance")), blocks=(table,))
