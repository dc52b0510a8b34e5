"""A side read back from its folder: nothing is run again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from enveloppe.comparing.side import Given, Measured, Side
from enveloppe.same_question import to_date
from enveloppe.stored import stored_findings
from scenarios.problems import InputRefused, Place, Problem

BY_LINE = {
    "pathways_committed": "pathways_committed",
    "pathways_net": "pathways_net",
    "pathways_completed": "pathways_completed",
    "committed_cents": "committed_cents",
    "gross_committed_cents": "gross_committed_cents",
    "notified_cents": "notified_cents",
    "paid_cents": "paid_cents",
    "released_cents": "released_cents",
    "support_cents": "support_cents",
    "parked": "parked",
    "refused": "refused",
    "unmet_need_cents": "unmet_need_cents",
    "reste_a_payer_cents": "to_pay_cents",
}
"""Key figures that are sums over lines, and the table of runs.npz that they are sums of."""
NEED_BY_LINE = ("need_cents", "asked_pathways")
TOTALS = {"lapsed_cents": "lapsed_cents", "shortfall_cents": "shortfall_cents", "management_fee_cents": "fee_cents"}
PART_NAMES = ("pathways_net", "committed_cents")

Tables = dict[str, NDArray[np.int64]]
Float = NDArray[np.float64]


def is_stored(place: Path) -> bool:
    """Whether a place holds findings: a folder with them, or their file."""
    return (place / "findings.json").is_file() or (place.suffix == ".json" and place.is_file())


def stored_side(place: Path) -> Side:
    """Read a side from findings.json, and from runs.npz where it stands beside.

    Args:
        place: the folder or the findings file.

    Raises:
        InputRefused: where the findings cannot be read.
    """
    file = place / "findings.json" if place.is_dir() else place
    found = stored_findings(file)
    try:
        return side_of(found, _tables(file.parent / "runs.npz", int(found["scenario"]["runs"])))
    except (LookupError, TypeError, ValueError, AttributeError):
        raise InputRefused([Problem(Place(str(file)), "not_findings")]) from None


def side_of(found: dict[str, Any], tables: Tables) -> Side:
    """A side from findings and the tables that `runs.npz` holds (none: only means and errors are known).

    Raises:
        LookupError, TypeError, ValueError, AttributeError: where they are not findings.
    """
    simulation = found["simulation"]
    by_run = dict(_kpis_by_run(tables, str(found["scenario"]["policy"])))
    policy = found["scenario"]["policy"]
    return Side(
        found["scenario"],
        {name: Measured(told, by_run.get(name)) for name, told in simulation["kpis"].items()},
        _parts("branch", simulation.get("branches", []), simulation.get("lines", []), tables, policy),
        _parts("size_group", simulation.get("size_groups", []), simulation.get("lines", []), tables, policy),
        {
            **{row["key"]: Given(row.get("value"), row.get("unit", "")) for row in found["assumptions"]},
            **_to_date(found),
        },
    )


ASKED = {
    "as_of": "--as-of",
    "sha256": "--actuals",
    "map_sha256": "--columns",
    "sheet": "forecast.export.sheet",
    "columns": "forecast.export.columns",
    "set_aside_limit": "forecast.export.set_aside_limit",
    "mended_limit": "forecast.export.mended_limit",
}
"""What is asked beside the scenario, by how it is asked, or else by where findings tell it."""


def _to_date(found: dict[str, Any]) -> dict[str, Given]:
    """Of a scheme under way the requests to date, the day they are known up to, and how they were read."""
    told = {}
    for name, value in to_date(found).items():
        shown = value[:12] if name == "map_sha256" else value
        if name == "sha256":
            shown = f"{found['forecast']['export']['file']} ({value[:12]})"
        if name == "columns":
            shown = ", ".join(f"{column['field']} = {column['heading']}" for column in value)
        told[ASKED[name]] = Given(shown)
    return told


def _tables(file: Path, runs: int) -> Tables:
    """The tables of runs.npz; none where the file is missing, damaged or of other runs."""
    try:
        with np.load(file, allow_pickle=False) as stored:
            tables = {name: stored[name] for name in stored.files}
    except (OSError, ValueError, BadZipFile, KeyError, EOFError):
        return {}
    return tables if all(len(table) == runs for table in tables.values()) else {}


def _kpis_by_run(tables: Tables, policy: str) -> Iterator[tuple[str, Float]]:
    sources = {
        **{name: f"{policy}/{table}" for name, table in BY_LINE.items()},
        **{name: f"need/{name}" for name in NEED_BY_LINE},
    }
    for name, table in sources.items():
        if table in tables:
            yield name, np.asarray(tables[table].sum(axis=1), dtype=np.float64)
    for name, table in TOTALS.items():
        if f"{policy}/total/{table}" in tables:
            yield name, np.asarray(tables[f"{policy}/total/{table}"], dtype=np.float64)


def _parts(
    kind: str, parts: list[dict[str, Any]], lines: list[dict[str, Any]], tables: Tables, policy: str
) -> dict[str, dict[str, Measured]]:
    whole = bool(tables) and all(kind in line for line in lines)
    out: dict[str, dict[str, Measured]] = {}
    for part in parts:
        where = [at for at, line in enumerate(lines) if line.get(kind) == part[kind]]
        out[part[kind]] = {
            name: Measured(
                part["kpis"][name],
                np.asarray(tables[f"{policy}/{name}"][:, where].sum(axis=1), dtype=np.float64) if whole else None,
            )
            for name in PART_NAMES
            if name in part["kpis"]
        }
    return out
