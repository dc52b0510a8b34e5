"""What a figure of the plan is worth over a whole range, by solving again from the last basis.

The range over which a price is exact is of no use to a person: on 50,000 variables the price of an envelope of 150 M
held for 0.004 % of it, while it was right within 0.1 % over a thousand times that (measured). So the curve is told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from optimiser.bridge import Answer, LiveModel
from optimiser.envelope_change import with_envelope
from optimiser.problem import PlanProblem
from optimiser.program import Program
from optimiser.standing_plan import StandingPlan, standing_plan
from optimiser.whole_plan import counted_change, counted_pathways

POINTS = tuple(round(0.6 + 0.025 * number, 3) for number in range(25))
"""Shares of the figure as it stands: from 60 to 120 %."""


MILLION_CENTS = 100_000_000

MOST_LINES = 512
"""With more lines the curve is drawn only where it is asked for: 25 plans then take minutes."""


@dataclass(frozen=True)
class CurvePoint:
    """The plan with one figure turned.

    Attributes:
        share: of the figure as it stands.
        figure: cents, a share, or cents a pathway, as the figure is counted.
        pathways: counted pathways of the plan by all its objectives in order (where pathways come first, the most there
            are); None where no plan is left, or none could be proven.
    """

    share: float
    figure: float
    pathways: float | None


def envelope_curve(standing: StandingPlan, shares: Sequence[float] = POINTS) -> tuple[CurvePoint, ...]:
    """The worth of the envelope; caps and floors declared as shares of it move with it.

    Args:
        standing: the plan as it stands; left as it was found.
        shares: of the envelope.

    Returns:
        A point for each share, in its order.
    """
    authorised = standing.problem.money.authorised_cents

    def solved(figure: float) -> tuple[Program, LiveModel, Answer]:
        program, _, live, answer = standing.varied(with_envelope(standing.problem, round(figure)))
        return program, live, answer

    return _curve(standing, float(authorised), shares, lambda figure: float(round(figure)), solved)


def row_curve(standing: StandingPlan, row: str, shares: Sequence[float] = POINTS) -> tuple[CurvePoint, ...]:
    """The worth of the figure behind one row (a cap, a floor, a share), all other figures staying as they are.

    Args:
        standing: the plan as it stands; left as it was found.
        row: its name.
        shares: of the figure as it stands.

    Returns:
        A point for each share, in its order.

    Raises:
        KeyError: for an unknown row, or one that only keeps the books.
    """
    number = standing.program.row_index(row)
    dial = standing.program.row(number).dial
    if dial is None:
        raise KeyError(row)

    def solved(figure: float) -> tuple[Program, LiveModel, Answer]:
        answer = standing.turned(number, figure)
        return standing.program, standing.live, answer

    return _curve(standing, dial.value, shares, lambda figure: figure, solved)


def _curve(
    standing: StandingPlan,
    figure: float,
    shares: Sequence[float],
    exact: Callable[[float], float],
    solved: Callable[[float], tuple[Program, LiveModel, Answer]],
) -> tuple[CurvePoint, ...]:
    """Walk away from the figure as it stands, first down and then up, so that each step is a small change."""
    found: dict[float, float | None] = {}
    for walk in (sorted((s for s in shares if s <= 1), reverse=True), sorted(s for s in shares if s > 1)):
        with standing.left_as_found():
            for share in walk:
                # A point that could not be proven is not told; it takes nothing from the others.
                program, live, answer = solved(exact(figure * share))
                found[share] = counted_pathways(program, live, answer) if answer.status == "optimal" else None
    return tuple(CurvePoint(share, exact(figure * share), found[share]) for share in shares)


def told_curve(problem: PlanProblem) -> dict[str, Any]:
    """The curve of the envelope as a field of the plan's findings; none for a plan of very many lines.

    Args:
        problem: a question that has a plan.

    Returns:
        {"curve": [{share, envelope_cents, pathways?, gained_pathways?, pathways_per_million?}]}, the pathways counted
        as the scenario counts them; gained over the envelope as it stands, and for each million since the point before.
    """
    if problem.lines > MOST_LINES or not problem.money.authorised_cents:
        return {}
    standing = standing_plan(problem)
    present = counted_pathways(standing.program, standing.live, standing.optimal)
    told: list[dict[str, Any]] = []
    for point in envelope_curve(standing):
        here = point_told(point, "envelope_cents")
        if point.pathways is not None:
            here["gained_pathways"] = counted_change(problem, point.pathways, present)
            before = told[-1] if told else {}
            step = here["envelope_cents"] - before.get("envelope_cents", 0)
            if "pathways" in before and step > 0:
                here["pathways_per_million"] = (point.pathways - before["pathways"]) / step * MILLION_CENTS
        told.append(here)
    return {"curve": told}


def point_told(point: CurvePoint, figure: str) -> dict[str, Any]:
    """A point of a curve in plain values; no pathways where no plan is left."""
    told: dict[str, Any] = {"share": point.share, figure: point.figure}
    if figure.endswith("_cents"):
        told[figure] = round(point.figure)
    if point.pathways is not None:
        told["pathways"] = point.pathways
    return told
