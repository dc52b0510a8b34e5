"""`enveloppe trace`: every event of one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import console_of, everywhere, scenario_options
from scenarios.policies import POLICIES

if TYPE_CHECKING:
    from scenarios.allocation import Allocation
    from scenarios.scenario import Scenario


@click.command(epilog="\b\nExample:\n  enveloppe trace convention-2i --run 3 --policy fixed > run-3.csv")
@scenario_options
@click.option("--run", "run", type=click.IntRange(0), default=0, show_default=True, help="Which run, from 0.")
@click.option(
    "--engine", type=click.Choice(["compiled", "simpy"]), default="compiled", show_default=True, help="Which engine."
)
@click.option("--verify", is_flag=True, help="Live it by both engines and name the first event that differs.")
@click.option("--policy", type=click.Choice(POLICIES), help="Under which policy.")
@everywhere
def command(
    question: str,
    overrides: tuple[str, ...],
    run: int,
    engine: Literal["compiled", "simpy"],
    verify: bool,
    policy: str | None,
    as_json: bool,
    quiet: bool,
    lang: str | None,
    no_color: bool,
) -> None:
    """Print every event of one run as CSV, in the order in which they happened."""
    console = console_of(as_json, quiet, lang, no_color)
    given = overrides if policy is None else (*overrides, f"committee.policy={policy}")
    raise SystemExit(guarded(console, lambda: _trace(console, question, given, run, engine, verify)))


def _trace(
    console: Console,
    question: str,
    overrides: tuple[str, ...],
    run: int,
    engine: Literal["compiled", "simpy"],
    verify: bool,
) -> int:
    from scenarios.loading import load

    loaded = load(question, overrides)
    from enveloppe.advisers import adviser_of
    from enveloppe.no_plan import told
    from enveloppe.pipeline import NoPlan, planned
    from sim.trace import as_csv, trace

    if run >= loaded.scenario.runs:
        console.complain(console.say("no_run", run=run, runs=loaded.scenario.runs))
        return exit_codes.INPUT_REFUSED
    try:
        done = planned(loaded)
    except NoPlan as none:
        return told(console, none)
    if verify:
        return _verify(console, done.scenario, done.plan.allocation, run)
    adviser = adviser_of(done.scenario, done.scenario.committee.policy)
    rows = trace(done.scenario, done.plan.allocation, run, engine=engine, adviser=adviser)
    console.result([row._asdict() for row in rows] if console.as_json else None, as_csv(rows).rstrip("\n"))
    return exit_codes.DONE


def _verify(console: Console, scenario: Scenario, allocation: Allocation, run: int) -> int:
    from enveloppe.advisers import adviser_of
    from sim.verification import first_difference, lived_by_both

    told = lived_by_both(scenario, allocation, run, adviser=adviser_of(scenario, scenario.committee.policy))
    difference = first_difference(*told)
    if difference is None:
        answer = console.say("engines_agree", run=run, events=len(told[0]))
        console.result({"events": len(told[0]), "same": True}, answer)
        return exit_codes.DONE
    answer = console.say(
        "engines_differ", run=run, number=difference.number, simpy=difference.simpy, compiled=difference.compiled
    )
    console.result({"same": False, **difference._asdict()}, answer)
    return exit_codes.INTERNAL_ERROR
