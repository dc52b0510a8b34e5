"""The scheme: who is entitled, what the fund pays, when (model.md, section 1)."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.settings import Code, Dated, Eur, Labelled, RuleRow, Settings, Share


class SizeBand(Labelled):
    """A band of company size, cut at every threshold that any rule uses."""

    min_employees: int = Field(ge=0)
    max_employees: int | None = Field(default=None, ge=0)
    group: Code


class Situation(Labelled):
    """The state a company is in (short-time work, in difficulty, ...)."""


class PathwayType(Labelled):
    """The kind of a training pathway."""


class Regime(Dated):
    """A legal basis of the aid, open between two dates."""


class Rate(RuleRow):
    """The share of the training fee that the fund pays under a regime."""

    regime: Code
    rate_share: Share


class HourCap(RuleRow):
    """The highest fee per hour that the fund recognises."""

    cap_eur_per_hour: Eur


class UnitCap(RuleRow):
    """The highest fee that the fund pays for one pathway."""

    cap_eur: Eur


class SupportShare(RuleRow):
    """The share of pay that the fund takes over (sigma), before the ceiling."""

    support_share: Share


class SupportCeiling(RuleRow):
    """The highest hourly pay that support is computed on."""

    ceiling_eur_per_hour: Eur


class PaySupport(Settings):
    """Pay of trainees: who pays it, for whom, how much, when."""

    payer: Literal["envelope", "other", "none"]
    max_employees: int | None = Field(default=None, ge=0)
    excluded_situations: tuple[Code, ...] = ()
    opening: tuple[Dated, ...]
    shares: tuple[SupportShare, ...]
    ceilings: tuple[SupportCeiling, ...]


class SupportTier(Settings):
    """One share of pay that the plan may choose, and how many more or fewer would then ask, by size group."""

    support_share: Share
    demand_factors: dict[Code, Annotated[float, Field(ge=0, le=100)]] = Field(default_factory=dict)


class CompanyAidCeiling(Dated):
    """State aid that one company may receive in all under the framework."""

    ceiling_eur: Eur


class ManagementFee(Settings):
    """The fund's running costs, a share of a declared base."""

    fee_share: Share
    base: Literal["authorised", "committed", "paid"]


class Scheme(Settings):
    """Everything that says what the fund pays for one trainee."""

    size_bands: dict[Code, SizeBand] = Field(min_length=1)
    situations: dict[Code, Situation] = Field(min_length=1)
    pathway_types: dict[Code, PathwayType] = Field(min_length=1)
    regimes: dict[Code, Regime] = Field(min_length=1)
    regime_choice: Code
    price_date: Literal["filing", "commitment", "start"]
    rates: tuple[Rate, ...] = Field(min_length=1)
    hour_caps: tuple[HourCap, ...] = ()
    unit_caps: tuple[UnitCap, ...] = ()
    mean_cost_cap_eur: Eur | None = None
    pay_support: PaySupport
    pay_support_tiers: tuple[SupportTier, ...] = ()
    """Where any is given, the plan chooses among them; the chosen one takes the place of `pay_support.shares`."""
    company_aid_ceilings: tuple[CompanyAidCeiling, ...] = ()
    management_fee: ManagementFee

    @property
    def size_groups(self) -> tuple[str, ...]:
        """The groups of size bands, in the order of the bands."""
        return tuple(dict.fromkeys(band.group for band in self.size_bands.values()))

    @property
    def under50_groups(self) -> tuple[int, ...]:
        """Indices of the size groups whose every band lies under 50 employees."""
        bands = self.size_bands.values()
        return tuple(
            number
            for number, group in enumerate(self.size_groups)
            if all(band.max_employees is not None and band.max_employees < 50 for band in bands if band.group == group)
        )
