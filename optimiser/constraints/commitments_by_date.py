"""sum over lines and s <= t of p[l,s] * (1 - r[l,s,t]) * x[l,s] <= (1 + omega) * AE[t]: AE opens by date."""

from collections.abc import Iterator

from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row
from optimiser.variables import Variables


def commitments_by_date(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of p[l,s] * (1 - r[l,s,t]) * x[l,s] over all l and s <= t <= (1 + omega) * AE opened by the end of t."""
    opened = None if problem.in_time is None else problem.in_time.opened_by(problem.money.distributable_cents)
    if opened is None:
        return
    net = problem.net_cost
    factor = 1.0 + problem.over_programming_share
    for period, cents in enumerate(opened):
        yield Row(
            name=f"commitments_by_{variables.period_names[period]}",
            family="commitments_by_date",
            subject=problem.demand.periods[period],
            terms=[
                (variables.commit[line][earlier], float(net[line, earlier, period]))
                for line in range(problem.lines)
                for earlier in range(period + 1)
            ],
            sense="<=",
            limit=factor * problem.in_units(cents),
            dial=Dial(cents, "cents", limit_slope=factor / problem.unit_cents),
        )
