"""due by the eve of an instalment <= cash come by then: the fund pays nobody late for lack of the State's cash."""

from collections.abc import Iterator

from optimiser.naming import safe_code
from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row
from optimiser.variables import Variables


def instalments(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of p[l,t] * due[l,t,d] * x[l,t] <= cash[d] - earlier commitments due by d, for the eve d of each instalment.

    The last such day is the last payment day.
    """
    limits = problem.cash
    if limits is None:
        return
    for number, day in enumerate(limits.days):
        due = problem.price * limits.due_share[:, :, number]
        cash = limits.received_cents[number]
        yield Row(
            name=f"cash_by_{safe_code(day)}",
            family="instalments",
            subject=day,
            terms=[
                (variable, float(coefficient))
                for variable, coefficient in zip(variables.all_commits, due.ravel(), strict=True)
            ],
            sense="<=",
            limit=problem.in_units(cash - limits.earlier_cents[number]),
            dial=Dial(cash, "cents", limit_slope=1 / problem.unit_cents),
        )
