"""The envelope's programme in the form that fits it: funding curves where they are exact, else periods."""

from dataclasses import dataclass

import numpy as np

from optimiser.problem import PlanProblem
from optimiser.two_stage.programme import Runs, TwoStage
from optimiser.two_stage.risk import TailBound
from optimiser.under_uncertainty.curve_stage import curve_programme
from optimiser.under_uncertainty.first_stage import FirstStage
from optimiser.under_uncertainty.second_stage import Moves, envelope_programme, payment_windows
from scenarios.need_runs import NeedRuns


@dataclass(frozen=True, eq=False)
class Posed:
    """A programme with its runs.

    Attributes:
        programme, runs: of the two-stage solver, in counted pathways and units of money.
        first: where the rows of the first stage come from.
        bounds: on what falls due beyond a year's appropriations in bad years.
    """

    programme: TwoStage
    runs: Runs
    first: FirstStage
    bounds: tuple[TailBound, ...] = ()


@dataclass(frozen=True)
class Excess:
    """How much may fall due beyond appropriations: on average over the worst (1 - level) share of runs.

    Attributes:
        level: of the tail.
        cents: for each run of years that the plan's payments are held against.
    """

    level: float
    cents: int


def posed(
    problem: PlanProblem,
    first: FirstStage,
    need: NeedRuns,
    moves: Moves | None = None,
    excess: Excess | None = None,
) -> Posed:
    """Pose the envelope's two-stage programme.

    Args:
        problem: the question of the mean plan.
        first: its first stage.
        need: what is asked in each run.
        moves: when committees move money; None where they do not.
        excess: how much may fall due beyond appropriations; None where nothing may, in any run.

    Returns:
        The programme by funding curves where no money moves and no payment can bind (measured: a seventeenth of the
        time at 40 runs, the same optimum), by periods otherwise.
    """
    when = moves or Moves()
    if not when.periods and not payments_may_bind(problem):
        return Posed(*curve_programme(problem, first, need), first)
    programme, runs = envelope_programme(problem, first, need, when, excess is not None)
    if excess is None:
        return Posed(programme, runs, first)
    columns, windows = len(programme.second.cost), payment_windows(problem)
    none, limit = np.zeros(len(first.stage.cost)), problem.in_units(excess.cents)
    one = np.eye(columns)[columns - windows :]
    return Posed(programme, runs, first, tuple(TailBound("upper", excess.level, limit, none, row) for row in one))


def payments_may_bind(problem: PlanProblem) -> bool:
    """Whether all that may ever be committed could fall due beyond some run of years' appropriations."""
    limits = problem.years
    if limits is None:
        return False
    most = problem.notifiable_cents * float(problem.commitment_factor.max())
    # Released money is committed again and falls due too.
    released = float(problem.returned_share.max()) if problem.returned_share.size else 0.0
    most /= max(1.0 - released, 1e-9)
    return any(
        float(limits.due_share[:, :, first : last + 1].sum(axis=2).max()) * most > cents
        for first, last, cents in limits.windows()
    )
