"""When requests are filed in a run, branch by branch, and all that each of them carries (model.md, section 2).

Arrivals are a Poisson process run through the inverse of its cumulative rate: the k-th request of a branch is filed
when the rate has added up to the sum of the branch's first k unit exponentials. A larger rate brings the same
requests earlier and appends others; it never renumbers one.
"""

import math
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from scenarios.attributes import SHARE_SCALE, Parameters, Requests, draw_branches, draw_parameters
from scenarios.calendar import DAY, Calendar
from scenarios.distributions import Exponential
from scenarios.luck import raw_draws
from scenarios.variates import integer_table, pick
from sim.ground import Ground
from sim.volume import MILLIONTHS, branch_multipliers, monthly_factor

Int = NDArray[np.int64]

_UNIT_EXPONENTIAL = Exponential(kind="exponential", mean=1.0)


def draw_requests(ground: Ground, run: int) -> tuple[Requests, ...]:
    """The requests of a run, one entry a branch in the order of the file.

    Args:
        ground: the scenario laid out.
        run: the number of the run, from 0.

    Returns:
        Requests by branch, each numbered from 0 in the order of filing.
    """
    parameters = draw_parameters(ground.scenario, run)
    rates = cumulative_rates(ground, run, parameters)
    codes, seed = tuple(ground.scenario.branches), ground.scenario.seed
    filed = [filing_minutes(ground.calendar, rates[branch], seed, run, code) for branch, code in enumerate(codes)]
    drawn = draw_branches(ground.attribute_tables, range(len(codes)), run, filed, parameters)
    ends = np.cumsum([len(minutes) for minutes in filed])
    columns = {field.name: np.split(getattr(drawn, field.name), ends[:-1]) for field in fields(Requests)}
    return tuple(Requests(**{name: parts[branch] for name, parts in columns.items()}) for branch in range(len(codes)))


def cumulative_rates(ground: Ground, run: int, parameters: Parameters) -> Int:
    """Requests expected up to the end of each day, given the run's good and bad years and months.

    Args:
        ground: the scenario laid out.
        run: the number of the run.
        parameters: its uncertain parameters.

    Returns:
        int64 (branches, days), millionths of a request.
    """
    calendar = ground.calendar
    factor = monthly_factor(ground.scenario, run, len(calendar.months))[calendar.month_of_day]
    volumes = ground.yearly_requests * branch_multipliers(ground.scenario, run) * (parameters.volume / SHARE_SCALE)
    if ground.branch_factors is None:
        expected = np.outer(volumes, np.cumsum(ground.day_weights * factor))
    else:
        expected = volumes[:, None] * np.cumsum(ground.day_weights * factor * ground.branch_factors, axis=1)
    return np.asarray(np.floor(expected + 0.5).astype(np.int64), dtype=np.int64)


def filing_minutes(calendar: Calendar, cumulative: Int, seed: int, run: int, stream: str) -> Int:
    """When the requests of a branch are filed: office minutes of working days, ascending.

    Args:
        calendar: the working calendar.
        cumulative: int64 (days,), millionths of a request expected up to the end of each day.
        seed: the scenario's seed.
        run: the number of the run.
        stream: the branch's code.

    Returns:
        int64 (requests,), minutes.
    """
    total = int(cumulative[-1]) if len(cumulative) else 0
    expected = total / MILLIONTHS
    count = int(expected + 6 * math.sqrt(expected)) + 20
    table = integer_table(_UNIT_EXPONENTIAL, MILLIONTHS)
    reached = np.cumsum(pick(table, raw_draws(seed, "arrival", run, stream, count)))
    while reached[-1] <= total:
        count *= 2
        reached = np.cumsum(pick(table, raw_draws(seed, "arrival", run, stream, count)))
    reached = reached[reached <= total]
    day = np.searchsorted(cumulative, reached, side="left")
    before = np.concatenate([[0], cumulative])[day]
    width = cumulative[day] - before
    office = calendar.office_closes - calendar.office_opens
    # The position inside the day is uniform given the day, because the rate is constant over its office minutes.
    return np.asarray(day * DAY + calendar.office_opens + (reached - before - 1) * office // width, dtype=np.int64)
