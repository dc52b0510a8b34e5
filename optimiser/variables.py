"""The unknowns of the programme, by line and period."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pulp
from numpy.typing import NDArray

from optimiser.naming import numbered, safe_code
from optimiser.problem import PlanProblem

Variable = Any
"""A PuLP variable (PuLP 3 ships no types)."""


@dataclass(frozen=True, eq=False)
class Variables:
    """Variables of the programme, all at least 0.

    Attributes:
        commit: [line][period], pathways committed.
        wait: [line][period], pathways left waiting for money at the end of the period.
        expire: [line][period], pathways that gave up waiting in the period.
        notify: [line], money notified, in units of money.
        level: one variable, the share that the least served branch gets, where that is an objective; else none.
        moves: how far the money of each line with a notification in force moves, where that is an objective; else none.
        line_names: a safe unique name for each line.
        period_names: a safe name for each period.
    """

    commit: tuple[tuple[Variable, ...], ...]
    wait: tuple[tuple[Variable, ...], ...]
    expire: tuple[tuple[Variable, ...], ...]
    notify: tuple[Variable, ...]
    line_names: tuple[str, ...]
    period_names: tuple[str, ...]
    level: tuple[Variable, ...] = ()
    moves: tuple[Variable, ...] = ()

    @cached_property
    def all_commits(self) -> list[Variable]:
        """Every commit variable, lines first."""
        return [variable for row in self.commit for variable in row]

    @cached_property
    def columns(self) -> list[Variable]:
        """Every variable in the order of the solver's columns: commit, wait, expire (lines first), notify, the rest."""
        tables = (self.commit, self.wait, self.expire)
        rest = [*self.notify, *self.level, *self.moves]
        return [variable for table in tables for row in table for variable in row] + rest

    @cached_property
    def place(self) -> dict[int, int]:
        """The column of each variable, by its identity."""
        return {id(variable): number for number, variable in enumerate(self.columns)}

    @property
    def commit_columns(self) -> NDArray[np.int64]:
        """Columns of the commit variables, int64 (lines, periods)."""
        return self._table(0)

    @property
    def wait_columns(self) -> NDArray[np.int64]:
        """Columns of the wait variables, int64 (lines, periods)."""
        return self._table(1)

    @property
    def expire_columns(self) -> NDArray[np.int64]:
        """Columns of the expire variables, int64 (lines, periods)."""
        return self._table(2)

    @property
    def notify_columns(self) -> NDArray[np.int64]:
        """Columns of the notify variables, int64 (lines,)."""
        lines, periods = len(self.line_names), len(self.period_names)
        return 3 * lines * periods + np.arange(lines)

    def _table(self, number: int) -> NDArray[np.int64]:
        lines, periods = len(self.line_names), len(self.period_names)
        return number * lines * periods + np.arange(lines * periods).reshape(lines, periods)


def add_variables(model: pulp.LpProblem, problem: PlanProblem) -> Variables:
    """Create the variables of a problem in a PuLP model.

    Args:
        model: the model that will own them.
        problem: the question.

    Returns:
        The variables.
    """
    lines = tuple(numbered("L", number, line.key) for number, line in enumerate(problem.cells.lines))
    aims = [objective.name for objective in problem.objectives]
    periods = tuple(safe_code(label) for label in problem.demand.periods)

    def table(what: str) -> tuple[tuple[Variable, ...], ...]:
        return tuple(
            tuple(model.add_variable(f"{what}_{period}_{line}", lowBound=0) for period in periods) for line in lines
        )

    return Variables(
        commit=table("commit"),
        wait=table("wait"),
        expire=table("expire"),
        notify=tuple(model.add_variable(f"notify_{line}", lowBound=0) for line in lines),
        line_names=lines,
        period_names=periods,
        level=tuple(
            model.add_variable(name, lowBound=0) for name in ("served_level",) if "least_served_branch" in aims
        ),
        moves=tuple(
            model.add_variable(f"move_{lines[line]}", lowBound=0)
            for line, cents in enumerate(problem.in_force_cents)
            if cents is not None and "least_change" in aims
        ),
    )
