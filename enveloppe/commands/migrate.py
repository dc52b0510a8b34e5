"""`enveloppe migrate`: a scenario file of an earlier form in the present one."""

from pathlib import Path

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere
from enveloppe.usage_errors import misused


@click.command(
    epilog="\b\nExamples:\n  enveloppe migrate old.yaml                 the new text, on stdout\n"
    "  enveloppe migrate old.yaml --out new.yaml\n"
    "  enveloppe migrate old.yaml --in-place      the earlier text stays beside, as old.yaml.schema-0"
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this new file.")
@click.option("--in-place", is_flag=True, help="Write FILE anew; the earlier text stays beside.")
@everywhere
def command(file: Path, out: Path | None, in_place: bool, console: Console) -> None:
    """Bring a scenario file to the form that this engine reads; comments and order stay as they are."""
    if out is not None and in_place:
        raise misused("not_together", one="--out", other="--in-place")
    raise SystemExit(guarded(console, lambda: _migrate(console, file, out, in_place=in_place)))


def _migrate(console: Console, file: Path, out: Path | None, *, in_place: bool) -> int:
    from enveloppe.folder import FolderRefused
    from reports.whole_file import write_whole
    from scenarios.extending import text_of
    from scenarios.migrating.migrate import migrated
    from scenarios.problems import InputRefused, Place, Problem
    from scenarios.scenario import SCHEMA
    from scenarios.workbook_reading import is_workbook

    if is_workbook(file):
        raise InputRefused([Problem(Place(str(file)), "migrate_workbook")])
    text = text_of(file, str(file))
    done = migrated(text, str(file))
    for change in done.changes:
        console.tell(f"{change.place}: {change.before or '+'} → {change.after.strip()}")
    target = file if in_place else out
    if out is not None and out.exists():
        console.complain(console.say("exists", file=out))
        return exit_codes.INPUT_REFUSED
    if target is not None and (done.changes or not in_place):
        try:
            if in_place:
                kept = file.with_name(f"{file.name}.schema-{done.found}")
                if kept.exists():
                    console.complain(console.say("exists", file=kept))
                    return exit_codes.INPUT_REFUSED
                write_whole(kept, text)
            write_whole(target, done.text)
        except OSError as error:
            raise FolderRefused(target, error) from None
    told = {
        "file": str(target or file),
        "from": done.found,
        "to": SCHEMA,
        "changes": [
            {"line": change.place.line, "column": change.place.column, "before": change.before, "after": change.after}
            for change in done.changes
        ],
    }
    if target is None:
        told["text"] = done.text
        click.echo(done.text, nl=False) if not console.as_json else console.result(told, "")
    else:
        console.result(told, str(target))
    if not done.changes:
        console.tell(console.say("migrated_already", file=file, schema=SCHEMA))
    return exit_codes.DONE
