"""Solve a plan: from the problem to a proven plan, or to the reason why there is none."""

import numpy as np

from optimiser.at_fault import infeasible
from optimiser.bridge import DEFAULT_ITERATION_LIMIT, LiveModel
from optimiser.canonical import canonical_plan
from optimiser.certificate import certify, proven, proven_gap
from optimiser.floors import floor_costs
from optimiser.lexicographic import in_order, worst_of
from optimiser.plan import Infeasible, LimitReached, Plan
from optimiser.prices import price_rows
from optimiser.problem import PlanProblem
from optimiser.program import build
from optimiser.rounding import round_plan
from optimiser.served_in_order import served_in_order
from scenarios.allocation import Allocation


def solve(problem: PlanProblem, iteration_limit: int = DEFAULT_ITERATION_LIMIT) -> Plan | Infeasible | LimitReached:
    """Find the best plan and prove it.

    Args:
        problem: the question.
        iteration_limit: the most iterations of each run of the solver.

    Returns:
        A plan whose certificate holds; or the rows at fault where no plan keeps them all; or, where the solver
        stopped early or its answer did not stand the check, that and nothing else.

    Raises:
        RuntimeError: where the solver gave up for a reason of its own.
    """
    program = build(problem)
    arrays = program.arrays
    live = LiveModel(arrays, iteration_limit)
    optimal, _ = proven(live, "first")
    if optimal.status == "infeasible":
        return infeasible(program, arrays, live)
    if optimal.status == "limit":
        return LimitReached("iterations", optimal.iterations, proven_gap(arrays, optimal.columns, optimal.prices))
    if optimal.status == "failed":
        return LimitReached("certificate", optimal.iterations)
    if optimal.status != "optimal":
        raise RuntimeError(f"the solver ended with the status {optimal.status}")
    again = live.copy()
    ordered = in_order(program, live, optimal)
    last = ordered.answer
    if last.status != "optimal":
        return LimitReached("iterations", ordered.iterations)
    canonical = canonical_plan(problem, live, last)
    columns = canonical.columns
    certificate = certify(ordered.arrays, columns, last.prices)
    if not certificate.holds:
        columns = last.columns
        certificate = certify(ordered.arrays, columns, last.prices)
    certificate = worst_of([certificate, certify(arrays, optimal.columns, optimal.prices), *ordered.certificates])
    if not certificate.holds:
        return LimitReached("certificate", optimal.iterations)
    priced = price_rows(program, arrays, again, optimal, columns)
    costs = floor_costs(program, arrays, again, optimal, columns)
    rounded = round_plan(program, arrays, columns)
    by_the_desk = served_in_order(problem, np.asarray(rounded.notified_cents) / problem.unit_cents)
    shape = (3, problem.lines, problem.periods)
    commit, wait, expire = columns[: np.prod(shape)].reshape(shape)
    return Plan(
        status="optimal",
        objective=float(problem.value * commit.sum()),
        in_order_pathways=float(problem.value * by_the_desk.sum()),
        objectives=ordered.reached(program, columns),
        counts=problem.counts,
        commit=commit,
        wait=wait,
        expire=expire,
        whole_pathways=rounded.pathways,
        lost_to_rounding=rounded.lost,
        missed_by_rounding=rounded.missed,
        allocation=Allocation(rounded.notified_cents),
        fee_cents=round(float((commit * problem.demand.fee_cents).sum())),
        support_cents=round(float((commit * problem.demand.support_cents).sum())),
        prices=priced.prices,
        intervals=canonical.intervals,
        floors=costs.floors,
        certificate=certificate,
        iterations=optimal.iterations
        + ordered.iterations
        + canonical.iterations
        + priced.iterations
        + costs.iterations,
    )
