"""The plan of a loaded scenario, and the `plan` section that tells it; nothing of the simulation."""

from dataclasses import dataclass
from typing import Any

from optimiser.plan import Infeasible, LimitReached, Plan
from optimiser.problem import PlanProblem
from optimiser.support_tiers import plan_with_tiers
from optimiser.told import plan_findings
from optimiser.value_curve import told_curve
from scenarios.loading import Loaded
from scenarios.scenario import Scenario

MOST_TOLD = 8
"""Rows that an exception names."""


class NoPlan(Exception):
    """There is no plan to go on with; the answer says why."""

    def __init__(self, answer: Infeasible | LimitReached, problem: PlanProblem) -> None:
        """Keep the answer and its problem."""
        super().__init__(_why(answer))
        self.answer, self.problem = answer, problem


def _why(answer: Infeasible | LimitReached) -> str:
    """In a line, for who meets the exception itself; the command line says more."""
    if isinstance(answer, LimitReached):
        return f"no plan could be proven: {answer.reason} after {answer.iterations} iterations"
    rows = [row.row for row in answer.rows]
    return "no plan keeps all of these: " + ", ".join([*rows[:MOST_TOLD], *(["…"] if len(rows) > MOST_TOLD else [])])


@dataclass(frozen=True, eq=False)
class Planned:
    """A plan with the question it answers.

    Attributes:
        scenario: what must be lived: with the chosen tier of pay support in force.
        problem, plan: the question as tables, and its answer.
        section: the `plan` section of the findings.
    """

    scenario: Scenario
    problem: PlanProblem
    plan: Plan
    section: dict[str, Any]


def planned(loaded: Loaded) -> Planned:
    """The plan of a scenario, under the best of its tiers; raises NoPlan where there is none."""
    return planned_scenario(loaded.scenario)


def planned_scenario(scenario: Scenario) -> Planned:
    """The plan of a checked scenario, under the best of its tiers; raises NoPlan where there is none."""
    choice = plan_with_tiers(scenario)
    chosen = choice.chosen
    if not isinstance(chosen.answer, Plan):
        raise NoPlan(chosen.answer, chosen.problem)
    section = {**plan_findings(chosen.problem, chosen.answer), **told_curve(chosen.problem)}
    if choice.tiers:
        section["support_tiers"] = choice.told()
    return Planned(chosen.scenario, chosen.problem, chosen.answer, section)
