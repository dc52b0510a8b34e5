"""The base of every section of a scenario file: strict, frozen, no unknown key, no NaN."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

LARGEST_EUR = 1e12


class Settings(BaseModel):
    """A section of a scenario: unknown keys, NaN and infinities are refused, and nothing changes after reading."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, populate_by_name=True, hide_input_in_errors=True
    )


def _whole_cents(value: float) -> float:
    if Decimal(str(value)) != Decimal(str(value)).quantize(Decimal("0.01")):
        raise ValueError("whole_cents")
    return value


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2200, 12, 31)


def _iso_date(value: Any) -> Any:
    """A quoted date is a date too, where one is expected."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and _ISO.fullmatch(value) else value
    except ValueError:
        return value


Day = Annotated[date, BeforeValidator(_iso_date), Field(ge=FIRST_DAY, le=LAST_DAY)]
"""A day of the calendar, YYYY-MM-DD, in the years 1990 to 2200."""
EndDay = Annotated[date, BeforeValidator(_iso_date), Field(ge=FIRST_DAY)]
"""The last day of something; 9999-12-31 says that it has no end."""
Eur = Annotated[float, Field(ge=0, le=LARGEST_EUR), AfterValidator(_whole_cents)]
"""Euros, at least 0, at most two decimals."""
SignedEur = Annotated[float, Field(ge=-LARGEST_EUR, le=LARGEST_EUR), AfterValidator(_whole_cents)]
"""Euros of either sign, at most two decimals."""
Share = Annotated[float, Field(ge=0, le=1)]
"""A share between 0 and 1."""
Name = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w][\w .+\-]*$")]
"""A short key: letters, digits, space, dot, plus, dash."""


def eur_to_cents(eur: float) -> int:
    """Euros as written in a file, in whole cents (half up).

    Args:
        eur: euros, at most two decimals when it comes from a checked scenario.

    Returns:
        Integer cents.
    """
    return int((Decimal(str(eur)) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def share_to_basis_points(share: float) -> int:
    """A share as written in a file, in whole basis points (1/10,000), half up."""
    return int((Decimal(str(share)) * 10_000).quantize(Decimal(1), rounding=ROUND_HALF_UP))


class Labelled(Settings):
    """Something with a name people read in each language; the code stands in where a name is missing."""

    name_fr: Name | None = None
    name_en: Name | None = None


class Starting(Settings):
    """A row in force from a date on, until the next one."""

    starts: Day = Field(alias="from")


class Dated(Starting):
    """A row in force from a date on, up to and including `until` where given."""

    until: EndDay | None = None

    def in_force(self, day: date) -> bool:
        """Whether the row holds on that day."""
        return self.starts <= day and (self.until is None or day <= self.until)


class RuleRow(Dated):
    """A dated row of the scheme with its filters; an absent filter means every value.

    Where several rows match, the one in force since the latest date wins, and among equals the later in the file.
    """

    min_employees: int | None = Field(default=None, ge=0)
    max_employees: int | None = Field(default=None, ge=0)
    situations: tuple[Code, ...] | None = None
    pathway_types: tuple[Code, ...] | None = None
    branches: tuple[Code, ...] | None = None


def label(code: str, entry: Any, language: str) -> str:
    """The name of a coded entry in a language, its code where the file gives none."""
    name = getattr(entry, f"name_{language}", None)
    return name if isinstance(name, str) else code
