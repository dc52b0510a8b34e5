"""The linear programme of a plan, in PuLP: variables, named rows and the objective."""

import gc
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from typing import Any

import numpy as np
import pulp

from optimiser.bridge import Arrays
from optimiser.constraints import CONSTRAINTS
from optimiser.objectives import OBJECTIVES
from optimiser.problem import PlanProblem
from optimiser.row import Block, Constraint, Row
from optimiser.variables import Variables, add_variables

_SENSE = {"<=": pulp.LpConstraintLE, ">=": pulp.LpConstraintGE, "=": pulp.LpConstraintEQ}


@dataclass(frozen=True, eq=False)
class Program:
    """A built programme.

    Attributes:
        problem: what it asks.
        variables: the unknowns.
        aim: (variable, coefficient) pairs of the objective, which is maximised.
        parts: its rows in order, those that only keep the books as blocks.
    """

    problem: PlanProblem
    variables: Variables
    aim: list[tuple[Any, float]]
    parts: tuple[Row | Block, ...]

    @cached_property
    def stated(self) -> tuple[tuple[int, Row], ...]:
        """The rows that were stated one by one, each with its number: all that people ask about."""
        return tuple(
            (first, part) for first, part in zip(self._firsts, self.parts, strict=False) if isinstance(part, Row)
        )

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row, those of blocks one by one too: for people, other solvers and small programmes."""
        with collector_at_rest():
            return tuple(
                chain.from_iterable(
                    (part,) if isinstance(part, Row) else part.rows(self.problem, self.variables) for part in self.parts
                )
            )

    @cached_property
    def arrays(self) -> Arrays:
        """The programme as the solver takes it; the same as the PuLP model read into arrays."""
        with collector_at_rest():
            return arrays_of_parts(self.variables, self.aim, self.parts)

    @cached_property
    def model(self) -> pulp.LpProblem:
        """The PuLP model, maximising; its rows stand in the order of `rows`."""
        model = pulp.LpProblem("plan", pulp.LpMaximize)
        with collector_at_rest():
            # Pairs, never coefficient * variable: PuLP makes two expressions for each such product (3 times slower);
            # and a constraint at once, as comparing an expression with a number copies it.
            model.setObjective(pulp.LpAffineExpression(self.aim))
            for row in self.rows:
                expression = pulp.LpAffineExpression(row.terms)
                model.addConstraint(pulp.LpConstraint(expression, _SENSE[row.sense], row.name, row.limit))
        return model

    def row(self, number: int) -> Row:
        """A row by its number."""
        place = bisect_right(self._firsts, number) - 1
        part = self.parts[place]
        return part if isinstance(part, Row) else self.rows[number]

    def row_index(self, name: str) -> int:
        """The number of a row by its name; raises KeyError for an unknown name."""
        for number, row in self.stated:
            if row.name == name:
                return number
        for number, row in enumerate(self.rows):
            if row.name == name:
                return number
        raise KeyError(name)

    @cached_property
    def _firsts(self) -> list[int]:
        """The number of the first row of each part."""
        return list(accumulate((1 if isinstance(part, Row) else part.count for part in self.parts), initial=0))[:-1]


def build(problem: PlanProblem, constraints: Sequence[Constraint] = CONSTRAINTS) -> Program:
    """Build the programme: maximise sum of v * x[l,t] under the given constraints.

    Args:
        problem: the question.
        constraints: which constraints to impose, in order; all of them unless a test asks for less.

    Returns:
        The programme.
    """
    with collector_at_rest():
        variables = add_variables(pulp.LpProblem("plan", pulp.LpMaximize), problem)
        return stated_over(problem, variables, constraints)


def stated_over(problem: PlanProblem, variables: Variables, constraints: Sequence[Constraint] = CONSTRAINTS) -> Program:
    """The programme of a problem over variables that are there already.

    Args:
        problem: the question.
        variables: of a problem with the same lines, periods and aims.
        constraints: as `build`.

    Returns:
        The programme.
    """
    with collector_at_rest():
        parts = tuple(part for constraint in constraints for part in constraint(problem, variables))
        return Program(problem, variables, aim_of(problem, variables), parts)


def aim_of(problem: PlanProblem, variables: Variables) -> list[tuple[Any, float]]:
    """The (variable, coefficient) pairs of the first objective."""
    return OBJECTIVES[problem.objectives[0].name](problem, variables).terms


def arrays_of_parts(variables: Variables, aim: list[tuple[Any, float]], parts: Sequence[Row | Block]) -> Arrays:
    """Rows and an objective over variables as arrays, without making a PuLP model of them.

    Args:
        variables: the columns, all at least 0.
        aim: (variable, coefficient) pairs of the objective.
        parts: the rows.

    Returns:
        The same figures as the PuLP model of these rows, to the last bit.
    """
    place, count = variables.place, len(variables.columns)
    cost = np.zeros(count)
    cost[[place[id(variable)] for variable, _ in aim]] = [coefficient for _, coefficient in aim]
    sizes, columns, values, lower, upper = [], [], [], [], []
    bounds, number = (0, 0), 0
    for part in parts:
        if isinstance(part, Block):
            if part.as_bounds:
                bounds = (number, number + part.count)
            number += part.count
            limits = part.limits.ravel()
            sizes.append(part.sizes.ravel())
            columns.append(part.columns)
            values.append(part.values)
        else:
            number += 1
            limits = np.asarray([part.limit])
            sizes.append(np.asarray([len(part.terms)]))
            columns.append(np.asarray([place[id(variable)] for variable, _ in part.terms], dtype=np.int64))
            values.append(np.asarray([coefficient for _, coefficient in part.terms], dtype=np.float64))
        endless = np.full(len(limits), np.inf)
        lower.append(-endless if part.sense == "<=" else limits)
        upper.append(endless if part.sense == ">=" else limits)
    none = np.zeros(0)
    return Arrays(
        cost=cost,
        col_lower=np.zeros(count),
        col_upper=np.full(count, np.inf),
        row_lower=np.concatenate([none, *lower]),
        row_upper=np.concatenate([none, *upper]),
        starts=np.concatenate([[0], np.cumsum(np.concatenate([none, *sizes]))]).astype(np.int32),
        columns=np.concatenate([none, *columns]).astype(np.int32),
        values=np.concatenate([none, *values]),
        column_names=tuple(variable.name for variable in variables.columns),
        bounds=bounds,
    )


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No garbage collection while millions of small objects are made, none of which is garbage.

    Measured at 3,072 lines and 24 months: building takes 2.4 times as long with the collector at work.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()
