"""`enveloppe report`: the reports again, from stored findings."""

from pathlib import Path

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere


@click.command(epilog="\b\nExample:\n  enveloppe report out/convention-2i --lang en --out out/english")
@click.argument("source", metavar="FINDINGS", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder (default: that of the findings).")
@everywhere
def command(source: Path, out: Path | None, console: Console) -> None:
    """Write the report again from findings.json (or the folder that holds it); nothing is computed."""
    raise SystemExit(guarded(console, lambda: _report(console, source, out)))


def _report(console: Console, source: Path, out: Path | None) -> int:
    from importlib.metadata import version

    from enveloppe.folder import FolderRefused, held, swept
    from enveloppe.stored import renew_manifest, stored_findings
    from reports.reading import MissingFindingError
    from reports.writing import write_report
    from scenarios.problems import InputRefused, Place, Problem

    file = source / "findings.json" if source.is_dir() else source
    findings = stored_findings(file)
    folder = out or file.parent
    language = console.follow(findings["scenario"]["language"])
    with held(folder):
        swept(folder)
        try:
            hashes = write_report(findings, folder, language, engine_version=version("enveloppe"))
            renew_manifest(folder, hashes, language)
        except OSError as error:
            raise FolderRefused(folder, error) from None
        except MissingFindingError as missing:
            raise InputRefused(
                [Problem(Place(str(file)), "finding_missing", details={"found": str(missing)})]
            ) from None
    console.result({"files": hashes}, "\n".join(str(folder / name) for name in hashes))
    return exit_codes.DONE
