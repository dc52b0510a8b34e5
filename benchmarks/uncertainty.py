"""Plans under uncertainty: against the mean plan, along the frontier, the policy table. CPU time of this process."""

import time
from functools import cache

from enveloppe.benchmark import Benchmark, Measured
from enveloppe.pipeline import planned_scenario
from enveloppe.uncertainty.policies import policy_table
from optimiser.problem import PlanProblem, plan_problem
from optimiser.solve import solve
from optimiser.two_stage.answers import Solved
from optimiser.two_stage.risk import Risk
from optimiser.two_stage.standing import Standing
from optimiser.under_uncertainty.first_stage import first_stage
from optimiser.under_uncertainty.planning import WEIGHTS
from optimiser.under_uncertainty.posed import Posed, posed
from scenarios.loading import load
from scenarios.need_runs import OPTIMISED_RUNS, NeedRuns
from scenarios.scenario import Scenario
from sim.need_by_period import need_by_period

from .shapes import TWO_YEARS

RUNS = 200
LEVEL = 0.8


@cache
def eight_quarters() -> tuple[PlanProblem, NeedRuns]:
    """64 lines by 8 quarters, and what is asked in 200 runs."""
    scenario = load("convention-2i", (*TWO_YEARS, "planning.period=quarter")).scenario
    return plan_problem(scenario), need_by_period(scenario, range(OPTIMISED_RUNS, OPTIMISED_RUNS + RUNS))


def spent(started: float) -> float:
    """CPU seconds since."""
    return time.process_time() - started


def proven(answer: object) -> Solved:
    """An answer with its proof, or the benchmark means nothing."""
    if not isinstance(answer, Solved):
        raise ValueError(f"no answer: {answer}")
    return answer


def asked() -> Posed:
    """The programme of the eight quarters."""
    problem, need = eight_quarters()
    return posed(problem, first_stage(problem), need)


def against_the_mean_plan() -> Measured:
    """200 runs, laid out and solved and proven, against the whole mean plan of the same lines and quarters."""
    problem, _ = eight_quarters()
    started = time.process_time()
    solve(problem)
    mean = spent(started)
    started = time.process_time()
    programme = asked()
    laid_out = spent(started)
    found = proven(Standing(programme.programme, programme.runs).solve())
    under = spent(started)
    note = (
        f"{RUNS} runs x {problem.lines} lines x {problem.periods} quarters: {under:.1f} s ({laid_out:.1f} s to lay "
        f"out), {found.second.shape[1]} columns a run; the mean plan {mean:.2f} s"
    )
    return Measured(under / mean, note)


def frontier_hot() -> Measured:
    """Eleven weights of bad years, each from where the last one was, against the first alone."""
    programme = asked()
    standing = Standing(programme.programme, programme.runs, Risk(0.0, LEVEL))
    started = time.process_time()
    proven(standing.solve())
    first = spent(started)
    for weight in WEIGHTS[1:]:
        proven(standing.under(Risk(weight, LEVEL)))
    whole = spent(started)
    return Measured(whole / first, f"{RUNS} runs: {first:.1f} s for the first point, {whole:.1f} s for all 11")


def policies_by_calendar() -> Measured:
    """Four policies under four calendars on 200 runs, by two workers; wall-clock seconds."""
    scenario: Scenario = load(
        "convention-2i",
        (
            f"uncertainty.policy_runs={RUNS}",
            "uncertainty.policies=[first_come, fixed, pro_rata, reoptimise]",
        ),
    ).scenario
    done = planned_scenario(scenario)
    started = time.monotonic()
    reached: dict[int, float] = {}

    def lived(count: int, of: int) -> None:
        del of
        reached[count] = time.monotonic() - started

    table = policy_table(scenario, done.problem, done.plan.allocation, 2, lived)
    whole = time.monotonic() - started
    # Four policies under the first calendar, the two that move money under each of the others; then hindsight.
    ends = [reached[count * RUNS] for count in (4, 6, 8, 10)]
    steps = [*(end - before for before, end in zip([0.0, *ends], ends, strict=False)), whole - ends[-1]]
    names = ("no committee", "half-year", "quarter", "month", "hindsight")
    told = ", ".join(f"{name} {step / whole:.0%}" for name, step in zip(names, steps, strict=True))
    return Measured(whole / 60, f"{len(table['rows'])} rows x {RUNS} runs: {whole:.0f} s; {told}")


UNCERTAINTY = (
    Benchmark("uncertain_vs_mean_plan", "x", 60, "at_most", against_the_mean_plan),
    Benchmark("frontier_hot", "x", 4, "at_most", frontier_hot),
    Benchmark("policy_table", "min", 10, "at_most", policies_by_calendar, large=True),
)
