"""Dated events that a scenario declares: one small class a kind, listed at the end."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.settings import Code, Day, EndDay, Settings, Share, SignedEur

When = Annotated[Day, Field(alias="date")]
Label = Annotated[str, Field(max_length=200)] | None
Announced = Annotated[bool, Field(description="whether the plan of the opening knows of it")]
"""A stress to come is not announced, a voted amendment is. All events say these three; each class in full, so that a
file is shown in the order that people write it in: what, when, how much, and what to call it."""


class EnvelopeChange(Settings):
    """A dated amendment of the envelope; a negative amount is a cut.

    With a `probability` it happens in that share of the runs, each run by its own luck; a plan that knows of it takes
    its expectation.
    """

    kind: Literal["envelope_change"]
    day: When
    amount_eur: SignedEur
    probability: Share = 1.0
    label: Label = None
    announced: Announced = False


class RateChange(Settings):
    """One more dated row of the scheme's rates, in force from the day on, up to and including `until` where given.

    It holds under every regime where it names none. As among the scheme's own rows, the one in force since the latest
    date wins, and among equals the event does.
    """

    kind: Literal["rate_change"]
    day: When
    until: EndDay | None = None
    regime: Code | None = None
    min_employees: int | None = Field(default=None, ge=0)
    max_employees: int | None = Field(default=None, ge=0)
    situations: tuple[Code, ...] | None = None
    pathway_types: tuple[Code, ...] | None = None
    branches: tuple[Code, ...] | None = None
    rate_share: Share
    label: Label = None
    announced: Announced = False


class SupportSuspended(Settings):
    """No pay support from the day on, up to and including `until` where given, whatever the scheme says."""

    kind: Literal["support_suspended"]
    day: When
    until: EndDay | None = None
    label: Label = None
    announced: Announced = False


class SupportReopened(Settings):
    """Pay support is open again.

    Without `until` the scheme's own windows hold again, and where they are closed on the day support is opened from it
    on. With `until` it is open from the day up to and including that one, whatever the scheme says.
    """

    kind: Literal["support_reopened"]
    day: When
    until: EndDay | None = None
    label: Label = None
    announced: Announced = False


class DemandShock(Settings):
    """Multiplies the rate of requests of some branches (of all where it names none) while in force."""

    kind: Literal["demand_shock"]
    day: When
    until: EndDay | None = None
    factor: Annotated[float, Field(ge=0, le=100)]
    branches: tuple[Code, ...] | None = None
    label: Label = None
    announced: Announced = False


class OfficersChange(Settings):
    """So many officers more at the desk from the day on; fewer where negative."""

    kind: Literal["officers_change"]
    day: When
    officers: Annotated[int, Field(ge=-10_000, le=10_000)]
    label: Label = None
    announced: Announced = False


class InstalmentLate(Settings):
    """The State's instalments of the day come so many days late."""

    kind: Literal["instalment_late"]
    day: When
    late_days: Annotated[int, Field(ge=0, le=3650)]
    label: Label = None
    announced: Announced = False


Event = Annotated[
    EnvelopeChange | RateChange | SupportSuspended | SupportReopened | DemandShock | OfficersChange | InstalmentLate,
    Field(discriminator="kind"),
]
