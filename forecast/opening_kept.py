"""Whether the base's opening ramp-up and deadline rush stand beside a fitted year, or are inside it already."""

from forecast.fitted import Written
from forecast.history import History
from scenarios.inflow import DeadlineRush, Inflow, RampUp
from scenarios.scenario import Scenario

WHOLE_YEAR = 365
"""Days of history from which the fitted weights of the months hold the shape of a whole year."""
BEFORE_OPENING = 31
"""A history that begins so many days or more before the base opens is another scheme's, or this one's running on."""


def bends(inflow: Inflow) -> bool:
    """Whether a scenario bends its year at the opening or the deadline at all."""
    ramp, rush = inflow.ramp_up, inflow.deadline_rush
    return (ramp.days > 0 and ramp.initial_share < 1) or (rush.days > 0 and rush.extra_share > 0)


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
    return days >= WHOLE_YEAR and history.first_day <= scenario.windows.opens.toordinal() - BEFORE_OPENING


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
