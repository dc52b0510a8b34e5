"""Whole pathways and whole cents, breaking no row.

A line's plan is scaled to a whole number of pathways, its periods in proportion: what the line needs, and what it adds
to every shared row, then grows in step with that number. Each line starts from its whole number below; one more is
given by largest remainder wherever every row still holds, until the rounded total is reached; where the money ends
before that, the cheapest lines come first instead.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Arrays
from optimiser.program import Program
from scenarios.money import split

Float = NDArray[np.float64]
Int = NDArray[np.int64]

SHARED_FAMILIES = ("group_floor_pathways", "group_floor_euros", "mix_bound_min", "mix_bound_max", "mean_cost_cap")
"""Rows over the pathways of several lines; all are homogeneous (their limit is 0)."""
_SNAP = 1e-6
"""A number this near to a whole one is taken for it: what the solver leaves of a whole number."""


@dataclass(frozen=True, eq=False)
class Rounded:
    """A plan in whole pathways and cents.

    Attributes:
        pathways: one whole number a line, at most one above the plan's.
        notified_cents: one whole number a line.
        lost: whole pathways below floor(sum of the plan's) that no rounding could keep.
    """

    pathways: tuple[int, ...]
    notified_cents: tuple[int, ...]
    lost: int


def round_plan(program: Program, arrays: Arrays, columns: Float) -> Rounded:
    """Round a plan.

    Args:
        program: the programme.
        arrays: the same as arrays.
        columns: float64 (columns,), the plan.

    Returns:
        Whole pathways that keep every shared row, and the cents that pay for them and keep caps, floors and envelope.

    Source: largest remainders (Hamilton) under constraints; for the cents, inside each branch and between branches.
    """
    problem = program.problem
    lines, periods = problem.lines, problem.periods
    commit = columns[: lines * periods].reshape(lines, periods)
    planned = commit.sum(axis=1)
    money = _money_needed(program, commit)
    shared = _shared_rows(program, arrays, commit, planned)
    limits = _BranchMoney.of(program)
    start = _repaired(np.floor(planned + _SNAP).astype(np.int64), shared)
    total = int(np.floor(planned.sum() + _SNAP))
    rate = np.divide(money, planned, out=np.zeros_like(money), where=planned > 0)

    def grown(cheapest_first: bool) -> Int:
        whole = start.copy()
        most = np.ceil(planned - _SNAP).astype(np.int64)
        while whole.sum() < total:
            allowed = (whole < most) & shared.keep_one_more(whole) & limits.keep_one_more(rate * whole, rate)
            if not allowed.any():
                break
            wish = -rate if cheapest_first else planned - whole
            whole[int(np.argmax(np.where(allowed, wish, -np.inf)))] += 1
        return whole

    whole = grown(cheapest_first=False)
    if whole.sum() < total:
        # The largest remainders were too dear: the cheapest lines may still reach the total.
        other = grown(cheapest_first=True)
        whole = other if other.sum() > whole.sum() else whole
    cents = limits.cents(rate * whole * problem.unit_cents, problem.money.distributable_cents)
    return Rounded(tuple(int(n) for n in whole), cents, total - int(whole.sum()))


def _money_needed(program: Program, commit: Float) -> Float:
    """The money each line needs for its plan: the highest point of its net commitments, in units of money."""
    problem = program.problem
    cost = commit * problem.price
    net = np.cumsum(cost, axis=1) - np.einsum("ls,lst->lt", cost, problem.returned_share)
    return np.asarray(np.maximum(net.max(axis=1, initial=0.0), 0.0), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class _Shared:
    """Shared rows as "at least 0", per whole pathway of each line: float64 (rows, lines)."""

    per_pathway: Float
    slack: float

    def gap(self, whole: Int) -> Float:
        """By how much each row holds (negative: is broken), float64 (rows,)."""
        return np.asarray(self.per_pathway @ whole, dtype=np.float64)

    def keep_one_more(self, whole: Int) -> NDArray[np.bool_]:
        """For each line, whether one more pathway on it keeps (or mends) every row."""
        gap = self.gap(whole)[:, None]
        after = gap + self.per_pathway
        return np.asarray(((after >= -self.slack) | (after > gap)).all(axis=0), dtype=bool)


def _shared_rows(program: Program, arrays: Arrays, commit: Float, planned: Float) -> _Shared:
    lines, periods = commit.shape
    rows = []
    for number, row in enumerate(program.rows):
        if row.family not in SHARED_FAMILIES:
            continue
        start, end = arrays.starts[number], arrays.starts[number + 1]
        dense = np.zeros(lines * periods)
        dense[arrays.columns[start:end]] = arrays.values[start:end]
        activity = (dense.reshape(lines, periods) * commit).sum(axis=1)
        per_pathway = np.divide(activity, planned, out=np.zeros(lines), where=planned > 0)
        rows.append(per_pathway if row.sense == ">=" else -per_pathway)
    table = np.asarray(rows).reshape(len(rows), lines)
    return _Shared(table, 1e-9 * max(1.0, float(np.abs(table).max(initial=0.0)) * float(planned.sum())))


@dataclass(frozen=True, eq=False)
class _BranchMoney:
    """What bounds the money of branches, in units: float64 (branches,); the last branch holds lines of no branch."""

    branch_of_line: Int
    floor: Float
    cap: Float
    distributable: float
    unit_cents: int

    @classmethod
    def of(cls, program: Program) -> "_BranchMoney":
        problem = program.problem
        branches = len(problem.cells.branches)
        of_line = np.where(problem.cells.branch_of_line < 0, branches, problem.cells.branch_of_line)
        floor, cap = np.zeros(branches + 1), np.full(branches + 1, np.inf)
        for row in program.rows:
            if row.family in ("branch_cap", "branch_floor") and row.subject is not None:
                place = problem.cells.branches.index(row.subject)
                if row.family == "branch_cap":
                    cap[place] = min(cap[place], row.limit)
                else:
                    floor[place] = max(floor[place], row.limit)
        return cls(of_line, floor, cap, problem.in_units(problem.money.distributable_cents), problem.unit_cents)

    def keep_one_more(self, needed: Float, rate: Float) -> NDArray[np.bool_]:
        """For each line, whether one more pathway on it keeps its branch's cap and the envelope."""
        by_branch = np.bincount(self.branch_of_line, weights=needed, minlength=len(self.floor))
        held = np.maximum(by_branch, self.floor)
        grown = by_branch[self.branch_of_line] + rate
        whole = held.sum() - held[self.branch_of_line] + np.maximum(grown, self.floor[self.branch_of_line])
        tolerance = 1e-9 * max(1.0, self.distributable)
        keeps_cap = grown <= self.cap[self.branch_of_line] + tolerance
        return np.asarray(keeps_cap & (whole <= self.distributable + tolerance), dtype=bool)

    def cents(self, needed_cents: Float, distributable_cents: int) -> tuple[int, ...]:
        """Whole cents by line: needs, raised in proportion to the branch's floor, then rounded."""
        by_branch = np.bincount(self.branch_of_line, weights=needed_cents, minlength=len(self.floor))
        floor_cents = np.rint(self.floor * self.unit_cents)
        cap_cents = np.where(np.isfinite(self.cap), np.rint(self.cap * self.unit_cents), np.inf)
        held = np.minimum(np.maximum(by_branch, floor_cents), cap_cents)
        branch_cents = _largest_remainder(held, min(distributable_cents, int(np.floor(held.sum() + 0.5))))
        cents = [0] * len(needed_cents)
        for branch in range(len(self.floor)):
            lines = np.flatnonzero(self.branch_of_line == branch)
            # Weights in millionths of a cent keep the proportions through whole numbers.
            weights = [int(weight) for weight in np.rint(needed_cents[lines] * 1_000)]
            for line, part in zip(lines, split(int(branch_cents[branch]), weights) if len(lines) else [], strict=True):
                cents[int(line)] = part
        return tuple(cents)


def _largest_remainder(values: Float, total: int) -> Int:
    whole = np.floor(values + _SNAP).astype(np.int64)
    order = np.argsort(-(values - whole), kind="stable")
    short = total - int(whole.sum())
    whole[order[: max(short, 0)]] += 1
    for place in order[::-1][: max(-short, 0)]:
        whole[place] -= 1
    return whole


def _repaired(whole: Int, shared: _Shared) -> Int:
    """Take pathways away, the most harmful first, until every shared row holds (at nothing, all do)."""
    whole = whole.copy()
    while whole.sum() > 0:
        gap = shared.gap(whole)
        broken = gap < -shared.slack
        if not broken.any():
            break
        harm = np.where(whole > 0, shared.per_pathway[broken].sum(axis=0), np.inf)
        whole[int(np.argmin(harm))] -= 1
    return whole
