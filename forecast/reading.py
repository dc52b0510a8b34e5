"""From the file of an export to clean requests, or to a refusal where too much of it is wrong."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from forecast.cleaning import Reading, cleaned
from forecast.column_map import ColumnMap
from forecast.distinct import read_cells_of
from forecast.table_reading import open_table
from scenarios.problems import InputRefused, Place, Problem
from scenarios.scenario import Scenario
from scenarios.spelling import likely


def read_requests(path: Path, scenario: Scenario, known: ColumnMap) -> Reading:
    """Read and clean an export.

    Args:
        path: .csv or .xlsx.
        scenario: whose branches, bands, situations and types the export speaks of.
        known: the column map.

    Returns:
        Reading.

    Raises:
        InputRefused: where the file cannot be read.
    """
    _refuse_unknown_codes(scenario, known)
    with _collector_paused():
        return cleaned(read_cells_of(open_table(path, known)), scenario, known)


def _refuse_unknown_codes(scenario: Scenario, known: ColumnMap) -> None:
    """Codes that the column map translates to must be the scenario's."""
    scheme = scenario.scheme
    tables: tuple[tuple[str, Mapping[str, str], Iterable[str]], ...] = (
        ("branches", known.branches, scenario.branches),
        ("sizes", known.sizes, scheme.size_bands),
        ("situations", known.situations, scheme.situations),
        ("pathways", known.pathways, scheme.pathway_types),
    )
    problems = [
        Problem(
            Place("--columns"),
            "unknown_code",
            f"{name}.{text}",
            {"found": code, "what": name, "likely": likely(code, codes)},
        )
        for name, given, codes in tables
        for text, code in given.items()
        if code not in codes
    ]
    if problems:
        raise InputRefused(problems)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Millions of rows make no circles: looking for some among them would take half of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


EXAMPLES = {"set_aside": "branches: {text: code}", "mended": "pathways: {crise: crisis}"}
"""Lines of a column map, where the export itself suggests none."""
_LINES_TOLD = 4


def _map_lines(reading: Reading, kind: str) -> str:
    """The lines of a column map that say what the likeliest texts mean, those of the most rows first."""
    notes = sorted((note for note in reading.notes if note.kind == kind and note.map_line), key=lambda n: -len(n.rows))
    return "; ".join(note.map_line for note in notes[:_LINES_TOLD])


def refuse_beyond(reading: Reading, known: ColumnMap) -> None:
    """Refuse an export of which more is wrong than the column map allows.

    Raises:
        InputRefused: naming each kind of fault with its rows.
    """
    place = Place(reading.cells.table.file, sheet=reading.cells.table.sheet)
    problems: list[Problem] = []
    if not len(reading.history):
        problems.append(Problem(place, "no_requests"))
    rows = max(reading.rows, 1)
    for kind, count, limit in (
        ("set_aside", reading.set_aside, known.limits.set_aside_share),
        ("mended", reading.mended, known.limits.mended_share),
    ):
        if count / rows > limit:
            found = {"found": count, "rows": rows, "share": f"{count / rows:.1%}", "limit": f"{limit:.1%}"}
            found["example"] = _map_lines(reading, kind) or EXAMPLES[kind]
            problems.append(Problem(place, f"too_many_{kind}", f"limits.{kind}_share", found))
    if problems:
        raise InputRefused(problems)


LEAST_DAYS = 28
"""Days that an export must cover before a year is told from it; all on one day is most often the day of extraction."""


def refuse_short(reading: Reading) -> None:
    """Refuse to calibrate on an export of too few days.

    Raises:
        InputRefused: saying how to name the days that it covers.
    """
    history = reading.history
    days = history.last_day - history.first_day + 1
    if len(history) and days < LEAST_DAYS:
        place = Place(reading.cells.table.file, sheet=reading.cells.table.sheet)
        details = {"requests": len(history), "days": days, "limit": LEAST_DAYS}
        raise InputRefused([Problem(place, "export_short", details=details)])
