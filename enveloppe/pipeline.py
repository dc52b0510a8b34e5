"""The whole trip: scenario file -> Scenario -> Demand -> Plan -> Outcomes -> Findings -> report files."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from enveloppe.advisers import ADVISERS
from enveloppe.findings import findings_of, target_sources
from enveloppe.folder import json_bytes, npz_bytes, swept
from enveloppe.manifest import manifest_of
from enveloppe.planning import NoPlan as NoPlan
from enveloppe.planning import Planned as Planned
from enveloppe.planning import planned as planned
from enveloppe.planning import planned_scenario as planned_scenario
from enveloppe.sentences import with_sentences
from enveloppe.uncertainty.delivery import uncertainty_findings
from enveloppe.uncertainty.programme import Steps
from enveloppe.uncertainty.whole import under_uncertainty
from optimiser.plan import Plan
from optimiser.plan_warnings import plan_warnings
from optimiser.problem import PlanProblem
from reports.tables import AllocationRow
from reports.whole_file import write_whole
from reports.writing import write_report
from scenarios.loading import Loaded, with_runs
from sim.blocks import BlockStore
from sim.experiment import Experiment, Progress, simulate
from sim.stopping import StoppingRule, simulate_until
from sim.summary import runs_arrays, summarise
from sim.workers import Workers


@dataclass(frozen=True, eq=False)
class Trip:
    """What a trip brought back.

    Attributes:
        findings: as docs/findings.md lays down.
        allocation: the plan by line and period.
        experiment: every run, for `runs.npz`.
        loaded: the scenario as it was lived: with the number of runs at which a stopping rule ended.
    """

    loaded: Loaded
    findings: dict[str, Any]
    allocation: tuple[AllocationRow, ...]
    experiment: Experiment


def travel(
    loaded: Loaded,
    jobs: Workers = 1,
    progress: Progress | None = None,
    store: BlockStore | None = None,
    until: StoppingRule | None = None,
    uncertain: Steps | None = None,
    draws: BlockStore | None = None,
) -> Trip:
    """From a loaded scenario to its findings.

    Args:
        loaded: the scenario.
        jobs: worker processes of the simulation, or the address of a Dask cluster.
        progress: told how many runs are done, and of how many.
        store: keeps finished blocks of runs, so that a killed trip goes on where it was.
        until: as many runs as this rule asks for, instead of as many as the scenario says.
        draws: keeps the requests of runs from one trip to another.
        uncertain: where given, the plan that allows for luck is made and lived too; told how far each step has come.

    Returns:
        The trip's findings and tables, the same for any number of workers.

    Raises:
        NoPlan: where no plan keeps all constraints, or none could be proven.
    """
    done = planned(loaded)
    if until is None:
        experiment = simulate(
            done.scenario,
            done.plan.allocation,
            jobs=jobs,
            progress=progress,
            store=store,
            advisers=ADVISERS,
            draws=draws,
        )
        return found_out(loaded, done, experiment, jobs=jobs, uncertain=uncertain)
    experiment, stopped = simulate_until(
        done.scenario, done.plan.allocation, until, jobs, progress, store=store, advisers=ADVISERS, draws=draws
    )
    unknown = {"code": "not_known_as_asked", "details": {"kpi": until.kpi, "runs": experiment.runs}}
    return found_out(
        with_runs(loaded, experiment.runs),
        done,
        experiment,
        stopping=stopped.told(),
        warnings=() if stopped.held else (unknown,),
        jobs=jobs,
        uncertain=uncertain,
    )


def found_out(
    loaded: Loaded,
    done: Planned,
    experiment: Experiment,
    *,
    stopping: dict[str, Any] | None = None,
    warnings: Sequence[dict[str, Any]] = (),
    jobs: Workers = 1,
    uncertain: Steps | None = None,
) -> Trip:
    """Put findings together from a plan and its runs.

    Args:
        loaded: the scenario, with the runs that were lived.
        done: its plan.
        experiment: its runs.
        stopping: how the number of runs was found, where a rule asked for it.
        warnings: beside those of the plan.
        jobs, uncertain: as in `travel`.
    """
    scenario, problem, plan = done.scenario, done.problem, done.plan
    simulated = summarise(scenario, experiment, target_sources(loaded))
    if stopping is not None:
        simulated["simulation"]["stopping"] = stopping
    simulated["uncertainty"] = uncertainty_findings(scenario, plan, experiment)
    if uncertain is not None:
        simulated["uncertainty"] |= under_uncertainty(scenario, problem, plan, experiment, jobs, uncertain)
    findings = findings_of(loaded, done.section, simulated, [*plan_warnings(problem, plan), *warnings])
    return Trip(loaded, with_sentences(findings, scenario.language), allocation_rows(problem, plan), experiment)


def allocation_rows(problem: PlanProblem, plan: Plan) -> tuple[AllocationRow, ...]:
    """The plan by line and period: expected pathways and their expected cents."""
    cents = plan.commit * problem.demand.price_cents
    return tuple(
        AllocationRow(line.key, period, float(plan.commit[at, when]), round(float(cents[at, when])))
        for at, line in enumerate(problem.cells.lines)
        for when, period in enumerate(problem.demand.periods)
    )


def write_trip(
    trip: Trip, loaded: Loaded, folder: Path, language: str, seconds: dict[str, float], key: str = ""
) -> None:
    """Write everything a run leaves behind; each file whole, the manifest last.

    Args:
        trip: what was found out.
        loaded: the scenario.
        folder: held by this process.
        language: of the report.
        seconds: how long each step took, told apart from what is hashed.
        key: by which the answer is known again; "" where it depends on more than its question.
    """
    swept(folder)
    hashes = {
        "findings.json": write_whole(folder / "findings.json", json_bytes(trip.findings)),
        "runs.npz": write_whole(folder / "runs.npz", npz_bytes(runs_arrays(trip.experiment))),
        **write_report(
            trip.findings, folder, language, allocation=trip.allocation, engine_version=version("enveloppe")
        ),
    }
    write_whole(folder / "manifest.json", json_bytes(manifest_of(loaded, hashes, language, seconds, key)))
