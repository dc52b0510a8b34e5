"""The assumptions register that every report lists: values told together where people read them together."""

from collections.abc import Iterable
from itertools import groupby

from scenarios.register import Entry

_ORDER = ("override", "assumption", "unsourced", "derived", "sourced")
_NOT_FIGURES = ("name_fr", "name_en", "title_fr", "title_en", "idcc", "schema", "name", "language")


def assumptions_of(register: Iterable[Entry]) -> list[dict[str, object]]:
    """The register as rows of a table, what is least certain first.

    A distribution, a dated row or a set of shares is one row; names, labels and calibration
    targets (which have a table of their own) are left out.

    Args:
        register: every value of the scenario.

    Returns:
        Rows {key, value, unit, source, kind}, in the order override, assumption, unsourced, derived, sourced, and
        inside each in the order of the file. `source` and `unit` are absent where there are none.
    """
    figures = [
        entry
        for entry in register
        if entry.key.rsplit(".", 1)[-1] not in _NOT_FIGURES and not entry.key.startswith("calibration_targets.")
    ]
    rows: list[dict[str, object]] = []
    for (parent, source), group in groupby(figures, key=lambda entry: (entry.key.rpartition(".")[0], entry.source)):
        entries = list(group)
        if len(entries) > 1 and _reads_as_one(parent, entries):
            text = ", ".join(f"{entry.key.rpartition('.')[2]} {_shown(entry.value)}" for entry in entries)
            units = {entry.unit for entry in entries} - {"", "1"}
            unit = units.pop() if len(units) == 1 else ""
            rows.append(_row(parent, text, unit, source, entries[0].kind))
        else:
            rows.extend(_row(entry.key, _shown(entry.value), entry.unit, source, entry.kind) for entry in entries)
    return sorted(rows, key=lambda row: _ORDER.index(str(row["kind"])))


def _reads_as_one(parent: str, entries: list[Entry]) -> bool:
    names = {entry.key.rpartition(".")[2] for entry in entries}
    shares = all(isinstance(entry.value, int | float) for entry in entries) and "." in parent
    return bool(names & {"kind", "from", "min_employees", "quantity", "key"}) or (shares and len(entries) <= 8)


def _row(key: str, value: object, unit: str, source: str, kind: str) -> dict[str, object]:
    row: dict[str, object] = {"key": key, "value": value}
    if unit:
        row["unit"] = unit
    if source:
        row["source"] = source
    return {**row, "kind": kind}


def _shown(value: object) -> str | int | float | bool:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value) or "-"
    if isinstance(value, str | int | float | bool):
        return value
    return "-"
