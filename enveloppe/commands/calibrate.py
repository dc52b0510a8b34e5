"""`enveloppe calibrate`: from an export of past requests to the inflow of a scenario."""

from pathlib import Path

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere


@click.command(
    epilog="\b\nExamples:\n  enveloppe calibrate requests.csv --out out/calibrated\n"
    "  enveloppe calibrate demandes.xlsx --columns map.yaml --scenario my-plan/scenario.yaml --lang fr"
)
@click.argument("requests", metavar="REQUESTS", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--columns", type=click.Path(path_type=Path, dir_okay=False), help="Which column is what (YAML).")
@click.option("--scenario", "base", default="convention-2i", show_default=True, help="The scenario to start from.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder (default: out/calibrated).")
@everywhere
def command(
    requests: Path,
    columns: Path | None,
    base: str,
    out: Path | None,
    console: Console,
) -> None:
    """Fit the inflow of a scenario to past requests, say what was wrong with them, and back-test the fit."""
    raise SystemExit(guarded(console, lambda: _calibrate(console, requests, columns, base, out)))


def _calibrate(console: Console, requests: Path, columns: Path | None, base: str, out: Path | None) -> int:
    from enveloppe.calibrating import calibration_of, write_calibration
    from enveloppe.folder import FolderRefused, held
    from enveloppe.reading_told import tell_calibration, tell_reading
    from forecast.column_map import read_column_map
    from forecast.reading import read_requests, refuse_beyond, refuse_short
    from reports import numbers
    from scenarios.loading import load

    loaded = load(base, ())
    language = console.follow(loaded.scenario.language)
    known = read_column_map(columns)
    reading = read_requests(requests, loaded.scenario, known)
    tell_reading(console, reading)
    refuse_beyond(reading, known)
    refuse_short(reading)
    console.tell(console.say("testing_the_past"))
    done = calibration_of(reading, loaded, requests, known)
    folder = out or Path("out") / "calibrated"
    with held(folder):
        try:
            written = write_calibration(done, loaded, base, folder, language)
        except OSError as error:
            raise FolderRefused(folder, error) from None
    console.result(done.findings, str(written))
    tell_calibration(console, done.findings)
    requests_told = numbers.count(len(reading.history), language).text
    console.tell(console.say("calibrated", requests=requests_told, file=written))
    return exit_codes.DONE
