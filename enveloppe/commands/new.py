"""`enveloppe new`: a scenario file to start from."""

from pathlib import Path

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere


@click.command(
    epilog="\b\nExamples:\n  enveloppe new spring-committee\n  enveloppe new spring-committee --workbook --lang fr"
)
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--workbook", is_flag=True, help="Write DIR/plan.xlsx instead: the same for a spreadsheet.")
@everywhere
def command(folder: Path, workbook: bool, console: Console) -> None:
    """Write DIR/scenario.yaml: a worked scenario to start from. An existing file is left as it is."""
    raise SystemExit(guarded(console, lambda: _new(console, folder, workbook)))


def _new(console: Console, folder: Path, workbook: bool) -> int:
    from enveloppe.folder import FolderRefused
    from reports.whole_file import write_whole
    from scenarios.extending import name_after, starting_text

    file = folder / ("plan.xlsx" if workbook else "scenario.yaml")
    if file.exists():
        console.complain(console.say("exists", file=file))
        return exit_codes.INPUT_REFUSED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        name = name_after(folder.resolve().name)
        text = starting_text(console.language, name).encode("utf-8")
        write_whole(file, _workbook(console.language, name) if workbook else text)
    except OSError as error:
        raise FolderRefused(folder, error) from None
    console.result({"file": str(file)}, console.say("created", file=file))
    return exit_codes.DONE


def _workbook(language: str, name: str) -> bytes:
    """The shipped agreement as a workbook, under a name of the planner's own."""
    from reports.workbook.plan import plan_workbook
    from scenarios.extending import starting_tree

    return plan_workbook(starting_tree(language, name), language)
