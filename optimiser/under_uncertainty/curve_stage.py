"""The second stage where no committee moves money and no payment binds: the funding curves of lines.

Columns: for each line, the pieces of its curve in the run, cheapest money first. Row: the pieces of a line use no more
than it was notified. Curves have as many pieces as the longest needs; shorter ones end in pieces of no width.
"""

import numpy as np

from optimiser.problem import PlanProblem
from optimiser.two_stage.programme import Entries, Runs, Stage, TwoStage, Varying
from optimiser.under_uncertainty.first_stage import FirstStage
from optimiser.under_uncertainty.funding import funding_curves
from optimiser.under_uncertainty.line_price import line_prices
from scenarios.need_runs import NeedRuns


def curve_programme(problem: PlanProblem, first: FirstStage, need: NeedRuns) -> tuple[TwoStage, Runs]:
    """The envelope's two-stage programme by funding curves; the same optimum as `envelope_programme` without moves.

    Args:
        problem: the question of the mean plan, without payments by year.
        first: its first stage.
        need: what is asked in each run.

    Returns:
        The programme, in counted pathways and units of money, and its runs, equally likely.
    """
    lines, runs = problem.lines, len(need)
    price = line_prices(problem, need)
    kept = np.broadcast_to(1.0 - problem.returned_share, (runs, *problem.returned_share.shape))
    flat = runs * lines
    curves = funding_curves(
        need.pathways.reshape(flat, problem.periods),
        price.reshape(flat),
        kept.reshape(flat, problem.periods, problem.periods),
        problem.commitment_factor,
        problem.patience_periods,
    )
    starts = np.searchsorted(curves.row, np.arange(flat))
    place = np.arange(len(curves.row)) - starts[curves.row]
    line, run = curves.row % lines, curves.row // lines
    # A line that no run asks of keeps a piece of no width: a programme without columns is none.
    most = np.ones(lines, dtype=np.int64)
    np.maximum.at(most, line, place + 1)
    before = np.concatenate([[0], np.cumsum(most)])
    columns = int(before[-1])
    width, slope = np.zeros((runs, columns)), np.zeros((runs, columns))
    width[run, before[line] + place] = curves.width
    slope[run, before[line] + place] = problem.value * curves.slope
    every = np.arange(columns, dtype=np.int64)
    second = Stage(
        cost=np.zeros(columns),
        column_lower=np.zeros(columns),
        column_upper=np.zeros(columns),
        matrix=Entries(np.repeat(np.arange(lines), most), every, np.ones(columns), (lines, columns)),
        row_lower=np.full(lines, -np.inf),
        row_upper=np.zeros(lines),
    )
    technology = Entries(np.arange(lines), np.arange(lines), -np.ones(lines), (lines, lines))
    varying = (Varying("cost", every, slope), Varying("column_upper", every, width))
    return TwoStage("max", first.stage, second, technology), Runs(np.full(runs, 1.0 / runs), varying)
