"""sum over s <= t of p[l,s] * (1 - r[l,s,t]) * x[l,s] <= c[t] * a[l]: no line commits more than it was notified."""

from collections.abc import Iterator

from optimiser.problem import PlanProblem
from optimiser.row import Row
from optimiser.variables import Variables


def line_money(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of p[l,s] * (1 - r[l,s,t]) * x[l,s] over s <= t, less c[t] * a[l], <= 0; r is what was released by then.

    c[t] is 1, more after an announced top-up, and (1 + omega) times as much under over-programming.
    """
    kept = 1.0 - problem.returned_share
    price, factor = problem.price, problem.commitment_factor
    for number, line in enumerate(problem.cells.lines):
        for period in range(problem.periods):
            terms = [
                (variables.commit[number][earlier], float(price[number, earlier] * kept[number, earlier, period]))
                for earlier in range(period + 1)
            ]
            terms.append((variables.notify[number], -float(factor[period])))
            yield Row(
                name=f"line_money_{variables.period_names[period]}_{variables.line_names[number]}",
                family="line_money",
                subject=line.key,
                terms=terms,
                sense="<=",
                limit=0.0,
            )
