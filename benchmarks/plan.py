"""The plan: overhead outside the solver, hot against cold, and what explanations cost. CPU time of this process."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from enveloppe.benchmark import Benchmark, Measured
from optimiser.attribution import attributed, changed_groups, mixture
from optimiser.bridge import LiveModel
from optimiser.certificate import certify
from optimiser.equally_good import keep_only_equally_good
from optimiser.intervals import branch_intervals
from optimiser.problem import PlanProblem
from optimiser.program import build
from optimiser.solve import solve
from optimiser.standing_plan import StandingPlan, standing_plan
from optimiser.value_curve import envelope_curve
from scenarios.opening_money import OpeningMoney

from .numpy_model import arrays_by_numpy
from .shapes import agreement, cells, plain, seven_times


def seconds(work: Callable[[], object], repeats: int = 1) -> float:
    """The least CPU seconds of some repeats, garbage collected before each."""
    best = float("inf")
    for _ in range(repeats):
        gc.collect()
        started = time.process_time()
        kept = work()
        best = min(best, time.process_time() - started)
        del kept
    return best


def overhead(problem: PlanProblem, repeats: int) -> Measured:
    """Build, hand over, read back and certify: through PuLP, against the same arrays by NumPy for highspy."""
    problem = plain(problem)

    def by_pulp() -> object:
        program = build(problem)
        return program, handed_over(program.arrays)

    def handed_over(arrays: object) -> object:
        live = LiveModel(arrays, iteration_limit=0)
        answer = live._read()
        certify(arrays, np.nan_to_num(answer.columns), np.nan_to_num(answer.prices))
        return live, answer

    assert_same(build(problem).arrays, arrays_by_numpy(problem))
    through = seconds(by_pulp, repeats)
    direct = seconds(lambda: handed_over(arrays_by_numpy(problem)), repeats)
    note = f"{problem.lines} lines x {problem.periods}: {through:.2f} s through PuLP, {direct:.2f} s as arrays"
    return Measured(through / direct, note)


def assert_same(one: object, other: object) -> None:
    """The two statements are the same programme, figure by figure."""
    for name in ("cost", "row_lower", "row_upper", "starts", "columns", "values"):
        if not np.allclose(getattr(one, name), getattr(other, name), rtol=1e-12, atol=1e-12):
            raise ValueError(f"the two statements differ in {name}")


def stood(problem: PlanProblem) -> tuple[StandingPlan, float]:
    """A standing plan, and the seconds that building and solving it anew took."""
    kept: list[StandingPlan] = []
    cold = seconds(lambda: kept.append(standing_plan(problem)))
    return kept[0], cold


def hot_vs_cold(problem: PlanProblem) -> Measured:
    """One figure changed by 1 % (the envelope, then the cap that binds nearest), against building and solving anew."""
    standing, cold = stood(problem)
    envelope = standing.program.row_index("envelope")
    cap = next(n for n, row in enumerate(standing.program.rows) if row.family == "branch_cap")
    times = {}
    for name, number in (("envelope", envelope), ("cap", cap)):
        dial = standing.program.rows[number].dial
        with standing.left_as_found():
            times[name] = seconds(lambda n=number, d=dial: standing.turned(n, d.value * 0.99))
    slowest = max(times.values())
    note = f"{problem.lines} lines x {problem.periods}: {cold:.2f} s anew; " + ", ".join(
        f"{name} -1 %: {spent:.3f} s ({cold / spent:.0f} x)" for name, spent in times.items()
    )
    return Measured(cold / slowest, note)


def curve(problem: PlanProblem) -> Measured:
    """25 points from 60 to 120 % of the envelope, against one build-and-solve."""
    standing, cold = stood(problem)
    spent = seconds(lambda: envelope_curve(standing))
    return Measured(spent / cold, f"{problem.lines} lines x {problem.periods}: {spent:.2f} s for 25, {cold:.2f} s anew")


def intervals(problem: PlanProblem) -> Measured:
    """The least and greatest money of all branches, against one build-and-solve."""
    standing, cold = stood(problem)
    live, answer = standing.live.copy(), standing.optimal
    cost = np.zeros(len(answer.columns))
    at = 3 * problem.lines * problem.periods
    cost[at : at + problem.lines] = -1.0
    keep_only_equally_good(live, answer)
    live.set_cost(cost)
    least = live.run("primal")
    keep_only_equally_good(live, least)
    spent = seconds(lambda: branch_intervals(problem, live, least))
    branches = len(problem.cells.branches)
    note = f"{problem.lines} lines x {problem.periods}: {spent:.2f} s for {branches} branches, {cold:.2f} s anew"
    return Measured(spent / cold, note)


def changed(problem: PlanProblem) -> PlanProblem:
    """Five groups changed: envelope, volume, prices, caps and floors."""
    money, demand, bounds = problem.money, problem.demand, problem.constraints
    parts = [round(value * 0.95) for value in vars(money).values()]
    floors = tuple(floor.model_copy(update={"pathway_share": 0.33}) for floor in bounds.group_floors)
    caps = tuple(cap.model_copy(update={"share": 0.5}) for cap in bounds.branch_caps)
    return replace(
        problem,
        money=OpeningMoney(sum(parts[1:]), *parts[1:]),
        demand=replace(demand, pathways=demand.pathways * 1.04, fee_cents=demand.fee_cents * 1.02),
        constraints=bounds.model_copy(update={"group_floors": floors, "branch_caps": caps}),
    )


def attribution(problem: PlanProblem) -> Measured:
    """Five changed groups (32 canonical plans), against one build-and-solve of the whole plan.

    The value compares like with like: money by branch needs the canonical plan of each mixture, and the whole plan is
    canonical too. The note tells the 32 optima alone against one optimum.
    """
    other = changed(problem)
    cold = seconds(lambda: solve(problem), 3 if problem.lines < 100 else 1)
    found = []
    spent = seconds(lambda: found.append(attributed(problem, other)))
    standing, bare = stood(problem)
    names = changed_groups(problem, other)

    def optima() -> None:
        with standing.left_as_found():
            for step in range(2 ** len(names)):
                subset = step ^ (step >> 1)
                standing.varied(mixture(problem, other, [n for at, n in enumerate(names) if subset >> at & 1]))

    alone = seconds(optima)
    note = (
        f"{problem.lines} lines x {problem.periods}: {spent:.2f} s for {found[0].solves} canonical plans, "
        f"{cold:.2f} s for one anew with all that is told of it, {bare:.2f} s for its first optimum alone; "
        f"the {found[0].solves} optima alone {alone:.2f} s, {alone / bare:.1f} x one build-and-solve"
    )
    return Measured(spent / cold, note)


def command_time() -> Measured:
    """`enveloppe plan convention-2i` with its explanations, beyond what `--help` takes."""

    def spent(*words: str) -> float:
        best = float("inf")
        for _ in range(3):
            before = os.times()
            call = [sys.executable, "-c", "from enveloppe.cli import main; main()", *words]
            subprocess.run(call, capture_output=True, check=True)
            after = os.times()
            best = min(
                best, after.children_user + after.children_system - before.children_user - before.children_system
            )
        return best

    plan, bare = spent("plan", "convention-2i"), spent("--help")
    return Measured(plan - bare, f"64 lines: {plan:.2f} s, --help {bare:.2f} s")


PLAN = (
    Benchmark("plan_overhead", "x", 8, "at_most", lambda: overhead(cells(), 2)),
    Benchmark("plan_hot_vs_cold", "x", 15, "at_least", lambda: hot_vs_cold(cells())),
    Benchmark("value_curve", "x", 4, "at_most", lambda: curve(agreement())),
    Benchmark("attribution", "x", 6, "at_most", lambda: attribution(agreement())),
    Benchmark("intervals", "x", 10, "at_most", lambda: intervals(agreement())),
    Benchmark("plan_command", "s", 2, "at_most", command_time),
    Benchmark("plan_overhead_500k", "x", 15, "at_most", lambda: overhead(seven_times(cells()), 1), large=True),
    Benchmark("value_curve_cells", "x", 4, "at_most", lambda: curve(cells()), large=True),
    Benchmark("intervals_cells", "x", 10, "at_most", lambda: intervals(cells()), large=True),
    Benchmark("attribution_cells", "x", 6, "at_most", lambda: attribution(cells()), large=True),
)
