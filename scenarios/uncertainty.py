"""What is asked about luck: how bad years are told, how plans that allow for luck are made, what is compared."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.committee import Policy
from scenarios.settings import Eur, Settings, Share

TailLevel = Annotated[float, Field(ge=0, le=0.99)]
CalendarName = Literal["none", "half_year", "quarter", "month"]
"""How often the committee of the policy table may move money."""


class Range(Settings):
    """Between which values a figure of the scenario may lie, for the sensitivity of the projection."""

    key: Annotated[str, Field(min_length=1, max_length=400)]
    """Dotted, as in `--set`."""
    low: Annotated[float, Field(ge=-1e12, le=1e12)]
    high: Annotated[float, Field(ge=-1e12, le=1e12)]


class Uncertainty(Settings):
    """How luck is told and allowed for; what is left out has the value below."""

    tail_level: TailLevel = 0.8
    """Bad years are the worst (1 - tail_level) share of runs: 0.8 is the worst fifth."""
    tail_weight: Share = 0.0
    """How much bad years count in the plan under uncertainty: 0 aims at the mean, 1 at bad years alone."""
    planned_runs: Annotated[int, Field(ge=10, le=2000)] = 100
    """How many runs the plan under uncertainty is made on."""
    replications: Annotated[int, Field(ge=2, le=30)] = 4
    """How many further samples say how far it may be from the best."""
    wanted_gap_share: Annotated[float, Field(gt=0, le=1)] | None = None
    """Runs are doubled until the plan is proven to be this near to the best."""
    payments_excess_eur: Eur | None = None
    """What may fall due beyond a year's appropriations (CP), on average in bad years; nothing in any run without it."""
    policies: tuple[Policy, ...] = ()
    """Of the policy table; none: the committee's policy and its rivals."""
    calendars: tuple[CalendarName, ...] = ("none", "half_year", "quarter", "month")
    policy_runs: Annotated[int, Field(ge=0, le=100_000)] = 50
    """Runs of the policy table; 0 leaves it out."""
    ranges: tuple[Range, ...] = ()
    """What the sensitivity of the projection is measured over; none leaves it out."""
    sensitivity_runs: Annotated[int, Field(ge=1, le=10_000)] = 4
    """Runs lived through at each point of the ranges."""
    sensitivity_points: Annotated[int, Field(ge=2, le=4096)] = 16
    """Base of the Sobol sample, a power of two: (ranges + 2) times as many points are lived through."""
