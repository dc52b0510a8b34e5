"""A sweep before it takes a form."""

from collections.abc import Mapping
from typing import Any

from reports.blocks import Code, Column, Line, Name, Paragraph, Row, Section, Span, Strong, Table
from reports.catalogue import Language, msg
from reports.document import Document, foot_of, spoken
from reports.names import POLICIES_SHORT, kpi_name, policy_name
from reports.reading import Found, whole
from reports.setting_names import setting_value
from reports.showing import show_about, show_by_unit, show_count, show_length
from reports.sweep.multiples import TOLD, axis_title, multiples

LONGEST = 100
"""Variants in the table of a page; sweep.csv has all."""
MOST_NAMED = 3
"""Varied values that a sentence tells of a variant; where there are more, its number alone."""
MOST_VALUES = 6
"""Values of an axis that are listed; of more, the first and the last."""
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
        title=chosen.words(msg("Variants of “{title}”")).format(
            title=chosen.data(found.text(f"scenario.title_{language}") or found.text("scenario.name"))
        ),
        subtitle=_subtitle(found, chosen),
        verdict=_verdict(found, chosen),
        headline=None,
        sheet=(),
        sections=told,
        foot=foot_of(found.text("scenario.name"), found.text("scenario.hash")[:12], found.text("scenario.seed")),
        summed_up=tuple(section.key for section in told),
    )


def _keys(found: Found) -> list[str]:
    return [axis.text("key") for axis in found.items("axes")]


def _subtitle(found: Found, language: Language) -> Line:
    told = language.line(
        msg("{name}: {count} variants, {method}"),
        name=Name(language.data(found.text("scenario.name"))),
        count=show_length(found["variants"], language),
        method=language.words(METHODS[found.text("method")]),
    )
    if "runs" in _keys(found):
        return told
    if found["scenario.runs"].value == 1:
        return (*told, *language.line(msg(", a single run each")))
    return (*told, *language.line(msg(", {runs} runs each"), runs=show_count(found["scenario.runs"], language)))


def _verdict(found: Found, language: Language) -> Line:
    """From where to where the net pathways go."""
    known = [one for one in found.items("variants") if one.get("kpis.pathways_net.mean") is not None]
    if not known:
        return language.line(msg("No variant has a plan."))
    ranked = sorted(known, key=lambda one: one.number("kpis.pathways_net.mean") or 0.0)
    least, most = ranked[0], ranked[-1]
    low, high = (Strong((show_about(one["kpis.pathways_net.mean"], language),)) for one in (least, most))
    if len(known) == 1:
        told = msg("A single variant has a plan, {variant}: {net} net pathways.")
        return language.line(told, variant=_who(least, found, language), net=low)
    if least["kpis.pathways_net.mean"].value == most["kpis.pathways_net.mean"].value:
        return language.line(msg("Net pathways are {net} in every variant."), net=low)
    return language.line(
        msg("Net pathways go from {low} (variant {first}) to {high} (variant {last})."),
        low=low,
        high=high,
        first=_who(least, found, language),
        last=_who(most, found, language),
    )


def _who(one: Found, found: Found, language: Language) -> Line:
    """A variant by its number and, where they are few, its values."""
    keys, number = _keys(found), show_count(one["variant"], language)
    if len(keys) > MOST_NAMED:
        return (number,)
    told: list[Span] = []
    for key in keys:
        name, value = axis_title(key, language), setting_value(one["values"].value[key], key, language)
        told += [", " if told else "", name[:1].lower() + name[1:], " ", Name(value)]
    return language.line(msg("{variant}: {values}"), variant=number, values=tuple(told))


def _variants(found: Found, language: Language) -> Section:
    keys = _keys(found)
    told = list(found.items("variants"))
    names = [name for name in TOLD if any(one.get(f"kpis.{name}") is not None for one in told)]
    # A column that says the same of every variant says nothing.
    outcomes = any(one.text("status") != "done" for one in told)
    rows = []
    for one in told[:LONGEST]:
        cells: list[Line] = [(show_count(one["variant"], language),)]
        values = one["values"].value
        cells.extend((Name(setting_value(values[key], key, language)),) for key in keys)
        for name in names:
            figure = one.get(f"kpis.{name}")
            cells.append(() if figure is None else (show_by_unit(figure["mean"], figure.text("unit"), language),))
        if outcomes:
            cells.append((language.words(STATUS[one.text("status")]),))
        rows.append(Row(tuple(cells)))
    columns = [Column(language.words(msg("Variant")))]
    columns += [Column(axis_title(key, language), "number" if _numbers(told, key) else "text") for key in keys]
    columns += [Column(kpi_name(name, language), "number") for name in names]
    if outcomes:
        columns.append(Column(language.words(msg("Outcome"))))
    caption = language.words(msg("Means over the runs"))
    table = Table("variants", caption, tuple(columns), tuple(rows), style="numbered")
    note = language.line(msg("Every variant and every figure with its error stand in sweep.csv."))
    return Section("variants", language.words(msg("Variants")), blocks=(table, Paragraph(note, "note")))


def _numbers(variants: list[Found], key: str) -> bool:
    values = [one["values"].value[key] for one in variants]
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _provenance(found: Found, language: Language) -> Section:
    keys = _keys(found)
    rows = [Row(((language.words(msg("Scenario")),), (Code(found.text("scenario.name")),)))]
    # What is varied is no one value of the sweep.
    if "committee.policy" not in keys:
        rows.append(Row(((language.words(msg("Committee")),), (policy_name(found.text("scenario.policy"), language),))))
    if "seed" not in keys:
        rows.append(Row(((language.words(msg("Seed")),), (Code(found.text("scenario.seed")),))))
    rows.append(Row(((language.words(msg("Fingerprint")),), (Code(found.text("scenario.hash")[:12]),))))
    columns = (Column(language.words(msg("What"))), Column(language.words(msg("Which")), wrap=True))
    table = Table("provenance", language.words(msg("What the variants are variants of")), columns, tuple(rows))
    return Section("provenance", language.words(msg("Provenance")), blocks=(_axes(found, language), table))


def _axes(found: Found, language: Language) -> Table:
    """What was varied: its name, its key as `--set` takes it, its values."""
    variants = list(found.items("variants"))
    rows = []
    for key in _keys(found):
        values = list(dict.fromkeys(setting_value(one["values"].value[key], key, language) for one in variants))
        if _numbers(variants, key) and len(values) > MOST_VALUES:
            ends = sorted(one["values"].value[key] for one in variants)
            low, high = (setting_value(end, key, language) for end in (ends[0], ends[-1]))
            told = language.line(msg("from {low} to {high}"), low=low, high=high)
        else:
            told = (Name(", ".join(values[:MOST_VALUES]) + (", …" if len(values) > MOST_VALUES else "")),)
        rows.append(Row(((axis_title(key, language),), (Code(key),), told)))
    titles = (msg("Value that varies"), msg("Key"), msg("Values"))
    columns = tuple(Column(language.words(title), wrap=True) for title in titles)
    note: Line = ()
    if "committee.policy" in _keys(found):
        told_policies = dict.fromkeys(one["values"].value["committee.policy"] for one in variants)
        for code in (code for code in told_policies if code in POLICIES_SHORT):
            short = language.words(POLICIES_SHORT[code])
            note += (
                " " if note else "",
                *language.line(msg("{word}: {meaning}."), word=short, meaning=policy_name(code, language)),
            )
    return Table("axes", language.words(msg("What was varied")), columns, tuple(rows), note)
