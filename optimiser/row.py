"""One named row of the programme, as a constraint yields it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import PlanProblem
from optimiser.variables import Variables

Sense = Literal["<=", ">=", "="]


@dataclass(frozen=True, eq=False)
class Dial:
    """The figure of the scenario that a row stands for, and how the row moves when it is turned by one unit.

    Attributes:
        value: the figure as it stands.
        unit: `cents` of money, `share` of pathways or euros, `cents_per_pathway`, or `officers` of the desk.
        limit_slope: what one more unit adds to the row's limit.
        commit_slopes: float64 (lines * periods,), what one more unit adds to the coefficients of the commit variables;
            None where they do not move.
    """

    value: float
    unit: Literal["cents", "share", "cents_per_pathway", "officers"]
    limit_slope: float = 0.0
    commit_slopes: NDArray[np.float64] | None = None


@dataclass(frozen=True, eq=False)
class Row:
    """A row: sum of coefficient * variable, compared with a limit.

    Attributes:
        name: unique, safe in LP and MPS files.
        family: the constraint it belongs to.
        terms: (variable, coefficient) pairs.
        sense: how the sum compares with the limit.
        limit: the right-hand side.
        subject: the code of the branch, group, type or line it is about; None where it is about the whole plan.
        dial: the figure of the scenario behind the row; None for rows that only keep the books.
    """

    name: str
    family: str
    terms: list[tuple[Any, float]]
    sense: Sense
    limit: float
    subject: str | None = None
    dial: Dial | None = None


Constraint = Callable[[PlanProblem, Variables], Iterator[Row]]
"""One constraint of the plan: yields its rows, never touches a solver."""
