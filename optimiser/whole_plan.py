"""The plan after its last objective, from an answer for the first: what is told in pathways counts it, and it alone."""

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Answer, LiveModel
from optimiser.canonical import canonical_plan
from optimiser.lexicographic import in_order
from optimiser.problem import PlanProblem
from optimiser.program import Program

Float = NDArray[np.float64]

_SAME_PLAN = 1e-7
"""Each objective may lose 1e-9 of itself to rounding: counts nearer than this, relative to them, are of one plan."""


def counts_pathways_first(problem: PlanProblem) -> bool:
    """Whether the best of the first objective is the plan's counted pathways, so that its prices are of them."""
    first = problem.objectives[0]
    return first.name == "pathways" and (len(problem.objectives) == 1 or not first.tolerance_share)


def whole_plan(program: Program, live: LiveModel, first: Answer) -> Float:
    """The canonical plan by all objectives in order, float64 (columns,).

    Args:
        program: the programme, whose objectives are taken.
        live: just solved for the first of them; it may differ from the programme in limits; left as it is.
        first: that answer, optimal.

    Returns:
        The plan, as `solve` would find it.
    """
    beside = live.copy_as_it_stands()
    last = in_order(program, beside, first).answer
    return canonical_plan(program.problem, beside, last, intervals=False).columns


def counted_pathways(program: Program, live: LiveModel, first: Answer) -> float:
    """Counted pathways of the whole plan, whatever its objectives are.

    Args:
        program, live, first: as of `whole_plan`.

    Returns:
        Net or committed pathways, as the scenario says.
    """
    if counts_pathways_first(program.problem):
        return first.objective
    return counted_in(program.problem, whole_plan(program, live, first))


def counted_change(problem: PlanProblem, after: float | None, before: float) -> float | None:
    """A change of counted pathways: 0 where two ways to one plan leave it, None where there is no plan after."""
    if after is None:
        return None
    change = after - before
    same = not counts_pathways_first(problem) and abs(change) <= _SAME_PLAN * max(1.0, abs(before))
    return 0.0 if same else change


def counted_in(problem: PlanProblem, columns: Float) -> float:
    """Counted pathways of a plan given as columns."""
    return float(problem.value * columns[: problem.lines * problem.periods].sum())
