"""Which bounds may give way where no plan keeps them all, and how dearly."""

from typing import Annotated, Literal

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
Standing = Literal["law", "agreement", "target"]


class GivingWay(Settings):
    """What stands behind the bounds of one kind: law never gives; the others do, for their weight.

    A figure moved by its own size costs its weight; the cheapest change in all is told.
    """

    bound: BoundName
    standing: Standing
    weight: Annotated[float, Field(gt=0, le=1_000_000)] | None = None
