"""The shapes that plans are measured on: the agreement of 2021 over 24 months, at two grains and seven times over."""

from dataclasses import replace
from functools import cache

import numpy as np

from optimiser.problem import PlanProblem, plan_problem
from scenarios.loading import load

TWO_YEARS = (
    "windows.filing_deadline=2022-12-31",
    "windows.commitment_deadline=2022-12-31",
    "windows.execution_deadline=2023-12-31",
    "windows.last_payment=2024-12-31",
    "scheme.regime_choice=company_best",
)
"""Twenty-four months; the company's best regime, so that rates hold to the end."""
CELLS = "lines=[branch, size_band, situation, pathway]"


@cache
def agreement(*overrides: str) -> PlanProblem:
    """64 lines by 24 months."""
    return plan_problem(load("convention-2i", (*TWO_YEARS, *overrides)).scenario)


@cache
def cells() -> PlanProblem:
    """3,072 lines (every cell) by 24 months: 73,728 commitments."""
    return agreement(CELLS)


def seven_times(problem: PlanProblem) -> PlanProblem:
    """The same lines seven times over, with seven times the money: 21,504 lines, 516,096 commitments."""
    times, cells_, demand, money = 7, problem.cells, problem.demand, problem.money

    def over(table: np.ndarray) -> np.ndarray:
        return np.concatenate([table] * times)

    return replace(
        problem,
        cells=replace(
            cells_,
            lines=tuple(replace(line, key=f"{line.key}/{n}") for n in range(times) for line in cells_.lines),
            branch_of_line=over(cells_.branch_of_line),
        ),
        demand=replace(
            demand,
            **{
                name: over(getattr(demand, name))
                for name in (
                    "pathways",
                    "fee_cents",
                    "support_cents",
                    "size_group_share",
                    "pathway_share",
                    "situation_share",
                    "base_pay_cents",
                    "real_pay_cents",
                    "hours",
                )
            },
        ),
        money=replace(
            money,
            **{name: value * times for name, value in vars(money).items()},
        ),
        returned_share=over(problem.returned_share),
        years=None,
        cash=None,
        in_force_cents=(),
    )


def plain(problem: PlanProblem) -> PlanProblem:
    """Without payments by year: what `numpy_model` states too."""
    return replace(problem, years=None, cash=None)
