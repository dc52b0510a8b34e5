"""Which dated events happened in how many runs, and what became of the envelope."""

from typing import Any

import numpy as np

from scenarios.event_luck import which_happen
from scenarios.events import EnvelopeChange
from scenarios.settings import eur_to_cents
from sim.experiment import Experiment
from sim.statistics import estimate


def lived_events(experiment: Experiment) -> list[dict[str, Any]]:
    """Every dated event with the share of the runs in which it happened.

    Args:
        experiment: its runs.

    Returns:
        Rows {date, kind, label?, happened: estimate, change_cents?: estimate} in the order of the dates, as the
        findings' `scenario.events`; `change_cents` of an amendment is its mean over all runs, those without it
        included.
    """
    events = experiment.ground.scenario.events
    happened = np.asarray([which_happen(experiment.ground.scenario, run) for run in range(experiment.runs)], dtype=bool)
    rows = []
    for number in sorted(range(len(events)), key=lambda place: events[place].day):
        event, came = events[number], happened[:, number].astype(np.float64)
        row: dict[str, Any] = {"date": event.day.isoformat(), "kind": event.kind}
        if event.label:
            row["label"] = event.label
        row["happened"] = estimate(came, "probability")
        if isinstance(event, EnvelopeChange):
            row["change_cents"] = estimate(came * eur_to_cents(event.amount_eur), "cents")
        rows.append(row)
    return rows
