"""`enveloppe show`: the resolved scenario, each value with where it came from."""

import json

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere, scenario_options


@click.command(
    epilog="\b\nExamples:\n  enveloppe show convention-2i\n  enveloppe show convention-2i --schema > schema.json"
)
@scenario_options
@click.option("--schema", is_flag=True, help="Print the JSON Schema of scenario files instead (for editors).")
@everywhere
def command(
    question: str,
    overrides: tuple[str, ...],
    schema: bool,
    console: Console,
) -> None:
    """Print the resolved scenario, each value with the file and line it came from and its source."""
    raise SystemExit(guarded(console, lambda: _show(console, question, overrides, schema)))


def _show(console: Console, question: str, overrides: tuple[str, ...], schema: bool) -> int:
    from scenarios.loading import load, resolved
    from scenarios.scenario import Scenario

    if schema:
        click.echo(json.dumps(Scenario.model_json_schema(by_alias=True), ensure_ascii=False, indent=1))
        return exit_codes.DONE
    loaded = load(question, overrides)
    console.follow(loaded.scenario.language)
    width = min(max(len(entry.key) for entry in loaded.register), 60)
    lines = []
    for entry in loaded.register:
        value = json.dumps(entry.value, ensure_ascii=False)
        source = f" [{entry.source}]" if entry.source else ""
        lines.append(f"{entry.key:<{width}} = {value}  # {entry.place}{source}")
    told = {
        "hash": loaded.hash,
        "scenario": resolved(loaded.scenario),
        "register": [
            {
                "key": entry.key,
                "value": entry.value,
                "unit": entry.unit,
                "kind": entry.kind,
                "source": entry.source,
                "file": entry.place.file,
                "line": entry.place.line,
            }
            for entry in loaded.register
        ],
    }
    console.result(told, "\n".join(lines))
    return exit_codes.DONE
