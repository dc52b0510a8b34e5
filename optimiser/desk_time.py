"""How much examining a pathway takes, and how much the desk can give by the end of each period."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import Calendar
from scenarios.demand import Demand, mean_trainees
from scenarios.scenario import Scenario
from scenarios.staffing import officers_of_day
from scenarios.variates import integer_table

Float = NDArray[np.float64]

MOST_RETURNS = 3
"""How often a file may come back incomplete, as the demand and the simulator have it."""


@dataclass(frozen=True, eq=False)
class DeskTime:
    """The desk's time.

    Attributes:
        officers: how many there are at the opening.
        minutes_per_officer: float64 (periods,), office minutes from the opening to the end of each period, of all
            officers present divided by those of the opening.
        minutes_per_pathway: expected examining for one eligible pathway: its part of a request, returned files and
            the requests found ineligible included.
    """

    officers: int
    minutes_per_officer: Float
    minutes_per_pathway: float


def desk_time(scenario: Scenario, demand: Demand, calendar: Calendar) -> DeskTime:
    """The desk's time of a scenario.

    Args:
        scenario: a checked scenario.
        demand: its periods.
        calendar: its working calendar.

    Returns:
        DeskTime.
    """
    # Of the opening's officers one each: where there are more or fewer later, each counts for more or less.
    present = officers_of_day(scenario.desk, calendar) / scenario.desk.officers
    worked = np.cumsum(present * calendar.working) * (calendar.office_closes - calendar.office_opens)
    last = [calendar.day(date.fromordinal(int(end))) for end in demand.period_ends]
    desk = scenario.desk
    looks = sum(desk.incomplete_share**returns for returns in range(MOST_RETURNS + 1))
    work = float(np.maximum(integer_table(desk.work_minutes, 1), 1).mean())
    eligible = 1.0 - scenario.inflow.ineligible_share
    return DeskTime(
        officers=desk.officers,
        minutes_per_officer=worked[np.minimum(last, calendar.days - 1)].astype(np.float64),
        minutes_per_pathway=work * looks / (mean_trainees(scenario) * eligible) if eligible > 0 else 0.0,
    )
