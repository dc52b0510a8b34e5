"""Why there is no plan, told to a person."""

from enveloppe import exit_codes
from enveloppe.console import Console
from enveloppe.pipeline import NoPlan
from enveloppe.sentences import asked_by_row
from optimiser.plan import LimitReached, RowAtFault
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
        if console.as_json:
            console.result({"status": "limit", "reason": answer.reason, "iterations": answer.iterations}, "")
        return exit_codes.SOLVER_LIMIT
    console.complain(console.say("infeasible"))
    for row in answer.rows:
        console.complain(f"  - {row_told(console, row)}")
    if console.as_json:
        rows = [{key: value for key, value in vars(row).items() if value is not None} for row in answer.rows]
        console.result({"status": "infeasible", "rows": rows, "minimal": answer.minimal}, "")
    return exit_codes.NO_FEASIBLE_PLAN


def row_told(console: Console, row: RowAtFault) -> str:
    """A row by what it asks, its figure and its name in the saved model."""
    asks = asked_by_row(row.family, row.subject, console.language)
    return f"{asks}{_figure(console, row)} ({row.row})"


def _figure(console: Console, row: RowAtFault) -> str:
    if row.value is None:
        return ""
    if row.unit == "share":
        return f" = {numbers.share(row.value, console.language, decimals=1).text}"
    if row.unit == "officers":
        return f" = {row.value:g}"
    return f" = {numbers.money(round(row.value), console.language).text}"
