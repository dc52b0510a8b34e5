"""A branch: one of the bodies that the agreement covers."""

from typing import Annotated

from pydantic import Field

from scenarios.settings import Code, Labelled, Share


class Branch(Labelled):
    """A branch with the figures that its share of demand is taken from."""

    idcc: str | None = Field(default=None, max_length=200)
    employees: int = Field(ge=0, le=100_000_000)
    companies: int | None = Field(default=None, ge=0, le=100_000_000)
    demand_factor: Annotated[float, Field(ge=0, le=1000)] = 1.0
    """Multiplies the branch's volume of requests; 2 doubles its demand and leaves the others alone."""
    volume_dispersion: Annotated[float, Field(ge=0, le=10)] | None = None
    """Variance of this branch's yearly volume above Poisson, in place of `inflow.branch_dispersion`."""
    region_shares: dict[Code, Share] = Field(default_factory=dict)
    """How the branch's requests are spread over regions; sums to 1 where given."""
