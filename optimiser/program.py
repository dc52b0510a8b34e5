"""The linear programme of a plan, in PuLP: variables, named rows and the objective."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulp

from optimiser.constraints import CONSTRAINTS
from optimiser.problem import PlanProblem
from optimiser.row import Constraint, Row
from optimiser.variables import Variables, add_variables


@dataclass(frozen=True, eq=False)
class Program:
    """A built programme.

    Attributes:
        problem: what it asks.
        model: the PuLP model, maximising; its rows stand in the order of `rows`.
        variables: the unknowns.
        rows: the named rows.
    """

    problem: PlanProblem
    model: pulp.LpProblem
    variables: Variables
    rows: tuple[Row, ...]

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
    model = pulp.LpProblem("plan", pulp.LpMaximize)
    variables = add_variables(model, problem)
    # Pairs, never coefficient * variable: PuLP makes two expressions for each such product (3 times slower).
    model.setObjective(pulp.LpAffineExpression([(variable, problem.value) for variable in variables.all_commits]))
    rows = tuple(row for constraint in constraints for row in constraint(problem, variables))
    for row in rows:
        model += _constraint(row), row.name
    return Program(problem, model, variables, rows)


def _constraint(row: Row) -> pulp.LpConstraint:
    expression = pulp.LpAffineExpression(row.terms)
    if row.sense == "<=":
        return expression <= row.limit
    if row.sense == ">=":
        return expression >= row.limit
    return expression == row.limit
