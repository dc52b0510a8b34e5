"""What a first stage that is fixed comes to: one small programme, solved for run after run from where it was."""

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Arrays, LiveModel
from optimiser.certificate import certify
from optimiser.two_stage.answers import Evaluated, Stopped, Unbounded
from optimiser.two_stage.programme import Runs, TwoStage

Float = NDArray[np.float64]


def evaluate(programme: TwoStage, first: Float, runs: Runs) -> Evaluated | Unbounded | Stopped:
    """The value of a first stage in each run, each answered at best.

    Args:
        programme: the two stages.
        first: float64 (columns of the first stage,); its own rows are not asked about.
        runs: what may happen; runs on which the first stage was not chosen, if its delivery is to be believed.

    Returns:
        The values, with the runs that cannot be answered; Unbounded where an answer has no end.
    """
    recourse, technology, sign = programme.second.matrix, programme.technology, programme.sign
    order = np.lexsort((recourse.columns, recourse.rows))
    parts = {part: programme.in_runs(part, runs) for part in ("column_lower", "column_upper", "row_lower", "row_upper")}
    cost, weights = sign * programme.in_runs("cost", runs), programme.in_runs("recourse", runs)[:, order]
    moved = _moved(technology.rows, technology.columns, programme.in_runs("technology", runs), first, recourse.shape[0])
    now = float(programme.first.cost @ first)
    starts = np.concatenate([[0], np.cumsum(np.bincount(recourse.rows, minlength=recourse.shape[0]))])
    values, unanswered = np.full(len(runs), np.nan), []
    live: LiveModel | None = None
    method = "primal" if {one.part for one in runs.varying} <= {"cost"} else "dual"
    for run in range(len(runs)):
        arrays = Arrays(
            cost=cost[run],
            col_lower=parts["column_lower"][run],
            col_upper=parts["column_upper"][run],
            row_lower=parts["row_lower"][run] - moved[run],
            row_upper=parts["row_upper"][run] - moved[run],
            starts=starts.astype(np.int32),
            columns=recourse.columns[order].astype(np.int32),
            values=weights[run],
            column_names=(),
        )
        if live is None:
            live = LiveModel(arrays)
        else:
            live.become(arrays)
        raw = live.run("primal" if method == "primal" else "dual")
        if raw.status == "infeasible":
            unanswered.append(run)
        elif raw.status == "unbounded":
            return Unbounded()
        elif raw.status != "optimal":
            return Stopped("iterations", raw.iterations)
        elif not certify(arrays, raw.columns, raw.prices).holds:
            return Stopped("certificate", raw.iterations)
        else:
            values[run] = now + sign * raw.objective
    return Evaluated(values, runs.probability, tuple(unanswered))


def _moved(rows: NDArray[np.int64], columns: NDArray[np.int64], values: Float, first: Float, count: int) -> Float:
    """T x in every run, float64 (runs, rows)."""
    products = values * first[columns]
    out = np.zeros((len(values), count))
    np.add.at(out.T, rows, products.T)
    return out
