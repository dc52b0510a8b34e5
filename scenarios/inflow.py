"""What may come: volumes, season, shocks and the attributes of a request (model.md, section 2)."""

from typing import Annotated

from pydantic import Field

from scenarios.distributions import Distribution
from scenarios.settings import Code, Dated, Day, Settings, Share, Starting

_Weight = Annotated[float, Field(ge=0, le=1000)]


class DatedShares(Starting):
    """Shares that add up to 1, in force from a date until the next row's."""

    shares: dict[Code, Share] = Field(min_length=1)


class SizeShares(Settings):
    """The size mix of requests at the opening and at the filing deadline, straight in between (drift)."""

    at_opening: dict[Code, Share] = Field(min_length=1)
    at_deadline: dict[Code, Share] = Field(min_length=1)


class EconomicFactor(Dated):
    """Multiplies the rate of requests while in force, of the branches it names (of all where it names none)."""

    factor: Annotated[float, Field(ge=0, le=100)]
    branches: tuple[Code, ...] | None = None


class RampUp(Settings):
    """The rate grows straight from `initial_share` at the opening to 1 after `days`."""

    days: Annotated[int, Field(ge=0, le=1000)]
    initial_share: Share


class DeadlineRush(Settings):
    """The rate grows straight by `extra_share` over the last `days` before the filing deadline."""

    days: Annotated[int, Field(ge=0, le=1000)]
    extra_share: Annotated[float, Field(ge=0, le=20)]


class CommonFactor(Settings):
    """A monthly AR(1) factor shared by all branches; its mean is 1."""

    monthly_sd: Annotated[float, Field(ge=0, le=2)]
    autocorrelation: Annotated[float, Field(gt=-1, lt=1)]


class PathwayAttributes(Settings):
    """Hours, fee and length of a pathway of one type."""

    hours: Distribution
    fee_eur_per_hour: Distribution
    duration_days: Distribution


class UncertainParameters(Settings):
    """Multipliers of mean 1, drawn once a run, apart from the luck of requests."""

    volume: Distribution
    hours: Distribution
    fee_per_hour: Distribution


class Inflow(Settings):
    """The process of requests and what each of them carries."""

    requests_per_year: Annotated[float, Field(ge=0, le=2_000_000)]
    volume_factor: _Weight = 1.0
    hours_factor: Annotated[float, Field(gt=0, le=100)] = 1.0
    fee_factor: Annotated[float, Field(gt=0, le=100)] = 1.0
    month_weights: tuple[_Weight, ...] = Field(min_length=12, max_length=12)
    holidays_country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    holidays_subdivision: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    """A part of the country with public holidays of its own, by its code in the holidays library."""
    office_opens_hour: Annotated[int, Field(ge=0, le=23)]
    office_closes_hour: Annotated[int, Field(ge=1, le=24)]
    ramp_up: RampUp
    deadline_rush: DeadlineRush
    economic_factors: tuple[EconomicFactor, ...] = ()
    branch_dispersion: Annotated[float, Field(ge=0, le=10)]
    """Variance of a branch's yearly volume above Poisson: var = mean + dispersion * mean² (negative binomial)."""
    branch_correlation: Annotated[float, Field(ge=0, lt=1)]
    common_factor: CommonFactor
    size_group_factors: dict[Code, _Weight] = Field(default_factory=dict)
    """Multiplies the requests of a size group and leaves the others alone; 1 where a group is not named."""
    companies_in_reach: Annotated[int, Field(ge=1, le=10_000_000)]
    company_size_shares: dict[Code, Share] = Field(min_length=1)
    size_shares: SizeShares
    situation_shares: tuple[DatedShares, ...] = Field(min_length=1)
    pathway_shares: tuple[DatedShares, ...] = Field(min_length=1)
    trainees: Distribution
    pathways: dict[Code, PathwayAttributes] = Field(min_length=1)
    pay_eur_per_hour: Distribution
    ineligible_share: Share
    start_lag_days: Distribution
    drop_out_share: Share
    executed_share: Distribution
    invoice_lag_days: Distribution
    prior_aid_eur: Distribution | None = None
    """State aid that a company had under the framework before the opening; none where it is not given."""
    uncertain: UncertainParameters


class Windows(Settings):
    """The dates between which things may happen; each is the last day on which they may."""

    opens: Day
    filing_deadline: Day
    commitment_deadline: Day
    execution_deadline: Day
    last_payment: Day
