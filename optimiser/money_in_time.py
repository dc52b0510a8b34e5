"""Money that comes or goes after the opening: announced amendments, and appropriations (AE) that open by date."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.demand import Demand
from scenarios.opening_money import announced_changes
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents

Float = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class MoneyInTime:
    """What changes by the end of each period.

    Attributes:
        announced_cents: one whole number a period, by how much what may be distributed has grown since the opening
            (negative: shrunk) through announced amendments.
        opened_share: float64 (periods,), appropriations opened by then as a share of what may be distributed; None
            where all of them are open from the first day.
        opened_cents: one whole number a period, what has opened by then in euros.
    """

    announced_cents: tuple[int, ...]
    opened_share: Float | None = None
    opened_cents: tuple[int, ...] = ()

    def safe_cents(self, distributable_cents: int) -> tuple[int, ...]:
        """What may be notified by the opening (first) and by the end of each period, and no later cut takes back."""
        levels = [distributable_cents, *(distributable_cents + change for change in self.announced_cents)]
        kept, least = [], levels[-1]
        for level in reversed(levels):
            least = max(min(least, level), 0)
            kept.append(least)
        return tuple(reversed(kept))

    def opened_by(self, distributable_cents: int) -> tuple[int, ...] | None:
        """Appropriations opened by the end of each period, whole cents; None where all are open from the first day."""
        if self.opened_share is None:
            return None
        shares = np.floor(self.opened_share * distributable_cents + 1e-6).astype(np.int64)
        return tuple(int(share) + cents for share, cents in zip(shares, self.opened_cents, strict=True))


def money_in_time(scenario: Scenario, demand: Demand) -> MoneyInTime:
    """The dated money of a scenario.

    Args:
        scenario: a checked scenario.
        demand: its periods; a dated amount counts from the period it falls in.

    Returns:
        MoneyInTime.
    """
    ends = [int(end) for end in demand.period_ends]
    changes = announced_changes(scenario)
    announced = tuple(sum(cents for day, cents in changes if day <= end) for end in ends)
    openings = scenario.constraints.commitment_openings
    if not openings:
        return MoneyInTime(announced)
    return MoneyInTime(
        announced,
        np.asarray([sum(row.share or 0.0 for row in openings if row.day.toordinal() <= end) for end in ends]),
        tuple(sum(eur_to_cents(row.eur or 0.0) for row in openings if row.day.toordinal() <= end) for end in ends),
    )
