"""Appropriations (AE) that open by date: how much may be committed by when (docs/scenario-file.md)."""

import math
from datetime import date

from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents


def opened_by(scenario: Scenario, distributable_cents: int, day: date) -> int:
    """Appropriations that have opened by the end of a day.

    Args:
        scenario: a checked scenario that declares openings.
        distributable_cents: what openings by share are a share of.
        day: the day.

    Returns:
        Cents, shares added up before they are rounded down.
    """
    rows = [row for row in scenario.constraints.commitment_openings if row.day <= day]
    share = sum(row.share or 0.0 for row in rows)
    return math.floor(share * distributable_cents + 1e-6) + sum(eur_to_cents(row.eur or 0.0) for row in rows)
