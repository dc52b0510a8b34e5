"""A scenario given what has come: the inflow's own prior, conditioned on the requests to date.

Volume, mixes, costs and delays, one after the other; what is known goes into the scenario's factors, what is still
open into its uncertain parameters.
"""

from dataclasses import dataclass
from datetime import date

from forecast.condition_cost import costs_conditioned
from forecast.condition_delay import delays_conditioned
from forecast.condition_mix import mixes_conditioned
from forecast.condition_volume import volume_conditioned
from forecast.history import History
from forecast.told_interval import Told
from scenarios.arrival_rate import branch_factors, day_weights
from scenarios.calendar import calendar_of
from scenarios.foresight import as_known
from scenarios.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Seen:
    """What the requests to date say, beside what the scenario expected by then.

    Attributes:
        requests, expected: requests filed, and expected by the scenario, up to the day.
        volume, volume_low, volume_high: factor by which the months to come differ from the scenario's expectation, on
            the mean, and its 90 % interval.
        hours, hours_low, hours_high: the same of the mean hours of a pathway; likewise fee and trainees.
        branches: by code, (requests, expected, factor).
        contradicted: of "hours" and "fee", those far from what the scenario believed: (requests, factor they show).
    """

    requests: int
    expected: float
    volume: Told
    hours: Told
    fee: Told
    trainees: Told
    branches: dict[str, tuple[int, float, float]]
    contradicted: dict[str, tuple[int, float]]


@dataclass(frozen=True, eq=False)
class Conditioned:
    """A scenario given what has come.

    Attributes:
        volume: the scenario with its volume conditioned; mix: also its mixes; cost: also hours, fee and trainees;
            scenario: also its delays: all that is known.
        seen: what was learnt.
    """

    volume: Scenario
    mix: Scenario
    cost: Scenario
    scenario: Scenario
    seen: Seen


def conditioned(scenario: Scenario, history: History) -> Conditioned:
    """Condition a scenario on the requests that came.

    Args:
        scenario: a checked scenario.
        history: the requests known at the end of its last day, filed since the opening.

    Returns:
        Conditioned; without a day past the opening the scenario itself. Its events stay in it, for the runs to live.
    """
    calendar = calendar_of(scenario)
    # What has happened was expected when it is compared with what came: the runs live it a first time already.
    known = as_known(scenario, date.fromordinal(history.last_day))
    weights, own = day_weights(known, calendar), branch_factors(known, calendar)
    last = min(calendar.day(date.fromordinal(history.last_day)), calendar.days - 1)
    volume = volume_conditioned(scenario, calendar, weights, own, last, history)
    branches = {
        code: branch.model_copy(
            update={
                "demand_factor": branch.demand_factor * volume.branches[code].factor,
                "volume_dispersion": volume.branches[code].variance,
            }
        )
        for code, branch in scenario.branches.items()
    }
    with_volume = scenario.model_copy(update={"inflow": volume.inflow, "branches": branches})
    with_mix = mixes_conditioned(with_volume, scenario, calendar, weights, last, history)
    costs = costs_conditioned(with_mix, history)
    told = {code: (year.requests, year.expected, year.factor) for code, year in volume.branches.items()}
    expected = float(sum(year.expected for year in volume.branches.values()))
    seen = Seen(
        len(history), expected, volume.to_come, costs.hours, costs.fee, costs.trainees, told, costs.contradicted
    )
    return Conditioned(with_volume, with_mix, costs.scenario, delays_conditioned(costs.scenario, history), seen)
