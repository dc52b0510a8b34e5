"""Programmes of the same lines and periods as one already built, over its variables."""

from dataclasses import replace

from optimiser.problem import PlanProblem
from optimiser.program import Program, stated_over


def variant(program: Program, problem: PlanProblem) -> Program:
    """The programme of another problem over the variables of one already built.

    Args:
        program: a built programme, with all constraints.
        problem: of the same lines and periods; its money is counted in the unit of the first problem.

    Returns:
        The same as building it anew would give.

    Raises:
        ValueError: where lines or periods differ.
    """
    first = program.problem
    if (problem.lines, problem.periods) != (first.lines, first.periods):
        raise ValueError("the other problem has other lines or periods")
    return stated_over(in_unit_of(problem, first), program.variables)


def in_unit_of(problem: PlanProblem, other: PlanProblem) -> PlanProblem:
    """The same problem with its money counted in the unit of another, so that their programmes can be compared."""
    same = replace(problem)
    object.__setattr__(same, "unit_cents", other.unit_cents)
    return same
