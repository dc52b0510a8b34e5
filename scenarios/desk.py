"""The desk that examines requests, and how requests wait for money."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.distributions import Distribution
from scenarios.settings import Day, EndDay, Eur, Settings, Share, Starting


class OfficerChange(Starting):
    """The number of officers from a day on, until the next change."""

    officers: Annotated[int, Field(ge=0, le=10_000)]


class Absence(Starting):
    """Officers away from a day on, up to and including another."""

    until: EndDay
    officers: Annotated[int, Field(ge=1, le=10_000)]


class Desk(Settings):
    """Officers who examine requests in working time, and what examination may find."""

    officers: Annotated[int, Field(ge=1, le=10_000)]
    officer_changes: tuple[OfficerChange, ...] = ()
    absences: tuple[Absence, ...] = ()
    """Who is away examines nothing; a file in hand is finished all the same."""
    work_minutes: Distribution
    decision_lag_days: Distribution
    """From the end of examination to the decision (signatures), in calendar days."""
    incomplete_share: Share
    resubmission_lag_days: Distribution
    discipline: Literal["fifo", "small_first"]


class Parking(Settings):
    """How requests that find no money wait."""

    patience_days: Annotated[int, Field(ge=0, le=3650)]
    blocking: Literal["head_blocks", "skip"]


class YearCeiling(Settings):
    """The payment appropriations (CP) of one fiscal year."""

    year: Annotated[int, Field(ge=1990, le=2200)]
    ceiling_eur: Eur
    carry_over_max_eur: Eur | None = None
    """The most that the plan leaves due and unpaid at the end of the year.

    Where it is not given: any amount, and nothing at the end of the last year.
    """


class EarlierDue(Settings):
    """What falls due in a fiscal year of commitments made before the scheme opened."""

    year: Annotated[int, Field(ge=1990, le=2200)]
    due_eur: Eur


class Instalment(Settings):
    """Cash that the State pays to the fund on a day: euros, or a share of what may be notified."""

    day: Day = Field(alias="date")
    share: Share | None = None
    eur: Eur | None = None


class Payments(Settings):
    """From an invoice to its payment."""

    payment_lag_days: Distribution
    year_ceilings: tuple[YearCeiling, ...] = ()
    earlier_commitments: tuple[EarlierDue, ...] = ()
    """Paid before all else out of each year's ceiling."""
    instalments: tuple[Instalment, ...] = ()
    """Where any is given, the plan lets no more fall due than cash has come by then."""
    advance_share: Share = 0.0
    """The part of a commitment that is paid ahead, a payment lag after the training starts."""
