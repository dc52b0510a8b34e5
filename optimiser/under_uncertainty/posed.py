"""The envelope's programme in the form that fits it: funding curves where they are exact, else periods."""

from dataclasses import dataclass

from optimiser.problem import PlanProblem
from optimiser.two_stage.programme import Runs, TwoStage
from optimiser.under_uncertainty.curve_stage import curve_programme
from optimiser.under_uncertainty.first_stage import FirstStage
from optimiser.under_uncertainty.second_stage import Moves, envelope_programme
from scenarios.need_runs import NeedRuns


@dataclass(frozen=True, eq=False)
class Posed:
    """A programme with its runs.

    Attributes:
        programme, runs: of the two-stage solver, in counted pathways and units of money.
        first: where the rows of the first stage come from.
    """

    programme: TwoStage
    runs: Runs
    first: FirstStage


def posed(problem: PlanProblem, first: FirstStage, need: NeedRuns, moves: Moves | None = None) -> Posed:
    """Pose the envelope's two-stage programme.

    Args:
        problem: the question of the mean plan.
        first: its first stage.
        need: what is asked in each run.
        moves: when committees move money; None where they do not.

    Returns:
        The programme by funding curves where no money moves and no payment can bind (measured: a seventeenth of the
        time at 40 runs, the same optimum), by periods otherwise.
    """
    when = moves or Moves()
    curved = not when.periods and not payments_may_bind(problem)
    programme, runs = (
        curve_programme(problem, first, need) if curved else envelope_programme(problem, first, need, when)
    )
    return Posed(programme, runs, first)


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
