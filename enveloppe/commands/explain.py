"""`enveloppe explain`: why a line got what it got, what a figure is worth, what one pathway costs, why plans differ."""

from pathlib import Path
from typing import Any

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere
from enveloppe.usage_errors import misused


@click.command(
    epilog="\b\nExamples:\n  enveloppe explain convention-2i --branch chimie\n"
    "  enveloppe explain convention-2i --curve envelope --goal pathways=25000\n"
    "  enveloppe explain less-money.yaml --against convention-2i\n"
    "  enveloppe explain convention-2i --request metallurgie:parked --run 0\n"
    '  enveloppe explain convention-2i --pathway "employees=49,situation=difficulty,hours=100,fee=30,pay=15,'
    'date=2021-03-01"'
)
@click.argument("question", metavar="FINDINGS|SCENARIO")
@click.option("--set", "overrides", multiple=True, metavar="KEY=VALUE", help="Override one value of a scenario.")
@click.option("--line", help="A line of the plan: what it got, what binds it, how far the committee may choose.")
@click.option("--branch", help="The same for a branch, and the smallest change that would give it what it asked.")
@click.option(
    "--curve", metavar="ROW", help="What a figure is worth from 60 to 120 %: 'envelope' or a row of the plan."
)
@click.option(
    "--goal", metavar="pathways=N", help="The envelope, and the share of pay, with which N pathways are counted."
)
@click.option("--against", metavar="SCENARIO", help="Why this plan differs from another one, by what changed.")
@click.option("--pathway", metavar="KEY=VALUE,...", help="The price of one pathway, rule by rule.")
@click.option(
    "--request", metavar="BRANCH:NUMBER", help="Why a request waited: its life in one run (BRANCH:parked: the first)."
)
@click.option("--run", "run", type=click.IntRange(0), default=0, show_default=True, help="Of which run, from 0.")
@everywhere
def command(
    question: str,
    overrides: tuple[str, ...],
    line: str | None,
    branch: str | None,
    curve: str | None,
    goal: str | None,
    against: str | None,
    pathway: str | None,
    request: str | None,
    run: int,
    console: Console,
) -> None:
    """Explain a plan: a line, a branch, a figure, a goal, a difference, or the price of one pathway."""
    wanted = {"line": line, "branch": branch, "curve": curve, "goal": goal, "against": against, "pathway": pathway}
    if goal is not None:
        key, _, number = goal.partition("=")
        if key != "pathways" or not number.replace(".", "", 1).isdigit():
            raise misused("goal_form", "--goal")
    asked = {key: value for key, value in wanted.items() if value is not None}
    if request is not None:
        raise SystemExit(guarded(console, lambda: _request(console, question, overrides, request, run)))
    raise SystemExit(guarded(console, lambda: _explain(console, question, overrides, asked)))


def _request(console: Console, question: str, overrides: tuple[str, ...], request: str, run: int) -> int:
    """Live one run again, and tell the life of one of its requests."""
    from enveloppe.advisers import adviser_of
    from enveloppe.no_plan import told
    from enveloppe.planning import NoPlan, planned
    from enveloppe.request_life import NoSuchRequestError, request_life
    from enveloppe.request_text import request_text
    from sim.committee import rule_of
    from sim.trace import trace

    try:
        loaded, stored = _question(console, question, overrides)
        console.follow(loaded.scenario.language)
        if stored is not None and "forecast" in stored:
            raise _NotThereError(console.say("no_request_under_way", day=_day(stored, console)))
        done = planned(loaded)
    except NoPlan as none:
        return told(console, none)
    except _NotThereError as problem:
        console.complain(str(problem))
        return exit_codes.INPUT_REFUSED
    if run >= loaded.scenario.runs:
        console.complain(console.say("no_run", run=run, runs=loaded.scenario.runs))
        return exit_codes.INPUT_REFUSED
    policy = loaded.scenario.committee.policy
    rows = trace(done.scenario, done.plan.allocation, run, adviser=adviser_of(done.scenario, policy))
    try:
        life = request_life(rows, request, run, policy, one_pot=rule_of(policy).one_pot)
    except NoSuchRequestError as missing:
        words = {"request": request, "run": run, "known": missing.known, "branch": missing.idle_branch}
        console.complain(console.say("no_request" if missing.idle_branch is None else "nobody_parked", **words))
        return exit_codes.INPUT_REFUSED
    console.result(life, request_text(life, console.language))
    return exit_codes.DONE


def _explain(console: Console, question: str, overrides: tuple[str, ...], asked: dict[str, str]) -> int:
    from enveloppe.explained_text import text_of
    from enveloppe.no_plan import told as told_no_plan
    from enveloppe.planning import NoPlan
    from optimiser.standing_plan import NoStandingPlan

    try:
        found = _found(console, question, overrides, asked)
    except NoPlan as none:
        return told_no_plan(console, none)
    except NoStandingPlan:
        console.complain(console.say("no_mixture"))
        return exit_codes.NO_FEASIBLE_PLAN
    except _NotThereError as problem:
        console.complain(str(problem))
        return exit_codes.INPUT_REFUSED
    console.result(found, text_of(found, console))
    return exit_codes.DONE


