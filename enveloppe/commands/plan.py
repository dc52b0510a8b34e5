"""`enveloppe plan`: the optimiser alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere, scenario_options
from enveloppe.usage_errors import misused
from scenarios.objective_names import OBJECTIVE_NAMES, ObjectiveName

if TYPE_CHECKING:
    from enveloppe.planning import Planned
    from optimiser.problem import PlanProblem


@click.command(
    epilog="\b\nExamples:\n  enveloppe plan convention-2i\n  enveloppe plan convention-2i --save-lp plan.mps"
)
@scenario_options
@click.option(
    "--save-lp",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the exact model, .lp or .mps, for any other solver.",
)
@click.option(
    "--upper-bound",
    is_flag=True,
    help="Also tell what choosing cell by cell would serve: a bound that nobody can deliver.",
)
@click.option(
    "--front",
    type=(click.Choice(OBJECTIVE_NAMES), click.Choice(OBJECTIVE_NAMES)),
    metavar="A B",
    help=f"Also tell the trade-off between two objectives ({', '.join(OBJECTIVE_NAMES)}).",
)
@click.option(
    "--uncertain", is_flag=True, help="Also notify what will hold under luck, and say what knowing more is worth."
)
@everywhere
def command(
    question: str,
    overrides: tuple[str, ...],
    save_lp: Path | None,
    upper_bound: bool,
    front: tuple[ObjectiveName, ObjectiveName] | None,
    uncertain: bool,
    console: Console,
) -> None:
    """Allocate the envelope on expected demand: notifications by line, what binds, what floors cost."""
    if save_lp is not None and save_lp.suffix.lower() not in (".lp", ".mps"):
        raise misused("model_form", "--save-lp")
    raise SystemExit(
        guarded(console, lambda: _plan(console, question, overrides, save_lp, upper_bound, front, uncertain))
    )


def _plan(
    console: Console,
    question: str,
    overrides: tuple[str, ...],
    save_lp: Path | None,
    upper_bound: bool,
    front: tuple[ObjectiveName, ObjectiveName] | None,
    uncertain: bool,
) -> int:
    from scenarios.loading import load

    loaded = load(question, overrides)
    console.follow(loaded.scenario.language)
    from enveloppe.findings import scenario_section
    from enveloppe.folder import FolderRefused
    from enveloppe.no_plan import told
    from enveloppe.planning import NoPlan, planned
    from enveloppe.sentences import warning_texts, with_sentences
    from optimiser.plan_warnings import plan_warnings
    from optimiser.saving import save_lp as save

    def saved(problem: PlanProblem) -> None:
        try:
            if save_lp is not None:
                save(problem, save_lp)
        except OSError as error:
            raise FolderRefused(save_lp or Path(), error) from None

    try:
        done = planned(loaded)
    except NoPlan as none:
        saved(none.problem)
        return told(console, none)
    saved(done.problem)
    warnings = plan_warnings(done.problem, done.plan)
    section = dict(done.section)
    if upper_bound:
        from optimiser.upper_bound import told_upper_bound

        bound, warning = told_upper_bound(done.scenario)
        section |= bound
        warnings.append(warning)
    if front is not None:
        from optimiser.pareto import pareto_front, told_front

        section["front"] = told_front(pareto_front(done.problem, *front))
    findings = {"scenario": scenario_section(loaded), "plan": section, "warnings": warnings}
    for text in warning_texts(findings, console.language):
        console.tell(f"! {text}")
    section = with_sentences(findings, console.language)["plan"]
    told_of_luck = _under_luck(console, done) if uncertain else {}
    text = "\n".join([_text(console, section), *_luck_text(console, told_of_luck)])
    console.result({"plan": section, **told_of_luck, "warnings": warnings}, text)
    return exit_codes.DONE


def _under_luck(console: Console, done: Planned) -> dict[str, Any]:
    import os

    from enveloppe.progress import StepsTold
    from enveloppe.uncertainty.whole import planned_under_uncertainty

    steps = StepsTold(console)
    try:
        told = planned_under_uncertainty(done.scenario, done.problem, done.plan, os.cpu_count() or 1, steps)
    finally:
        steps.close()
    return {"uncertainty": told}


def _luck_text(console: Console, told: dict[str, Any]) -> list[str]:
    from reports import numbers

    if not told:
        return []
    language, found = console.language, told["uncertainty"]
    programme = found["programme"]
    if programme["status"] != "optimal":
        return [console.say("uncertain_none", status=programme["status"])]
    lines = [
        console.say(
            "uncertain_promise",
            promised=numbers.count(programme["promised"], language).text,
            bad=numbers.count(programme["bad_years"], language).text,
            share=numbers.share(found["tail_share"], language).text,
            moved=numbers.money(programme["moved_cents"], language).text,
        )
    ]
    knowing = programme["knowing"]
    if "vss" in knowing and "evpi" in knowing:
        vss, evpi = (numbers.count(knowing[name], language).text for name in ("vss", "evpi"))
        lines.append(console.say("uncertain_knowing", vss=vss, evpi=evpi))
    return lines


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
    pathways, counts = _promised(plan)
    promise = console.say(
        "objective",
        pathways=numbers.count(pathways, language).text,
        counted=console.say("counted_net" if counts == "net" else "counted_gross"),
        cost=numbers.money(plan["cost_cents"], language).text,
        money=numbers.money(plan["distributable_cents"], language).text,
    )
    extra = []
    if "upper_bound" in plan:
        bound = numbers.count(plan["upper_bound"]["pathways"], language).text
        extra.append(console.say("upper_bound", pathways=bound))
    for point in plan.get("front", {}).get("points", []):
        first, second = (
            _told_value(console, one, plan["front"][which])
            for one, which in zip(
                (point["first_value"], point["second_value"]), ("first_unit", "second_unit"), strict=True
            )
        )
        extra.append(f"  {plan['front']['first']} {first}  {plan['front']['second']} {second}")
    binding = [
        f"  - {price['sentence']}"
        for price in plan["prices"]
        if price["binding"] and price["price"] and price["family"] not in ("waiting", "patience", "line_money")
    ]
    return "\n".join([*rows, "", promise, *extra, *([console.say("binding"), *binding] if binding else [])])


def _promised(plan: dict[str, Any]) -> tuple[float, str]:
    """The pathways of a plan, and which they are: as it counts them where it aims at them, else those it commits."""
    aims = {aim["objective"]: aim["value"] for aim in plan["objectives"]}
    if plan["objectives"][0]["objective"] == "pathways":
        return plan["objective"], plan["counts"]
    return (aims["pathways"], plan["counts"]) if "pathways" in aims else (plan["pathways"], "committed")


def _told_value(console: Console, value: float, unit: str) -> str:
    from reports import numbers

    language = console.language
    if unit == "cents":
        return numbers.money(round(value), language).text
    if unit == "share":
        return numbers.share(value, language, decimals=1).text
    return numbers.count(value, language).text
