"""Small plan problems from plain figures, and an independent statement of the same programme for other solvers."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pulp
from numpy.typing import NDArray
from scipy.optimize import linprog

from optimiser.bridge import Arrays
from optimiser.desk_time import DeskTime
from optimiser.money_in_time import MoneyInTime
from optimiser.payment_limits import CashLimits, YearLimits
from optimiser.problem import PlanProblem
from scenarios.cells import Cells, Line
from scenarios.constraints import BranchBound, Constraints, GroupFloor, MixBound, RegionCap, RegionFloor
from scenarios.demand import Demand
from scenarios.objectives import Objective, PathwayWeights
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
    over_programming: float = 0.0,
    announced_eur: list[float] | None = None,
    opened_eur: list[float] | None = None,
    years: dict[int, dict[str, Any]] | None = None,
    cash: dict[str, dict[str, Any]] | None = None,
    desk: dict[str, Any] | None = None,
    regions: dict[str, list[float]] | None = None,
    objectives: list[dict[str, Any]] | None = None,
    weights: dict[str, dict[str, float]] | None = None,
    returns_serve_waiting: bool = False,
) -> PlanProblem:
    """A problem whose lines are given by branch, group, asked pathways and price in euros (by period, or one for all).

    `types` and `situations` of a line are its shares of each code; `support_eur` is the part of the price that is pay;
    `in_force_eur` is what it was notified last. `announced_eur` and `opened_eur` are cumulative by period; `years` and
    `cash` say by year or day what is `due` of one euro committed in each period, and what may be paid.
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
        hours=np.asarray([line.get("hours", 100.0) for line in lines], dtype=np.float64),
    )
    cents = round(envelope_eur * 100)
    in_force = tuple(_cents(line.get("in_force_eur")) for line in lines)
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
        over_programming_share=over_programming,
        in_time=MoneyInTime(
            tuple(round(eur * 100) for eur in announced_eur or [0.0] * count),
            None if opened_eur is None else np.zeros(count),
            tuple(round(eur * 100) for eur in opened_eur or ()),
        ),
        years=_year_limits(years, len(lines)) if years else None,
        cash=_cash_limits(cash, len(lines)) if cash else None,
        desk=DeskTime(desk["officers"], np.asarray(desk["minutes"], dtype=np.float64), desk["per_pathway"])
        if desk
        else None,
        in_force_cents=in_force if any(held is not None for held in in_force) else (),
        region_share={code: np.asarray(shares, dtype=np.float64) for code, shares in (regions or {}).items()},
        objectives=tuple(Objective.model_validate(one) for one in objectives or [{"name": "pathways"}]),
        weights=PathwayWeights.model_validate(weights or {}),
        returns_serve_waiting=returns_serve_waiting,
    )


def _cents(eur: float | None) -> int | None:
    return None if eur is None else round(eur * 100)


def _due(rows: list[dict[str, Any]], lines: int) -> Float:
    return np.repeat(np.asarray([row["due"] for row in rows], dtype=np.float64).T[None, :, :], lines, axis=0)


def _year_limits(years: dict[int, dict[str, Any]], lines: int) -> YearLimits:
    rows = list(years.values())
    return YearLimits(
        years=tuple(years),
        due_share=_due(rows, lines),
        ceiling_cents=tuple(_cents(row.get("ceiling_eur")) for row in rows),
        earlier_cents=tuple(round(row.get("earlier_eur", 0.0) * 100) for row in rows),
        carry_over_cents=tuple(_cents(row.get("carry_over_eur")) for row in rows),
    )


