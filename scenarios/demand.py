"""The expected demand that the plan sees: by line and period, with its expected price and mix.

A table of the ground floor: the optimiser reads it, the simulator is held against it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.arrival_rate import branch_volumes
from scenarios.attributes import MOST_TRAINEES
from scenarios.by_line import ByLine
from scenarios.calendar import Calendar
from scenarios.cells import Cells
from scenarios.demand_in_time import demand_in_time
from scenarios.expected_price import ExpectedPrices
from scenarios.plan_periods import plan_periods
from scenarios.price_book import PriceBook
from scenarios.scenario import Scenario
from scenarios.steered_demand import closing_days, open_share, thinning
from scenarios.variates import integer_table, mean_of

Float = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Demand:
    """What is expected to be asked, examined and found eligible, by line and period of the plan.

    Attributes:
        periods: label of each period, "2021-01" or "2021-Q1".
        period_ends: ordinal day of the last day of each period, int64 (periods,).
        pathways: float64 (lines, periods), eligible pathways decided on in the period.
        fee_cents, support_cents: float64 (lines, periods), expected cents of one pathway of the line; where a
            period expects nothing the line's mean stands in.
        size_group_share: float64 (lines, groups), the expected mix of what is served.
        pathway_share: float64 (lines, types).
        situation_share: float64 (lines, situations).
        base_pay_cents, real_pay_cents: float64 (lines,), expected pay that support is measured against.
        hours: float64 (lines,), mean hours of a pathway.
        kept_out: float64 (lines,), eligible pathways that steering rules keep out of `pathways`; None without rules.
    """

    periods: tuple[str, ...]
    period_ends: NDArray[np.int64]
    pathways: Float
    fee_cents: Float
    support_cents: Float
    size_group_share: Float
    pathway_share: Float
    situation_share: Float
    base_pay_cents: Float
    real_pay_cents: Float
    hours: Float
    kept_out: Float | None = None

    @property
    def price_cents(self) -> Float:
        """Fee and support of one pathway, float64 (lines, periods), cents."""
        return self.fee_cents + self.support_cents


def mean_trainees(scenario: Scenario) -> float:
    """Expected trainees of a request, between the floor of one and the most that one file may hold."""
    return float(np.clip(integer_table(scenario.inflow.trainees, 1), 1, MOST_TRAINEES).mean())


def expected_demand(
    scenario: Scenario, cells: Cells, calendar: Calendar, book: PriceBook, prices: ExpectedPrices
) -> Demand:
    """The expected demand of every line in every period.

    Requests are spread over days by the arrival rate, then over the days of their decision by the desk's
    declared lag (waiting in the desk's queue is left to the simulation); pathways past the commitment deadline
    fall out, and so does what steering rules keep out. Ineligible requests are taken out; cells to which no rate
    applies on their day ask for nothing.

    Args:
        scenario: a checked scenario.
        cells, calendar, book, prices: what was laid out from it.

    Returns:
        Demand.
    """
    labels, ends = plan_periods(scenario)
    would_ask, asked = _asked(scenario, cells, calendar, book, prices, ends)
    lines = ByLine(cells, asked)
    bands, pathway_share = lines.mix(1), lines.mix(3)
    groups = np.zeros((len(cells.lines), len(cells.size_groups)))
    np.add.at(groups.T, np.asarray(cells.size_group_of_band), bands.T)
    return Demand(
        periods=labels,
        period_ends=ends,
        pathways=lines.pathways(),
        fee_cents=lines.means_by_period(prices.fee),
        support_cents=lines.means_by_period(prices.support),
        size_group_share=groups,
        pathway_share=pathway_share,
        situation_share=lines.mix(2),
        base_pay_cents=lines.means(prices.base_pay),
        real_pay_cents=lines.means(prices.real_pay),
        hours=pathway_share @ prices.hours,
        kept_out=lines.sums((would_ask - asked).sum(axis=(0, 1))) if scenario.steering else None,
    )


def _asked(
    scenario: Scenario,
    cells: Cells,
    calendar: Calendar,
    book: PriceBook,
    prices: ExpectedPrices,
    ends: NDArray[np.int64],
) -> tuple[Float, Float]:
    """Pathways without steering rules and with them, float64 (periods, segments, *cells)."""
    eligible = (1 - scenario.inflow.ineligible_share) * mean_trainees(scenario)
    volume = branch_volumes(scenario) * mean_of(scenario.inflow.uncertain.volume) * eligible
    closings = closing_days(scenario, calendar)
    in_time = demand_in_time(scenario, cells, calendar, book, ends, closings)

    def of_branches(share: Float) -> Float:
        """From shares by profile to pathways by (period, segment, branch, band, situation, type)."""
        return np.moveaxis(volume[:, None, None, None, None, None] * share[in_time.profile_of_branch], 0, 2)

    would_ask = of_branches(in_time.share.sum(axis=1)) * prices.entitled
    if not scenario.steering:
        return would_ask, would_ask
    asked = np.zeros_like(would_ask)
    for epoch, first in enumerate((0, *(day + 1 for day in closings))):
        still_open = open_share(scenario, cells, calendar, first)
        asked = asked + of_branches(in_time.share[:, epoch]) * (prices.entitled * still_open)
    cost = (asked * (prices.fee + prices.support)).sum(axis=(0, 1))
    return would_ask, asked * thinning(scenario, cells, cost)
