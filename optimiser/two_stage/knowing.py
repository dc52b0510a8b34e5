"""What modelling luck is worth, and what knowing it would be: WS, EV, EEV, VSS and EVPI."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import LiveModel
from optimiser.certificate import certify
from optimiser.two_stage.answers import Evaluated, Failure, Infeasible, Solved, Stopped, Unbounded
from optimiser.two_stage.evaluating import evaluate
from optimiser.two_stage.extensive import extensive_form
from optimiser.two_stage.programme import Runs, TwoStage
from optimiser.two_stage.standing import solve

Float = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class WaitAndSee:
    """Each run answered as if it had been known beforehand.

    Attributes:
        values: float64 (runs,), the best value of each run.
        firsts: float64 (runs, columns of the first stage), what would have been decided.
        probability: float64 (runs,).
    """

    values: Float
    firsts: Float
    probability: Float

    @property
    def mean(self) -> float:
        """WS: a bound that nobody can reach who must decide before."""
        return float(self.probability @ self.values) / float(self.probability.sum())


def wait_and_see(programme: TwoStage, runs: Runs) -> WaitAndSee | Failure:
    """The best value of each run, known beforehand (WS).

    Args:
        programme: the two stages.
        runs: what may happen.

    Returns:
        The values of all runs; the first failure where a run has none.
    """
    values, firsts = np.zeros(len(runs)), np.zeros((len(runs), len(programme.first.cost)))
    live: LiveModel | None = None
    for run in range(len(runs)):
        form = extensive_form(programme, runs.only(run))
        if live is None:
            live = LiveModel(form.arrays)
            raw = live.run("dual")
        else:
            live.become(form.arrays)
            raw = live.run("dual")
        if raw.status == "infeasible":
            return Infeasible(run_rows=((run, 0),))
        if raw.status == "unbounded":
            return Unbounded()
        if raw.status != "optimal":
            return Stopped("iterations", raw.iterations)
        if not certify(form.arrays, raw.columns, raw.prices).holds:
            return Stopped("certificate", raw.iterations)
        values[run] = programme.sign * raw.objective
        firsts[run] = form.first_of(raw.columns)
    return WaitAndSee(values, firsts, runs.probability)


@dataclass(frozen=True, eq=False)
class Knowing:
    """The five classical figures of a programme, each a value or the reason why there is none.

    Attributes:
        sense_sign: 1 for gains, -1 for costs.
        recourse: RP, the here-and-now answer.
        waited: WS, each run known beforehand.
        expected: EV, the answer to the mean of all that varies.
        delivered: EEV, what that answer comes to in the runs; it may not be answerable in some of them, which is an
            answer too: VSS is then without end.
    """

    sense_sign: float
    recourse: Solved | Failure
    waited: WaitAndSee | Failure
    expected: Solved | Failure
    delivered: Evaluated | Failure

    @property
    def evpi(self) -> float | None:
        """Expected value of perfect information: |WS - RP|, at least 0; None where one of the two is missing."""
        if isinstance(self.recourse, Solved) and isinstance(self.waited, WaitAndSee):
            return self.sense_sign * (self.waited.mean - self.recourse.mean)
        return None

    @property
    def vss(self) -> float | None:
        """Value of the stochastic solution: |RP - EEV|, at least 0, infinite where the mean's answer breaks down.

        None where a figure is missing.
        """
        if not isinstance(self.recourse, Solved) or not isinstance(self.delivered, Evaluated):
            return None
        if self.delivered.mean is None:
            return float("inf")
        return self.sense_sign * (self.recourse.mean - self.delivered.mean)


def value_of_knowing(programme: TwoStage, runs: Runs) -> Knowing:
    """WS, RP, EV and EEV of a programme on the same runs, in expectation.

    Args:
        programme: the two stages.
        runs: what may happen.

    Returns:
        Knowing. Where the mean's programme has several best answers, EEV is that of the one the solver found.

    Source: Birge and Louveaux, Introduction to Stochastic Programming, chapter 4.
    """
    expected = solve(programme, runs.mean())
    delivered: Evaluated | Failure
    delivered = evaluate(programme, expected.first, runs) if isinstance(expected, Solved) else expected
    return Knowing(programme.sign, solve(programme, runs), wait_and_see(programme, runs), expected, delivered)
