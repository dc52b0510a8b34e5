"""`enveloppe new`: a scenario file to start from."""

from pathlib import Path

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import console_of, everywhere


@click.command(epilog="\b\nExample:\n  enveloppe new spring-committee")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@everywhere
def command(folder: Path, as_json: bool, quiet: bool, lang: str | None, no_color: bool) -> None:
    """Write DIR/scenario.yaml: a worked scenario to start from. An existing file is left as it is."""
    console = console_of(as_json, quiet, lang, no_color)
    raise SystemExit(guarded(console, lambda: _new(console, folder)))


def _new(console: Console, folder: Path) -> int:
    from enveloppe.folder import FolderRefused
    from scenarios.extending import starting_text

    file = folder / "scenario.yaml"
    if file.exists():
        console.complain(console.say("exists", file=file))
        return exit_codes.INPUT_REFUSED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(starting_text(console.language), encoding="utf-8")
    except OSError as error:
        raise FolderRefused(folder, error) from None
    console.result({"file": str(file)}, console.say("created", file=file))
    return exit_codes.DONE
