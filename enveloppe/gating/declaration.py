"""What a gates file may say: thresholds as data, never expressions to be run."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.settings import Name, Settings

SCHEMA = 1

Statistic = Literal["mean", "se", "p5", "p10", "p50", "p90", "p95", "low", "high"]

_Number = Annotated[float, Field(ge=-1e15, le=1e15)]
_Positive = Annotated[float, Field(ge=0, le=1e15)]
_Rate = Annotated[float, Field(gt=0, le=0.5)]


class Bounds(Settings):
    """Where a figure must stay; money in euros, shares and probabilities between 0 and 1, all else in its unit."""

    at_least: _Number | None = None
    at_most: _Number | None = None
    at_least_eur: _Number | None = None
    at_most_eur: _Number | None = None


class Most(Settings):
    """The most that an error may be."""

    at_most: _Positive


class Further(Settings):
    """How far a figure may move."""

    more_than: _Positive | None = None
    more_than_eur: _Positive | None = None
    more_than_share: _Positive | None = None
    """Of the baseline's figure."""


class _Figure(Settings):
    """A figure of the findings: a key figure of the simulation, or `plan.` and a number of the plan."""

    name: Name
    figure: Annotated[str, Field(min_length=1, max_length=200)]
    branch: str | None = None
    size_group: str | None = None
    line: str | None = None
    year: int | None = None

    @property
    def scope(self) -> tuple[tuple[str, str | int], ...]:
        """The part of the whole that the figure is of."""
        told = ((key, getattr(self, key)) for key in ("branch", "size_group", "line", "year"))
        return tuple((key, value) for key, value in told if value is not None)


class ValueGate(_Figure):
    """A figure stays within bounds."""

    kind: Literal["value"]
    statistic: Statistic = "mean"
    warn: Bounds | None = None
    fail: Bounds | None = None


class PrecisionGate(_Figure):
    """The Monte-Carlo error of a mean is small enough: half the width of its 95 % interval.

    As a share of the mean; for a probability, in probability.
    """

    kind: Literal["precision"]
    warn: Most | None = None
    fail: Most | None = None


class MovementGate(_Figure):
    """A mean has not moved against the baseline by more than chance moves it.

    On equal input hashes any movement fails, whatever the bounds.
    """

    kind: Literal["movement"]
    warn: Further | None = None
    fail: Further | None = None
    rate: _Rate | None = None
    """How often, of honest re-runs with other seeds, this gate may fail."""
    sees_share: Annotated[float, Field(gt=0, le=10)] | None = None
    """The movement, as a share of the baseline, that this gate must be able to see in 95 of 100 cases."""


Gate = Annotated[ValueGate | PrecisionGate | MovementGate, Field(discriminator="kind")]


class Gates(Settings):
    """A gates file."""

    schema_version: Literal[1] = Field(alias="schema")
    rate: _Rate = 0.01
    """The rate of movement gates that declare none."""
    baseline: Literal["optional", "required"] = "optional"
    """Required: where none is given, gates about movement fail, unless the call says that this is the first night."""
    gates: tuple[Gate, ...] = Field(min_length=1)
