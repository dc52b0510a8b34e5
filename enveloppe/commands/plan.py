"""`enveloppe plan`: the optimiser alone."""

from pathlib import Path
from typing import Any

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import console_of, everywhere, scenario_options


@click.command(
    epilog="\b\nExamples:\n  enveloppe plan convention-2i\n  enveloppe plan convention-2i --save-lp plan.mps"
)
@scenario_options
@click.option(
    "--save-lp",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the exact model, .lp or .mps, for any other solver.",
)
@everywhere
def command(
    question: str,
    overrides: tuple[str, ...],
    save_lp: Path | None,
    as_json: bool,
    quiet: bool,
    lang: str | None,
    no_color: bool,
) -> None:
    """Allocate the envelope on expected demand: notifications by line, what binds, what floors cost."""
    if save_lp is not None and save_lp.suffix.lower() not in (".lp", ".mps"):
        raise click.BadParameter("the model is written as .lp or .mps", param_hint="--save-lp")
    console = console_of(as_json, quiet, lang, no_color)
    raise SystemExit(guarded(console, lambda: _plan(console, question, overrides, save_lp)))


def _plan(console: Console, question: str, overrides: tuple[str, ...], save_lp: Path | None) -> int:
    from scenarios.loading import load

    loaded = load(question, overrides)
    from enveloppe.findings import scenario_section
    from enveloppe.folder import FolderRefused
    from enveloppe.no_plan import told
    from enveloppe.pipeline import NoPlan, planned
    from enveloppe.sentences import warning_texts, with_sentences
    from optimiser.plan_warnings import plan_warnings
    from optimiser.problem import plan_problem
    from optimiser.saving import save_lp as save
    from optimiser.told import plan_findings

    if save_lp is not None:
        try:
            save(plan_problem(loaded.scenario), save_lp)
        except OSError as error:
            raise FolderRefused(save_lp, error) from None
    try:
        problem, plan = planned(loaded)
    except NoPlan as none:
        return told(console, none)
    findings = {
        "scenario": scenario_section(loaded),
        "plan": plan_findings(problem, plan),
        "warnings": plan_warnings(problem, plan),
    }
    for text in warning_texts(findings, console.language):
        console.tell(f"! {text}")
    section = with_sentences(findings, console.language)["plan"]
    console.result({"plan": section}, _text(console, section))
    return exit_codes.DONE


def _text(console: Console, plan: dict[str, Any]) -> str:
    from reports import numbers

    language = console.language
    width = max(len(line["line"]) for line in plan["lines"])
    rows = [
        f"{console.say('line'):<{width}} {console.say('notified'):>14} {console.say('planned'):>10} "
        f"{console.say('asked'):>10}"
    ]
    for line in plan["lines"]:
        rows.append(
            f"{line['line']:<{width}} {numbers.money(line['notified_cents'], language).text:>14} "
            f"{numbers.count(line['pathways_whole'], language).text:>10} "
            f"{numbers.count(line['asked_pathways'], language).text:>10}"
        )
    promise = console.say(
        "objective",
        pathways=numbers.count(plan["objective"], language).text,
        cost=numbers.money(plan["cost_cents"], language).text,
        money=numbers.money(plan["distributable_cents"], language).text,
    )
    binding = [
        f"  - {price['sentence']}"
        for price in plan["prices"]
        if price["binding"] and price["price"] and price["family"] not in ("waiting", "patience", "line_money")
    ]
    return "\n".join([*rows, "", promise, *([console.say("binding"), *binding] if binding else [])])
