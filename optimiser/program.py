"""The linear programme of a plan, in PuLP: variables, named rows and the objective."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pulp

from optimiser.constraints import CONSTRAINTS
from optimiser.objectives import OBJECTIVES
from optimiser.problem import PlanProblem
from optimiser.row import Constraint, Row
from optimiser.variables import Variables, add_variables

_SENSE = {"<=": pulp.LpConstraintLE, ">=": pulp.LpConstraintGE, "=": pulp.LpConstraintEQ}


@dataclass(frozen=True, eq=False)
class Program:
    """A built programme.

    Attributes:
        problem: what it asks.
        variables: the unknowns.
        aim: (variable, coefficient) pairs of the objective, which is maximised.
        rows: the named rows.
    """

    problem: PlanProblem
    variables: Variables
    aim: list[tuple[Any, float]]
    rows: tuple[Row, ...]

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

    def row_index(self, name: str) -> int:
        """The number of a row by its name; raises KeyError for an unknown name."""
        for index, row in enumerate(self.rows):
            if row.name == name:
                return index
        raise KeyError(name)


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
        rows = tuple(row for constraint in constraints for row in constraint(problem, variables))
    return Program(problem, variables, aim_of(problem, variables), rows)


def aim_of(problem: PlanProblem, variables: Variables) -> list[tuple[Any, float]]:
    """The (variable, coefficient) pairs of the first objective."""
    return OBJECTIVES[problem.objectives[0].name](problem, variables).terms


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
