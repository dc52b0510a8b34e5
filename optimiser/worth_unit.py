"""What one more unit of a figure changes: the quantity that the first objective counts, which prices are told in."""

from optimiser.objectives import OBJECTIVES
from optimiser.program import Program
from scenarios.objective_names import ObjectiveName

WORTH_UNITS: dict[ObjectiveName, str] = {
    "pathways": "pathways",
    "weighted_pathways": "weighted_pathways",
    "trainee_hours": "hours",
    "least_served_branch": "served_share",
    "small_companies": "under50_pathways",
    "least_cost": "cost_cents",
    "least_change": "moved_cents",
}


def worth_of(program: Program) -> tuple[str, float]:
    """The quantity that prices are told in, and how much of it one unit of the maximised sum is.

    Args:
        program: the programme.

    Returns:
        A name of `WORTH_UNITS`, and its factor: negative for cents, so that a price above 0 is money more.
    """
    first = program.problem.objectives[0].name
    return WORTH_UNITS[first], OBJECTIVES[first](program.problem, program.variables).told_factor
