"""Small plan problems from plain figures, and an independent statement of the same programme for other solvers."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from optimiser.problem import PlanProblem
from scenarios.cells import Cells, Line
from scenarios.constraints import BranchBound, Constraints, GroupFloor, MixBound
from scenarios.demand import Demand
from scenarios.opening_money import OpeningMoney

Float = NDArray[np.float64]


def problem_of_lines(
    lines: list[dict[str, Any]],
    *,
    envelope_eur: float,
    periods: int | None = None,
    patience: int = 0,
    constraints: Constraints | None = None,
    returned: Float | list[Any] | None = None,
    drop_out: float = 0.0,
    counts: str = "net",
    mean_cost_cap_eur: float | None = None,
    branch_shares: list[float] | None = None,
    pathway_types: tuple[str, ...] = ("short", "long"),
    situations: tuple[str, ...] = ("ap", "mutation"),
) -> PlanProblem:
    """A problem whose lines are given by branch, group, asked pathways and price in euros (by period, or one for all).

    `types` and `situations` of a line are its shares of each code; `support_eur` is the part of the price that is pay.
    """
    asked = [np.atleast_1d(np.asarray(line["asked"], dtype=np.float64)) for line in lines]
    count = periods or max(len(row) for row in asked)
    branches = tuple(dict.fromkeys(line["branch"] for line in lines))
    groups = tuple(dict.fromkeys(line.get("group", "under_50") for line in lines)) or ("under_50",)
    price = np.stack([np.broadcast_to(np.asarray(line["price_eur"], dtype=np.float64), (count,)) for line in lines])
    support = np.stack(
        [np.broadcast_to(np.asarray(line.get("support_eur", 0.0), dtype=np.float64), (count,)) for line in lines]
    )
    mix = np.zeros((len(lines), len(groups)))
    for number, line in enumerate(lines):
        mix[number, groups.index(line.get("group", "under_50"))] = 1.0
    zeros = np.zeros(len(lines))
    cells = Cells(
        branches=branches,
        size_bands=groups,
        situations=situations,
        pathway_types=pathway_types,
        size_groups=groups,
        size_group_of_band=tuple(range(len(groups))),
        lines=tuple(
            Line(f"{line['branch']}/{line.get('group', 'under_50')}/{number}", line["branch"], line.get("group"))
            for number, line in enumerate(lines)
        ),
        line_of_cell=np.zeros((len(branches), len(groups), len(situations), len(pathway_types)), dtype=np.int64),
        branch_of_line=np.asarray([branches.index(line["branch"]) for line in lines], dtype=np.int64),
    )
    demand = Demand(
        periods=tuple(f"2021-{number + 1:02d}" for number in range(count)),
        period_ends=np.arange(30, 30 * (count + 1), 30, dtype=np.int64),
        pathways=np.stack([np.pad(row, (0, count - len(row))) for row in asked]),
        fee_cents=(price - support) * 100,
        support_cents=support * 100,
        size_group_share=mix,
        pathway_share=np.asarray([line.get("types", [0.5, 0.5]) for line in lines], dtype=np.float64),
        situation_share=np.asarray([line.get("situations", [0.5, 0.5]) for line in lines], dtype=np.float64),
        base_pay_cents=zeros,
        real_pay_cents=zeros,
        hours=zeros,
    )
    cents = round(envelope_eur * 100)
    shape = (len(lines), count, count)
    return PlanProblem(
        cells=cells,
        demand=demand,
        money=OpeningMoney(cents, 0, 0, cents),
        constraints=constraints or Constraints(),
        branch_shares=np.asarray(branch_shares or [1 / len(branches)] * len(branches), dtype=np.float64),
        returned_share=np.zeros(shape)
        if returned is None
        else np.broadcast_to(np.asarray(returned, dtype=np.float64), shape).copy(),
        drop_out_share=drop_out,
        patience_periods=patience,
        counts="net" if counts == "net" else "committed",
        mean_cost_cap_cents=None if mean_cost_cap_eur is None else round(mean_cost_cap_eur * 100),
        under50_groups=tuple(number for number, group in enumerate(groups) if group == "under_50"),
    )


def random_problem(seed: int, *, floors: bool = True) -> PlanProblem:
    """A feasible problem of 2 to 12 lines and 1 to 6 periods, with any mixture of constraints; half of them tied."""
    luck = np.random.default_rng(seed)
    branches, periods = int(luck.integers(1, 7)), int(luck.integers(1, 7))
    tied = bool(luck.integers(2))
    lines = []
    for branch in range(branches):
        for group in ("under_50", "over_49"):
            price = luck.choice([3000.0, 5000.0, 7500.0]) if tied else luck.uniform(500, 9000, periods).round(2)
            asked = luck.integers(0, 40, periods) if tied else luck.uniform(0, 40, periods)
            types = luck.dirichlet([1.0, 1.0])
            lines.append({"branch": f"b{branch}", "group": group, "asked": asked, "price_eur": price, "types": types})
    need = sum(float(np.sum(line["asked"] * line["price_eur"])) for line in lines)
    envelope = round(max(need, 1000.0) * float(luck.uniform(0.2, 1.2)), 2)
    bound = Constraints(
        branch_caps=(BranchBound(share=round(float(luck.uniform(0.4, 1.0)), 3)),) if luck.integers(2) else (),
        branch_floors=(BranchBound(weight_share=round(float(luck.uniform(0.0, 0.6)), 3)),)
        if floors and luck.integers(2)
        else (),
        group_floors=(GroupFloor(size_group="under_50", pathway_share=round(float(luck.uniform(0.0, 0.6)), 3)),)
        if luck.integers(2)
        else (),
        mix_bounds=(MixBound(pathway_types=("long",), max_share=round(float(luck.uniform(0.4, 0.9)), 3)),)
        if luck.integers(2)
        else (),
    )
    back = np.triu(np.cumsum(luck.uniform(0, 0.05, (periods, periods)), axis=1), 1)
    return problem_of_lines(
        lines,
        envelope_eur=envelope,
        periods=periods,
        patience=int(luck.integers(0, 4)),
        constraints=bound,
        returned=back,
        drop_out=0.12,
        mean_cost_cap_eur=round(float(luck.uniform(4000, 9000)), 2) if luck.integers(2) else None,
    )


def scipy_optimum(problem: PlanProblem) -> float | None:
    """The same programme written down a second time, densely and in euros' thousands, for SciPy; None if infeasible.

    Expired pathways are left out: who waits is at most who waited and asked less who was served.
    """
    lines, periods = problem.lines, problem.periods
    cells = lines * periods
    size = 2 * cells + lines
    price, asked = problem.demand.price_cents / 1e5, problem.demand.pathways
    rows: list[Float] = []
    limits: list[float] = []

    def at_most(row: Float, limit: float) -> None:
        rows.append(row)
        limits.append(limit)

    def commit(line: int, period: int) -> int:
        return line * periods + period

    for line in range(lines):
        for period in range(periods):
            row = np.zeros(size)
            row[commit(line, period)] = 1
            row[cells + commit(line, period)] = 1
            if period:
                row[cells + commit(line, period - 1)] = -1
            at_most(row, asked[line, period])
            money = np.zeros(size)
            for earlier in range(period + 1):
                kept = 1 - problem.returned_share[line, earlier, period]
                money[commit(line, earlier)] = price[line, earlier] * kept
            money[2 * cells + line] = -1
            at_most(money, 0.0)
    total = problem.money.distributable_cents / 1e5
    whole = np.zeros(size)
    whole[2 * cells :] = 1
    at_most(whole, total)
    declared = problem.constraints
    for sign, bounds in ((1, declared.branch_caps), (-1, declared.branch_floors)):
        for bound in bounds:
            for branch in range(len(problem.cells.branches)):
                share = Fraction(str(bound.share if bound.share is not None else bound.weight_share))
                if bound.share is None:
                    share *= Fraction(float(problem.branch_shares[branch]))
                # Caps are whole cents rounded down, floors whole cents rounded up.
                cents = sign * math.floor(sign * share * problem.money.distributable_cents)
                row = np.zeros(size)
                row[2 * cells :] = sign * (problem.cells.branch_of_line == branch)
                at_most(row, sign * cents / 1e5)
    ones = np.ones(cells)
    for floor in declared.group_floors:
        mix = problem.demand.size_group_share[:, problem.cells.size_groups.index(floor.size_group)]
        at_most(np.concatenate([floor.pathway_share * ones - np.repeat(mix, periods), np.zeros(cells + lines)]), 0.0)
    for bound in declared.mix_bounds:
        mix = problem.demand.pathway_share[:, problem.cells.pathway_types.index(bound.pathway_types[0])]
        at_most(np.concatenate([np.repeat(mix, periods) - bound.max_share * ones, np.zeros(cells + lines)]), 0.0)
    if problem.mean_cost_cap_cents is not None:
        over = price.ravel() - problem.mean_cost_cap_cents / 1e5
        at_most(np.concatenate([over, np.zeros(cells + lines)]), 0.0)
    patience = problem.patience_periods
    recent = [
        asked[line, max(0, period - patience + 1) : period + 1].sum() if patience else 0.0
        for line in range(lines)
        for period in range(periods)
    ]
    bounds = [(0, None)] * cells + [(0, most) for most in recent] + [(0, None)] * lines
    cost = np.concatenate([np.full(cells, -problem.value), np.zeros(cells + lines)])
    found = linprog(cost, A_ub=np.stack(rows), b_ub=limits, bounds=bounds, method="highs")
    return -float(found.fun) if found.status == 0 else None
