"""A programme solved and kept alive, so that the next question about it costs little."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from optimiser.bridge import DEFAULT_ITERATION_LIMIT, Answer, Arrays, LiveModel
from optimiser.certificate import proven
from optimiser.problem import PlanProblem
from optimiser.program import Program, build
from optimiser.turning import turn
from optimiser.variants import variant


class NoStandingPlan(Exception):
    """The problem has no proven optimum to ask further questions about; `solve` says why."""


@dataclass(frozen=True, eq=False)
class StandingPlan:
    """A solved programme that is asked "and if ...?".

    Attributes:
        program, arrays: the programme, and the same as arrays.
        live: alive with the optimal basis; every question leaves it as it was found.
        optimal: the proven answer for the first objective.
        basis: where that answer stands.
    """

    program: Program
    arrays: Arrays
    live: LiveModel
    optimal: Answer
    basis: Any

    @property
    def problem(self) -> PlanProblem:
        """What was asked."""
        return self.program.problem

    @contextmanager
    def left_as_found(self) -> Iterator[None]:
        """Put the live programme back to how it was handed over, whatever is done to it inside."""
        try:
            yield
        finally:
            self.live.become(self.arrays)
            self.live.start_from(self.basis)

    def turned(self, number: int, figure: float) -> Answer:
        """The proven answer with the figure of one row turned to another value, all other figures staying.

        Call it inside `left_as_found`; each call starts where the last one ended.

        Args:
            number: of the row, which has a dial.
            figure: the other value.

        Returns:
            The answer; `infeasible` where no plan is left.
        """
        turn(self.live, self.arrays, number, self.program.row(number), figure)
        return proven(self.live)[0]

    def varied(self, problem: PlanProblem) -> tuple[Program, Arrays, LiveModel, Answer]:
        """The proven answer to another problem of the same lines and periods.

        Call it inside `left_as_found`; each call starts where the last one ended.

        Args:
            problem: the other question.

        Returns:
            Its programme, the same as arrays, alive, and its answer. Where the other question has other rows it is
            solved anew, beside this one.
        """
        program = variant(self.program, problem)
        arrays = program.arrays
        try:
            self.live.become(arrays)
        except ValueError:
            fresh = LiveModel(arrays)
            return program, arrays, fresh, proven(fresh, "first")[0]
        return program, arrays, self.live, proven(self.live)[0]


def standing_plan(problem: PlanProblem, iteration_limit: int = DEFAULT_ITERATION_LIMIT) -> StandingPlan:
    """Solve a problem for its first objective and keep it alive.

    Raises:
        NoStandingPlan: where there is no plan or none could be proven.
    """
    program = build(problem)
    arrays = program.arrays
    live = LiveModel(arrays, iteration_limit)
    optimal, _ = proven(live, "first")
    if optimal.status != "optimal":
        raise NoStandingPlan(optimal.status)
    return StandingPlan(program, arrays, live, optimal, live.basis())
