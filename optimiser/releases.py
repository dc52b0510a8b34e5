"""How much of a commitment comes back to its line, and when.

A commitment is released at service done (start lag, then the length of the training) for what was not executed:
the trainees who dropped out and the hours that the others did not follow. It returns to its line while filing is
open and lapses afterwards (model.md, section 3).
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.demand import Demand
from scenarios.lags import after, lag_chances
from scenarios.scenario import Scenario
from scenarios.variates import integer_table

Float = NDArray[np.float64]

_SHARE_SCALE = 10_000


def released_share(scenario: Scenario) -> float:
    """The expected share of a commitment that is given back at service done.

    Args:
        scenario: a checked scenario.

    Returns:
        1 - (1 - drop-out) * mean executed share, over the table that the simulator draws from.
    """
    executed = np.clip(integer_table(scenario.inflow.executed_share, _SHARE_SCALE), 0, _SHARE_SCALE)
    return float(1 - (1 - scenario.inflow.drop_out_share) * executed.mean() / _SHARE_SCALE)


def returned_share(scenario: Scenario, demand: Demand) -> Float:
    """What is back on a line by the end of each period, of one euro committed in each period.

    Commitments are taken as even over the days of their period; a release counts from the period it falls in, since
    a request may wait inside the period for the money.

    Args:
        scenario: a checked scenario.
        demand: its periods, and the mix of types of each line.

    Returns:
        float64 (lines, periods, periods), never falling along the last axis, 0 before the commitment.
    """
    opens = scenario.windows.opens.toordinal()
    starts = np.concatenate([[opens], demand.period_ends[:-1] + 1])
    last_return = scenario.windows.filing_deadline.toordinal()
    by_type = []
    for code in scenario.scheme.pathway_types:
        done_within = np.cumsum(service_done_lag(scenario, code))
        table = np.zeros((len(starts), len(starts)))
        for first, (start, end) in enumerate(zip(starts, demand.period_ends, strict=True)):
            days = np.arange(start, end + 1)
            for second in range(first, len(starts)):
                within = min(int(demand.period_ends[second]), last_return) - days
                known = np.clip(within, 0, len(done_within) - 1)
                table[first, second] = np.where(within >= 0, done_within[known], 0.0).mean()
        by_type.append(table)
    return np.asarray(
        released_share(scenario) * np.einsum("lk,kst->lst", demand.pathway_share, np.stack(by_type)),
        dtype=np.float64,
    )


def service_done_lag(scenario: Scenario, pathway_type: str) -> Float:
    """The chance that service is done n days after the commitment, up to the last payment day."""
    horizon = horizon_days(scenario)
    start = lag_chances(scenario.inflow.start_lag_days, horizon)
    return after(start, lag_chances(scenario.inflow.pathways[pathway_type].duration_days, horizon), horizon)


def horizon_days(scenario: Scenario) -> int:
    """Days from the opening to the last payment day: no longer lag matters."""
    return (scenario.windows.last_payment - scenario.windows.opens).days + 1
