"""sum of a[l] <= envelope - management fee - reserve: no more is notified than may be distributed."""

from collections.abc import Iterator

from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row
from optimiser.variables import Variables


def envelope(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of a[l] over all lines <= distributable money, less what an announced cut will take back."""
    cents = problem.notifiable_cents
    yield Row(
        name="envelope",
        family="envelope",
        terms=[(variable, 1.0) for variable in variables.notify],
        sense="<=",
        limit=problem.in_units(cents),
        dial=Dial(cents, "cents", limit_slope=1 / problem.unit_cents),
    )
