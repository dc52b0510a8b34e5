"""The question that the plan answers: frozen tables, nothing of a solver."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimiser.desk_time import DeskTime, desk_time
from optimiser.money_in_time import MoneyInTime, money_in_time
from optimiser.money_unit import money_unit_cents
from optimiser.payment_limits import CashLimits, YearLimits, cash_limits, year_limits
from optimiser.releases import returned_share
from scenarios.arrival_rate import branch_weights
from scenarios.calendar import Calendar, calendar_of
from scenarios.cells import Cells, cells_of
from scenarios.constraints import Constraints
from scenarios.demand import Demand, expected_demand
from scenarios.expected_price import expected_prices
from scenarios.foresight import as_known
from scenarios.objectives import Objective, PathwayWeights
from scenarios.opening_money import OpeningMoney, opening_money
from scenarios.price_book import price_book
from scenarios.relaxation import GivingWay
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents
from scenarios.steering import SteeringRule

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
        over_programming_share: how far commitments on a line may exceed what it was notified.
        in_time: money that comes, goes or opens after the opening; None where all is there on the first day.
        years: payment appropriations by fiscal year, None without any.
        cash: the State's instalments, None without any.
        desk: the desk's time, None where the plan takes none into account.
        in_force_cents: for each line what it holds by the notification in force, None where the scenario names none.
        region_share: for each region, float64 (branches,), its share of the branch's requests.
        objectives: what the plan aims at, in order.
        returns_serve_waiting: whether who waits is served only by money that was not there before.
        steering: rules of the scenario; closings and quotas are in the demand already.
        weights: what a pathway counts for under `weighted_pathways`.
        relaxation: which bounds may give way, where the scenario says so.
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
    over_programming_share: float = 0.0
    in_time: MoneyInTime | None = None
    years: YearLimits | None = None
    cash: CashLimits | None = None
    desk: DeskTime | None = None
    in_force_cents: tuple[int | None, ...] = ()
    region_share: dict[str, Float] = field(default_factory=dict)
    objectives: tuple[Objective, ...] = (Objective(name="pathways"),)
    weights: PathwayWeights = field(default_factory=PathwayWeights)
    steering: tuple[SteeringRule, ...] = ()
    returns_serve_waiting: bool = False
    relaxation: tuple[GivingWay, ...] = ()
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

    @property
    def notifiable_cents(self) -> int:
        """What may be notified at the opening: what may be distributed, less what an announced cut will take."""
        cents = self.money.distributable_cents
        return cents if self.in_time is None else self.in_time.safe_cents(cents)[0]

    @property
    def line_growth(self) -> Float:
        """What a line holds by the end of each period of one euro notified at the opening, float64 (periods,).

        Announced amendments raise all lines in proportion to what they were notified, as the simulation does.
        """
        if self.in_time is None or not self.notifiable_cents:
            return np.ones(self.periods)
        by_period = self.in_time.safe_cents(self.money.distributable_cents)[1:]
        return np.asarray(by_period, dtype=np.float64) / self.notifiable_cents

    @property
    def commitment_factor(self) -> Float:
        """What a line may have committed by the end of each period, of one euro notified: float64 (periods,)."""
        return self.line_growth * (1.0 + self.over_programming_share)

    @property
    def net_cost(self) -> Float:
        """Money still bound at the end of the second period by a pathway committed in the first, in units of money.

        float64 (lines, periods, periods): its price less what was released by then, 0 before the commitment.
        """
        kept = (1.0 - self.returned_share) * np.triu(np.ones((self.periods, self.periods)))
        return np.asarray(self.price[:, :, None] * kept, dtype=np.float64)

    def in_units(self, cents: float) -> float:
        """Cents as money inside the programme."""
        return cents / self.unit_cents


def plan_problem(scenario: Scenario) -> PlanProblem:
    """Lay out a scenario and pose its plan.

    Args:
        scenario: a checked scenario.

    Returns:
        The problem, posed on what is known at the opening: announced events are worked in, others are not. Whoever
        holds the tables already calls `problem_of`.
    """
    scenario = as_known(scenario)
    cells, calendar, book = cells_of(scenario), calendar_of(scenario), price_book(scenario)
    demand = expected_demand(scenario, cells, calendar, book, expected_prices(scenario, book))
    return problem_of(scenario, cells, demand, opening_money(scenario), calendar)


def problem_of(
    scenario: Scenario, cells: Cells, demand: Demand, opening: OpeningMoney, calendar: Calendar | None = None
) -> PlanProblem:
    """Pose the plan of a scenario whose tables are already laid out.

    Args:
        scenario: a checked scenario.
        cells, demand, opening, calendar: what was laid out from it (the calendar anew where it is not given).

    Returns:
        The problem.
    """
    scenario = as_known(scenario)
    cap = scenario.scheme.mean_cost_cap_eur
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
        under50_groups=scenario.scheme.under50_groups,
        over_programming_share=scenario.committee.over_programming_share,
        in_time=money_in_time(scenario, demand),
        years=year_limits(scenario, demand),
        cash=cash_limits(scenario, demand, opening.distributable_cents),
        desk=desk_time(scenario, demand, calendar or calendar_of(scenario))
        if scenario.constraints.desk_capacity
        else None,
        in_force_cents=_in_force(scenario, cells),
        region_share=_region_share(scenario),
        objectives=scenario.planning.objectives,
        weights=scenario.planning.weights,
        steering=scenario.steering,
        returns_serve_waiting=scenario.planning.returns_serve_waiting,
        relaxation=scenario.planning.relaxation,
    )


def _in_force(scenario: Scenario, cells: Cells) -> tuple[int | None, ...]:
    known = {row.line: eur_to_cents(row.notified_eur) for row in scenario.planning.notifications_in_force}
    return tuple(known.get(line.key) for line in cells.lines) if known else ()


def _region_share(scenario: Scenario) -> dict[str, Float]:
    branches = scenario.branches.values()
    regions = dict.fromkeys(region for branch in branches for region in branch.region_shares)
    return {code: np.asarray([branch.region_shares.get(code, 0.0) for branch in branches]) for code in regions}
