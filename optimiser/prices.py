"""What one more unit of each declared figure would change, held against solving the plan again."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Answer, Arrays, LiveModel
from optimiser.certificate import proven
from optimiser.plan import RowPrice
from optimiser.program import Program
from optimiser.row import Dial, Row
from optimiser.turning import turn, turn_back
from optimiser.whole_plan import counted_change, counted_in, counted_pathways, counts_pathways_first
from optimiser.worth_unit import worth_of

Float = NDArray[np.float64]

STEP = 0.01
"""Prices are held against solving again with the figure 1 % lower and 1 % higher."""
AGREEMENT = 0.01
"""A price holds over a step when the plan solved again changed as it says within 1 %."""
NEARBY = 1e-6
"""How far beside a figure its left and right prices are taken, relative to it."""
_SAME = 1e-5
"""Nearer than this, relative to each other, two one-sided prices are one: a share bends the objective by about as much
as it is turned, where there is no corner."""
MOST_LINES = 512
"""With more lines and other aims than pathways, no change is told: each is a whole plan by all objectives."""
_BINDING = 1e-7
_NOTHING = 1e-9
"""A price below this, in its told unit, is what the solver leaves of nothing."""
TOLD = {"cents": 100_000.0, "share": 0.01, "cents_per_pathway": 100.0, "officers": 1.0}
"""How much of a figure one told unit is: 1,000 EUR, a point of a share, 1 EUR a pathway, an officer."""


def told_unit(dial: Dial, currency: str, worth: str = "pathways") -> str:
    """The unit that the price of a figure is told in; `worth` is what the first objective counts."""
    per = {
        "cents": f"k{currency}",
        "share": "point",
        "cents_per_pathway": f"({currency}/pathway)",
        "officers": "officer",
    }
    return f"{worth}/{per[dial.unit]}"


@dataclass(frozen=True, eq=False)
class Priced:
    """Prices of rows, and the iterations spent on holding them against new solutions."""

    prices: tuple[RowPrice, ...]
    iterations: int


def price_rows(program: Program, arrays: Arrays, live: LiveModel, optimal: Answer, columns: Float) -> Priced:
    """Price every row that stands for a figure of the scenario.

    Args:
        program: the programme.
        arrays: the same as arrays.
        live: alive with the optimal basis; it is left as it was found.
        optimal: the first answer, whose prices prove the plan.
        columns: float64 (columns,), the plan after its last objective.

    Returns:
        The prices, in the order of the rows: of the best of the first objective, in its own unit. The changes 1 % to
        either side are of the counted pathways of the whole plan, whatever it aims at.

    Source: sensitivity of a linear programme; a coefficient's figure is priced by the row's price times how much of it
    the plan uses (Mills, Marginal values of matrix games and linear programs, 1956).
    """
    worth, factor = worth_of(program)
    # Prices are of the first objective: at its own optimum where later ones moved the plan.
    priced_at = columns if len(program.problem.objectives) == 1 else optimal.columns
    activities = [arrays.activity(columns)] + ([] if priced_at is columns else [arrays.activity(priced_at)])
    first_counts = counts_pathways_first(program.problem)
    tried_too = first_counts or program.problem.lines <= MOST_LINES
    now = optimal.objective if first_counts else counted_in(program.problem, columns)
    told, iterations = [], 0
    for number, row in program.stated:
        if row.dial is None:
            continue
        limit = arrays.row_upper[number] if row.sense == "<=" else arrays.row_lower[number]
        scale = max(1.0, abs(float(limit)), float(np.abs(columns).max(initial=0.0)))
        binding = any(bool(abs(activity[number] - limit) <= _BINDING * scale) for activity in activities)
        per_figure = float(optimal.prices[number]) * slope_of(row.dial, priced_at) if binding else 0.0
        unit = TOLD[row.dial.unit] * factor
        if abs(per_figure * unit) <= _NOTHING:
            per_figure = 0.0
        low, high, left, right, lower, higher = None, None, None, None, None, None
        if binding and tried_too:
            value = row.dial.value
            left, right = (_one_sided(arrays, live, number, row, side) for side in (-NEARBY, NEARBY))
            under, over = (_turned(program, arrays, live, number, value * (1 + side)) for side in (-STEP, STEP))
            iterations += under.iterations + over.iterations
            lower, higher = (counted_change(program.problem, one.pathways, now) for one in (under, over))
            # On a corner each side is held against its own price: one unit more is not worth what one unit less is.
            # And a price of pathways against those of the whole plan, of which later objectives may take a share.
            below, above = (
                _agrees(
                    change if worth == "pathways" or one.objective is None else one.objective - optimal.objective,
                    (per_figure if side is None else side) * value * step,
                )
                for one, change, side, step in ((under, lower, left, -STEP), (over, higher, right, STEP))
            )
            if below or above:
                low = _end(row.dial, -STEP if below else 0)
                high = _end(row.dial, STEP if above else 0)
        told.append(
            RowPrice(
                row=row.name,
                family=row.family,
                subject=row.subject,
                binding=binding,
                price=per_figure * unit + 0.0,
                unit=told_unit(row.dial, program.problem.currency, worth),
                low=low,
                high=high,
                price_left=_differing(left, per_figure, unit),
                price_right=_differing(right, per_figure, unit),
                figure=row.dial.value if binding and tried_too else None,
                change_lower=lower,
                change_higher=higher,
            )
        )
    return Priced(tuple(told), iterations)


def _end(dial: Dial, step: float) -> float:
    """An end of the range that was tried; money in whole cents."""
    figure = dial.value * (1 + step)
    return round(figure) if dial.unit in ("cents", "cents_per_pathway") else figure


def _one_sided(arrays: Arrays, live: LiveModel, number: int, row: Row, step: float) -> float | None:
    """The price of a figure just beside where it stands: of the left or of the right side of a corner."""
    dial = row.dial
    if dial is None:
        return None
    turn(live, arrays, number, row, dial.value * (1 + step))
    answer, _ = proven(live)
    turn_back(live, arrays, number)
    if answer.status != "optimal":
        return None
    return float(answer.prices[number]) * slope_of(dial, answer.columns)


def _differing(one_sided: float | None, per_figure: float, told: float) -> float | None:
    """A one-sided price in its told unit, where it is not the price itself."""
    if one_sided is None or abs(one_sided - per_figure) <= _SAME * max(abs(one_sided), abs(per_figure)):
        return None
    return one_sided * told if abs(one_sided * told) > _NOTHING else 0.0


def slope_of(dial: Dial, columns: Float) -> float:
    """What one more unit of a figure adds to its row's limit, less what it adds to what the plan uses of it."""
    slope = dial.limit_slope
    if dial.commit_slopes is not None:
        slope -= float(dial.commit_slopes @ columns[: len(dial.commit_slopes)])
    return slope


@dataclass(frozen=True)
class _Turned:
    """What a turned figure comes to: the best of the first objective, and counted pathways of the whole plan.

    Both are None where no plan is left.
    """

    objective: float | None
    pathways: float | None
    iterations: int


def _turned(program: Program, arrays: Arrays, live: LiveModel, number: int, figure: float) -> _Turned:
    """Solve again with the figure of a row turned to another value; the live programme is left as it was found."""
    turn(live, arrays, number, program.row(number), figure)
    answer = live.run()
    optimal = answer.status == "optimal"
    pathways = counted_pathways(program, live, answer) if optimal else None
    turn_back(live, arrays, number)
    return _Turned(answer.objective if optimal else None, pathways, answer.iterations)


def _agrees(change: float | None, expected: float) -> bool:
    return change is not None and expected != 0.0 and abs(change - expected) <= AGREEMENT * abs(expected)
