"""What a plan may aim at, in order (model.md, section 4)."""

from typing import Annotated

from pydantic import Field

from scenarios.objective_names import ObjectiveName
from scenarios.settings import Code, Settings, Share

_Weight = Annotated[float, Field(ge=0, le=1000)]


class Objective(Settings):
    """One aim; later aims may give up to `tolerance_share` of its best value."""

    name: ObjectiveName
    tolerance_share: Share = 0.0


class PathwayWeights(Settings):
    """What a pathway counts for under `weighted_pathways`: the product of its type's, size group's and branch's weight.

    What is not named weighs 1.
    """

    pathway_types: dict[Code, _Weight] = Field(default_factory=dict)
    size_groups: dict[Code, _Weight] = Field(default_factory=dict)
    branches: dict[Code, _Weight] = Field(default_factory=dict)
