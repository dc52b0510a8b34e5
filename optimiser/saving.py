"""The exact programme of a plan as a file that any other solver reads."""

from pathlib import Path

from optimiser.bridge import LiveModel
from optimiser.lexicographic import in_order, last_program
from optimiser.problem import PlanProblem
from optimiser.program import Program, build

SUFFIXES = (".lp", ".mps")


def save_lp(problem: PlanProblem, path: Path) -> None:
    """Write the programme of a plan under the names of its rows and variables.

    Args:
        problem: the question.
        path: where to; `.lp` gives the LP format (CPLEX), `.mps` free MPS. An MPS file minimises, as the format has no
            agreed word for the direction: its objective is the plan's with the sign turned. With several objectives
            it is the programme of the last, with a row `kept_...` for each one before, as far as that can be solved.

    Raises:
        ValueError: for another suffix.
        OSError: where the file cannot be written.
    """
    model = _final(problem).model
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(f"{path.name}: the suffix must be one of {', '.join(SUFFIXES)}")
    if suffix == ".lp":
        model.writeLP(str(path))
    else:
        model.writeMPS(str(path), mpsSense=1)


def _final(problem: PlanProblem) -> Program:
    program = build(problem)
    if len(problem.objectives) == 1:
        return program
    live = LiveModel(program.arrays)
    first = live.run("first")
    ordered = in_order(program, live, first) if first.status == "optimal" else None
    return program if ordered is None or ordered.answer.status != "optimal" else last_program(program, ordered)