def _cash_limits(days: dict[str, dict[str, Any]], lines: int) -> CashLimits:
    rows = list(days.values())
    return CashLimits(
        days=tuple(days),
        due_share=_due(rows, lines),
        received_cents=tuple(round(row["received_eur"] * 100) for row in rows),
        earlier_cents=tuple(round(row.get("earlier_eur", 0.0) * 100) for row in rows),
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
    more = np.random.default_rng([seed, 1])
    more_bounds, more_figures = (
        _random_rows(more, branches, periods, lines, envelope, floors) if more.integers(2) else ({}, {})
    )
    bound = Constraints(
        **more_bounds,
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
        **more_figures,
    )


def _random_rows(
    luck: np.random.Generator,
    branches: int,
    periods: int,
    lines: list[dict[str, Any]],
    envelope: float,
    floors: bool,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Any mixture of dated money, payments, desk, regions, service floor and steps; nothing of them need hold."""
    bounds: dict[str, Any] = {}
    figures: dict[str, Any] = {"returns_serve_waiting": bool(luck.integers(4) == 0)}
    if luck.integers(2):
        figures["over_programming"] = round(float(luck.uniform(0, 0.2)), 3)
    if luck.integers(3) == 0:
        figures["announced_eur"] = np.cumsum(luck.uniform(-0.2, 0.3, periods) * envelope).round(2).tolist()
    if luck.integers(3) == 0:
        figures["opened_eur"] = np.cumsum(luck.uniform(0.05, 0.5, periods) * envelope).round(2).tolist()
    if luck.integers(2):
        due = np.cumsum(luck.dirichlet([1.0, 1.0, 1.0, 0.5], periods)[:, :3], axis=1)
        figures["years"] = {
            2021 + year: {
                "due": (due[:, year] - (due[:, year - 1] if year else 0.0)).tolist(),
                "ceiling_eur": None if luck.integers(6) == 0 else round(float(luck.uniform(0.1, 0.6)) * envelope, 2),
                "earlier_eur": round(float(luck.uniform(0, 0.08)) * envelope, 2),
                "carry_over_eur": 0.0 if year == 2 else luck.choice([None, round(0.1 * envelope, 2)]),
            }
            for year in range(3)
        }
    if luck.integers(3) == 0:
        due = np.sort(luck.uniform(0, 1, (periods, 2)), axis=1)
        came = np.cumsum(luck.uniform(0.2, 0.6, 2) * envelope)
        figures["cash"] = {
            f"2021-0{day + 5}-30": {"due": due[:, day].tolist(), "received_eur": round(float(came[day]), 2)}
            for day in range(2)
        }
    if luck.integers(3) == 0:
        minutes = np.cumsum(np.full(periods, 4_000.0))
        figures["desk"] = {"officers": int(luck.integers(1, 4)), "minutes": minutes, "per_pathway": 100.0}
    if luck.integers(3) == 0:
        figures["regions"] = {"north": luck.uniform(0, 1, branches).tolist()}
        bounds["region_caps"] = (RegionCap(region="north", pathway_share=round(float(luck.uniform(0.3, 1)), 3)),)
        bounds["region_floors"] = (RegionFloor(region="north", pathway_share=round(float(luck.uniform(0, 0.5)), 3)),)
    if floors and luck.integers(3) == 0:
        bounds["service_floor_share"] = round(float(luck.uniform(0, 0.3)), 3)
    if floors and luck.integers(3) == 0:
        bounds["notification_step_share"] = round(float(luck.uniform(0.2, 1.2)), 3)
        for line in lines:
            if luck.integers(2):
                line["in_force_eur"] = round(float(luck.uniform(0, 1.5)) * envelope / len(lines), 2)
    return bounds, figures


def scipy_optimum(problem: PlanProblem, then_cheapest_within: float | None = None) -> float | None:
    """The same programme written down a second time, densely and in euros' thousands, for SciPy; None if infeasible.

    Expired pathways are left out: who waits is at most who waited and asked less who was served. With a tolerance, the
    least cost in cents among plans that keep that share of the pathways.
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

    given = problem.money.distributable_cents
    levels = [given, *(given + change for change in problem.in_time.announced_cents)] if problem.in_time else [given]
    # What a later cut takes back is never handed out.
    safe = [max(0, min(levels[at:])) for at in range(len(levels))]
    growth = [level / safe[0] if safe[0] else 1.0 for level in safe[1:]] or [1.0] * periods
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
            money[2 * cells + line] = -(1 + problem.over_programming_share) * growth[period]
            at_most(money, 0.0)
            if period and problem.returns_serve_waiting:
                now = np.zeros(size)
                for earlier in range(period + 1):
                    back = problem.returned_share[line, earlier, [period - 1, period]]
                    now[commit(line, earlier)] = -price[line, earlier] * (back[1] - back[0])
                now[commit(line, period)] += price[line, period]
                more = max(growth[period] - growth[period - 1], 0.0)
                now[2 * cells + line] = -(1 + problem.over_programming_share) * more
                at_most(now, price[line, period] * asked[line, period])
    whole = np.zeros(size)
    whole[2 * cells :] = 1
    at_most(whole, safe[0] / 1e5)
    _more_rows(problem, price, cells, size, at_most)
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
    if found.status != 0 or then_cheapest_within is None:
        return -float(found.fun) if found.status == 0 else None
    at_most(cost, found.fun * (1 - then_cheapest_within) + 1e-9 * max(1.0, -found.fun))
    spent = np.concatenate([price.ravel(), np.zeros(cells + lines)])
    cheapest = linprog(spent, A_ub=np.stack(rows), b_ub=limits, bounds=bounds, method="highs")
    return float(cheapest.fun) * 1e5 if cheapest.status == 0 else None


def _more_rows(problem: PlanProblem, price: Float, cells: int, size: int, at_most: Any) -> None:
    """Dated money, payments, desk, regions, service floors and steps, written down a second time."""
    periods, branch = problem.periods, np.repeat(problem.cells.branch_of_line, problem.periods)

    def over_commits(coefficients: Float, limit: float) -> None:
        at_most(np.concatenate([np.ravel(coefficients), np.zeros(size - cells)]), limit)

    if problem.in_time is not None and problem.in_time.opened_share is not None:
        for period, cents in enumerate(problem.in_time.opened_cents):
            bound = np.where(np.arange(periods) <= period, price * (1 - problem.returned_share[:, :, period]), 0.0)
            over_commits(bound, (1 + problem.over_programming_share) * cents / 1e5)
    years = problem.years
    for last, most in enumerate(years.carry_over_cents if years else ()):
        for first in range(last + 1):
            run = range(first, last + 1)
            if most is None or any(years.ceiling_cents[year] is None for year in run):
                continue
            room = most + sum(years.ceiling_cents[year] - years.earlier_cents[year] for year in run)
            over_commits(price * sum(years.due_share[:, :, year] for year in run), room / 1e5)
    for number in range(len(problem.cash.days) if problem.cash else 0):
        over_commits(price * problem.cash.due_share[:, :, number], problem.cash.received_cents[number] / 1e5)
    for period in range(periods if problem.desk else 0):
        work = np.where(np.arange(periods) <= period, problem.desk.minutes_per_pathway, 0.0) * np.ones_like(price)
        over_commits(work, problem.desk.officers * problem.desk.minutes_per_officer[period])
    for floor in problem.constraints.region_floors:
        over_commits(floor.pathway_share - problem.region_share[floor.region][branch], 0.0)
    for cap in problem.constraints.region_caps:
        over_commits(problem.region_share[cap.region][branch] - cap.pathway_share, 0.0)
    share = problem.constraints.service_floor_share
    for code in range(len(problem.cells.branches) if share is not None else 0):
        mine = problem.cells.branch_of_line == code
        over_commits(-1.0 * (branch == code), -share * problem.demand.pathways[mine].sum())
    step = problem.constraints.notification_step_share
    for line, held in enumerate(problem.in_force_cents if step is not None else ()):
        if held is not None:
            row = np.zeros(size)
            row[2 * cells + line] = 1
            at_most(row, math.floor(held * (1 + step) + 1e-6) / 1e5)
            at_most(-row, -max(0, math.ceil(held * (1 - step) - 1e-6)) / 1e5)


def read_from_pulp(model: pulp.LpProblem, variables: list[Any]) -> Arrays:
    """A PuLP model that maximises, read into arrays pair by pair, columns in the order of the given variables."""
    place = {id(variable): number for number, variable in enumerate(variables)}
    cost = np.zeros(len(variables))
    for variable, coefficient in model.objective.items():
        cost[place[id(variable)]] = coefficient
    rows = model.constraints()
    pairs = [(place[id(variable)], coefficient) for row in rows for variable, coefficient in row.items()]
    limits = np.asarray([-row.constant for row in rows], dtype=np.float64)
    senses = np.asarray([row.sense for row in rows])
    return Arrays(
        cost=cost,
        col_lower=np.asarray([-np.inf if v.lowBound is None else v.lowBound for v in variables], dtype=np.float64),
        col_upper=np.asarray([np.inf if v.upBound is None else v.upBound for v in variables], dtype=np.float64),
        row_lower=np.where(senses == pulp.LpConstraintLE, -np.inf, limits),
        row_upper=np.where(senses == pulp.LpConstraintGE, np.inf, limits),
        starts=np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int32),
        columns=np.asarray([column for column, _ in pairs], dtype=np.int32),
        values=np.asarray([value for _, value in pairs], dtype=np.float64),
        column_names=tuple(variable.name for variable in variables),
    )
