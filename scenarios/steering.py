"""Steering rules that a desk can execute: quotas, priorities and dated closings (docs/scenario-file.md)."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.settings import Code, Day, Eur, Settings, Share


class Quota(Settings):
    """What the requests it names may take at most: a share of each line's money, or euros over all lines together."""

    kind: Literal["quota"]
    pathway_types: tuple[Code, ...] | None = None
    situations: tuple[Code, ...] | None = None
    size_groups: tuple[Code, ...] | None = None
    max_share: Share | None = None
    max_eur: Eur | None = None


class Priority(Settings):
    """The order in which parked requests of a line are tried again: by the place of their code, then first come."""

    kind: Literal["priority"]
    by: Literal["size_group", "situation", "pathway"]
    first: tuple[Code, ...] = Field(min_length=1)
    """Codes, the first served first; codes that are not named come after."""


class Closing(Settings):
    """The requests it names are refused when filed after a day; all requests where it names none."""

    kind: Literal["closing"]
    last_day: Day
    branches: tuple[Code, ...] | None = None
    pathway_types: tuple[Code, ...] | None = None
    situations: tuple[Code, ...] | None = None
    size_groups: tuple[Code, ...] | None = None


SteeringRule = Annotated[Quota | Priority | Closing, Field(discriminator="kind")]
