"""How many requests are expected on each day, branch by branch (model.md, section 2)."""

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import Calendar, worked_days_of_month
from scenarios.scenario import Scenario

Float = NDArray[np.float64]


def branch_volumes(scenario: Scenario) -> Float:
    """Expected requests of a year by branch, before season and shocks.

    A branch's share is its share of employees (no mix of requests was published), times its own demand factor.

    Args:
        scenario: a checked scenario.

    Returns:
        float64 (branches,), requests a year.
    """
    weights = branch_weights(scenario)
    factors = np.asarray([branch.demand_factor for branch in scenario.branches.values()])
    yearly = scenario.inflow.requests_per_year * scenario.inflow.volume_factor
    return np.asarray(yearly * weights * factors, dtype=np.float64)


def branch_weights(scenario: Scenario) -> Float:
    """Each branch's share of employees; equal shares where no branch has any."""
    employees = np.asarray([branch.employees for branch in scenario.branches.values()], dtype=np.float64)
    if employees.sum() == 0:
        return np.full(len(employees), 1 / len(employees))
    return np.asarray(employees / employees.sum(), dtype=np.float64)


def day_weights(scenario: Scenario, calendar: Calendar) -> Float:
    """The share of a year's requests expected on each day.

    month weight spread over the month's working days * ramp-up * deadline rush * economic factors of all branches;
    nothing is expected on a day off or after the filing deadline.

    Args:
        scenario: a checked scenario.
        calendar: its working calendar.

    Returns:
        float64 (days,); without ramp-up, rush and factors a whole calendar year sums to 1.
    """
    inflow = scenario.inflow
    last = calendar.day(scenario.windows.filing_deadline)
    season = np.asarray(inflow.month_weights)
    weights = np.zeros(calendar.days)
    worked = [worked_days_of_month(scenario, *(int(part) for part in month.split("-"))) for month in calendar.months]
    for number in range(min(last + 1, calendar.days)):
        if not calendar.working[number]:
            continue
        today = calendar.opens + timedelta(days=number)
        month = calendar.month_of_day[number]
        weight = season[today.month - 1] / worked[month]
        if number < inflow.ramp_up.days:
            start = inflow.ramp_up.initial_share
            weight *= start + (1 - start) * number / inflow.ramp_up.days
        left = last - number
        if left < inflow.deadline_rush.days:
            weight *= 1 + inflow.deadline_rush.extra_share * (1 - left / inflow.deadline_rush.days)
        for row in inflow.economic_factors:
            if row.branches is None and row.in_force(today):
                weight *= row.factor
        weights[number] = weight
    return weights * group_growth_of_day(scenario, calendar) if inflow.size_group_factors else weights


def branch_factors(scenario: Scenario, calendar: Calendar) -> Float | None:
    """What multiplies the rate of each branch alone on each day.

    Args:
        scenario: a checked scenario.
        calendar: its working calendar.

    Returns:
        float64 (branches, days), the product of the economic factors that name the branch; None where none names any.
    """
    rows = [row for row in scenario.inflow.economic_factors if row.branches is not None]
    if not rows:
        return None
    factors = np.ones((len(scenario.branches), calendar.days))
    for row in rows:
        first = max(calendar.day(row.starts), 0)
        end = calendar.days if row.until is None else max(calendar.day(row.until) + 1, 0)
        for number, code in enumerate(scenario.branches):
            if code in (row.branches or ()):
                factors[number, first:end] *= row.factor
    return factors


def size_share_of_day(scenario: Scenario, calendar: Calendar) -> Float:
    """The size mix of the requests filed on each day: float64 (days, bands), rows sum to 1."""
    bands = tuple(scenario.scheme.size_bands)
    first = np.asarray([scenario.inflow.size_shares.at_opening.get(code, 0.0) for code in bands])
    final = np.asarray([scenario.inflow.size_shares.at_deadline.get(code, 0.0) for code in bands])
    last = max(calendar.day(scenario.windows.filing_deadline), 1)
    progress = np.clip(np.arange(calendar.days) / last, 0, 1)[:, None]
    mix = (1 - progress) * first + progress * final
    if scenario.inflow.size_group_factors:
        mix = mix * _band_factors(scenario)
    return np.asarray(mix / mix.sum(axis=1, keepdims=True), dtype=np.float64)


def group_growth_of_day(scenario: Scenario, calendar: Calendar) -> Float:
    """By how much the size groups' own factors multiply all requests of each day: float64 (days,)."""
    bare = scenario.inflow.model_copy(update={"size_group_factors": {}})
    mix = size_share_of_day(scenario.model_copy(update={"inflow": bare}), calendar)
    return np.asarray(mix @ _band_factors(scenario), dtype=np.float64)


def _band_factors(scenario: Scenario) -> Float:
    factors = scenario.inflow.size_group_factors
    return np.asarray([factors.get(band.group, 1.0) for band in scenario.scheme.size_bands.values()])


def dated_share_of_day(scenario: Scenario, calendar: Calendar, which: str, codes: tuple[str, ...]) -> Float:
    """The situation or pathway mix of the requests filed on each day.

    Args:
        scenario: a checked scenario.
        calendar: its calendar.
        which: "situation" or "pathway".
        codes: the codes of that axis, in order.

    Returns:
        float64 (days, codes), rows sum to 1; before the first row the first row holds.
    """
    inflow = scenario.inflow
    rows = sorted(
        inflow.situation_shares if which == "situation" else inflow.pathway_shares, key=lambda row: row.starts
    )
    starts = [calendar.day(row.starts) for row in rows]
    table = np.asarray([[row.shares.get(code, 0.0) for code in codes] for row in rows])
    table = table / table.sum(axis=1, keepdims=True)
    index = np.maximum(np.searchsorted(starts, np.arange(calendar.days), side="right") - 1, 0)
    return np.asarray(table[index], dtype=np.float64)
