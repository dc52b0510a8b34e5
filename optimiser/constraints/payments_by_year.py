"""due[y1..y2] + earlier[y1..y2] <= CP[y1..y2] + carry over at the end of y2: what falls due can be paid."""

from collections.abc import Iterator

from optimiser.problem import PlanProblem
from optimiser.row import Dial, Row
from optimiser.variables import Variables


def payments_by_year(problem: PlanProblem, variables: Variables) -> Iterator[Row]:
    """sum of p[l,t] * due[l,t,y] * x[l,t] over a run of years <= its CP - earlier commitments + last carry-over.

    One row for each run of years that ends in a year whose carry-over is bounded (see `YearLimits.windows`).
    """
    limits = problem.years
    if limits is None:
        return
    for first, last, cents in limits.windows():
        due = problem.price * limits.due_share[:, :, first : last + 1].sum(axis=2)
        years = f"{limits.years[first]}" if first == last else f"{limits.years[first]}-{limits.years[last]}"
        yield Row(
            name=f"payments_{years.replace('-', '_')}",
            family="payments_by_year",
            subject=years,
            terms=[
                (variable, float(coefficient))
                for variable, coefficient in zip(variables.all_commits, due.ravel(), strict=True)
            ],
            sense="<=",
            limit=problem.in_units(cents),
            dial=Dial(
                sum(limits.ceiling_cents[year] or 0 for year in range(first, last + 1)),
                "cents",
                limit_slope=1 / problem.unit_cents,
            ),
        )
