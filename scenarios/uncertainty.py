"""What is asked about luck: how bad years are told, and how plans that allow for luck are made."""

from typing import Annotated

from pydantic import Field

from scenarios.settings import Settings

TailLevel = Annotated[float, Field(ge=0, le=0.99)]


class Uncertainty(Settings):
    """How luck is told."""

    tail_level: TailLevel = 0.8
    """Bad years are the worst (1 - tail_level) share of runs: 0.8 is the worst fifth."""
