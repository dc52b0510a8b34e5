"""The desk's decision lag of a scenario given the requests to date.

Source: Kaplan and Meier (1958), "Nonparametric estimation from incomplete observations", JASA 53, 457-481.
"""

import numpy as np

from forecast.history import History
from forecast.survival import median_of_censored
from scenarios.scenario import Scenario
from scenarios.variates import integer_table, mean_of

LEAST_DECISIONS = 30
"""With fewer decisions the declared lag stands."""


def delays_conditioned(changed: Scenario, history: History) -> Scenario:
    """Stretch the desk's lag by how the decisions so far compare with what the scenario declares.

    Args:
        changed: the scenario to be changed.
        history: the requests to date; those still waiting count for as long as they have waited.

    Returns:
        The scenario with another law of the lag from completeness to decision; itself while few are decided on.
    """
    desk = changed.desk
    known = history.decided > 0
    waited = np.where(known, history.decided, history.last_day) - history.filed
    if known.sum() < LEAST_DECISIONS:
        return changed
    middle = median_of_censored(np.maximum(waited, 0), known)
    usual = float(np.median(integer_table(desk.decision_lag_days, 1000))) / 1000
    again = desk.incomplete_share * mean_of(desk.resubmission_lag_days)
    if middle is None or usual <= 0:
        return changed
    ratio = min(max(middle / (usual + again), 0.2), 5.0)
    law = desk.decision_lag_days
    stretched = law.model_copy(
        update={
            name: value * ratio
            for name, value in law.model_dump().items()
            if isinstance(value, int | float) and name != "sigma"
        }
    )
    return changed.model_copy(update={"desk": desk.model_copy(update={"decision_lag_days": stretched})})
