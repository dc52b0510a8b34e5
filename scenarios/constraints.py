"""What binds the whole plan, and how the plan cuts time (model.md, section 4)."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.settings import Code, Eur, Settings, Share


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


class Constraints(Settings):
    """What binds the whole plan."""

    branch_caps: tuple[BranchBound, ...] = ()
    branch_floors: tuple[BranchBound, ...] = ()
    group_floors: tuple[GroupFloor, ...] = ()
    mix_bounds: tuple[MixBound, ...] = ()


class Planning(Settings):
    """How the plan cuts time, and what it counts."""

    period: Literal["month", "quarter"]
    patience_periods: Annotated[int, Field(ge=0, le=120)]
    counts: Literal["net", "committed"]
