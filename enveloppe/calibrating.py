"""A calibration and all that it leaves behind: the scenario, the findings, the report, the rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enveloppe.folder import json_bytes, swept
from forecast.back_test import back_test
from forecast.back_test_told import UNTESTED, back_test_section, distrusted
from forecast.calibration import Calibration, calibrated
from forecast.cleaning import Reading
from forecast.column_map import ColumnMap
from forecast.counts import counted
from forecast.doubtful import doubtful_values
from forecast.findings import (
    export_section,
    fits_section,
    histograms_section,
    months_section,
    rates_section,
    rows_csv,
    year_section,
)
from forecast.histogram import histograms
from forecast.opening_kept import fitting_base
from forecast.rates import rates
from forecast.scenario_writing import scenario_text, tree_text
from forecast.trend_told import trend_section
from reports.forecast.writing import write_calibration_report
from reports.whole_file import write_whole
from scenarios.extending import resolve, shipped_names
from scenarios.loading import Loaded
from scenarios.scenario import Scenario

SCHEMA = 1


@dataclass(frozen=True, eq=False)
class Calibrated:
    """A calibration with its findings."""

    reading: Reading
    calibration: Calibration
    findings: dict[str, Any]


def calibration_of(reading: Reading, loaded: Loaded, file: Path, known: ColumnMap) -> Calibrated:
    """Fit the base scenario's inflow to what was read.

    Args:
        reading: clean requests, at least one.
        loaded: the base.
        file: the export.
        known: the column map.

    Returns:
        Calibrated; its findings are described in docs/forecast.md.
    """
    scenario = loaded.scenario
    # The past is tested with the year that is fitted to it.
    tested_by = fitting_base(reading.history, scenario)
    counts = counted(reading.history, tested_by)
    tested = back_test(counts, tested_by, scenario.seed)
    told = back_test_section(tested) if tested is not None else UNTESTED
    done = calibrated(reading.history, scenario, scenario.seed, told["widened"])
    doubts = doubtful_values(reading.history, scenario, known)
    findings: dict[str, Any] = {
        "schema": SCHEMA,
        "base": {"name": scenario.name, "hash": loaded.hash, "seed": scenario.seed, "currency": scenario.currency},
        "branches": [
            {"branch": code, "name_fr": branch.name_fr or code, "name_en": branch.name_en or code}
            for code, branch in scenario.branches.items()
        ],
        "subjects": _subjects(scenario),
        "export": export_section(reading, file, known),
        "fits": fits_section(done),
        "histograms": histograms_section(histograms(reading.history, scenario, done.fitted, done.written)),
        "rates": rates_section(rates(reading.history, done.fitted)),
        "year": year_section(done, scenario),
        "months": months_section(done),
        "trend": trend_section(done.volume.level, done.fitted, done.volume.counts.months),
        "back_test": distrusted(told, (code for code, _ in doubts)),
        "warnings": [{"code": code, "details": details} for code, details in (*doubts, *done.warnings)],
    }
    return Calibrated(reading, done, findings)


def _subjects(scenario: Scenario) -> list[dict[str, str]]:
    """What types, situations and bands are called, by their code."""
    scheme = scenario.scheme
    tables: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("pathway", scheme.pathway_types),
        ("situation", scheme.situations),
        ("size", scheme.size_bands),
    )
    return [
        {"of": of, "subject": code, "name_fr": entry.name_fr or code, "name_en": entry.name_en or code}
        for of, table in tables
        for code, entry in table.items()
    ]


def write_calibration(done: Calibrated, loaded: Loaded, base: str, folder: Path, language: str) -> Path:
    """Write scenario, findings, report and rows; each file whole.

    Args:
        done: the calibration.
        loaded: the base.
        base: as named on the command line.
        folder: held by this process.
        language: of the report.

    Returns:
        The scenario's file.
    """
    swept(folder)
    extended = base
    if base not in shipped_names():
        extended = "base.yaml"
        write_whole(
            folder / extended, tree_text(resolve(base), f"{loaded.scenario.name}, resolved: the base of scenario.yaml")
        )
    export = done.findings["export"]
    name = f"{loaded.scenario.name[:50]}-calibrated"
    origin = f"{export['file']}, {export['first_day']} to {export['last_day']}"
    titles = {
        "title_fr": f"{loaded.scenario.title_fr[:150]} (afflux calé sur l'export)",
        "title_en": f"{loaded.scenario.title_en[:150]} (inflow calibrated on the export)",
    }
    comment = f"Inflow fitted to {export['requests']} requests of {export['file']}; all else as in {extended}."
    text = scenario_text(name, extended, titles, list(done.calibration.written), origin, comment)
    file = folder / "scenario.yaml"
    write_whole(file, text)
    write_whole(folder / "calibration.json", json_bytes(done.findings))
    write_whole(folder / "rows.csv", rows_csv(done.reading))
    write_calibration_report(done.findings, folder, language)
    return file
