"""The smallest change of one figure that would give a branch what it asked."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np

from optimiser.bridge import Answer, LiveModel
from optimiser.envelope_change import with_envelope
from optimiser.program import Program
from optimiser.standing_plan import StandingPlan
from optimiser.whole_plan import counted_in, counts_pathways_first, whole_plan

LARGEST_FACTOR = 4.0
"""An envelope more than this many times the present one is not looked for."""
ROUND_STEPS = ((10_000_000, 99_950_000), (100_000, 10_000_000), (100, 0))
"""Steps in cents that an advised figure is rounded up to (0.1 M€, 1 k€, 1 €), each from which size on."""
FINE_CENTS = 100_000
"""The coarsest step for a floor."""
_SERVED = 1e-6
_PRECISION = 1e-5


@dataclass(frozen=True)
class Change:
    """One figure changed, all others staying.

    Attributes:
        lever: what is changed: the branch's cap, the envelope, or a floor for the branch.
        row: the row it stands for; "" for the envelope as a whole and for a floor that is not declared.
        present_cents: the figure as it stands, 0 for a floor that is not declared.
        needed_cents: the least figure with which the plan serves all that the branch asks; None where none does.
        pathways: how many counted pathways more (or fewer) the whole plan has with the advised figure.
        advised_cents: the needed figure rounded up as far as it still serves all; None where none does.
    """

    lever: Literal["cap", "envelope", "floor"]
    row: str
    present_cents: float
    needed_cents: float | None
    pathways: float | None
    advised_cents: int | None = None


@dataclass(frozen=True)
class Counterfactual:
    """What would give a branch what it asked.

    Attributes:
        branch: its code.
        asked, served: expected pathways over the horizon.
        changes: one a lever; none where the branch is served already.
    """

    branch: str
    asked: float
    served: float
    changes: tuple[Change, ...]


def counterfactual(standing: StandingPlan, branch: str) -> Counterfactual:
    """The smallest change of its cap, of the envelope, or of its floor that serves all that a branch asks.

    Args:
        standing: the plan as it stands; left as it was found.
        branch: its code.

    Returns:
        The changes. A figure is found by halving; each guess is the canonical plan of a whole question.

    Raises:
        KeyError: for a branch without a line.

    Source: relative counterfactual explanations of an optimum (Kurtz, Birbil and den Hertog, 2026), one figure at a
    time.
    """
    problem = standing.problem
    if branch not in problem.cells.branches:
        raise KeyError(branch)
    lines = np.flatnonzero(problem.cells.branch_of_line == problem.cells.branches.index(branch))
    if not len(lines):
        raise KeyError(branch)
    asked = float(problem.demand.pathways[lines].sum())

    def served(program: Program, live: LiveModel, answer: Answer) -> tuple[float, float]:
        """Pathways committed in the branch, and counted in all."""
        if answer.status != "optimal":
            return -1.0, 0.0
        columns = whole_plan(program, live, answer)
        cells = problem.lines * problem.periods
        here = float(columns[:cells].reshape(problem.lines, problem.periods)[lines].sum())
        return here, answer.objective if counts_pathways_first(problem) else counted_in(problem, columns)

    enough = asked * (1 - _SERVED)
    with standing.left_as_found():
        now, counted = served(standing.program, standing.live, standing.optimal)
    if now >= enough:
        return Counterfactual(branch, asked, now, ())

    def turned(number: int) -> Callable[[float], tuple[float, float]]:
        def found(figure: float) -> tuple[float, float]:
            return served(standing.program, standing.live, standing.turned(number, figure))

        return found

    def enveloped(figure: float) -> tuple[float, float]:
        program, _, live, answer = standing.varied(with_envelope(problem, round(figure)))
        return served(program, live, answer)

    changes = []
    price = problem.demand.price_cents
    dearest = float(ceil((problem.demand.pathways[lines] * price[lines]).sum() * 1.5 + 100.0))
    for number, row in standing.program.stated:
        if row.family in ("branch_cap", "branch_floor") and row.subject == branch and row.dial is not None:
            lever: Literal["cap", "floor"] = "cap" if row.family == "branch_cap" else "floor"
            ahead = max(dearest, row.dial.value)
            changes.append(_least(standing, lever, row.name, row.dial.value, ahead, enough, counted, turned(number)))
    authorised = float(problem.money.authorised_cents)
    ahead = LARGEST_FACTOR * authorised
    changes.append(_least(standing, "envelope", "", authorised, ahead, enough, counted, enveloped))
    return Counterfactual(branch, asked, now, tuple(changes))


def _least(
    standing: StandingPlan,
    lever: Literal["cap", "envelope", "floor"],
    row: str,
    present: float,
    ahead: float,
    enough: float,
    counted: float,
    found: Callable[[float], tuple[float, float]],
) -> Change:
    """Halve between the present figure, which is too small, and one far ahead."""
    with standing.left_as_found():
        served, pathways = found(ahead)
        if served < enough and lever == "floor":
            # More than the branch can use may be more than there is: the largest floor that leaves a plan is tried.
            low, high = present, ahead
            for _ in range(40):
                middle = float(round((low + high) / 2))
                here, worth = found(middle)
                if here < 0:
                    high = middle
                elif here < enough:
                    low = middle
                else:
                    served, pathways, ahead = here, worth, middle
                    break
        if served < enough:
            return Change(lever, row, present, None, None)
        low, high = present, ahead
        while high - low > max(100.0, _PRECISION * high):
            middle = float(round((low + high) / 2))
            here, worth = found(middle)
            if here >= enough:
                high, pathways = middle, worth
            else:
                low = middle
        advised, pathways = _advised(lever, high, pathways, found, enough)
    return Change(lever, row, present, high, pathways - counted, advised)


def _advised(
    lever: Literal["cap", "envelope", "floor"],
    needed: float,
    pathways: float,
    found: Callable[[float], tuple[float, float]],
    enough: float,
) -> tuple[int, float]:
    """The figure rounded up to the coarsest step that still serves, and its worth.

    A floor is never rounded to the tenth of a million: what the branch cannot use is taken from others.
    """
    exact = ceil(needed)
    for step, from_cents in ROUND_STEPS:
        rounded = -(-exact // step) * step
        if exact < from_cents or (lever == "floor" and step > FINE_CENTS):
            continue
        served, worth = found(float(rounded))
        if served >= enough:
            return rounded, worth
    return exact, pathways
