"""The expected demand that the plan sees: by line and period, with its expected price and mix.

A table of the ground floor: the optimiser reads it, the simulator is held against it.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from scenarios.arrival_rate import (
    branch_factors,
    branch_volumes,
    dated_share_of_day,
    day_weights,
    size_share_of_day,
)
from scenarios.attributes import MOST_TRAINEES
from scenarios.calendar import Calendar
from scenarios.cells import Cells
from scenarios.expected_price import ExpectedPrices
from scenarios.lags import after, lag_chances
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


def plan_periods(scenario: Scenario) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The periods of the plan, from the opening to the commitment deadline: labels and last days."""
    step = 1 if scenario.planning.period == "month" else 3
    labels: list[str] = []
    ends: list[int] = []
    day, last = scenario.windows.opens, scenario.windows.commitment_deadline
    while day <= last:
        first = (day.month - 1) // step * step
        ahead = first + step
        end = day.replace(year=day.year + ahead // 12, month=ahead % 12 + 1, day=1) - timedelta(days=1)
        labels.append(f"{day:%Y-%m}" if step == 1 else f"{day.year}-Q{first // 3 + 1}")
        ends.append(min(end, last).toordinal())
        day = end + timedelta(days=1)
    return tuple(labels), np.asarray(ends, dtype=np.int64)


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
    horizon = calendar.days
    lag = _decision_lag(scenario, horizon)
    trained = _trained_within(scenario, cells, horizon)
    last_training = scenario.windows.execution_deadline.toordinal()
    filed = day_weights(scenario, calendar)
    opens = calendar.opens.toordinal()
    periods, lines = len(labels), len(cells.lines)
    shape = cells.shape
    eligible = (1 - scenario.inflow.ineligible_share) * mean_trainees(scenario)
    volume = branch_volumes(scenario) * mean_of(scenario.inflow.uncertain.volume) * eligible
    sizes = size_share_of_day(scenario, calendar)
    situations = dated_share_of_day(scenario, calendar, "situation", cells.situations)
    types = dated_share_of_day(scenario, calendar, "pathway", cells.pathway_types)
    start_lag = round(mean_of(scenario.inflow.start_lag_days))

    # (profile, epoch between closings, period, segment, band, situation, type): expected share of a year's requests
    segments = len(book.segment_starts)
    closings = closing_days(scenario, calendar)
    profiles, profile_of_branch = _branch_profiles(scenario, calendar)
    density = np.zeros((len(profiles), len(closings) + 1, periods, segments, *shape[1:]))
    for day in np.flatnonzero(filed):
        mix = sizes[day][:, None, None] * situations[day][:, None] * types[day]
        decided = opens + day + np.arange(len(lag))
        period = np.searchsorted(ends, decided)
        priced = {"filing": np.full_like(decided, opens + day), "commitment": decided, "start": decided + start_lag}[
            scenario.scheme.price_date
        ]
        segment = book.segment_of(priced)
        inside = (period < periods) & (segment >= 0)
        # Training that cannot end by the execution deadline is refused when it is decided on.
        left = np.clip(last_training - decided, -1, horizon)
        in_time = np.where(left[:, None] < 0, 0.0, trained[left])
        weight = np.zeros((periods, segments, shape[3]))
        np.add.at(weight, (period[inside], segment[inside]), (lag[:, None] * in_time)[inside])
        epoch = np.searchsorted(closings, day)
        for number, profile in enumerate(profiles):
            density[number, epoch] += filed[day] * profile[day] * weight[:, :, None, None, :] * mix

    def of_branches(share: Float) -> Float:
        """From shares by profile to pathways by (period, segment, branch, band, situation, type)."""
        return np.moveaxis(volume[:, None, None, None, None, None] * share[profile_of_branch], 0, 2)

    would_ask = of_branches(density.sum(axis=1)) * prices.entitled
    asked = would_ask
    if scenario.steering:
        starts = [0, *(day + 1 for day in closings)]
        asked = np.zeros_like(would_ask)
        for number, first in enumerate(starts):
            asked = asked + of_branches(density[:, number]) * (
                prices.entitled * open_share(scenario, cells, calendar, first)
            )
        cost = (asked * (prices.fee + prices.support)).sum(axis=(0, 1))
        asked = asked * thinning(scenario, cells, cost)

    line = cells.line_of_cell.ravel()

    def by_line(table: Float) -> Float:
        flat = table.reshape(*table.shape[: table.ndim - 4], -1)
        out = np.zeros((lines, *flat.shape[:-1]))
        np.add.at(out, line, np.moveaxis(flat, -1, 0))
        return out

    total = by_line(asked.sum(axis=1))
    cell_total = asked.sum(axis=(0, 1))

    def mean_price(values: Float) -> Float:
        money = by_line((asked * values).sum(axis=1))
        whole = _ratio(money.sum(axis=1), total.sum(axis=1))[:, None]
        return np.where(total > 0, _ratio(money, total), whole)

    def mix_of(axis: int, size: int) -> Float:
        out = np.zeros((lines, size))
        index = np.indices(shape)[axis].ravel()
        np.add.at(out, (line, index), cell_total.ravel())
        return _ratio(out, out.sum(axis=1, keepdims=True))

    bands = mix_of(1, shape[1])
    groups = np.zeros((lines, len(cells.size_groups)))
    np.add.at(groups.T, np.asarray(cells.size_group_of_band), bands.T)
    pathway_share = mix_of(3, shape[3])
    whole = total.sum(axis=1)
    return Demand(
        periods=labels,
        period_ends=ends,
        pathways=total,
        fee_cents=mean_price(prices.fee),
        support_cents=mean_price(prices.support),
        size_group_share=groups,
        pathway_share=pathway_share,
        situation_share=mix_of(2, shape[2]),
        base_pay_cents=_ratio(by_line((asked * prices.base_pay).sum(axis=(0, 1))), whole),
        real_pay_cents=_ratio(by_line((asked * prices.real_pay).sum(axis=(0, 1))), whole),
        hours=pathway_share @ prices.hours,
        kept_out=by_line((would_ask - asked).sum(axis=(0, 1))) if scenario.steering else None,
    )


def _branch_profiles(scenario: Scenario, calendar: Calendar) -> tuple[Float, NDArray[np.int64]]:
    """What multiplies the common rate of each day, told once for branches that share it.

    Returns:
        float64 (profiles, days), and int64 (branches,) which of them each branch has.
    """
    factors = branch_factors(scenario, calendar)
    if factors is None:
        return np.ones((1, calendar.days)), np.zeros(len(scenario.branches), dtype=np.int64)
    profiles, which = np.unique(factors, axis=0, return_inverse=True)
    return profiles, np.asarray(which, dtype=np.int64).reshape(-1)


def _ratio(top: Float, bottom: Float) -> Float:
    bottom = np.broadcast_to(bottom, top.shape)
    return np.divide(top, bottom, out=np.zeros_like(top), where=bottom > 0)


def _trained_within(scenario: Scenario, cells: Cells, horizon_days: int) -> Float:
    """The chance that training ends within n days of the decision: float64 (horizon + 1, types)."""
    start = lag_chances(scenario.inflow.start_lag_days, horizon_days)
    columns = []
    for code in cells.pathway_types:
        length = lag_chances(scenario.inflow.pathways[code].duration_days, horizon_days)
        within = np.cumsum(after(start, length, horizon_days))
        columns.append(np.pad(within, (0, horizon_days + 1 - len(within)), mode="edge"))
    return np.column_stack(columns)


def _decision_lag(scenario: Scenario, horizon_days: int) -> Float:
    """The chance of a decision n days after filing, by the desk's declared lag and returned files."""
    lag = lag_chances(scenario.desk.decision_lag_days, horizon_days)
    again = lag_chances(scenario.desk.resubmission_lag_days, horizon_days)
    share = scenario.desk.incomplete_share
    once, total = lag, (1 - share) * lag
    for attempt in range(1, 4):
        once = after(once, again, horizon_days)
        weight = share**attempt * (1 - share if attempt < 3 else 1)
        size = max(len(total), len(once))
        total = np.pad(total, (0, size - len(total))) + weight * np.pad(once, (0, size - len(once)))
        if share == 0:
            break
    return np.asarray(total, dtype=np.float64)
