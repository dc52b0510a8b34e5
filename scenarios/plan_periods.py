"""The periods of the plan: months or quarters."""

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from scenarios.scenario import Scenario


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
