"""Distributions a scenario may declare, told by figures people know (mean, median, P90)."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.settings import Settings

_NonNegative = Annotated[float, Field(ge=0, le=1e6)]


class Constant(Settings):
    """Always the same value."""

    kind: Literal["constant"]
    value_of: _NonNegative = Field(alias="at")


class Uniform(Settings):
    """Equally likely between two values."""

    kind: Literal["uniform"]
    low: _NonNegative
    high: _NonNegative


class Triangular(Settings):
    """Between two values, most likely around a third."""

    kind: Literal["triangular"]
    low: _NonNegative
    mode: _NonNegative
    high: _NonNegative


class Exponential(Settings):
    """Memoryless, by its mean."""

    kind: Literal["exponential"]
    mean: Annotated[float, Field(gt=0, le=1e6)]


class LognormalMean(Settings):
    """Lognormal by its mean and the standard deviation of the logarithm."""

    kind: Literal["lognormal"]
    mean: Annotated[float, Field(gt=0, le=1e6)]
    sigma: Annotated[float, Field(ge=0, le=3)]


class LognormalQuantiles(Settings):
    """Lognormal by its median and its ninth decile."""

    kind: Literal["lognormal_quantiles"]
    median: Annotated[float, Field(gt=0, le=1e6)]
    p90: Annotated[float, Field(gt=0, le=1e6)]


Distribution = Annotated[
    Constant | Uniform | Triangular | Exponential | LognormalMean | LognormalQuantiles,
    Field(discriminator="kind"),
]
