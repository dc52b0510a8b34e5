"""`from enveloppe import load, run, compare`: the trip, for notebooks and scripts (docs/notebook.md)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from enveloppe.comparing.compared import compared
from enveloppe.comparing.lived import lived, side_of
from enveloppe.comparing.side import Side
from enveloppe.comparing.stored_side import is_stored, stored_side
from enveloppe.draws_folder import DrawsFolder
from enveloppe.notebook.answer import Answer
from enveloppe.notebook.comparison import Comparison
from enveloppe.notebook.given import Source, source_text, workers_given
from enveloppe.notebook.question import Question, read
from enveloppe.pipeline import travel


def load(source: Source, changes: Mapping[str, Any] | None = None) -> Question:
    """Read and check a scenario.

    Args:
        source: a shipped name, or the path of a YAML file or a workbook.
        changes: values by dotted key, as `--set` takes them.

    Raises:
        InputRefused: with every problem, each with its place.
    """
    return read(source_text(source), (), {} if changes is None else changes)


def run(
    question: Question | Source,
    *,
    runs: int | None = None,
    seed: int | None = None,
    jobs: int = 1,
    cluster: str | None = None,
) -> Answer:
    """The whole trip: inflow, plan, simulation.

    Args:
        question: what `load` gave, or what it takes.
        runs, seed: in place of the scenario's own.
        jobs: worker processes; 1 stays in this one, -1 takes every processor.
        cluster: the address of a Dask scheduler, in place of `jobs`.

    Returns:
        The answer, the same for any number of workers.

    Raises:
        InputRefused: where the question is not sound.
        NoPlan: where no plan keeps all constraints, or none could be proven.
        ClusterRefused: where the cluster cannot be used.
    """
    workers = workers_given(jobs, cluster)
    asked = _with_luck(question, runs, seed)
    return Answer(travel(asked.loaded, workers, draws=DrawsFolder()))


def compare(
    *sides: Answer | Question | Source,
    runs: int | None = None,
    seed: int | None = None,
    jobs: int = 1,
    cluster: str | None = None,
) -> Comparison:
    """Lay sides against the first one, on common luck.

    Args:
        sides: at least two answers, questions, or folders that hold findings (these are taken as they are); questions
            are run on the runs and the seed of the first side (or those given), under their own policy alone.
        runs, seed: of the questions.
        jobs, cluster: as `run`.

    Raises:
        ValueError: for fewer than two sides.
        InputRefused, NoPlan, ClusterRefused: as `run`.
    """
    if len(sides) < 2:
        raise ValueError("a comparison needs at least two sides")
    workers = workers_given(jobs, cluster)
    found: list[Side] = []
    for side in sides:
        if isinstance(side, Answer):
            one = side_of(side.loaded, side.trip.experiment)
        elif not isinstance(side, Question) and is_stored(Path(source_text(side))):
            one = stored_side(Path(source_text(side)))
        else:
            one = lived(_with_luck(side, runs, seed).loaded, workers)
        found.append(one)
        runs = found[0].scenario["runs"] if runs is None else runs
        seed = found[0].scenario["seed"] if seed is None else seed
    return Comparison(compared(found, [None] * (len(found) - 1)))


def _with_luck(question: Question | Source, runs: int | None, seed: int | None) -> Question:
    asked = question if isinstance(question, Question) else load(question)
    luck = {key: value for key, value in (("runs", runs), ("seed", seed)) if value is not None}
    same = all(getattr(asked.scenario, key) == value for key, value in luck.items())
    return asked if same else asked.changed(luck)
