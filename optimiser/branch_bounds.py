"""A declared bound on branches, as cents for each branch it names."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

import numpy as np

from optimiser.naming import numbered
from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row
from optimiser.variables import Variables
from scenarios.constraints import BranchBound
from scenarios.settings import eur_to_cents


@dataclass(frozen=True)
class BranchLimit:
    """A bound in cents on the money notified to one branch.

    Attributes:
        bound: the number of the bound in the scenario's list.
        branch: index of the branch.
        lines: indices of the branch's lines.
        cents: whole cents.
    """

    bound: int
    branch: int
    lines: tuple[int, ...]
    cents: int


def branch_limits(
    problem: PlanProblem, bounds: tuple[BranchBound, ...], rounding: Literal["up", "down"]
) -> Iterator[BranchLimit]:
    """Each declared bound for each branch it names (every branch where it names none).

    Args:
        problem: the question; where its lines are not by branch nothing can be bounded, see `plan_warnings`.
        bounds: caps or floors of the scenario.
        rounding: floors are rounded up to the cent and caps down, so that whole cents keep to the exact figure.

    Returns:
        The limits, in the order of the file and then of the branches.
    """
    for number, bound in enumerate(bounds):
        for branch, code in enumerate(problem.cells.branches):
            lines = tuple(int(line) for line in np.flatnonzero(problem.cells.branch_of_line == branch))
            if lines and (bound.branches is None or code in bound.branches):
                yield BranchLimit(number, branch, lines, _cents(problem, bound, branch, rounding))


def branch_rows(
    problem: PlanProblem, variables: Variables, bounds: tuple[BranchBound, ...], kind: Literal["cap", "floor"]
) -> Iterator[Row]:
    """The money notified to the lines of each branch, held under a cap or above a floor."""
    for limit in branch_limits(problem, bounds, "down" if kind == "cap" else "up"):
        code = problem.cells.branches[limit.branch]
        yield Row(
            name=f"branch_{kind}_{limit.bound + 1}_{numbered('B', limit.branch, code)}",
            family=f"branch_{kind}",
            subject=code,
            terms=[(variables.notify[line], 1.0) for line in limit.lines],
            sense="<=" if kind == "cap" else ">=",
            limit=problem.in_units(limit.cents),
            dial=Dial(limit.cents, "cents", limit_slope=1 / problem.unit_cents),
        )


def _cents(problem: PlanProblem, bound: BranchBound, branch: int, rounding: Literal["up", "down"]) -> int:
    if bound.eur is not None:
        return eur_to_cents(bound.eur)
    if bound.share is not None:
        share = Decimal(str(bound.share))
    else:
        share = Decimal(str(bound.weight_share)) * Decimal(float(problem.branch_shares[branch]))
    exact = share * problem.money.distributable_cents
    return int(exact.to_integral_value(ROUND_CEILING if rounding == "up" else ROUND_FLOOR))
