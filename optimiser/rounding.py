"""Whole pathways and whole cents, breaking no row.

A line's plan is scaled to a whole number of pathways, its periods in proportion: what the line needs, and what it adds
to every shared row, then grows in step with that number. Each line starts from its whole number below; one more is
given by largest remainder wherever every row still holds, until the rounded total is reached; where that ends short of
it, the cheapest lines come first instead, or rows are mended by adding first, and the best is kept; where all of these
lose more than one, whole numbers near the plan are searched for. A row that asks for a number of pathways asks for its
whole part.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Arrays
from optimiser.program import Program
from optimiser.rounding_money import SNAP, MoneyBounds
from optimiser.rounding_search import best_whole

Float = NDArray[np.float64]
Int = NDArray[np.int64]

MOST_FOR_PAIRS = 256
"""Lines up to which two are tried together where no single one can be given a pathway more."""
MOST_FOR_SEARCH = 256
"""Lines up to which losing two whole pathways is enough to search; beyond, only losing one in eight lines."""


@dataclass(frozen=True, eq=False)
class Rounded:
    """A plan in whole pathways and cents.

    Attributes:
        pathways: one whole number a line, at most one above the plan's.
        notified_cents: one whole number a line.
        lost: whole pathways below floor(sum of the plan's) that no rounding could keep.
        missed: names of rows that ask for pathways and whose whole part could not be reached.
    """

    pathways: tuple[int, ...]
    notified_cents: tuple[int, ...]
    lost: int
    missed: tuple[str, ...] = ()


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
    limits = MoneyBounds.of(program)
    below = np.floor(planned + SNAP).astype(np.int64)
    total = int(np.floor(planned.sum() + SNAP))
    rate = np.divide(money, planned, out=np.zeros_like(money), where=planned > 0)

    def together(whole: Int, open_lines: NDArray[np.bool_]) -> tuple[int, int] | None:
        """Two lines that break a row one by one and none together; only looked for on few lines."""
        places = np.flatnonzero(open_lines)
        if len(places) > MOST_FOR_PAIRS or whole.sum() + 2 > total:
            return None
        affordable = limits.keep_one_more(rate * whole, rate)
        for first in places[affordable[places]]:
            one = whole.copy()
            one[first] += 1
            second = open_lines & limits.keep_one_more(rate * one, rate) & shared.hold_with_one_more(one)
            second[first] = False
            if second.any():
                return int(first), int(np.argmax(np.where(second, planned - whole, -np.inf)))
        return None

    def grown(start: Int, cheapest_first: bool) -> Int:
        whole = start.copy()
        most = np.ceil(planned - SNAP).astype(np.int64)
        while whole.sum() < total:
            allowed = (whole < most) & shared.keep_one_more(whole) & limits.keep_one_more(rate * whole, rate)
            mending = allowed & shared.mended_by(whole)
            if mending.any():
                allowed = mending
            if not allowed.any():
                pair = together(whole, whole < most)
                if pair is None:
                    break
                np.add.at(whole, list(pair), 1)
                continue
            wish = -rate if cheapest_first else planned - whole
            whole[int(np.argmax(np.where(allowed, wish, -np.inf)))] += 1
        return whole

    def merit(whole: Int) -> tuple[int, int]:
        return (-len(shared.broken(whole)), int(whole.sum()))

    whole = grown(_repaired(below, shared), cheapest_first=False)
    # Where that falls short: the largest remainders were too dear, or a row is better mended by adding than by taking.
    for mended_by_adding, cheapest_first in ((False, True), (True, False), (True, True)):
        if whole.sum() == total and not shared.broken(whole):
            break
        start = grown(below, cheapest_first) if mended_by_adding else below
        other = grown(_repaired(start, shared), cheapest_first)
        whole = other if merit(other) > merit(whole) else whole
    lost = total - int(whole.sum())
    if shared.broken(whole) or lost > (1 if lines <= MOST_FOR_SEARCH else lines // 8):
        # Two narrow rows that pull against each other: single steps drain whole lines where a few moves would do.
        other_way = best_whole(planned, rate, shared.per_pathway, shared.limit, shared.size, limits, total)
        if other_way is not None and limits.keep(rate * other_way) and merit(other_way) > merit(whole):
            whole = other_way
    cents = limits.cents(rate * whole * problem.unit_cents, problem.notifiable_cents)
    return Rounded(tuple(int(n) for n in whole), cents, total - int(whole.sum()), shared.broken(whole))


def _money_needed(program: Program, commit: Float) -> Float:
    """The money each line must be notified for its plan, in units of money.

    The highest point of its net commitments, each divided by what one euro of the opening allows by then.
    """
    problem = program.problem
    cost = commit * problem.price
    net = np.cumsum(cost, axis=1) - np.einsum("ls,lst->lt", cost, problem.returned_share)
    factor = problem.commitment_factor
    needed = np.divide(net, factor, out=np.zeros_like(net), where=factor > 0)
    return np.asarray(np.maximum(needed.max(axis=1, initial=0.0), 0.0), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class _Shared:
    """Rows over the pathways of several lines, as "at least": `per_pathway @ whole >= limit`.

    Attributes:
        per_pathway: float64 (rows, lines), what a whole pathway of each line adds.
        limit: float64 (rows,).
        names: of the rows.
        size: float64 (rows,), the magnitude of each row's terms.
    """

    per_pathway: Float
    limit: Float
    names: tuple[str, ...]
    size: Float

    @property
    def slack(self) -> Float:
        """What the solver may leave of a row that holds, float64 (rows,)."""
        return 1e-9 * self.size

    def gap(self, whole: Int) -> Float:
        """By how much each row holds (negative: is broken), float64 (rows,)."""
        return np.asarray(self.per_pathway @ whole - self.limit, dtype=np.float64)

    def keep_one_more(self, whole: Int) -> NDArray[np.bool_]:
        """For each line, whether one more pathway on it keeps (or mends) every row."""
        gap = self.gap(whole)[:, None]
        after = gap + self.per_pathway
        return np.asarray(((after >= -self.slack[:, None]) | (after > gap)).all(axis=0), dtype=bool)

    def hold_with_one_more(self, whole: Int) -> NDArray[np.bool_]:
        """For each line, whether every row holds once one more pathway is on it."""
        after = self.gap(whole)[:, None] + self.per_pathway
        return np.asarray((after >= -self.slack[:, None]).all(axis=0), dtype=bool)

    def mended_by(self, whole: Int) -> NDArray[np.bool_]:
        """For each line, whether one more pathway on it helps a broken row."""
        broken = self.gap(whole) < -self.slack
        return np.asarray((self.per_pathway[broken] > 0).any(axis=0), dtype=bool)

    def broken(self, whole: Int) -> tuple[str, ...]:
        """Names of the rows that do not hold."""
        return tuple(self.names[row] for row in np.flatnonzero(self.gap(whole) < -self.slack))


def _shared_rows(program: Program, arrays: Arrays, commit: Float, planned: Float) -> _Shared:
    lines, periods = commit.shape
    table, limits, names, sizes = [], [], [], []
    for number, row in program.stated:
        start, end = arrays.starts[number], arrays.starts[number + 1]
        columns = arrays.columns[start:end]
        if not len(columns) or columns.max() >= lines * periods or row.sense == "=":
            continue
        dense = np.zeros(lines * periods)
        dense[columns] = arrays.values[start:end]
        activity = (dense.reshape(lines, periods) * commit).sum(axis=1)
        per_pathway = np.divide(activity, planned, out=np.zeros(lines), where=planned > 0)
        sign = 1.0 if row.sense == ">=" else -1.0
        limit = float(np.floor(row.limit + SNAP)) if row.family == "service_floor" else row.limit
        table.append(sign * per_pathway)
        limits.append(sign * limit)
        names.append(row.name)
        sizes.append(max(1.0, float(np.abs(per_pathway).max(initial=0.0)) * float(planned.sum()), abs(limit)))
    return _Shared(
        np.asarray(table, dtype=np.float64).reshape(len(table), lines),
        np.asarray(limits, dtype=np.float64),
        tuple(names),
        np.asarray(sizes, dtype=np.float64),
    )


def _repaired(whole: Int, shared: _Shared) -> Int:
    """Take pathways away, the most harmful first, until every row holds that asks for no number of pathways.

    At nothing, all of these do.
    """
    whole = whole.copy()
    mendable = shared.limit <= 0
    while whole.sum() > 0:
        broken = mendable & (shared.gap(whole) < -shared.slack)
        if not broken.any():
            break
        harm = np.where(whole > 0, shared.per_pathway[broken].sum(axis=0), np.inf)
        whole[int(np.argmin(harm))] -= 1
    return whole
