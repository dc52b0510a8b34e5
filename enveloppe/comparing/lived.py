"""A side that is lived through now: a scenario on a given luck, under its headline policy alone."""

from pathlib import Path

from enveloppe.advisers import ADVISERS
from enveloppe.comparing.side import Float, Given, Measured, Side, measured
from enveloppe.draws_folder import DrawsFolder
from enveloppe.findings import scenario_section
from enveloppe.pipeline import planned_scenario
from scenarios.loading import Loaded
from scenarios.problems import Place
from scenarios.scenario import Scenario
from sim.experiment import Experiment, Progress, simulate
from sim.per_run import PART_FIELDS, branches_by_run, kpis_by_run, size_groups_by_run
from sim.workers import Workers


def lived(loaded: Loaded, jobs: Workers, progress: Progress | None = None) -> Side:
    """Plan and simulate a scenario.

    Args:
        loaded: the scenario, already with the runs and the seed of the comparison.
        jobs: worker processes, or the address of a Dask cluster.
        progress: told how many runs are done, and of how many.

    Raises:
        NoPlan: where no plan keeps all constraints, or none could be proven.
    """
    return side_of(loaded, experienced(loaded.scenario, jobs, progress))


def side_of(loaded: Loaded, experiment: Experiment) -> Side:
    """The side of a scenario whose runs are there already; the first policy lived is its headline."""
    question = {entry.key: Given(entry.value, entry.unit, _place(entry.place)) for entry in loaded.register}
    return Side(
        scenario_section(loaded),
        kpis_of(experiment),
        _parts(branches_by_run(experiment)),
        _parts(size_groups_by_run(experiment)),
        question,
    )


def _place(place: Place) -> str:
    """Where a value was written, without the folders of this machine; empty for what is set on the command line."""
    return f"{Path(place.file).name}:{place.cell or place.line}" if place.line else ""


def experienced(scenario: Scenario, jobs: Workers, progress: Progress | None = None) -> Experiment:
    """The runs of a scenario under its headline policy alone; raises NoPlan where there is no plan."""
    done = planned_scenario(scenario)
    return simulate(
        done.scenario,
        done.plan.allocation,
        (scenario.committee.policy,),
        jobs=jobs,
        progress=progress,
        advisers=ADVISERS,
        draws=DrawsFolder(),
    )


def kpis_of(experiment: Experiment) -> dict[str, Measured]:
    """Every key figure that some run has a value of."""
    told = ((name, measured(values, unit)) for name, (unit, values) in kpis_by_run(experiment).items())
    return {name: value for name, value in told if value is not None}


def _parts(values: dict[str, dict[str, Float]]) -> dict[str, dict[str, Measured]]:
    out: dict[str, dict[str, Measured]] = {}
    for code, fields in values.items():
        told = ((name, measured(runs, PART_FIELDS[name])) for name, runs in fields.items())
        out[code] = {name: value for name, value in told if value is not None}
    return out
