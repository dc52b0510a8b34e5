"""Published facts against what the scenario's demand reaches."""

from reports import numbers
from reports.blocks import Column, Kind, Line, Name, Row, Section, Shown, Table
from reports.catalogue import Language, msg
from reports.reading import Found
from reports.source_words import source_words
from reports.status import met_sign


def calibration(findings: Found, language: Language) -> Section | None:
    """Each target with its tolerance, the value reached and whether it is met."""
    targets = list(findings.items("calibration"))
    if not targets:
        return None
    sourced = any(row.text("source") for row in targets)
    titles: list[tuple[str, Kind]] = [
        (msg("Published figure"), "text"),
        (msg("Target"), "number"),
        (msg("Tolerance"), "number"),
        (msg("Reached"), "number"),
        (msg("Standard error"), "number"),
        (msg("Result"), "status"),
    ]
    if sourced:
        titles.append((msg("Source"), "text"))
    table = Table(
        "calibration",
        language.words(msg("Targets and values reached")),
        tuple(Column(language.words(title), kind, wrap=kind == "text") for title, kind in titles),
        tuple(_row(row, language, sourced=sourced) for row in targets),
    )
    missed = [row for row in targets if not row["met"].value]
    lead = (
        language.line(msg("The demand drawn by the scenario reaches every published figure it is held against."))
        if not missed
        else language.line(
            msg("The demand drawn by the scenario misses: {names}."),
            names=tuple(
                part
                for number, row in enumerate(missed)
                for part in ((", ",) if number else ()) + (_named(row, language),)
            ),
        )
    )
    return Section("calibration", language.words(msg("Held against published facts")), lead, (table,))


def _named(row: Found, language: Language) -> Name:
    return Name(language.data(row.text(f"name_{language.code}") or row.text("quantity")))


def _row(row: Found, language: Language, *, sourced: bool) -> Row:
    at_least = row.text("sense") == "at_least"
    target: Line = (_value(row["target"], row, language),)
    error = row.get("se")
    cells: list[Line] = [
        (_named(row, language), " (", Name(language.data(row.text("population"))), ")"),
        ("≥ ", *target) if at_least else target,
        ("± ", _value(row["tolerance"], row, language, error=True)) if row["tolerance"].value else (),
        (_value(row["reached"], row, language),),
        () if error is None else (_value(error, row, language, error=True),),
        (met_sign(bool(row["met"].value), language),),
    ]
    if sourced:
        cells.append((Name(source_words(row.text("source"), language)),) if row.text("source") else ())
    return Row(tuple(cells))


def _value(found: Found, row: Found, language: Language, *, error: bool = False) -> Shown:
    code = language.code
    unit, value = row.text("unit"), float(found.value)
    if unit == "EUR":
        written = numbers.money(
            value * 100, code, sign=language.sign, decimals=None if value >= 1_000_000 else 0 if value >= 1_000 else 2
        )
        return Shown(written.text, found.path, found.value, written.scale / 100)
    if unit in ("share", "probability"):
        written = numbers.points(value, code) if error else numbers.share(value, code, decimals=1)
    elif unit in ("d", "days"):
        written = numbers.days(value, code, decimals=1)
    else:
        written = numbers.count(value, code, decimals=1 if 0 < abs(value) < 10 else 0)
    return Shown(written.text, found.path, found.value, written.scale)
