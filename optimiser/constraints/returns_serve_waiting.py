"""p[l,t] * x[l,t] <= p[l,t] * d[l,t] + what comes back in t: who waits is served by money that was not there before."""

from collections.abc import Iterator

from optimiser.problem import PlanProblem
from optimiser.row import Row
from optimiser.variables import Variables


def returns_serve_waiting(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """p[l,t] * x[l,t] <= p[l,t] * d[l,t] + sum of p[l,s] * (r[l,s,t] - r[l,s,t-1]) * x[l,s] + (c[t] - c[t-1]) * a[l].

    A desk makes nobody wait while there is money, so who waits finds none left; only releases and later notifications
    serve them. Only where the scenario asks for it: it keeps plans from waiting for lower prices, and every plan that
    serves in order keeps it.
    """
    if not problem.returns_serve_waiting:
        return
    price, back, factor = problem.price, problem.returned_share, problem.commitment_factor
    for number, line in enumerate(problem.cells.lines):
        for period in range(1, problem.periods):
            came = back[number, :, period] - back[number, :, period - 1]
            terms = [
                (variables.commit[number][earlier], float(-price[number, earlier] * came[earlier]))
                for earlier in range(period)
            ]
            own = price[number, period] * (1.0 - back[number, period, period])
            terms.append((variables.commit[number][period], float(own)))
            if factor[period] > factor[period - 1]:
                terms.append((variables.notify[number], -float(factor[period] - factor[period - 1])))
            yield Row(
                name=f"returns_serve_waiting_{variables.period_names[period]}_{variables.line_names[number]}",
                family="returns_serve_waiting",
                subject=line.key,
                terms=terms,
                sense="<=",
                limit=float(price[number, period] * problem.demand.pathways[number, period]),
            )
