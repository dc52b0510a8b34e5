"""Calibration of a large export against a kept CSV reader alone, in CPU time: reading, checking and fitting.

The back-test fits the past two dozen times over and the report draws some thirty pictures, whatever the number of rows:
they are no part of the ratio. The whole command is measured beside it, and told in the note with its memory.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from enveloppe.benchmark import Benchmark, Measured
from scenarios.loading import load

ROWS = 1_000_000
_MEASURED = """
import json, resource, sys, time
from pathlib import Path
started = time.process_time()
{work}
used = time.process_time() - started
print(json.dumps([used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9]))
"""
_KEPT_READER = """
import pandas
started = time.process_time()
assert len(pandas.read_csv(sys.argv[1], sep=";", decimal=",")) == {rows}
"""
_OURS = """
from forecast.calibration import calibrated
from forecast.column_map import ColumnMap
from forecast.reading import read_requests, refuse_beyond
from scenarios.loading import load
scenario = load("convention-2i").scenario
started = time.process_time()
reading = read_requests(Path(sys.argv[1]), scenario, ColumnMap())
refuse_beyond(reading, ColumnMap())
assert len(reading.history) > 0.97 * {rows}
calibrated(reading.history, scenario, 1)
"""


_WHOLE = """
from enveloppe.calibrating import calibration_of, write_calibration
from forecast.column_map import ColumnMap
from forecast.reading import read_requests, refuse_beyond
from scenarios.loading import load
loaded = load("convention-2i")
started = time.process_time()
file = Path(sys.argv[1])
reading = read_requests(file, loaded.scenario, ColumnMap())
refuse_beyond(reading, ColumnMap())
assert len(reading.history) > 0.97 * {rows}
write_calibration(calibration_of(reading, loaded, file, ColumnMap()), loaded, "convention-2i", file.parent, "fr")
"""


def export(file: Path, rows: int) -> None:
    """A French export of four years: semicolons, decimal commas, names with accents, 2 % of rubbish."""
    luck = np.random.Generator(np.random.Philox(20))
    scenario = load("convention-2i").scenario
    branches = [(branch.name_fr or code).replace(";", ",") for code, branch in scenario.branches.items()]
    weights = np.asarray([branch.employees for branch in scenario.branches.values()], dtype=float)
    day = np.sort(luck.integers(0, 1461, rows)) + np.datetime64("2017-01-01").astype(int)
    days = {number: str(np.datetime64(int(number), "D")) for number in range(day[0], day[-1] + 800)}
    written = {number: f"{iso[8:]}/{iso[5:7]}/{iso[:4]}" for number, iso in days.items()}
    branch = luck.choice(len(branches), rows, p=weights / weights.sum())
    size, company = luck.integers(1, 2_000, rows), luck.integers(0, 60_000, rows)
    trainees = 1 + luck.poisson(1, rows)
    hours = np.round(np.exp(luck.normal(4, 0.8, rows)), 1) + 1
    cents = np.round(trainees * hours * np.exp(luck.normal(3.4, 0.2, rows)) * 100).astype(int)
    lags = luck.integers(1, 90, (4, rows))
    types, situations = list(scenario.scheme.pathway_types), list(scenario.scheme.situations)
    type_, situation = luck.integers(0, len(types), rows), luck.integers(0, len(situations), rows)
    bad = luck.random(rows) < 0.02
    with file.open("w", encoding="utf-8") as text:
        text.write(
            "date;branche;entreprise;effectif;situation;type;stagiaires;heures;cout;statut;date_decision;date_debut;"
            "service_fait;date_paiement\n"
        )
        for at in range(rows):
            first = int(day[at])
            steps = np.cumsum(lags[:, at]) + first
            cost = f"{cents[at] // 100},{cents[at] % 100:02d}"
            cells = [
                written[first], branches[branch[at]], f"C{company[at]}", str(size[at]), situations[situation[at]],
                types[type_[at]], str(trainees[at]), f"{hours[at]:.1f}".replace(".", ","), cost, "payé",
                *(written[int(step)] for step in steps),
            ]  # fmt: skip
            if bad[at]:
                cells[at % 9] = ("31/02/2019", "Menuiserie inconnue", "", "n/a", "?", "?", "-1", "abc", "-5,00")[at % 9]
            text.write(";".join(cells) + "\n")


def _child(work: str, file: Path) -> tuple[float, float]:
    """CPU seconds and peak gigabytes of a fresh process."""
    code = _MEASURED.format(work=work.format(rows=ROWS))
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    seconds, gigabytes = json.loads(done.stdout)
    return seconds, gigabytes


def million_rows() -> Measured:
    """1,000,000 requests read, checked and fitted, against pandas' reader alone on the same file.

    Both in CPU seconds of a process of their own, imports left out. Beside it the whole command, back-test and report
    included; the bound on memory is of that too.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requests.csv"
        export(file, ROWS)
        kept, _ = _child(_KEPT_READER, file)
        ours, memory = _child(_OURS, file)
        whole, most = _child(_WHOLE, file)
    if (peak := max(memory, most)) > 2:
        raise AssertionError(f"peak memory {peak:.2f} GB, more than 2")
    return Measured(
        ours / kept,
        f"read, checked and fitted in {ours:.1f} s against {kept:.1f} s (pandas.read_csv alone), {memory:.2f} GB; with "
        f"the back-test and the report, which the ratio leaves out, {whole:.1f} s and {most:.2f} GB",
    )


FORECAST = (Benchmark("calibrate_million_rows", "x", 15, "at_most", million_rows, large=True),)
