"""What reading and calibration found, as plain values (docs/forecast.md): no clock, path or number of workers."""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from forecast.bars import Histogram
from forecast.calibration import Calibration
from forecast.cleaning import Note, Reading
from forecast.column_map import ColumnMap, plain_words
from forecast.counts import month_label, month_number
from forecast.fitted import Fitted
from forecast.rates import Rate
from scenarios.scenario import Scenario

SHOWN_ROWS = 20
"""Row numbers told of each note; the table of rows holds all."""

SYNTHETIC = ("synthetic", "synthetique", "fictif", "fictitious")
"""A column headed so says that the requests are made up; every page made from them repeats it."""


def export_section(reading: Reading, file: Path, known: ColumnMap) -> dict[str, Any]:
    """What an export was and how much of it was used.

    Args:
        reading: as cleaned.
        file: which it was read from; told by its name and its sha256.
        known: the column map, for its limits.
    """
    table, history = reading.cells.table, reading.history
    told: dict[str, Any] = {
        "file": file.name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "rows": reading.rows,
        "requests": len(history),
        "set_aside": reading.set_aside,
        "mended": reading.mended,
        "set_aside_limit": known.limits.set_aside_share,
        "mended_limit": known.limits.mended_share,
        "columns": [{"field": field, "heading": table.headings[at]} for field, at in table.fields.items()],
        "unused_columns": [
            heading
            for at, heading in enumerate(table.headings)
            if at not in table.fields.values() and heading.strip() and plain_words(heading) not in SYNTHETIC
        ],
    }
    if any(plain_words(heading) in SYNTHETIC for heading in table.headings):
        told["synthetic"] = True
    if (digest := map_sha256(known)) is not None:
        told["map_sha256"] = digest
    if table.sheet:
        told["sheet"] = table.sheet
    else:
        told |= {"separator": table.separator, "encoding": table.encoding}
    if len(history):
        told |= {
            "first_day": date.fromordinal(history.first_day).isoformat(),
            "last_day": date.fromordinal(history.last_day).isoformat(),
        }
    told["notes"] = [_note(note) for note in reading.notes]
    return told


def map_sha256(known: ColumnMap) -> str | None:
    """The sha256 of what a column map says, whatever the order, comments and spacing of its file.

    Args:
        known: the column map.

    Returns:
        Hexadecimal; None where the map says nothing that would not be taken anyhow.
    """
    said = known.model_dump(mode="json", exclude_defaults=True)
    if not said:
        return None
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _note(note: Note) -> dict[str, Any]:
    told: dict[str, Any] = {"code": note.code, "kind": note.kind}
    if note.field:
        told["field"] = note.field
    if len(note.rows):
        told |= {"count": len(note.rows), "rows": [int(row) for row in note.rows[:SHOWN_ROWS]]}
    if note.found:
        told["found"] = note.found
    if note.used:
        told["used"] = note.used
    if note.map_line:
        told["map_line"] = note.map_line
    return told


def rows_csv(reading: Reading) -> str:
    """Every row that was mended or set aside: row, what was done, field, why, what stood there."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("row", "done", "field", "why", "found", "likely"))
    writer.writerows(_rows(reading))
    return text.getvalue()


def _rows(reading: Reading) -> Iterator[tuple[object, ...]]:
    first = reading.cells.table.first_row
    lines = [
        (int(row), number, note)
        for number, note in enumerate(reading.notes)
        if note.kind != "read"
        for row in note.rows
    ]
    for row, _, note in sorted(lines, key=lambda line: line[:2]):
        stood = reading.cells.found(note.field, row - first) if note.field else None
        found = "" if stood is None else str(stood)
        shown = "".join(letter if letter.isprintable() else "?" for letter in found)[:200]
        yield row, note.kind, note.field, note.code, _inert(shown), note.used


def _inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def fits_section(calibration: Calibration) -> list[dict[str, Any]]:
    """Every fitted quantity with its interval."""
    return [_fit(one) for one in calibration.fitted]


def _fit(one: Fitted) -> dict[str, Any]:
    told: dict[str, Any] = {"name": one.name}
    if one.subject:
        told["subject"] = one.subject
    told |= {
        "value": round(float(one.value), 9),
        "low": round(float(one.low), 9),
        "high": round(float(one.high), 9),
        "unit": one.unit,
        "count": one.count,
    }
    if one.distance is not None:
        told["distance"] = round(float(one.distance), 6)
    if one.base is not None:
        told["base"] = round(float(one.base), 9)
    if one.kept:
        told["kept"] = True
    return told


def year_section(calibration: Calibration, scenario: Scenario) -> dict[str, str]:
    """The twelve months that `requests` is told of: from the base's opening, or from the end of the history if later.

    Args:
        calibration: all that was fitted.
        scenario: the base.
    """
    counts = calibration.volume.counts
    first = max(month_number(scenario.windows.opens), counts.first + counts.months)
    return {"first": month_label(first), "last": month_label(first + 11)}


def months_section(calibration: Calibration) -> list[dict[str, Any]]:
    """Observed and fitted requests of each month of the history, all branches together."""
    volume = calibration.volume
    counts = volume.counts
    mean, sd = volume.level.about(np.arange(counts.months, dtype=np.int64))
    shape = counts.usual(volume.shares.mean)
    told = []
    for place in range(counts.months):
        rate = np.exp(mean[place] + np.asarray([-1.645, 0.0, 1.645]) * sd[place]) * shape[place]
        told.append(
            {
                "month": month_label(counts.first + place),
                "requests": int(counts.total[place]),
                "low": round(float(rate[0]), 3),
                "fitted": round(float(rate[1]), 3),
                "high": round(float(rate[2]), 3),
                **({"shock": True} if place in volume.level.shocks else {}),
            }
        )
    return told


def histograms_section(drawn: Iterable[Histogram]) -> list[dict[str, Any]]:
    """Every attribute in bars, as observed and as fitted."""
    return [
        {
            "name": one.name,
            **({"subject": one.subject} if one.subject else {}),
            "unit": one.unit,
            "count": one.count,
            "first": round(one.first, 9),
            "step": round(one.step, 9),
            "below": one.below,
            "above": one.above,
            **{name: [round(float(share), 6) for share in getattr(one, name)] for name in _BARS},
            "parameters": [
                {"name": told.name, **{part: round(getattr(told, part), 6) for part in ("value", "low", "high")}}
                for told in one.parameters
            ],
        }
        for one in drawn
    ]


_BARS = ("observed", "fitted", "low", "high")


def rates_section(found: Iterable[Rate]) -> list[dict[str, Any]]:
    """Shares of refusals and drop-out by half-year of filing; an interval is of the half-year's own count."""
    return [
        {
            "name": one.fitted.name,
            "halves": [
                {
                    "starts": half.starts.isoformat(),
                    "hits": half.hits,
                    "trials": half.trials,
                    "share": round(half.hits / half.trials, 6),
                    "low": round(half.low, 6),
                    "high": round(half.high, 6),
                }
                for half in one.halves
            ],
        }
        for one in found
        if one.halves
    ]
