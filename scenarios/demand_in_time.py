"""When the requests of a year are decided on, and at the prices of which day: the timing of the demand."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.arrival_rate import branch_factors, dated_share_of_day, day_weights, size_share_of_day
from scenarios.calendar import Calendar
from scenarios.cells import Cells
from scenarios.lags import after, lag_chances
from scenarios.price_book import PriceBook
from scenarios.scenario import Scenario
from scenarios.variates import mean_of

Float = NDArray[np.float64]
Int = NDArray[np.int64]


class DemandInTime(NamedTuple):
    """Shares of a year's requests.

    Attributes:
        share: float64 (profiles, epochs, periods, segments, bands, situations, types), part of a branch's year that is
            filed in the epoch between two closings and decided on in the period, at the prices of the segment, in time
            to be trained.
        profile_of_branch: int64 (branches,), branches that share the rate of their days share a profile.
    """

    share: Float
    profile_of_branch: Int


def demand_in_time(
    scenario: Scenario, cells: Cells, calendar: Calendar, book: PriceBook, ends: Int, closings: list[int]
) -> DemandInTime:
    """Spread requests over days by the arrival rate, then over the days of their decision by the desk's declared lag.

    Args:
        scenario: a checked scenario.
        cells, calendar, book: what was laid out from it.
        ends: int64 (periods,), ordinal day of the last day of each period.
        closings: numbers of the last days of closings, ascending.

    Returns:
        DemandInTime; what is decided on after the last period, or too late to be trained, is in no share.
    """
    horizon, periods, segments = calendar.days, len(ends), len(book.segment_starts)
    lag = _decision_lag(scenario, horizon)
    trained = _trained_within(scenario, cells, horizon)
    last_training = scenario.windows.execution_deadline.toordinal()
    filed = day_weights(scenario, calendar)
    opens = calendar.opens.toordinal()
    sizes = size_share_of_day(scenario, calendar)
    situations = dated_share_of_day(scenario, calendar, "situation", cells.situations)
    types = dated_share_of_day(scenario, calendar, "pathway", cells.pathway_types)
    start_lag = round(mean_of(scenario.inflow.start_lag_days))
    profiles, profile_of_branch = _branch_profiles(scenario, calendar)
    share = np.zeros((len(profiles), len(closings) + 1, periods, segments, *cells.shape[1:]))
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
        weight = np.zeros((periods, segments, cells.shape[3]))
        np.add.at(weight, (period[inside], segment[inside]), (lag[:, None] * in_time)[inside])
        epoch = np.searchsorted(closings, day)
        for number, profile in enumerate(profiles):
            share[number, epoch] += filed[day] * profile[day] * weight[:, :, None, None, :] * mix
    return DemandInTime(share, profile_of_branch)


def _branch_profiles(scenario: Scenario, calendar: Calendar) -> tuple[Float, Int]:
    """What multiplies the common rate of each day, told once for branches that share it.

    Returns:
        float64 (profiles, days), and int64 (branches,) which of them each branch has.
    """
    factors = branch_factors(scenario, calendar)
    if factors is None:
        return np.ones((1, calendar.days)), np.zeros(len(scenario.branches), dtype=np.int64)
    profiles, which = np.unique(factors, axis=0, return_inverse=True)
    return profiles, np.asarray(which, dtype=np.int64).reshape(-1)


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
