"""`enveloppe run`: the whole trip."""

import time
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere, scenario_options, workers_of, workers_options
from enveloppe.usage_errors import misused
from scenarios.policies import POLICIES

if TYPE_CHECKING:
    from enveloppe.actuals import Actuals
    from scenarios.loading import Loaded


@click.command(
    epilog="\b\nExamples:\n  enveloppe run convention-2i --runs 100\n"
    "  enveloppe run plan.yaml --set envelope_eur=120000000 --out out/less-money --lang en\n"
    "  enveloppe run september.yaml --since out/june         what changed since last time"
)
@scenario_options
@click.option("--runs", type=click.IntRange(1, 1_000_000), help="How many runs (default: as the scenario says).")
@click.option("--seed", type=click.IntRange(0), help="The seed (default: as the scenario says).")
@workers_options
@click.option(
    "--until",
    metavar="KPI:HALFWIDTH",
    help="Run until the figure is known to this half-width (95 %; or 1% of it); at most --runs.",
)
@click.option("--actuals", type=click.Path(path_type=Path, dir_okay=False), help="Requests to date (.csv or .xlsx).")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The last day known (default: the last filing, decision or payment of the export).",
)
@click.option(
    "--last-forecast",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of the last forecast, with --actuals (default: end of last month).",
)
@click.option("--columns", type=click.Path(path_type=Path, dir_okay=False), help="Which column is what (YAML).")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder (default: out/<scenario>).")
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    metavar="FINDINGS",
    help="Findings of last time (a folder or findings.json): the report says what changed.",
)
@click.option("--uncertain", is_flag=True, help="Also plan for luck, compare policies, and tell what moves the result.")
@click.option("--policy", type=click.Choice(POLICIES), help="The committee's policy (default: as the scenario says).")
@everywhere
def command(
    question: str,
    overrides: tuple[str, ...],
    runs: int | None,
    seed: int | None,
    jobs: int | None,
    cluster: str | None,
    out: Path | None,
    policy: str | None,
    until: str | None,
    actuals: Path | None,
    as_of: datetime | None,
    last_forecast: datetime | None,
    columns: Path | None,
    since: Path | None,
    uncertain: bool,
    console: Console,
) -> None:
    """Project, plan, simulate and report: everything of a scenario, into one folder."""
    workers = workers_of(jobs, cluster)
    given = [*overrides]
    for key, value in (("runs", None if until else runs), ("seed", seed), ("committee.policy", policy)):
        if value is not None:
            given.append(f"{key}={value}")
    if actuals is None and (as_of or last_forecast or columns):
        raise misused("actuals_needed")
    if actuals is not None and uncertain:
        raise misused("uncertain_with_actuals")
    if actuals is not None and until:
        raise misused("until_with_actuals")
    asked = None if actuals is None else (actuals, columns, _day(as_of), _day(last_forecast))
    raise SystemExit(
        guarded(
            console,
            lambda: _run(console, question, tuple(given), workers, out, until, runs, since, asked, uncertain),
        )
    )


Asked = tuple[Path, Path | None, date | None, date | None]
"""An export of requests to date, its column map, the last day known, the day of the last forecast."""


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _run(
    console: Console,
    question: str,
    overrides: tuple[str, ...],
    workers: int | str,
    out: Path | None,
    until: str | None,
    most_runs: int | None,
    since: Path | None,
    asked: Asked | None = None,
    uncertain: bool = False,
) -> int:
    from enveloppe.block_folder import FolderStore, discard_blocks
    from enveloppe.comparing.since import with_since
    from enveloppe.comparing.stored_side import stored_side
    from enveloppe.draws_folder import DrawsFolder
    from enveloppe.folder import FolderRefused, held
    from enveloppe.known_answer import answer_key, known_answer, told_again
    from enveloppe.no_plan import told
    from enveloppe.progress import Progress, StepsTold
    from enveloppe.replaced import tell_replaced
    from enveloppe.stopping_asked import stopping_rule
    from scenarios.loading import load
    from sim.summary import runs_arrays

    rule = None if until is None else stopping_rule(until, most_runs)
    loaded = load(question, overrides)
    language = console.follow(loaded.scenario.language)
    # Read before anything is written: last time's findings may stand in the very folder.
    last = None if since is None else stored_side(since)
    from enveloppe.pipeline import NoPlan, travel, write_trip

    folder = out or Path("out") / loaded.scenario.name
    actuals = None if asked is None else _read(console, loaded, asked)
    # An answer that depends on more than its question is never taken for that of the question alone.
    plain = actuals is None and last is None and rule is None and not uncertain
    with held(folder):
        known = known_answer(folder, loaded) if plain else None
        if known is not None:
            try:
                known = told_again(known, loaded, folder, language)
                # A run killed after its last file had no time to clear them away.
                discard_blocks(folder)
            except OSError as error:
                raise FolderRefused(folder, error) from None
            console.tell(console.say("known_already", folder=folder))
            return _tell(console, known, language, folder)
        tell_replaced(console, folder, loaded, actuals)
        started = time.monotonic()
        progress = Progress(console, console.say("simulating"))
        store = FolderStore(folder, loaded.hash)
        steps = StepsTold(console) if uncertain else None
        try:
            if actuals is None:
                trip = travel(loaded, workers, progress, store, rule, steps, DrawsFolder())
            else:
                from enveloppe.actuals import travel_on

                trip = travel_on(loaded, actuals, workers, progress, store)
        except NoPlan as none:
            # What stands here answers another question: without its proof nobody takes it for this one's answer.
            (folder / "manifest.json").unlink(missing_ok=True)
            return told(console, none)
        finally:
            progress.close()
            if steps is not None:
                steps.close()
        trip = replace(trip, findings=with_since(trip.findings, runs_arrays(trip.experiment), last))
        travelled = time.monotonic()
        try:
            write_trip(
                trip, trip.loaded, folder, language, {"trip": travelled - started}, answer_key(loaded) if plain else ""
            )
        except OSError as error:
            raise FolderRefused(folder, error) from None
        discard_blocks(folder)
    return _tell(console, trip.findings, language, folder)


def _tell(console: Console, findings: dict[str, Any], language: str, folder: Path) -> int:
    """The verdict on stdout, warnings and the folder on stderr."""
    from enveloppe.sentences import verdict_text, warning_texts

    console.result(findings, verdict_text(findings, language))
    for text in warning_texts(findings, language):
        console.tell(f"! {text}")
    console.tell(console.say("written", folder=folder))
    return exit_codes.DONE


def _read(console: Console, loaded: "Loaded", asked: Asked) -> "Actuals":
    """The requests to date, with what was found in the export told."""
    from enveloppe.actuals import read_actuals
    from enveloppe.reading_told import tell_day, tell_reading
    from forecast.column_map import read_column_map

    file, columns, as_of, since = asked
    actuals = read_actuals(file, loaded, read_column_map(columns), as_of, since)
    tell_reading(console, actuals.reading)
    tell_day(console, actuals.reading, actuals.as_of, asked=as_of is not None)
    return actuals
