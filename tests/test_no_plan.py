"""Why there is no plan, as a person reads it."""

from enveloppe.console import Console
from enveloppe.no_plan import rows_told
from optimiser.plan import RowAtFault


def test_figures_come_first_and_many_rows_of_the_books_are_one_line() -> None:
    """Six rows at fault: four only keep the books of lines, one those of waiting, one stands for the envelope."""
    books = [RowAtFault(f"line_money_{n}", "line_money", f"line {n}", None, "") for n in range(4)]
    rows = (
        *books,
        RowAtFault("patience_1", "patience", "line 1", None, ""),
        RowAtFault("envelope", "envelope", None, 100_000_000, "cents"),
    )
    told = rows_told(Console(language="en", as_json=False, quiet=False, color=False), rows)
    assert len(told) == 3
    assert told[0].startswith("the envelope = €1.0M")
    assert told[1] == "the money of lines: 4 rows (line_money_0 and others)"
    assert told[2].endswith("(patience_1)")
