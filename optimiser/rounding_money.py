"""What bounds the money of lines and branches while a plan is rounded, and the whole cents that keep it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.program import Program
from scenarios.money import split

Float = NDArray[np.float64]
Int = NDArray[np.int64]

SNAP = 1e-6
"""A number this near to a whole one is taken for it: what the solver leaves of a whole number."""


@dataclass(frozen=True, eq=False)
class MoneyBounds:
    """Bounds on notified money, in units of money.

    Attributes:
        branch_of_line: int64 (lines,); the last branch holds lines of no branch.
        branch_low, branch_high: float64 (branches + 1,), from floors and caps.
        line_low, line_high: float64 (lines,), from the notification in force.
        notifiable: what may be notified in all.
        unit_cents: cents in one unit.
    """

    branch_of_line: Int
    branch_low: Float
    branch_high: Float
    line_low: Float
    line_high: Float
    notifiable: float
    unit_cents: int

    @classmethod
    def of(cls, program: Program) -> "MoneyBounds":
        """The bounds that the rows of a programme declare."""
        problem = program.problem
        branches = len(problem.cells.branches)
        of_line = np.where(problem.cells.branch_of_line < 0, branches, problem.cells.branch_of_line)
        branch_low, branch_high = np.zeros(branches + 1), np.full(branches + 1, np.inf)
        line_low, line_high = np.zeros(problem.lines), np.full(problem.lines, np.inf)
        branch_place = {code: number for number, code in enumerate(problem.cells.branches)}
        line_place = {line.key: number for number, line in enumerate(problem.cells.lines)}
        for _, row in program.stated:
            code = row.subject or ""
            match row.family:
                case "branch_cap":
                    branch_high[branch_place[code]] = min(branch_high[branch_place[code]], row.limit)
                case "branch_floor":
                    branch_low[branch_place[code]] = max(branch_low[branch_place[code]], row.limit)
                case "notification_step_up":
                    line_high[line_place[code]] = row.limit
                case "notification_step_down":
                    line_low[line_place[code]] = row.limit
                case _:
                    pass
        notifiable = problem.in_units(problem.notifiable_cents)
        return cls(of_line, branch_low, branch_high, line_low, line_high, notifiable, problem.unit_cents)

    def keep_one_more(self, needed: Float, rate: Float) -> NDArray[np.bool_]:
        """For each line, whether one more pathway on it keeps the line's, its branch's and the whole money."""
        line_held = np.maximum(needed, self.line_low)
        by_branch = self._by_branch(line_held)
        held = np.maximum(by_branch, self.branch_low)
        one_more = np.maximum(needed + rate, self.line_low)
        branch = self.branch_of_line
        grown = by_branch[branch] - line_held + one_more
        whole = held.sum() - held[branch] + np.maximum(grown, self.branch_low[branch])
        tolerance = 1e-9 * max(1.0, self.notifiable)
        keeps = (grown <= self.branch_high[branch] + tolerance) & (needed + rate <= self.line_high + tolerance)
        return np.asarray(keeps & (whole <= self.notifiable + tolerance), dtype=bool)

    def keep(self, needed: Float) -> bool:
        """Whether needs by line (units of money, (lines,)) keep every line's, every branch's and the whole money."""
        by_branch = self._by_branch(np.maximum(needed, self.line_low))
        tolerance = 1e-9 * max(1.0, self.notifiable)
        return bool(
            (needed <= self.line_high + tolerance).all()
            and (by_branch <= self.branch_high + tolerance).all()
            and np.maximum(by_branch, self.branch_low).sum() <= self.notifiable + tolerance
        )

    def cents(self, needed_cents: Float, notifiable_cents: int) -> tuple[int, ...]:
        """Whole cents by line: needs, raised in proportion to the branch's floor, then rounded."""
        low, high = np.rint(self.line_low * self.unit_cents), self.line_high * self.unit_cents
        line_held = np.maximum(needed_cents, low)
        floor_cents = np.rint(self.branch_low * self.unit_cents)
        cap_cents = np.where(np.isfinite(self.branch_high), np.rint(self.branch_high * self.unit_cents), np.inf)
        held = np.minimum(np.maximum(self._by_branch(line_held), floor_cents), cap_cents)
        branch_cents = _largest_remainder(held, min(notifiable_cents, int(np.floor(held.sum() + 0.5))))
        cents = [0] * len(needed_cents)
        for branch in range(len(self.branch_low)):
            lines = np.flatnonzero(self.branch_of_line == branch)
            if len(lines):
                parts = _split_within(int(branch_cents[branch]), needed_cents[lines], low[lines], high[lines])
                for line, part in zip(lines, parts, strict=True):
                    cents[int(line)] = part
        return tuple(cents)

    def _by_branch(self, lines: Float) -> Float:
        totals = np.bincount(self.branch_of_line, weights=lines, minlength=len(self.branch_low))
        return np.asarray(totals, dtype=np.float64)


def _split_within(total: int, needed_cents: Float, low: Float, high: Float) -> list[int]:
    """Split cents in proportion to needs; a line that would leave its bounds stays at them, and the rest is split."""
    parts = [0] * len(needed_cents)
    left, free = total, list(range(len(needed_cents)))
    while free:
        # Weights in thousandths of a cent keep the proportions through whole numbers.
        shared = split(left, [int(np.rint(needed_cents[line] * 1_000)) for line in free])
        lacking = {line: int(low[line]) for line, part in zip(free, shared, strict=True) if part < low[line]}
        beyond = {
            line: int(np.floor(high[line] + SNAP)) for line, part in zip(free, shared, strict=True) if part > high[line]
        }
        fixed = lacking or beyond
        if not fixed or len(fixed) == len(free):
            for line, part in zip(free, shared, strict=True):
                parts[line] = fixed.get(line, part)
            break
        for line, cents in fixed.items():
            parts[line] = cents
            left -= cents
        free = [line for line in free if line not in fixed]
    return parts


def _largest_remainder(values: Float, total: int) -> Int:
    whole = np.floor(values + SNAP).astype(np.int64)
    order = np.argsort(-(values - whole), kind="stable")
    short = total - int(whole.sum())
    whole[order[: max(short, 0)]] += 1
    for place in order[::-1][: max(-short, 0)]:
        whole[place] -= 1
    return whole
