"""w[l,t] = w[l,t-1] + d[l,t] - x[l,t] - e[l,t]: who asked is served, waits on, or gives up."""

from collections.abc import Iterator

from optimiser.problem import PlanProblem
from optimiser.row import Row
from optimiser.variables import Variables


def waiting_balance(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """w[l,t] - w[l,t-1] + x[l,t] + e[l,t] = d[l,t], for every line and period."""
    for number, line in enumerate(problem.cells.lines):
        for period in range(problem.periods):
            terms = [
                (variables.commit[number][period], 1.0),
                (variables.wait[number][period], 1.0),
                (variables.expire[number][period], 1.0),
            ]
            if period:
                terms.append((variables.wait[number][period - 1], -1.0))
            yield Row(
                name=f"waiting_{variables.period_names[period]}_{variables.line_names[number]}",
                family="waiting_balance",
                subject=line.key,
                terms=terms,
                sense="=",
                limit=float(problem.demand.pathways[number, period]),
            )
