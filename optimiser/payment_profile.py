"""When a commitment is paid: what of one euro committed in a period has fallen due by a day.

A commitment falls due after the start lag, the length of the training, the invoice lag and the payment lag, for what
was executed; the rest was released (model.md, section 3).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from optimiser.releases import horizon_days, released_share, service_done_lag
from scenarios.demand import Demand
from scenarios.lags import after, lag_chances
from scenarios.scenario import Scenario

Float = NDArray[np.float64]


def due_by(scenario: Scenario, demand: Demand, days: Sequence[int]) -> Float:
    """What has fallen due by the end of some days, of one euro committed in each period.

    Commitments are taken as even over the days of their period, as in `returned_share`.

    Args:
        scenario: a checked scenario.
        demand: its periods, and the mix of types of each line.
        days: ordinal days.

    Returns:
        float64 (lines, periods, days); what falls due after the last payment day counts as never due.
    """
    opens, last = scenario.windows.opens.toordinal(), scenario.windows.last_payment.toordinal()
    starts = np.concatenate([[opens], demand.period_ends[:-1] + 1])
    ends = np.minimum(np.asarray(days, dtype=np.int64), last)
    horizon = horizon_days(scenario)
    wait = after(
        lag_chances(scenario.inflow.invoice_lag_days, horizon),
        lag_chances(scenario.payments.payment_lag_days, horizon),
        horizon,
    )
    by_type = []
    for code in scenario.scheme.pathway_types:
        due_within = np.cumsum(after(service_done_lag(scenario, code), wait, horizon))
        table = np.zeros((len(starts), len(ends)))
        for period, (start, end) in enumerate(zip(starts, demand.period_ends, strict=True)):
            passed = ends[None, :] - np.arange(start, end + 1)[:, None]
            known = np.clip(passed, 0, len(due_within) - 1)
            table[period] = np.where(passed >= 0, due_within[known], 0.0).mean(axis=0)
        by_type.append(table)
    executed = 1.0 - released_share(scenario)
    return np.asarray(executed * np.einsum("lk,kpd->lpd", demand.pathway_share, np.stack(by_type)), dtype=np.float64)
