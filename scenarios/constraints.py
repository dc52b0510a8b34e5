"""What binds the whole plan, and how the plan cuts time (model.md, section 4)."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.objectives import Objective, PathwayWeights
from scenarios.relaxation import GivingWay
from scenarios.settings import Code, Day, Eur, Settings, Share


class BranchBound(Settings):
    """A bound on the money notified to each of some branches (all where none is named).

    `share` is of the distributable money; `weight_share` is of the branch's headcount share of it; `eur` is euros.
    """

    branches: tuple[Code, ...] | None = None
    share: Share | None = None
    weight_share: Annotated[float, Field(ge=0, le=1000)] | None = None
    eur: Eur | None = None


class GroupFloor(Settings):
    """The least share of pathways or of euros that a size group gets."""

    size_group: Code
    pathway_share: Share | None = None
    euro_share: Share | None = None


class MixBound(Settings):
    """Bounds on the share of served pathways of some types or in some situations."""

    pathway_types: tuple[Code, ...] | None = None
    situations: tuple[Code, ...] | None = None
    min_share: Share | None = None
    max_share: Share | None = None


class CommitmentOpening(Settings):
    """A part of the commitment appropriations (AE) that opens on a day: euros, or a share of what may be notified."""

    day: Day = Field(alias="date")
    share: Share | None = None
    eur: Eur | None = None


class RegionFloor(Settings):
    """The least share of served pathways that a region gets, by the branches' declared region shares."""

    region: Code
    pathway_share: Share


class RegionCap(Settings):
    """The greatest share of served pathways that a region gets, by the branches' declared region shares."""

    region: Code
    pathway_share: Share


class Constraints(Settings):
    """What binds the whole plan."""

    branch_caps: tuple[BranchBound, ...] = ()
    branch_floors: tuple[BranchBound, ...] = ()
    group_floors: tuple[GroupFloor, ...] = ()
    mix_bounds: tuple[MixBound, ...] = ()
    region_floors: tuple[RegionFloor, ...] = ()
    region_caps: tuple[RegionCap, ...] = ()
    commitment_openings: tuple[CommitmentOpening, ...] = ()
    """Where any is given, no more is committed by the end of a period than has opened by then."""
    service_floor_share: Share | None = None
    """Every branch is served at least this share of what it asks for."""
    desk_capacity: bool = False
    """Whether the plan commits no more than the desk's officers can have examined by then."""
    notification_step_share: Annotated[float, Field(ge=0, le=1000)] | None = None
    """The most that a line's money may move from its notification in force, as a share of it."""


class NotificationInForce(Settings):
    """The money that a line holds by the last notification, named as plans name lines ("chimie/under_50")."""

    line: Annotated[str, Field(min_length=1, max_length=400)]
    notified_eur: Eur


class Planning(Settings):
    """How the plan cuts time, what it counts and what it aims at."""

    period: Literal["month", "quarter"]
    patience_periods: Annotated[int, Field(ge=0, le=120)]
    counts: Literal["net", "committed"]
    objectives: tuple[Objective, ...] = Field(default=(Objective(name="pathways"),), min_length=1)
    """What the plan aims at, the first before the second and so on."""
    weights: PathwayWeights = PathwayWeights()
    returns_serve_waiting: bool = False
    """Whether the plan may serve who waits only with money that was not there before, as a desk does."""
    notifications_in_force: tuple[NotificationInForce, ...] = ()
    relaxation: tuple[GivingWay, ...] = ()
    """Which bounds may give way where no plan keeps them all; what is not named stands as in the shipped agreement."""
