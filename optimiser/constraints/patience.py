"""w[l,t] <= d[l,t-P+1] + ... + d[l,t]: nobody waits longer than P periods, so nothing expired is served."""

from collections.abc import Iterator

from optimiser.problem import PlanProblem
from optimiser.row import Row
from optimiser.variables import Variables


def patience(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """w[l,t] <= sum of d[l,s] over the last P periods s, for every line and period; the oldest are served first."""
    patience_periods = problem.patience_periods
    for number, line in enumerate(problem.cells.lines):
        for period in range(problem.periods):
            recent = problem.demand.pathways[number, max(0, period - patience_periods + 1) : period + 1]
            yield Row(
                name=f"patience_{variables.period_names[period]}_{variables.line_names[number]}",
                family="patience",
                subject=line.key,
                terms=[(variables.wait[number][period], 1.0)],
                sense="<=",
                limit=float(recent.sum()) if patience_periods else 0.0,
            )