class _NotThereError(Exception):
    """Something that was asked about is not in the plan."""


def _found(console: Console, question: str, overrides: tuple[str, ...], asked: dict[str, str]) -> dict[str, Any]:
    from enveloppe.explaining import (
        explained_change,
        explained_curve,
        explained_difference,
        explained_goal,
        explained_part,
        explained_pathway,
    )
    from enveloppe.findings import scenario_section
    from enveloppe.pathway_asked import BadPathwayError, pathway_asked, there_are
    from enveloppe.planning import planned
    from enveloppe.sentences import with_sentences
    from optimiser.standing_plan import standing_plan
    from scenarios.loading import load

    loaded, stored = _question(console, question, overrides)
    console.follow(loaded.scenario.language)
    found: dict[str, Any] = {}
    if "pathway" in asked:
        try:
            one = pathway_asked(loaded.scenario, asked["pathway"], console.language)
        except BadPathwayError as problem:
            raise _NotThereError(str(problem)) from None
        found["pathway"] = explained_pathway(loaded, one)
        if len(asked) == 1:
            return found
    answer = planned(loaded)
    findings = stored or {"scenario": scenario_section(loaded), "plan": answer.section}
    section = with_sentences(findings, console.language)["plan"]
    standing = standing_plan(answer.problem)
    for what in ("line", "branch"):
        if what in asked:
            try:
                found[what] = explained_part(section, {what: asked[what]})
            except KeyError:
                raise _NotThereError(
                    console.say("not_in_plan", code=asked[what], near=_near(asked[what], section, what, console))
                ) from None
    if stored is not None and "forecast" in stored:
        _under_way(found, stored, asked)
    branch = asked.get("branch") or found.get("line", {}).get("interval", {}).get("branch")
    if branch is not None:
        found["counterfactual"] = explained_change(standing, branch)
    if "curve" in asked:
        try:
            found["curve"] = explained_curve(standing, asked["curve"])
        except KeyError:
            rows = there_are(asked["curve"], ["envelope", *(row["row"] for row in section["prices"])], console.language)
            raise _NotThereError(console.say("not_in_plan", code=asked["curve"], near=rows)) from None
    if "goal" in asked:
        found["goal"] = explained_goal(answer.scenario, standing, float(asked["goal"].partition("=")[2]))
    if "against" in asked:
        other = planned(load(asked["against"]))
        try:
            found["difference"] = explained_difference(other.problem, answer.problem)
        except ValueError as error:
            raise _NotThereError(console.say("not_comparable", reason=error)) from None
    if not asked:
        found["rows"] = [row for row in section["prices"] if row["binding"] and row["price"]]
        found["floors"] = [{**floor, "counts": answer.problem.counts} for floor in section["floors"]]
        found["intervals"] = section["intervals"]
        found["curve"] = explained_curve(standing, "envelope")
    return found


def _under_way(found: dict[str, Any], stored: dict[str, Any], asked: dict[str, str]) -> None:
    """Add what stands and what is to come of what was asked about, and that the rest is of the opening's plan."""
    from enveloppe.explaining_forecast import explained_standing

    part: dict[str, str] = {what: asked[what] for what in ("line", "branch") if what in asked}
    if part or not asked:
        found["under_way"] = explained_standing(stored, part)
    found["opening_plan"] = {"as_of": stored["forecast"]["as_of"]}


def _day(stored: dict[str, Any], console: Console) -> str:
    from reports import numbers

    return numbers.day(stored["forecast"]["as_of"], console.language, short=False)


def _question(console: Console, question: str, overrides: tuple[str, ...]) -> tuple[Any, dict[str, Any] | None]:
    """The scenario, and its stored findings where those were given."""
    from enveloppe.stored import question_of, stored_findings
    from scenarios.loading import load

    file = Path(question) / "findings.json" if Path(question).is_dir() else Path(question)
    if file.suffix != ".json":
        return load(question, overrides), None
    findings = stored_findings(file)
    told = findings["scenario"]
    if "question" in findings:
        return question_of(findings, file.name), findings
    loaded = load(told["name"], tuple(f"{key}={value}" for key, value in told["overrides"].items()))
    if loaded.hash != told["hash"]:
        raise _NotThereError(console.say("scenario_gone", name=told["name"]))
    return loaded, findings


def _near(code: str, section: dict[str, Any], what: str, console: Console) -> str:
    from enveloppe.pathway_asked import there_are

    return there_are(code, dict.fromkeys(str(line.get(what)) for line in section["lines"]), console.language)
