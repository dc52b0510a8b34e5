"""What steering rules leave of the expected demand (docs/scenario-file.md, "Steering rules").

A closing keeps out what is filed after its day. A quota thins the requests that it names until they take no more than
their share of each line's expected money (or their euros over all lines): a line that runs dry has then spent exactly
the quota on them, whatever it was notified. A priority reorders who waits inside a line and changes no total.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import Calendar
from scenarios.cells import Cells
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents
from scenarios.steering import Closing, Quota

Float = NDArray[np.float64]
Mask = NDArray[np.bool_]


def named_cells(cells: Cells, rule: Closing | Quota) -> Mask:
    """The cells that a rule names: bool (branch, band, situation, type)."""
    branches = rule.branches if isinstance(rule, Closing) else None
    groups = [cells.size_groups[group] for group in cells.size_group_of_band]
    named = np.ones(cells.shape, dtype=bool)
    for axis, (wanted, codes) in enumerate(
        (
            (branches, cells.branches),
            (rule.size_groups, groups),
            (rule.situations, cells.situations),
            (rule.pathway_types, cells.pathway_types),
        )
    ):
        if wanted is not None:
            keep = np.asarray([code in wanted for code in codes], dtype=bool)
            named &= keep.reshape([-1 if place == axis else 1 for place in range(4)])
    return named


def closing_days(scenario: Scenario, calendar: Calendar) -> list[int]:
    """The numbers of the last days of all closings, ascending, each once."""
    return sorted({calendar.day(rule.last_day) for rule in scenario.steering if isinstance(rule, Closing)})


def open_share(scenario: Scenario, cells: Cells, calendar: Calendar, day: int) -> Float:
    """1 for cells that may be filed on a day, 0 for those a closing keeps out: float64 (branch, band, situation, type).

    Args:
        scenario: a checked scenario.
        cells, calendar: what was laid out from it.
        day: number of the day, 0 for the opening.

    Returns:
        The shares.
    """
    share = np.ones(cells.shape)
    for rule in scenario.steering:
        if isinstance(rule, Closing) and day > calendar.day(rule.last_day):
            share[named_cells(cells, rule)] = 0.0
    return share


def thinning(scenario: Scenario, cells: Cells, cost_cents: Float) -> Float:
    """By how much quotas thin each cell's requests.

    With q the share and C the expected cost over the horizon, a class that would take more than q of its line's cost
    keeps the factor q / (1 - q) * C_others / C_class; quotas apply in the order of the file, each to what is left.

    Args:
        scenario: a checked scenario.
        cells: what was laid out from it.
        cost_cents: float64 (branch, band, situation, type), the expected cost of all that is asked.

    Returns:
        Factors between 0 and 1, of the same shape.
    """
    factor = np.ones(cells.shape)
    for rule in scenario.steering:
        if not isinstance(rule, Quota):
            continue
        named = named_cells(cells, rule)
        cost = cost_cents * factor
        if rule.max_eur is not None:
            taken = float(cost[named].sum())
            most = float(eur_to_cents(rule.max_eur))
            if taken > most:
                factor[named] *= most / taken
        elif rule.max_share is not None and rule.max_share < 1:
            line = cells.line_of_cell
            ours = np.bincount(line[named], weights=cost[named], minlength=len(cells.lines))
            others = np.bincount(line[~named], weights=cost[~named], minlength=len(cells.lines))
            most_by_line = rule.max_share / (1 - rule.max_share) * others
            kept = np.divide(most_by_line, ours, out=np.ones_like(ours), where=ours > 0)
            factor[named] *= np.minimum(kept, 1.0)[line[named]]
    return factor
