"""What figure buys a wanted number of pathways: of the envelope by its curve, of any other by asking again."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from optimiser.envelope_change import with_envelope
from optimiser.plan import Plan
from optimiser.problem import PlanProblem
from optimiser.solve import solve
from optimiser.standing_plan import StandingPlan
from optimiser.whole_plan import counted_pathways

LARGEST_FACTOR = 16.0
"""An envelope more than this many times the present one is not looked for."""


@dataclass(frozen=True)
class Goal:
    """The figure that reaches a goal.

    Attributes:
        wanted: counted pathways asked for.
        figure: the least envelope in cents, or the greatest share, that reaches them; None where none does.
        reached: counted pathways at that figure, or the most there are where none does.
    """

    wanted: float
    figure: float | None
    reached: float


def envelope_for(standing: StandingPlan, pathways: float) -> Goal:
    """The least envelope whose plan counts at least some pathways.

    Args:
        standing: the plan as it stands; left as it was found.
        pathways: counted as the scenario counts them.

    Returns:
        The envelope in whole cents. Caps and floors declared as shares of it move with it. Where the plan aims at
        something else than pathways first, they are those that its plan happens to count, and more money may count
        fewer: the envelope is then one that reaches them, and one cent less does not.
    """
    authorised = max(standing.problem.money.authorised_cents, 100)

    with standing.left_as_found():

        def counted(cents: int) -> float:
            program, _, live, answer = standing.varied(with_envelope(standing.problem, cents))
            return counted_pathways(program, live, answer) if answer.status == "optimal" else -math.inf

        enough = pathways - 1e-9 * max(1.0, pathways)
        reached = authorised, counted(authorised)
        while reached[1] < enough and reached[0] < LARGEST_FACTOR * authorised:
            further = min(reached[0] * 2, int(LARGEST_FACTOR * authorised))
            if counted(further) < reached[1]:
                # Floors that grow with the envelope ask for more than there is, or take from the rest: not the way on.
                reached = _highest(counted, reached[0] // 2, further, enough)
                break
            reached = further, counted(further)
        high, most = reached
        if most < enough:
            return Goal(pathways, None, max(most, 0.0))
        low, least = 0, counted(0)
        # Between two envelopes the curve lies above its chord: the chord's guess is never too low, halving as a guard.
        while high - low > 1:
            chord = low + int((high - low) * max(0.0, (enough - least) / max(most - least, 1e-12)))
            for guess in (chord, (low + high) // 2) if math.isfinite(least) else ((low + high) // 2,):
                guess = min(max(guess, low + 1), high - 1)
                if guess <= low or guess >= high:
                    continue
                found = counted(guess)
                if found >= enough:
                    high, most = guess, found
                else:
                    low, least = guess, found
        return Goal(pathways, float(high), most)


def _highest(counted: Callable[[int], float], low: int, high: int, enough: float) -> tuple[int, float]:
    """The envelope that counts most between two, or the first found that counts enough.

    Where there is a plan the curve is concave, and beyond some envelope there may be none: of two points inside, the
    part beyond the worse one holds no better.

    Source: search of a unimodal function by thirds (Kiefer, 1953, in its simplest form).
    """
    best = low, counted(low)
    while high - low > 2 and best[1] < enough:
        third = (high - low) // 3
        left, right = low + third, high - third
        at_left, at_right = counted(left), counted(right)
        best = max(best, (left, at_left), (right, at_right), key=lambda point: point[1])
        if at_left >= at_right:
            high = right
        else:
            low = left
    return best


def share_for(pose: Callable[[float], PlanProblem], pathways: float, precision: float = 1e-4) -> Goal:
    """The greatest share (of pay support) whose plan still counts at least some pathways.

    Args:
        pose: the problem under a share between 0 and 1; more of it never counts more pathways.
        pathways: counted as the scenario counts them.
        precision: of the share.

    Returns:
        The share, by halving whole problems.
    """

    def counted(share: float) -> float:
        plan = solve(pose(share))
        return plan.objective if isinstance(plan, Plan) else -math.inf

    low, high = 0.0, 1.0
    at_low, at_high = counted(low), counted(high)
    if at_high >= pathways:
        return Goal(pathways, 1.0, at_high)
    if at_low < pathways:
        return Goal(pathways, None, max(at_low, 0.0))
    while high - low > precision:
        middle = (low + high) / 2
        found = counted(middle)
        if found >= pathways:
            low, at_low = middle, found
        else:
            high = middle
    return Goal(pathways, low, at_low)
