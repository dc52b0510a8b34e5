"""What the model decides and what it leaves to the committee: the money each branch could get at the same optimum."""

from dataclasses import dataclass

import numpy as np

from optimiser.bridge import Answer, LiveModel
from optimiser.problem import PlanProblem


@dataclass(frozen=True)
class BranchInterval:
    """The least and the greatest money of a branch among the plans that are equally good.

    Attributes:
        branch: its code.
        low_cents, high_cents: whole cents, before rounding to whole pathways.
    """

    branch: str
    low_cents: int
    high_cents: int


@dataclass(frozen=True, eq=False)
class Intervals:
    """One interval a branch, and the iterations spent on them."""

    branches: tuple[BranchInterval, ...]
    iterations: int


def branch_intervals(problem: PlanProblem, live: LiveModel, at: Answer) -> Intervals:
    """The least and the greatest money of each branch.

    Args:
        problem: the question.
        live: restricted to the plans that are equally good (`keep_only_equally_good`): as good by every objective, and
            notifying the least money in all. Its objective is lost, its limits stay.
        at: its last answer.

    Returns:
        An interval for each branch that has lines, in the order of the scenario. Where the solver could not tell, the
        money of `at` stands for both ends.
    """
    first = 3 * problem.lines * problem.periods
    told, iterations = [], 0
    for branch, code in enumerate(problem.cells.branches):
        columns = first + np.flatnonzero(problem.cells.branch_of_line == branch)
        if not len(columns):
            continue
        ends = []
        for sign in (-1.0, 1.0):
            cost = np.zeros(len(at.columns))
            cost[columns] = sign
            live.set_cost(cost)
            answer = live.run("primal")
            iterations += answer.iterations
            money = (answer if answer.status == "optimal" else at).columns[columns].sum()
            ends.append(float(money) * problem.unit_cents)
        told.append(BranchInterval(code, int(np.floor(ends[0] + 0.5)), int(np.ceil(ends[1] - 0.5))))
    return Intervals(tuple(told), iterations)
