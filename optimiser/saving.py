"""The exact programme of a plan as a file that any other solver reads."""

from pathlib import Path

from optimiser.problem import PlanProblem
from optimiser.program import build

SUFFIXES = (".lp", ".mps")


def save_lp(problem: PlanProblem, path: Path) -> None:
    """Write the programme of a plan under the names of its rows and variables.

    Args:
        problem: the question.
        path: where to; `.lp` gives the LP format (CPLEX), `.mps` free MPS. An MPS file minimises, as the format has no
            agreed word for the direction: its objective is the plan's with the sign turned.

    Raises:
        ValueError: for another suffix.
        OSError: where the file cannot be written.
    """
    model = build(problem).model
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(f"{path.name}: the suffix must be one of {', '.join(SUFFIXES)}")
    if suffix == ".lp":
        model.writeLP(str(path))
    else:
        model.writeMPS(str(path), mpsSense=1)
