"""A two-stage programme solved and kept alive: another risk is another objective, solved from where it was."""

import numpy as np

from optimiser.bridge import DEFAULT_ITERATION_LIMIT, LiveModel, Method
from optimiser.bridge import Answer as Raw
from optimiser.certificate import Certificate, certify
from optimiser.two_stage.answers import Answer, Infeasible, Solved, Stopped, Unbounded
from optimiser.two_stage.extensive import Extensive, extensive_form, objective_under
from optimiser.two_stage.programme import Runs, TwoStage
from optimiser.two_stage.risk import Risk, TailBound, tail_mean


class Standing:
    """The extensive form of a programme, alive."""

    def __init__(
        self,
        programme: TwoStage,
        runs: Runs,
        risk: Risk | None = None,
        bounds: tuple[TailBound, ...] = (),
        iteration_limit: int = DEFAULT_ITERATION_LIMIT,
    ) -> None:
        """Lay the programme out and hand it over.

        Args:
            programme: the two stages.
            runs: what may happen.
            risk: what is aimed at; None for the mean.
            bounds: bounds on tails.
            iteration_limit: the most iterations of each run of the solver.
        """
        self.programme, self.runs, self.risk, self._bounds = programme, runs, risk, bounds
        self.form: Extensive = extensive_form(programme, runs, risk, bounds)
        self._live = LiveModel(self.form.arrays, iteration_limit)
        self._solved = False

    def solve(self, method: Method | None = None) -> Answer:
        """Solve as it stands.

        Args:
            method: as `LiveModel.run`; dual simplex at first, primal afterwards, from the last basis. Measured on the
                envelope's programme at 200 runs (196,000 columns): dual 5.8 s, interior point 6.1 s, primal minutes.

        Returns:
            The answer with its proof, or why there is none.
        """
        raw = self._live.run(method or ("primal" if self._solved else "dual"))
        self._solved = raw.status == "optimal"
        return self._told(raw)

    def under(self, risk: Risk) -> Answer:
        """Solve again under another risk; needs one from the start.

        Raises:
            ValueError: where the programme was laid out for the mean alone.
        """
        if self.risk is None:
            raise ValueError("laid out without a tail: give a risk from the start")
        self.risk = risk
        self._live.set_cost(objective_under(self.programme, self.runs, risk, self.form))
        return self.solve()

    def _told(self, raw: Raw) -> Answer:
        if raw.status == "infeasible":
            return self._infeasible()
        if raw.status == "unbounded":
            return Unbounded()
        if raw.status == "limit":
            return Stopped("iterations", raw.iterations)
        if raw.status != "optimal":
            raise RuntimeError(f"the solver ended with the status {raw.status}")
        certificate = certify(self._live.standing(), raw.columns, raw.prices)
        if not certificate.holds:
            return Stopped("certificate", raw.iterations)
        return self._answer(raw, certificate)

    def _answer(self, raw: Raw, certificate: Certificate) -> Solved:
        programme, form, sign = self.programme, self.form, self.programme.sign
        first, second = form.first_of(raw.columns), form.second_of(raw.columns)
        later = (programme.in_runs("cost", self.runs) * second).sum(axis=1)
        values = float(programme.first.cost @ first) + later
        probability = self.runs.probability / self.runs.probability.sum()
        mean = float(probability @ values)
        tail = None
        if self.risk is not None:
            tail = tail_mean(values, self.risk.level, "lower" if sign > 0 else "upper", probability)
        return Solved(
            objective=sign * raw.objective + 0.0,
            mean=mean,
            tail=tail,
            first=first,
            second=second,
            values=values,
            first_prices=sign * raw.prices[: form.first_rows],
            certificate=certificate,
            iterations=raw.iterations,
            eta=None
            if self.risk is None
            else float(raw.columns[form.first_columns] + sign * (programme.first.cost @ first)),
        )

    def _infeasible(self) -> Infeasible:
        form = self.form
        rows = self._live.rows_at_fault()
        first = tuple(row for row in rows if row < form.first_rows)
        later = [row - form.first_rows for row in rows if row >= form.first_rows]
        limits = form.runs * form.height
        by_run = tuple((row // form.height, row % form.height) for row in later if row < limits)
        return Infeasible(first, by_run, minimal=bool(rows))


def solve(
    programme: TwoStage,
    runs: Runs,
    risk: Risk | None = None,
    bounds: tuple[TailBound, ...] = (),
    iteration_limit: int = DEFAULT_ITERATION_LIMIT,
) -> Answer:
    """The best first stage over all runs (RP, the recourse problem).

    Args:
        programme: the two stages.
        runs: what may happen.
        risk: what is aimed at; the mean where none is given.
        bounds: bounds on tails.
        iteration_limit: the most iterations of each run of the solver.

    Returns:
        The answer with its proof; Infeasible, Unbounded or Stopped where there is none.

    Raises:
        ValueError: where the runs do not fit the programme.
        RuntimeError: where the solver gave up for a reason of its own.
    """
    return Standing(programme, runs, risk, bounds, iteration_limit).solve()


def frontier(
    programme: TwoStage,
    runs: Runs,
    level: float,
    weights: tuple[float, ...] = tuple(np.round(np.linspace(0.0, 1.0, 11), 10).tolist()),
    bounds: tuple[TailBound, ...] = (),
) -> tuple[Answer, ...]:
    """What is given up on average to gain in bad runs: one answer a weight, each from where the last one was.

    Args:
        programme: the two stages.
        runs: what may happen.
        level: alpha of the tail.
        weights: lambda of each point.
        bounds: bounds on tails.

    Returns:
        The answers, in the order of the weights.
    """
    standing = Standing(programme, runs, Risk(weights[0], level), bounds)
    return (standing.solve(), *(standing.under(Risk(weight, level)) for weight in weights[1:]))
