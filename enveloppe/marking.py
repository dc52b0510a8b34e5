"""Refused workbooks get a marked copy beside them; the planner's own file is only read."""

from collections.abc import Iterable
from pathlib import Path

from scenarios.problems import InputRefused, Problem

_MOST_COPIES = 99


def marked_copies(problems: Iterable[Problem], language: str) -> list[Path]:
    """Write a marked copy beside each workbook whose cells are refused.

    Args:
        problems: of one refusal.
        language: of the messages.

    Returns:
        The copies, none where no cell is at fault or the folder cannot be written to. A copy never takes the place of
        another file: where the name is taken it gets a number.
    """
    from scenarios.workbook_reading import is_workbook

    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.place.sheet and is_workbook(Path(problem.place.file)):
            by_file.setdefault(problem.place.file, []).append(problem)
    copies = (_copy(Path(name), found, language) for name, found in by_file.items())
    return [copy for copy in copies if copy is not None]


def _copy(file: Path, problems: list[Problem], language: str) -> Path | None:
    from reports.whole_file import write_whole
    from reports.workbook.marked import marked_copy
    from scenarios.workbook_cells import read_cells

    try:
        content = marked_copy(file.name, read_cells(file, str(file)), problems, language)
        for number in range(1, _MOST_COPIES + 1):
            ending = "-problems" if number == 1 else f"-problems-{number}"
            copy = file.with_name(f"{file.stem}{ending}.xlsx")
            if copy.exists() and copy.read_bytes() == content:
                return copy
            if not copy.exists():
                write_whole(copy, content)
                return copy
    except (OSError, InputRefused, ValueError):
        return None
    return None
