"""Why there is no plan, told to a person."""

from typing import Any

from enveloppe import exit_codes
from enveloppe.console import Console
from enveloppe.planning import NoPlan
from enveloppe.sentences import asked_by_row
from optimiser.plan import Give, Infeasible, LimitReached, RowAtFault
from reports import numbers


def told(console: Console, none: NoPlan) -> int:
    """Say why there is no plan, and give the exit code that says so to a script.

    Args:
        console: who speaks.
        none: the answer and its problem.

    Returns:
        5 where no plan keeps all constraints, 6 where the solver could not prove one.
    """
    answer = none.answer
    if isinstance(answer, LimitReached):
        console.complain(console.say("limit", reason=answer.reason, iterations=answer.iterations))
        gap = {} if answer.gap is None else {"gap": answer.gap}
        if gap:
            console.complain(console.say("gap", gap=numbers.share(gap["gap"], console.language, decimals=3).text))
        if console.as_json:
            told = {"status": "limit", "reason": answer.reason, "iterations": answer.iterations, **gap}
            console.result(told, "")
        return exit_codes.SOLVER_LIMIT
    console.complain(console.say("infeasible"))
    for line in rows_told(console, answer.rows):
        console.complain(f"  - {line}")
    relaxation = answer.relaxation
    if relaxation is not None:
        console.complain(console.say("relaxation"))
        for give in relaxation.gives:
            console.complain(f"  - {give_told(console, give)}")
    else:
        console.complain(console.say("no_relaxation"))
    if console.as_json:
        rows = [{key: value for key, value in vars(row).items() if value is not None} for row in answer.rows]
        console.result({"status": "infeasible", "rows": rows, "minimal": answer.minimal, **_relaxed(answer)}, "")
    return exit_codes.NO_FEASIBLE_PLAN


def give_told(console: Console, give: Give) -> str:
    """What a figure is, and what it would have to be."""
    asks = asked_by_row(give.family, give.subject, console.language)
    figures = {
        "value": _plain_figure(console, give.value, give.unit),
        "needed": _plain_figure(console, give.needed, give.unit),
    }
    return console.say("give", asks=asks, row=give.row, **figures)


def _relaxed(answer: Infeasible) -> dict[str, Any]:
    relaxation = answer.relaxation
    if relaxation is None:
        return {}
    gives = [{key: value for key, value in vars(give).items() if value is not None} for give in relaxation.gives]
    return {"relaxation": {"gives": gives, "cost": relaxation.cost}}


MOST_BOOKS = 3
"""Rows of one family that only keep the books are told one by one up to so many."""


def rows_told(console: Console, rows: tuple[RowAtFault, ...]) -> list[str]:
    """The rows at fault: those with a figure first, those that only keep the books by family where they are many."""
    figures = [row_told(console, row) for row in rows if row.value is not None]
    books: dict[str, list[RowAtFault]] = {}
    for row in rows:
        if row.value is None:
            books.setdefault(row.family, []).append(row)
    for family, alike in books.items():
        if len(alike) <= MOST_BOOKS:
            figures.extend(row_told(console, row) for row in alike)
        else:
            asks = asked_by_row(family, None, console.language)
            figures.append(console.say("book_rows", asks=asks, count=len(alike), first=alike[0].row))
    return figures


def row_told(console: Console, row: RowAtFault) -> str:
    """A row by what it asks, its figure and its name in the saved model."""
    asks = asked_by_row(row.family, row.subject, console.language)
    return f"{asks}{_figure(console, row)} ({row.row})"


def _figure(console: Console, row: RowAtFault) -> str:
    return "" if row.value is None else f" = {_plain_figure(console, row.value, row.unit)}"


def _plain_figure(console: Console, value: float, unit: str) -> str:
    if unit == "share":
        return numbers.share(value, console.language, decimals=2).text
    if unit == "officers":
        return numbers.count(value, console.language).text
    return numbers.money(round(value), console.language).text
