"""Objectives in order: each is taken as far as the ones before it allow, within the tolerance that they declare."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Answer, Arrays, LiveModel, Method
from optimiser.certificate import Certificate, proven
from optimiser.objectives import OBJECTIVES
from optimiser.objectives.aim import Aim
from optimiser.program import Program
from optimiser.row import Row

Float = NDArray[np.float64]

_ROUNDING = 1e-9
"""What an objective that shall not be given up at all may lose to rounding, relative to its size."""
_METHODS: tuple[Method, ...] = ("primal", "dual", "ipm")
"""Tried in turn until an answer stands its check; the last point is still feasible for the first."""


@dataclass(frozen=True)
class Reached:
    """How far an objective was taken.

    Attributes:
        name: of the objective.
        unit: what `best` and `value` are in: "pathways", "weighted_pathways", "hours", "share" or "cents".
        best: the best there was when its turn came.
        value: what is left of it once the later objectives had theirs.
        tolerance_share: the share of `best` that later objectives were allowed.
    """

    name: str
    unit: str
    best: float
    value: float
    tolerance_share: float


@dataclass(frozen=True, eq=False)
class InOrder:
    """The answer after the last objective.

    Attributes:
        answer: optimal for the last objective under the ones before.
        arrays: the programme of the last objective, with a row for each one before.
        best: for each objective, the best of the maximised sum when its turn came.
        costs: for each objective, float64 (columns,).
        certificates: of each objective but the first, which is certified by who solved it.
        iterations: spent after the first.
    """

    answer: Answer
    arrays: Arrays
    best: tuple[float, ...]
    costs: tuple[Float, ...]
    certificates: tuple[Certificate, ...]
    iterations: int

    def reached(self, program: Program, columns: Float) -> tuple[Reached, ...]:
        """How far each objective was taken, told at a plan."""
        told = []
        for objective, best, cost in zip(program.problem.objectives, self.best, self.costs, strict=True):
            aim = OBJECTIVES[objective.name](program.problem, program.variables)
            value = float(cost @ columns)
            told.append(
                Reached(
                    objective.name,
                    aim.unit,
                    best * aim.told_factor,
                    value * aim.told_factor,
                    objective.tolerance_share,
                )
            )
        return tuple(told)


def in_order(program: Program, live: LiveModel, first: Answer) -> InOrder:
    """Take the later objectives of a programme one after the other.

    Args:
        program: the programme.
        live: it, just solved for its first objective; left with one row for each objective but the last.
        first: that answer, optimal.

    Returns:
        InOrder; its answer's status is not `optimal` where the solver stopped early.

    Source: lexicographic optimisation with tolerances (preemptive goal programming, Charnes and Cooper, 1961).
    """
    problem, answer = program.problem, first
    place = program.variables.place
    costs = [cost_of(OBJECTIVES[objective.name](problem, program.variables), place) for objective in problem.objectives]
    best, certificates, iterations = [first.objective], [], 0
    for number, cost in enumerate(costs[1:]):
        keep(live, costs[number], best[-1], problem.objectives[number].tolerance_share)
        live.set_cost(cost)
        for method in _METHODS:
            answer, certificate = proven(live, method)
            iterations += answer.iterations
            if answer.status != "failed":
                break
        if answer.status != "optimal":
            break
        best.append(answer.objective)
        certificates.append(certificate)
    return InOrder(answer, live.standing().copy(), tuple(best), tuple(costs), tuple(certificates), iterations)


def last_program(program: Program, ordered: InOrder) -> Program:
    """The programme of the last objective, with a named row for each one before: what any solver solves at once.

    Args:
        program: the programme of the first objective.
        ordered: its objectives taken in order.

    Returns:
        The same programme where there is one objective.
    """
    problem, variables = program.problem, program.variables
    aims = [OBJECTIVES[objective.name](problem, variables) for objective in problem.objectives]
    kept = tuple(
        Row(
            name=f"kept_{objective.name}",
            family="kept_objective",
            terms=aim.terms,
            sense=">=",
            limit=least_kept(best, objective.tolerance_share),
        )
        for objective, aim, best in zip(problem.objectives[:-1], aims[:-1], ordered.best[:-1], strict=True)
    )
    return Program(problem, variables, aims[-1].terms, (*program.parts, *kept))


def least_kept(best: float, tolerance_share: float) -> float:
    """The least that later objectives must leave of the maximised sum."""
    return best - tolerance_share * abs(best) - _ROUNDING * max(abs(best), 1.0)


def worst_of(certificates: list[Certificate]) -> Certificate:
    """The worst residuals of several certificates."""
    return Certificate(
        max(one.primal for one in certificates),
        max(one.dual for one in certificates),
        max(one.gap for one in certificates),
    )


def cost_of(aim: Aim, place: dict[int, int]) -> Float:
    """An objective as coefficients of the columns, float64 (columns,)."""
    cost = np.zeros(len(place))
    for variable, coefficient in aim.terms:
        cost[place[id(variable)]] = coefficient
    return cost


def keep(live: LiveModel, cost: Float, best: float, tolerance_share: float) -> int:
    """Add the row that keeps an objective within its tolerance of its best; returns the row's number."""
    columns = np.flatnonzero(cost).astype(np.int32)
    least = least_kept(best, tolerance_share)
    starts = np.asarray([0, len(columns)], dtype=np.int32)
    return live.add_rows(np.asarray([least]), np.asarray([np.inf]), starts, columns, cost[columns])
