"""Which policy, sitting how often: policies and committee calendars on common luck, against hindsight."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enveloppe.advisers import ADVISERS
from enveloppe.uncertainty.bad_years import bad_years
from optimiser.problem import PlanProblem
from optimiser.two_stage.knowing import WaitAndSee, wait_and_see
from optimiser.under_uncertainty.first_stage import first_stage
from optimiser.under_uncertainty.posed import posed
from scenarios.allocation import Allocation
from scenarios.committee import Policy
from scenarios.scenario import Scenario
from scenarios.uncertainty import CalendarName
from sim.experiment import Experiment, simulate
from sim.kpis import Seen, pathways_committed, pathways_net, under50_pathway_share
from sim.need_by_period import need_by_period
from sim.statistics import difference, estimate
from sim.workers import Workers

Float = NDArray[np.float64]
Progress = Callable[[int, int], None]

MONTHS: dict[CalendarName, int] = {"none": 0, "half_year": 6, "quarter": 3, "month": 1}
"""Months between two sittings; 0 for none."""
UNMOVED: tuple[Policy, ...] = ("first_come", "fixed")
"""Policies that move nothing at a committee: one row each, whatever the calendar."""


@dataclass(frozen=True, eq=False)
class _Cell:
    """One policy under one calendar, lived."""

    policy: Policy
    calendar: CalendarName
    experiment: Experiment
    pathways: Float


def sittings(scenario: Scenario, calendar: CalendarName) -> tuple[date, ...]:
    """The first days of months on which a committee sits, after the opening and up to the last day of commitments."""
    step, windows = MONTHS[calendar], scenario.windows
    if not step:
        return ()
    found, month = [], windows.opens.year * 12 + windows.opens.month - 1 + step
    while (day := date(month // 12, month % 12 + 1, 1)) <= windows.commitment_deadline:
        found.append(day)
        month += step
    return tuple(found)


def policy_table(
    scenario: Scenario, problem: PlanProblem, allocation: Allocation, jobs: Workers, progress: Progress
) -> dict[str, Any]:
    """Every policy under every calendar, on the same runs.

    Args:
        scenario: lived; `uncertainty` says which policies and calendars, and how many runs.
        problem: the question of its plan.
        allocation: what the plan notifies.
        jobs: worker processes.
        progress: told how many lives are done.

    Returns:
        The section `uncertainty.policies` of docs/findings.md, the most pathways first; rows whose paired difference
        from the first lies inside the noise are told as tied with it.
    """
    asked = scenario.uncertainty
    runs = asked.policy_runs
    chosen = asked.policies or scenario.committee.policies
    calendars = asked.calendars or ("none",)
    pairs: list[tuple[CalendarName, tuple[Policy, ...]]] = [
        (calendar, tuple(policy for policy in chosen if policy not in UNMOVED or number == 0))
        for number, calendar in enumerate(calendars)
    ]
    total, done = sum(len(policies) for _, policies in pairs) * runs, 0
    cells: list[_Cell] = []
    for calendar, policies in pairs:
        if not policies:
            continue
        committee = scenario.committee.model_copy(
            update={"dates": sittings(scenario, calendar), "policy": policies[0], "rivals": policies[1:]}
        )
        before, share = done, len(policies)

        def told(lived: int, of: int, before: int = before, share: int = share) -> None:
            del of
            progress(before + lived * share, total)

        experiment = simulate(
            scenario.model_copy(update={"committee": committee}),
            allocation,
            policies,
            runs,
            jobs,
            told,
            advisers=ADVISERS,
        )
        done += share * runs
        for number, policy in enumerate(policies):
            cells.append(_Cell(policy, calendar, experiment, _counted(scenario, experiment, number)))
    return {"runs": runs, "rows": _rows(scenario, cells, _hindsight(scenario, problem, runs, jobs))}


def _counted(scenario: Scenario, experiment: Experiment, number: int) -> Float:
    seen = Seen(experiment, experiment.policies[number])
    return pathways_net(seen) if scenario.planning.counts == "net" else pathways_committed(seen)


def _hindsight(scenario: Scenario, problem: PlanProblem, runs: int, jobs: Workers) -> Float | None:
    """The best notifications of each run, known beforehand, float64 (runs,); None where a run has none."""
    need = need_by_period(scenario, range(runs), jobs)
    asked = posed(problem, first_stage(problem), need)
    waited = wait_and_see(asked.programme, asked.runs)
    return waited.values if isinstance(waited, WaitAndSee) else None


def _rows(scenario: Scenario, cells: list[_Cell], hindsight: Float | None) -> list[dict[str, Any]]:
    level = scenario.uncertainty.tail_level
    ordered = sorted(cells, key=lambda cell: -float(cell.pathways.mean()))
    rows = []
    for cell in ordered:
        outcome = cell.experiment.under(cell.policy)
        seen = Seen(cell.experiment, outcome)
        behind = difference(cell.pathways, ordered[0].pathways, "pathways")
        moved = between_lines(outcome.moves)
        small = under50_pathway_share(seen)
        row: dict[str, Any] = {
            "policy": cell.policy,
            # A policy that moves nothing has no calendar.
            **({} if cell.policy in UNMOVED else {"calendar": cell.calendar}),
            "pathways": estimate(cell.pathways, "pathways"),
            "bad_years": bad_years(cell.pathways, level, "pathways"),
            "moved_cents": estimate(moved, "cents"),
            "behind_first": behind,
            "tied": _inside_noise(behind),
        }
        if small is not None and (share := estimate(small, "share")) is not None:
            row["under50_pathway_share"] = share
        if hindsight is not None:
            row["hindsight_loss"] = difference(hindsight, cell.pathways, "pathways")
        rows.append(row)
    return rows


def between_lines(moves: NDArray[np.int64]) -> Float:
    """Money that left one line for another, float64 (runs,), cents.

    An amendment raises or lowers all lines at once and moves nothing between them; what a committee hands out beyond
    what it took was never notified.
    """
    there_and_back = np.abs(moves).sum(axis=2) - np.abs(moves.sum(axis=2))
    return np.asarray(there_and_back.sum(axis=1) / 2, dtype=np.float64)


def _inside_noise(behind: dict[str, Any] | None) -> bool:
    return behind is None or "se" not in behind or abs(behind["mean"]) < 2 * behind["se"] or behind["mean"] == 0
