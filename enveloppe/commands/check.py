"""`enveloppe check`: validates only."""

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded, problems_told, tell_marked, tell_refused
from enveloppe.options import everywhere


@click.command(epilog="\b\nExample:\n  enveloppe check plan-a.yaml plan-b.yaml --lang fr")
@click.argument("questions", metavar="SCENARIO...", nargs=-1, required=True)
@click.option("--set", "overrides", multiple=True, metavar="KEY=VALUE", help="Override one value (repeatable).")
@everywhere
def command(
    questions: tuple[str, ...],
    overrides: tuple[str, ...],
    console: Console,
) -> None:
    """Check scenario files: all problems at once, each with its place. Exit 4 where there is any."""
    raise SystemExit(guarded(console, lambda: _check(console, questions, overrides)))


def _check(console: Console, questions: tuple[str, ...], overrides: tuple[str, ...]) -> int:
    from enveloppe.bounds_told import bounds_told
    from scenarios.cells import cells_of
    from scenarios.loading import load
    from scenarios.problems import InputRefused

    told: list[dict[str, object]] = []
    lines: list[str] = []
    refused = 0
    for question in questions:
        console.follow(None)
        try:
            loaded = load(question, overrides)
        except InputRefused as refusal:
            console.follow(refusal.language)
            refused += len(refusal.problems)
            told.append({"scenario": question, "problems": problems_told(refusal, console.language)})
            for problem in refusal.problems:
                console.complain(problem.text(console.language))
            tell_marked(console, refusal)
        else:
            console.follow(loaded.scenario.language)
            warnings = bounds_told(loaded, console.language)
            told.append({"scenario": question, "hash": loaded.hash, "problems": [], "warnings": warnings})
            for warning in warnings:
                console.tell(warning)
            count = len(cells_of(loaded.scenario).lines)
            lines.append(console.say("sound", name=question, branches=len(loaded.scenario.branches), lines=count))
    if as_text := "\n".join(lines):
        console.result(told, as_text)
    elif console.as_json:
        console.result(told, "")
    if refused:
        tell_refused(console, refused)
        return exit_codes.INPUT_REFUSED
    return exit_codes.DONE
