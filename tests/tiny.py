"""Small scenarios for tests, and an allocation that needs no plan."""

from pathlib import Path

from scenarios.allocation import Allocation
from scenarios.arrival_rate import branch_volumes
from scenarios.cells import cells_of
from scenarios.loading import load
from scenarios.money import split
from scenarios.opening_money import opening_money
from scenarios.scenario import Scenario

TINY = Path(__file__).parent / "questions" / "tiny.yaml"


def tiny(*overrides: str) -> Scenario:
    """The tiny scenario, with values overridden as by `--set` ("envelope_eur=1000", "parking.blocking=skip")."""
    return load(str(TINY), overrides).scenario


def by_demand(scenario: Scenario) -> Allocation:
    """All that may be distributed, split over lines in proportion to their branch's expected requests."""
    cells = cells_of(scenario)
    volumes = branch_volumes(scenario)
    weights = [round(1000 * volumes[branch]) if branch >= 0 else 1 for branch in cells.branch_of_line]
    return Allocation(tuple(split(opening_money(scenario).distributable_cents, weights)))
