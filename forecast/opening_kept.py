"""Whether the base's opening ramp-up and deadline rush stand beside a fitted year, or are inside it already."""

import numpy as np

from forecast.fitted import Written
from forecast.history import History
from scenarios.inflow import DeadlineRush, Inflow, RampUp
from scenarios.scenario import Scenario

WHOLE_YEAR = 365
"""Days of history from which the fitted weights of the months hold the shape of a whole year."""
BEFORE_OPENING = 31
"""Requests filed so many days or more before the base opens are another scheme's, or this one's running on."""
EARLY_SHARE = 0.05
"""The share of such requests from which the history is taken for that of a running scheme."""


def opens_slowly(inflow: Inflow) -> bool:
    """Whether a scenario's requests begin below their usual rate."""
    return inflow.ramp_up.days > 0 and inflow.ramp_up.initial_share < 1


def rushes(inflow: Inflow) -> bool:
    """Whether a scenario's requests rise before the deadline."""
    return inflow.deadline_rush.days > 0 and inflow.deadline_rush.extra_share > 0


def bends(inflow: Inflow) -> bool:
    """Whether a scenario bends its year at the opening or the deadline at all."""
    return opens_slowly(inflow) or rushes(inflow)


def runs_on(history: History, scenario: Scenario) -> bool:
    """Whether a history shows whole years of a scheme that was running before the base opened.

    Its year has no opening in it, and whatever rush it has is in the weights of its months: to bend the fitted year
    once more would count it twice. A history that begins with the base's own opening is of that scheme, and one
    shorter than a year says too little of its shape: both keep the base's.

    Args:
        history: clean requests.
        scenario: the base.
    """
    days = history.last_day - history.first_day + 1
    # One early date may be a slip; one request in twenty is not.
    early = float(np.mean(history.filed <= scenario.windows.opens.toordinal() - BEFORE_OPENING))
    return days >= WHOLE_YEAR and early >= EARLY_SHARE


def fitting_base(history: History, scenario: Scenario) -> Scenario:
    """What a history is fitted and tested with: the base, without opening and rush where its scheme was running."""
    return without_opening(scenario) if bends(scenario.inflow) and runs_on(history, scenario) else scenario


def without_opening(scenario: Scenario) -> Scenario:
    """The same scenario with a year that neither starts slowly nor ends in a rush."""
    none = {"ramp_up": RampUp(days=0, initial_share=1.0), "deadline_rush": DeadlineRush(days=0, extra_share=0.0)}
    return scenario.model_copy(update={"inflow": scenario.inflow.model_copy(update=none)})


def written_opening(history: History) -> list[Written]:
    """No ramp-up and no rush, as values of the scenario."""
    days = history.last_day - history.first_day + 1
    source = f"{days} days of a running scheme: what its year looks like is in the weights of its months"
    return [
        Written(("inflow", "ramp_up"), {"days": 0, "initial_share": 1.0}, source),
        Written(("inflow", "deadline_rush"), {"days": 0, "extra_share": 0.0}, source),
    ]
