"""What a person waits for once the findings exist: every form of the report of the whole agreement."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from enveloppe.benchmark import Benchmark, Measured

SCENARIO, RUNS = "convention-2i", "8"


def report_forms() -> Measured:
    """CPU seconds of `enveloppe report`, a process of its own, for HTML, PDF, XLSX and Markdown, beyond `--help`."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        _spent("run", SCENARIO, "--runs", RUNS, "--quiet", "--out", str(out))
        best = min(_spent("report", str(out), "--quiet") for _ in range(2))
        page = (out / "report.html").stat().st_size
    bare = min(_spent("--help") for _ in range(2))
    return Measured(best - bare, f"{SCENARIO}, all forms from stored findings; the page has {page / 1000:,.0f} kB")


def _spent(*words: str) -> float:
    before = os.times()
    call = [sys.executable, "-c", "from enveloppe.cli import main; main()", *words]
    subprocess.run(call, capture_output=True, check=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


REPORT_FORMS = (Benchmark("report_forms", "s", 5, "at_most", report_forms),)
