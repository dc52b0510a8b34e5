"""work a pathway * sum over lines and s <= t of x[l,s] <= officers * minutes[t]: nothing unexamined is committed."""

from collections.abc import Iterator

from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row
from optimiser.variables import Variables


def desk_capacity(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """work * sum of x[l,s] over all l and s <= t <= officers * office minutes of one officer by the end of t.

    Cumulative, since who waits for money was examined before. In officers' months of 10,000 minutes, so that the
    coefficients lie near those of money.
    """
    desk = problem.desk
    if desk is None:
        return
    for period in range(problem.periods):
        minutes = float(desk.minutes_per_officer[period]) / 10_000
        yield Row(
            name=f"desk_capacity_{variables.period_names[period]}",
            family="desk_capacity",
            subject=problem.demand.periods[period],
            terms=[
                (variables.commit[line][earlier], desk.minutes_per_pathway / 10_000)
                for line in range(problem.lines)
                for earlier in range(period + 1)
            ],
            sense="<=",
            limit=desk.officers * minutes,
            dial=Dial(desk.officers, "officers", limit_slope=minutes),
        )
