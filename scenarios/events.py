"""Dated events that a scenario declares."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.settings import Day, Settings, SignedEur


class EnvelopeChange(Settings):
    """A dated amendment of the envelope; a negative amount is a cut."""

    kind: Literal["envelope_change"]
    day: Day = Field(alias="date")
    amount_eur: SignedEur
    label: Annotated[str, Field(max_length=200)] | None = None
    announced: bool = False
    """Whether the plan of the opening knows of it; a stress to come is not announced, a voted amendment is."""
