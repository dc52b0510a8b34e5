"""The whole trip: scenario file -> Scenario -> Demand -> Plan -> Outcomes -> Findings -> report files."""

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from enveloppe.findings import findings_of
from enveloppe.folder import json_bytes, npz_bytes, swept
from enveloppe.manifest import manifest_of
from enveloppe.sentences import with_sentences
from optimiser.plan import Infeasible, LimitReached, Plan
from optimiser.plan_warnings import plan_warnings
from optimiser.problem import PlanProblem, plan_problem
from optimiser.solve import solve
from optimiser.told import plan_findings
from reports.tables import AllocationRow
from reports.whole_file import write_whole
from reports.writing import write_report
from scenarios.loading import Loaded
from sim.blocks import BlockStore
from sim.experiment import Experiment, Progress, simulate
from sim.summary import runs_arrays, summarise


class NoPlan(Exception):  # noqa: N818 - an answer, not an error of the program
    """There is no plan to go on with; the answer says why."""

    def __init__(self, answer: Infeasible | LimitReached, problem: PlanProblem) -> None:
        """Keep the answer and its problem."""
        super().__init__(type(answer).__name__)
        self.answer, self.problem = answer, problem


@dataclass(frozen=True, eq=False)
class Trip:
    """What a trip brought back.

    Attributes:
        findings: as docs/findings.md lays down.
        allocation: the plan by line and period.
        experiment: every run, for `runs.npz`.
    """

    findings: dict[str, Any]
    allocation: tuple[AllocationRow, ...]
    experiment: Experiment


def planned(loaded: Loaded) -> tuple[PlanProblem, Plan]:
    """The plan of a scenario; raises NoPlan where there is none."""
    problem = plan_problem(loaded.scenario)
    answer = solve(problem)
    if not isinstance(answer, Plan):
        raise NoPlan(answer, problem)
    return problem, answer


def travel(loaded: Loaded, jobs: int = 1, progress: Progress | None = None, store: BlockStore | None = None) -> Trip:
    """From a loaded scenario to its findings.

    Args:
        loaded: the scenario.
        jobs: worker processes of the simulation.
        progress: told how many runs are done, and of how many.
        store: keeps finished blocks of runs, so that a killed trip goes on where it was.

    Returns:
        The trip's findings and tables, the same for any number of workers.

    Raises:
        NoPlan: where no plan keeps all constraints, or none could be proven.
    """
    scenario = loaded.scenario
    problem, plan = planned(loaded)
    experiment = simulate(scenario, plan.allocation, jobs=jobs, progress=progress, store=store)
    findings = findings_of(
        loaded, plan_findings(problem, plan), summarise(scenario, experiment), plan_warnings(problem, plan)
    )
    return Trip(with_sentences(findings, scenario.language), allocation_rows(problem, plan), experiment)


def allocation_rows(problem: PlanProblem, plan: Plan) -> tuple[AllocationRow, ...]:
    """The plan by line and period: expected pathways and their expected cents."""
    cents = plan.commit * problem.demand.price_cents
    return tuple(
        AllocationRow(line.key, period, float(plan.commit[at, when]), round(float(cents[at, when])))
        for at, line in enumerate(problem.cells.lines)
        for when, period in enumerate(problem.demand.periods)
    )


def write_trip(trip: Trip, loaded: Loaded, folder: Path, language: str, seconds: dict[str, float]) -> None:
    """Write everything a run leaves behind; each file whole, the manifest last.

    Args:
        trip: what was found out.
        loaded: the scenario.
        folder: held by this process.
        language: of the report.
        seconds: how long each step took, told apart from what is hashed.
    """
    swept(folder)
    hashes = {
        "findings.json": write_whole(folder / "findings.json", json_bytes(trip.findings)),
        "runs.npz": write_whole(folder / "runs.npz", npz_bytes(runs_arrays(trip.experiment))),
        **write_report(
            trip.findings, folder, language, allocation=trip.allocation, engine_version=version("enveloppe")
        ),
    }
    write_whole(folder / "manifest.json", json_bytes(manifest_of(loaded, hashes, language, seconds)))
