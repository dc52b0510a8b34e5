"""The question that the plan answers: frozen tables, nothing of a solver."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimiser.money_unit import money_unit_cents
from optimiser.releases import returned_share
from scenarios.arrival_rate import branch_weights
from scenarios.calendar import calendar_of
from scenarios.cells import Cells, cells_of
from scenarios.constraints import Constraints
from scenarios.demand import Demand, expected_demand
from scenarios.expected_price import expected_prices
from scenarios.opening_money import OpeningMoney, opening_money
from scenarios.price_book import price_book
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents

Float = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PlanProblem:
    """Everything the plan depends on.

    Attributes:
        cells: the lines, and the branch of each.
        demand: expected demand, price and mix by line and period.
        money: how the envelope is cut on opening day.
        constraints: bounds declared by the scenario.
        branch_shares: float64 (branches,), each branch's share of employees.
        returned_share: float64 (lines, periods, periods): of one euro committed in the first period, what is back on
            its line by the end of the second.
        drop_out_share: expected share of trainees who do not finish.
        patience_periods: how many periods a request waits for money.
        counts: whether pathways count net of expected drop-out or as committed.
        mean_cost_cap_cents: the most that a committed pathway may cost on average, None without a cap.
        currency: ISO code, for the units of prices.
        under50_groups: indices of the size groups whose every band lies under 50 employees.
    """

    cells: Cells
    demand: Demand
    money: OpeningMoney
    constraints: Constraints
    branch_shares: Float
    returned_share: Float
    drop_out_share: float
    patience_periods: int
    counts: Literal["net", "committed"]
    mean_cost_cap_cents: int | None = None
    currency: str = "EUR"
    under50_groups: tuple[int, ...] = ()
    unit_cents: int = field(init=False)
    """Cents in one unit of money inside the programme."""

    def __post_init__(self) -> None:
        """Choose the unit of money from the envelope."""
        object.__setattr__(self, "unit_cents", money_unit_cents(self.money.distributable_cents))

    @property
    def lines(self) -> int:
        """How many lines the plan has."""
        return len(self.cells.lines)

    @property
    def periods(self) -> int:
        """How many periods the plan has."""
        return len(self.demand.periods)

    @property
    def value(self) -> float:
        """What one committed pathway counts for in the objective."""
        return 1.0 if self.counts == "committed" else 1.0 - self.drop_out_share

    @property
    def price(self) -> Float:
        """Expected price of a pathway, float64 (lines, periods), in units of money."""
        return self.demand.price_cents / self.unit_cents

    def in_units(self, cents: float) -> float:
        """Cents as money inside the programme."""
        return cents / self.unit_cents


def plan_problem(scenario: Scenario) -> PlanProblem:
    """Lay out a scenario and pose its plan.

    Args:
        scenario: a checked scenario.

    Returns:
        The problem. Whoever holds the tables already calls `problem_of`.
    """
    cells, calendar, book = cells_of(scenario), calendar_of(scenario), price_book(scenario)
    demand = expected_demand(scenario, cells, calendar, book, expected_prices(scenario, book))
    return problem_of(scenario, cells, demand, opening_money(scenario))


def problem_of(scenario: Scenario, cells: Cells, demand: Demand, opening: OpeningMoney) -> PlanProblem:
    """Pose the plan of a scenario whose tables are already laid out.

    Args:
        scenario: a checked scenario.
        cells, demand, opening: what was laid out from it.

    Returns:
        The problem.
    """
    cap = scenario.scheme.mean_cost_cap_eur
    bands = scenario.scheme.size_bands.values()
    under50 = tuple(
        number
        for number, group in enumerate(scenario.scheme.size_groups)
        if all(band.max_employees is not None and band.max_employees < 50 for band in bands if band.group == group)
    )
    return PlanProblem(
        cells=cells,
        demand=demand,
        money=opening,
        constraints=scenario.constraints,
        branch_shares=branch_weights(scenario),
        returned_share=returned_share(scenario, demand),
        drop_out_share=scenario.inflow.drop_out_share,
        patience_periods=scenario.planning.patience_periods,
        counts=scenario.planning.counts,
        mean_cost_cap_cents=None if cap is None else eur_to_cents(cap),
        currency=scenario.currency,
        under50_groups=under50,
    )
