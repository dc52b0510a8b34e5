"""What a two-stage programme comes back with: an answer with its proof, or a type that says why there is none."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.certificate import Certificate
from optimiser.two_stage.risk import Risk

Float = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Solved:
    """The best first stage, and what it comes to in every run.

    Attributes:
        objective: (1 - weight) * mean + weight * tail, in the programme's own sense; the mean alone without risk.
        mean: of the values.
        tail: CVaR of the values; None where no risk was asked for.
        first: float64 (columns of the first stage,).
        second: float64 (runs, columns of the second stage).
        values: float64 (runs,), c x + q y of each run.
        first_prices: float64 (rows of the first stage,): change of the objective for one more unit of a row's limit.
        certificate: the proof, recomputed.
        iterations: of the solver.
    """

    objective: float
    mean: float
    tail: float | None
    first: Float
    second: Float
    values: Float
    first_prices: Float
    certificate: Certificate
    iterations: int
    eta: float | None = None
    """Where the tail begins, as a gain; None where no risk was asked for."""

    def threshold(self, risk: Risk | None, sign: float) -> float:
        """Where the tail begins, as a gain: the solver's own where the tail counts, else the quantile of the values."""
        if risk is None:
            return 0.0
        if risk.weight > 0 and self.eta is not None:
            return self.eta
        gains = np.sort(sign * self.values)
        return float(gains[min(int((1.0 - risk.level) * len(gains)), len(gains) - 1)])


@dataclass(frozen=True)
class Infeasible:
    """No first stage can be answered in every run.

    Attributes:
        first_rows: rows of the first stage that take part in a conflict.
        run_rows: (run, row of the second stage) that do; a row number past the last is a bound on the tail.
        minimal: whether without any one of them the others can hold; False where the solver could not tell.
    """

    first_rows: tuple[int, ...] = ()
    run_rows: tuple[tuple[int, int], ...] = ()
    minimal: bool = False


@dataclass(frozen=True)
class Unbounded:
    """The objective has no end: a limit is missing from the programme."""


@dataclass(frozen=True)
class Stopped:
    """The solver stopped before it could prove an optimum; nothing is returned as an answer.

    Attributes:
        reason: "iterations", or "certificate" where its answer did not stand the check.
        iterations: how many were made.
    """

    reason: str
    iterations: int


Failure = Infeasible | Unbounded | Stopped
Answer = Solved | Failure


@dataclass(frozen=True, eq=False)
class Evaluated:
    """What a given first stage comes to in each run, answered at best.

    Attributes:
        values: float64 (runs,), c x + q y; NaN in the runs that cannot be answered.
        probability: float64 (runs,).
        unanswered: the runs with no feasible answer; where there is any, the mean does not exist.
    """

    values: Float
    probability: Float
    unanswered: tuple[int, ...] = ()

    @property
    def mean(self) -> float | None:
        """The mean of the values; None where a run cannot be answered."""
        if self.unanswered:
            return None
        return float(self.probability @ self.values) / float(self.probability.sum())
