"""The appropriations (AE) of a run: on which days they open, and what they let lines commit in all."""

from scenarios.appropriations import opened_by
from scenarios.calendar import DAY
from scenarios.opening_money import opening_money
from scenarios.settings import share_to_basis_points
from sim.ground import Ground

UNLIMITED = -1


def openings_of(ground: Ground) -> list[tuple[int, int]]:
    """When appropriations open.

    Args:
        ground: the scenario laid out.

    Returns:
        (day's number, cents that are open from then on, over-programming included), in the order of the days, each
        once; what opened before the scheme counts on day 0. Empty where all are open from the first day.
    """
    scenario = ground.scenario
    distributable = opening_money(scenario).distributable_cents
    points = 10_000 + share_to_basis_points(scenario.committee.over_programming_share)
    days = sorted({row.day for row in scenario.constraints.commitment_openings})
    by_day = {
        max(ground.calendar.day(day), 0): opened_by(scenario, distributable, day) * points // 10_000 for day in days
    }
    return sorted(by_day.items())


def open_before(ground: Ground, minute: int) -> int:
    """What has opened before a minute, cents; UNLIMITED where all appropriations are open from the first day."""
    openings = openings_of(ground)
    if not openings:
        return UNLIMITED
    return max((cents for day, cents in openings if day * DAY < minute), default=0)
