"""Which bounds may give way where no plan keeps them all, and how dearly."""

from collections.abc import Iterable
from typing import Annotated, Literal, get_args

from pydantic import Field

from scenarios.settings import Settings

BoundName = Literal[
    "envelope",
    "branch_cap",
    "branch_floor",
    "group_floor",
    "mix_bound",
    "mean_cost_cap",
    "region_floor",
    "region_cap",
    "service_floor",
    "notification_step",
    "desk_capacity",
    "payments_by_year",
    "instalments",
    "commitments_by_date",
]
BOUND_NAMES: tuple[BoundName, ...] = get_args(BoundName)
Standing = Literal["law", "agreement", "target"]


class GivingWay(Settings):
    """What stands behind the bounds of one kind: law never gives; the others do, for their weight.

    A figure moved by its own size costs its weight; the cheapest change in all is told.
    """

    bound: BoundName
    standing: Standing
    weight: Annotated[float, Field(gt=0, le=1_000_000)] | None = None


def stands_for(bound: str, family: str) -> bool:
    """Whether a bound's name stands for a family of rows: `mix_bound` for `mix_bound_min` and `mix_bound_max`."""
    return family == bound or family.startswith(f"{bound}_")


def bounds_of(families: Iterable[str]) -> tuple[BoundName, ...]:
    """The bounds that families of rows belong to, in the order of their names; a family of none is left out."""
    known = list(families)
    return tuple(bound for bound in BOUND_NAMES if any(stands_for(bound, family) for family in known))
