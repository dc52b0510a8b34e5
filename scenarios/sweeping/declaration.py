"""The `sweep` section: which values are varied, over what, and how they are combined."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from scenarios.settings import Settings

MOST_VARIANTS = 100_000

Method = Literal["grid", "list", "latin_hypercube", "sobol"]
Plain = bool | int | float | date | str
"""A single value: a whole section is varied by the values in it."""


def _single(value: Any) -> Any:
    """Of what is no single value one thing is told, not one of each type that it is not."""
    if not isinstance(value, Plain):
        raise ValueError("plain_value")
    return value


_Single = Annotated[Plain, BeforeValidator(_single)]

_End = Annotated[float, Field(ge=-1e12, le=1e12)]


class Axis(Settings):
    """One value of the scenario that is varied: over `values`, or from `low` to `high`."""

    key: Annotated[str, Field(min_length=1, max_length=300)]
    """Dotted, as in `--set`; entries of lists are numbered from 0."""
    values: Annotated[tuple[_Single, ...], Field(min_length=1, max_length=MOST_VARIANTS)] | None = None
    low: _End | None = None
    high: _End | None = None
    count: Annotated[int, Field(ge=2, le=MOST_VARIANTS)] | None = None
    """In a grid: how many values, both ends among them."""
    step: Annotated[float, Field(gt=0, le=1e12)] | None = None
    """Values are `low` plus whole steps."""


class Sweep(Settings):
    """Many variants of the scenario that declares it."""

    method: Method
    points: Annotated[int, Field(ge=1, le=MOST_VARIANTS)] | None = None
    """How many variants a sample has."""
    over: tuple[Axis, ...] = Field(min_length=1)
    rivals: bool = False
    """Whether each variant lives the committee's rivals through too."""
