"""The State's cash month by month: what came, what was paid, what waits, what is left."""

from typing import Any

import numpy as np

from scenarios.calendar import DAY
from sim.experiment import Experiment
from sim.outcome import PolicyOutcome
from sim.statistics import cents_told
from sim.treasury import instalments_of


def cash_told(experiment: Experiment, outcome: PolicyOutcome) -> dict[str, Any]:
    """The `cash` rows of docs/findings.md; nothing where the scenario declares no instalment.

    Args:
        experiment: its runs.
        outcome: what a policy did with them.

    Returns:
        `{"cash": [...]}`, cumulative from the opening to the end of each month, or `{}`.
    """
    ground = experiment.ground
    if not ground.scenario.payments.instalments:
        return {}
    months, calendar = ground.calendar.months, ground.calendar
    came = np.zeros(len(months), dtype=np.int64)
    for day, cents in instalments_of(ground):
        if day * DAY < ground.horizon:
            came[calendar.month_of_day[day]] += cents
    received = np.cumsum(came)
    last_day = np.searchsorted(calendar.month_of_day, np.arange(len(months)), side="right") - 1
    paid, due = outcome.by_month["paid_cents"], outcome.by_month["due_cents"]
    rows = []
    for index, month in enumerate(months):
        earlier = ground.earlier_by_day[int(last_day[index])]
        row: dict[str, Any] = {"month": month, "received_cents": int(received[index])}
        if ground.scenario.payments.earlier_commitments:
            row["earlier_cents"] = earlier
        row["paid_cents"] = cents_told(paid[:, index])
        row["due_unpaid_cents"] = cents_told(due[:, index] - paid[:, index])
        row["left_cents"] = cents_told(received[index] - earlier - paid[:, index])
        rows.append(row)
    return {"cash": rows}
