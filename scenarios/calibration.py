"""Published facts that a scenario should reproduce, told with their tolerance and source."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.settings import Code, Day, Labelled

Quantity = Literal[
    "mean_price_eur",
    "need_eur",
    "pathways_asked",
    "companies_asking",
    "pathway_type_share",
    "size_band_share",
    "group_share",
    "decision_days_median",
    "decision_days_p90",
    "exhausted_before_probability",
]


class Target(Labelled):
    """One published figure, what it is counted over, and how near the scenario must come."""

    quantity: Quantity
    unit: Annotated[str, Field(min_length=1, max_length=40)]
    population: Annotated[str, Field(min_length=1, max_length=200)]
    codes: tuple[Code, ...] = ()
    """The pathway types, size bands or size groups that a share is of, taken together."""
    day: Day | None = None
    target: Annotated[float, Field(ge=0, le=1e12)]
    tolerance: Annotated[float, Field(ge=0, le=1e12)]
    """Absolute, in the unit of the target."""
    sense: Literal["near", "at_least"] = "near"
