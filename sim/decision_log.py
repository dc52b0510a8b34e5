"""The committee's log: each date and line on which money moved, with what was weighed and why it moved."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scenarios.relaxation import BOUND_NAMES
from sim.experiment import Experiment
from sim.outcome import PolicyOutcome
from sim.statistics import cents_told, estimate

Figures = dict[str, Any]
Int = NDArray[np.int64]

Reason = Literal["receives_queue", "receives_forecast", "gives_spare", "gives_dearer", "gives_share", "amendment"]
"""Why a line's money moved. It receives because more waits there than is free (`receives_queue`), or because more is
expected there than is free (`receives_forecast`). It gives what neither who waits nor who is expected needs
(`gives_spare`); or needed money too, because elsewhere it serves more pathways (`gives_dearer`) or because there is not
enough for all who wait (`gives_share`). An `amendment` is not the committee's."""


def decisions(experiment: Experiment, outcome: PolicyOutcome) -> list[Figures]:
    """The log of one policy over all runs.

    Args:
        experiment: the runs.
        outcome: of the policy.

    Returns:
        One entry a date and line on which money moved in at least one run, as docs/findings.md lays down. The reason is
        that of the mean over the runs, from the same means that stand beside it.
    """
    ground, rows = experiment.ground, []
    sits = set(ground.scenario.committee.dates)
    for number, day in enumerate(ground.dates):
        for index in ground.lines_by_key:
            changes = outcome.moves[:, number, index]
            if not changes.any():
                continue
            row: Figures = {
                "date": day.isoformat(),
                "policy": outcome.policy,
                "line": ground.cells.lines[index].key,
                "change_cents": cents_told(changes),
            }
            if day in sits and outcome.weighed:
                weighed = {name: values[:, number, index] for name, values in outcome.weighed.items()}
                row |= {name: cents_told(values) for name, values in weighed.items()}
                row["reason"] = reason_of(changes, weighed)
            else:
                row["reason"] = "amendment"
            rows.append(row)
    return rows


def reason_of(changes: Int, weighed: dict[str, Int]) -> Reason:
    """Why a line's money moved, by the sums over the runs.

    Args:
        changes: int64 (runs,), the change of its notified money.
        weighed: int64 (runs,) each: open_cents, waiting_cents and, where the policy forecasts, forecast_cents.

    Returns:
        The reason.
    """
    change, free = int(changes.sum()), int(weighed["open_cents"].sum())
    waits = int(weighed["waiting_cents"].sum())
    forecasts = "forecast_cents" in weighed
    if change >= 0:
        return "receives_forecast" if forecasts and waits <= free else "receives_queue"
    needs = waits + (int(weighed["forecast_cents"].sum()) if forecasts else 0)
    if free + change >= needs:
        return "gives_spare"
    return "gives_dearer" if forecasts else "gives_share"


def bounds_given_up(experiment: Experiment, outcome: PolicyOutcome) -> list[Figures]:
    """Where what had happened left no plan: which bounds gave way, by date and in what share of the runs.

    Args:
        experiment: the runs.
        outcome: of the policy.

    Returns:
        Rows {date, policy, bound, share: estimate}, of bounds that gave way in at least one run.
    """
    if "bounds" not in outcome.given_up:
        return []
    given = outcome.given_up["bounds"]
    return [
        {
            "date": day.isoformat(),
            "policy": outcome.policy,
            "bound": bound,
            "share": estimate(given[:, number, place].astype(np.float64), "probability"),
        }
        for number, day in enumerate(experiment.ground.dates)
        for place, bound in enumerate(BOUND_NAMES)
        if given[:, number, place].any()
    ]
