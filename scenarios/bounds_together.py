"""Bounds on branches that no plan can keep together, by arithmetic alone: nothing is solved."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from scenarios.arrival_rate import branch_weights
from scenarios.cells import cells_of
from scenarios.constraints import BranchBound
from scenarios.opening_money import opening_money
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents


@dataclass(frozen=True)
class Apart:
    """A cap of a branch under its floor, or (no branch) the floors of all above what may be distributed.

    Attributes:
        cap: the number of the cap in `constraints.branch_caps`, from 0; None for the money that may be distributed.
        floor: the number of the floor in `constraints.branch_floors`, from 0; of all of them the first.
        branch: its code; None where it is all of them.
        floor_cents, limit_cents: what is asked for at least, and what there may be at most.
    """

    cap: int | None
    floor: int
    branch: str | None
    floor_cents: int
    limit_cents: int


def bounds_apart(scenario: Scenario) -> Iterator[Apart]:
    """Caps and floors that contradict each other.

    Args:
        scenario: a checked scenario; where its lines are not by branch nothing is bounded by branch.

    Returns:
        Branches in their order, then all of them together.
    """
    caps, floors = scenario.constraints.branch_caps, scenario.constraints.branch_floors
    if not floors or all(branch < 0 for branch in cells_of(scenario).branch_of_line):
        return
    money = opening_money(scenario).distributable_cents
    total = 0
    for code, weight in zip(scenario.branches, branch_weights(scenario), strict=True):
        asked = [(_cents(row, money, weight, ROUND_CEILING), -at) for at, row in enumerate(floors) if _names(row, code)]
        if not asked:
            continue
        least, first = max(asked)
        total += least
        allowed = [(_cents(row, money, weight, ROUND_FLOOR), at) for at, row in enumerate(caps) if _names(row, code)]
        if allowed and min(allowed)[0] < least - 1:  # rounded apart by a cent
            most, cap = min(allowed)
            yield Apart(cap, -first, code, least, most)
    if total > money + len(scenario.branches):  # each floor is rounded up to the cent
        yield Apart(None, 0, None, total, money)


def _names(bound: BranchBound, code: str) -> bool:
    return bound.branches is None or code in bound.branches


def _cents(bound: BranchBound, money: int, weight: float, rounding: str) -> int:
    """As the plan reckons a bound: floors up to the cent, caps down."""
    if bound.eur is not None:
        return eur_to_cents(bound.eur)
    share = Decimal(str(bound.share)) if bound.share is not None else Decimal(str(bound.weight_share)) * Decimal(weight)
    return int((share * money).to_integral_value(rounding))
