"""`enveloppe trace`: every event of one run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere, scenario_options
from enveloppe.usage_errors import misused
from scenarios.policies import POLICIES

if TYPE_CHECKING:
    from enveloppe.planning import Planned
    from scenarios.allocation import Allocation
    from scenarios.scenario import Scenario
    from sim.engines import EngineName
    from sim.trace import Row


@click.command(
    epilog="\b\nExamples:\n  enveloppe trace convention-2i --run 3 --policy fixed > run-3.csv\n"
    "  enveloppe trace convention-2i --run 3 --until 2021-07-01 --save-state july.npz > first-half.csv\n"
    "  enveloppe trace convention-2i --from-state july.npz > run-3.csv"
)
@scenario_options
@click.option("--run", "run", type=click.IntRange(0), default=0, show_default=True, help="Which run, from 0.")
@click.option(
    "--engine", type=click.Choice(["compiled", "simpy"]), default="compiled", show_default=True, help="Which engine."
)
@click.option("--verify", is_flag=True, help="Live it by both engines and name the first event that differs.")
@click.option("--policy", type=click.Choice(POLICIES), help="Under which policy.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Stop on this day, before anything of it happens.")
@click.option(
    "--save-state",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to keep the state of the run that --until stopped.",
)
@click.option(
    "--from-state",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Go on from a kept state, its run and its policy; what was told before is told again.",
)
@everywhere
def command(
    question: str,
    overrides: tuple[str, ...],
    run: int,
    engine: EngineName,
    verify: bool,
    policy: str | None,
    until: datetime | None,
    save_state: Path | None,
    from_state: Path | None,
    console: Console,
) -> None:
    """Print every event of one run as CSV, in the order in which they happened."""
    given = overrides if policy is None else (*overrides, f"committee.policy={policy}")
    if save_state is not None and until is None:
        raise misused("needs_until", "--save-state")
    if verify and (until or from_state):
        raise misused("whole_runs_only", "--verify")
    day = None if until is None else until.date()
    work = (
        partial(_trace, console, run, engine, verify)
        if day is None and from_state is None
        else partial(_part, console, run, engine, day, save_state, from_state)
    )
    raise SystemExit(guarded(console, lambda: _planned(console, question, given, run, work)))


def _planned(
    console: Console, question: str, overrides: tuple[str, ...], run: int, work: Callable[[Planned], int]
) -> int:
    """Read and plan the scenario, then work on it; without such a run or any plan, say so."""
    from scenarios.loading import load

    loaded = load(question, overrides)
    console.follow(loaded.scenario.language)
    from enveloppe.no_plan import told
    from enveloppe.planning import NoPlan, planned

    if run >= loaded.scenario.runs:
        console.complain(console.say("no_run", run=run, runs=loaded.scenario.runs))
        return exit_codes.INPUT_REFUSED
    try:
        return work(planned(loaded))
    except NoPlan as none:
        return told(console, none)


def _trace(console: Console, run: int, engine: EngineName, verify: bool, done: Planned) -> int:
    from enveloppe.advisers import adviser_of
    from sim.trace import trace

    if verify:
        return _verify(console, done.scenario, done.plan.allocation, run)
    adviser = adviser_of(done.scenario, done.scenario.committee.policy)
    return _tell(console, trace(done.scenario, done.plan.allocation, run, engine=engine, adviser=adviser))


def _part(
    console: Console,
    run: int,
    engine: EngineName,
    until: date | None,
    save_state: Path | None,
    from_state: Path | None,
    done: Planned,
) -> int:
    """A run stopped on a day, or gone on with from a kept state, or both."""
    from enveloppe.replaying import NoSuchDay, StateUnread, lived_in_part
    from sim.trace import rows_of

    try:
        replay = lived_in_part(done.scenario, done.plan.allocation, run, engine, until, save_state, from_state)
    except StateUnread as refused:
        console.complain(console.say(f"state_{refused.why}", file=refused.file, reason=refused.reason))
        return exit_codes.INPUT_REFUSED
    except NoSuchDay as refused:
        console.complain(console.say("no_such_day", first=refused.first, last=refused.last))
        return exit_codes.INPUT_REFUSED
    if save_state is not None:
        console.tell(console.say("state_kept", file=save_state))
    return _tell(console, rows_of(replay))


def _tell(console: Console, rows: list[Row]) -> int:
    from sim.trace import as_csv

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
