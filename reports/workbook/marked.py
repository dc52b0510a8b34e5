"""A refused workbook once more, its wrong cells coloured and commented: a copy of values, in a file of its own."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from reports import palette
from reports.workbook.book import Book, bytes_of, short
from reports.workbook.plan_words import Pair, said
from scenarios.problems import Problem
from scenarios.workbook_cells import Grid
from scenarios.workbook_columns import columns_of
from scenarios.workbook_layout import SHEETS

WRONG = "#fbd9d3"
"""The ground of a wrong cell."""
LONGEST_NAME = 31
WIDEST = 60
TITLE: Pair = ("Problems", "Problèmes")
HEADS: tuple[Pair, ...] = (("Cell", "Cellule"), ("What is wrong", "Ce qui ne va pas"))
LIMITS: Pair = (
    "A copy of the values of {file}, made to show mistakes: formulas, drop-downs and drawings are not in it. "
    "Mend {file} itself.",
    "Une copie des valeurs de {file}, faite pour montrer les erreurs : sans formules, listes ni dessins. "
    "Corriger {file} lui-même.",
)


def marked_copy(file: str, grids: Sequence[Grid], problems: Iterable[Problem], language: str) -> bytes:
    """A copy of a workbook's values with its problems marked.

    Args:
        file: the name of the planner's file, told in the copy.
        grids: its sheets.
        problems: those of its cells.
        language: of the messages.

    Returns:
        The bytes of an .xlsx; cells stand where they stand in the planner's file.
    """
    told = list(problems)

    def write(opened: Book) -> None:
        front = opened.file.add_worksheet(_free(f"_{said(TITLE, language)}", {grid.name for grid in grids}))
        wrong: dict[str, dict[tuple[int, int], list[str]]] = {}
        for problem in told:
            at = (max(problem.place.line, 1) - 1, max(problem.place.column, 1) - 1)
            wrong.setdefault(problem.place.sheet, {}).setdefault(at, []).append(_words(problem, language))
        for grid in grids:
            _copy(opened, grid, wrong.get(grid.name, {}))
        _front(opened, front, file, told, language)
        front.activate()

    return bytes_of(said(TITLE, language), write)


def _words(problem: Problem, language: str) -> str:
    """What is wrong, without the place, which the cell itself is."""
    return problem.text(language).removeprefix(f"{problem.place}: ")


def _free(name: str, taken: set[str]) -> str:
    while name.lower() in {other.lower() for other in taken}:
        name = f"_{name}"
    return name[:LONGEST_NAME]


def _front(opened: Book, paper: Any, file: str, problems: list[Problem], language: str) -> None:
    paper.set_column(0, 0, 24)
    paper.set_column(1, 1, 110)
    paper.write_string(0, 0, said(TITLE, language), opened.style(bold=True, font_size=16, font_color=palette.SHORT))
    paper.write_string(1, 0, said(LIMITS, language).format(file=file), opened.style(font_color=palette.MUTED))
    head = opened.style(bold=True, bg_color=palette.BLUE, font_color="#ffffff")
    for at, pair in enumerate(HEADS):
        paper.write_string(3, at, said(pair, language), head)
    for at, problem in enumerate(problems, start=4):
        paper.write_string(at, 0, short(problem.place.cell), opened.style(bold=True))
        paper.write_string(at, 1, short(_words(problem, language)), opened.style(text_wrap=True))
    paper.freeze_panes(4, 0)


def _copy(opened: Book, grid: Grid, wrong: dict[tuple[int, int], list[str]]) -> None:
    paper = opened.file.add_worksheet(grid.name)
    firsts = {next(iter(columns_of(sheet))) for sheet in SHEETS if grid.name in sheet.sheet}
    head = next((at for at in range(min(30, len(grid.rows))) if grid.cell(at, 0).value in firsts), -2)
    width = max((len(row) for row in grid.rows), default=0)
    for across in range(width):
        longest = max(
            (len(str(row[across])) for row in grid.rows[max(head, 0) :] if row[across] is not None), default=8
        )
        paper.set_column(across, across, min(max(longest, 10), WIDEST) + 2)
    rows = max(len(grid.rows), *(at + 1 for at, _ in wrong)) if wrong else len(grid.rows)
    for at in range(rows):
        for across in range(max(width, *(column + 1 for _, column in wrong)) if wrong else width):
            messages = wrong.get((at, across))
            value = grid.cell(at, across).value
            if value is None and not messages:
                continue
            wishes: dict[str, Any] = {"bg_color": WRONG, "border": 2, "border_color": palette.SHORT} if messages else {}
            if at == head:
                wishes |= {"font_size": 8, "italic": True, "font_color": palette.FAINT}
            elif at == head + 1 and not messages:
                wishes |= {"bold": True, "bg_color": palette.BLUE, "font_color": "#ffffff"}
            write_value(opened, paper, at, across, value, wishes)
            if messages:
                paper.write_comment(at, across, short("\n".join(messages))[:2_000], {"x_scale": 3, "visible": False})
    if wrong:
        paper.set_tab_color(palette.SHORT)
    if head >= 0:
        paper.freeze_panes(head + 2, 1)


def write_value(opened: Book, paper: Any, at: int, across: int, value: Any, wishes: dict[str, Any]) -> None:
    """Write any value that a reader of workbooks gives."""
    if value is None:
        paper.write_blank(at, across, None, opened.style(**wishes))
    elif isinstance(value, bool):
        paper.write_boolean(at, across, value, opened.style(**wishes))
    elif isinstance(value, datetime | date | time | timedelta):
        form = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
        form = "[h]:mm" if isinstance(value, time | timedelta) else form
        paper.write_datetime(at, across, value, opened.style(**wishes, num_format=form, align="left"))
    elif isinstance(value, int | float):
        paper.write_number(at, across, value, opened.style(**wishes))
    else:
        paper.write_string(at, across, short(str(value)), opened.style(**wishes))
