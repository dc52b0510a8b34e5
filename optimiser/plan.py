"""What the optimiser hands back: a plan, or a type that says why there is none."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimiser.certificate import Certificate
from optimiser.intervals import BranchInterval
from optimiser.lexicographic import Reached
from scenarios.allocation import Allocation

Float = NDArray[np.float64]


@dataclass(frozen=True)
class RowPrice:
    """What one more unit of a declared figure would change in the plan.

    Attributes:
        row, family, subject: the named row.
        binding: whether the row holds exactly at the plan.
        price: what one more `unit` of this row's figure adds to the best of the first objective, the figures of all
            other rows (caps and floors in cents among them) staying as they are; 0 where the row does not bind.
        unit: "pathways/kEUR" (thousands of the scheme's currency), "pathways/point" (of a share) or
            "pathways/(EUR/pathway)" (of the mean-cost cap), or "pathways/officer" (of the desk); "pathways" gives way
            to what another first objective counts (`WORTH_UNITS`).
        low, high: the range of the figure (cents, or a share) over which solving again gave this price within 1 %;
            None where that was not tried or did not hold on either side.
        price_left, price_right: what one unit less takes and one unit more gives, where they differ (the plan stands on
            a corner); each is `price` where it is None.
        figure: the figure of a row that binds, in its own unit (cents, a share, officers).
        change_lower, change_higher: by how much the counted pathways of the whole plan change with that figure 1 %
            lower and 1 % higher, whatever it aims at; None where the row does not bind, or no plan is left.
    """

    row: str
    family: str
    subject: str | None
    binding: bool
    price: float
    unit: str
    low: float | None = None
    high: float | None = None
    price_left: float | None = None
    price_right: float | None = None
    figure: float | None = None
    change_lower: float | None = None
    change_higher: float | None = None


@dataclass(frozen=True)
class FloorCost:
    """What a floor costs: the plan solved again without it.

    Attributes:
        row, family, subject: the floor's row.
        pathways_cost: counted pathways given up for it; at least 0 where pathways come first.
        under50_pathways_with, under50_pathways_without: counted pathways of companies under 50, None where the scheme
            has no such group.
    """

    row: str
    family: str
    subject: str | None
    pathways_cost: float
    under50_pathways_with: float | None = None
    under50_pathways_without: float | None = None


@dataclass(frozen=True, eq=False)
class Plan:
    """An optimal plan with its proof.

    Attributes:
        status: always "optimal".
        objective: counted pathways (net or committed, as the scenario says), whatever the objectives are.
        counts: what is counted.
        commit: float64 (lines, periods), expected pathways committed.
        wait, expire: the same shape, pathways left waiting at the end of the period, and given up in it.
        whole_pathways: one whole number a line: committed pathways over the horizon.
        lost_to_rounding: whole pathways that no rounding could keep, below floor(sum of commit).
        allocation: whole cents notified to each line; it pays for `whole_pathways` and keeps every declared bound.
        fee_cents, support_cents: expected gross commitment of `commit`, by what it pays for.
        prices: one entry for every row that stands for a figure of the scenario.
        floors: what floors cost.
        certificate: how far the answer is from proven optimality.
        iterations: of the solver, over all runs.
        intervals: the money each branch could get among the equally good plans.
        objectives: how far each objective was taken, in order.
        in_order_pathways: counted pathways that serving who comes, in order, delivers on mean demand with the money
            notified; below `objective` where the plan lets requests wait for lower prices.
        missed_by_rounding: names of rows that ask for pathways and whose whole part no rounding could reach.
    """

    status: Literal["optimal"]
    objective: float
    counts: Literal["net", "committed"]
    commit: Float
    wait: Float
    expire: Float
    whole_pathways: tuple[int, ...]
    lost_to_rounding: int
    allocation: Allocation
    fee_cents: int
    support_cents: int
    prices: tuple[RowPrice, ...]
    floors: tuple[FloorCost, ...]
    certificate: Certificate
    iterations: int
    missed_by_rounding: tuple[str, ...] = ()
    objectives: tuple[Reached, ...] = ()
    in_order_pathways: float | None = None
    intervals: tuple[BranchInterval, ...] = ()

    @property
    def cost_cents(self) -> int:
        """Expected gross commitment: fee and support together."""
        return self.fee_cents + self.support_cents


@dataclass(frozen=True)
class RowAtFault:
    """A row of a set that cannot hold together.

    Attributes:
        row, family, subject: the named row.
        value: the figure of the scenario behind it (cents or a share), None for rows that only keep the books.
        unit: "cents", "share", "cents_per_pathway", "officers", or "" where there is no figure.
    """

    row: str
    family: str
    subject: str | None
    value: float | None
    unit: str


@dataclass(frozen=True)
class Give:
    """A figure that gives way so that a plan exists.

    Attributes:
        row, family, subject: the row that stands for the figure.
        unit: as of `RowAtFault`.
        value: the figure as declared.
        needed: the figure with which, together with the others that give, a plan exists.
    """

    row: str
    family: str
    subject: str | None
    unit: str
    value: float
    needed: float


@dataclass(frozen=True)
class Relaxation:
    """The cheapest set of figures to change so that a plan exists, by declared weights.

    Attributes:
        gives: what changes, by how much, in the order of the programme.
        cost: the sum of weight * change, each change relative to the figure's own scale.
    """

    gives: tuple[Give, ...]
    cost: float


@dataclass(frozen=True)
class Infeasible:
    """No plan keeps all constraints; these rows cannot hold together, and without any one of them they can.

    Attributes:
        rows: the rows at fault, in the order of the programme; at least one.
        minimal: whether it was verified that each of them is needed for the conflict.
        relaxation: the cheapest way to let figures of the scenario give, None where giving way would not help.
    """

    rows: tuple[RowAtFault, ...]
    minimal: bool
    relaxation: Relaxation | None = None


@dataclass(frozen=True)
class LimitReached:
    """The solver stopped before it could prove an optimum; nothing is returned as a plan.

    Attributes:
        reason: "iterations" where the limit was reached, "certificate" where its answer did not stand the check.
        iterations: how many were made.
        gap: how far the point where it stopped may be from the best, relative to its objective; None where that point
            breaks a row or no bound is known.
    """

    reason: Literal["iterations", "certificate"]
    iterations: int
    gap: float | None = None
