"""Checks as formulas: two sides that must be equal, each with its cached value, and whether all of them hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import palette
from reports.catalogue import Language, msg
from reports.workbook.paper import TOP, Column, Form, Paper


@dataclass(frozen=True)
class Side:
    """One side of a check: a formula and the number it gives; without a formula, the finding itself."""

    formula: str
    value: float


@dataclass(frozen=True)
class Proof:
    """Two sides that must be equal, but for what rounding each term to the cent (or the pathway) allows."""

    told: str
    left: Side
    right: Side
    form: Form
    slack: float


_LAST_BITS = 1e-6
"""What adding up euros in binary may leave; a cent is ten thousand times more."""


def write_proofs(paper: Paper, proofs: Sequence[Proof], language: Language) -> tuple[str, bool]:
    """Write the sheet of checks.

    Args:
        paper: the sheet.
        proofs: what must hold.
        language: of the reader.

    Returns:
        The cell that says whether all of them hold, and what it says.
    """
    paper.heading(
        language.words(msg("Checks")),
        language.words(msg("Each formula adds up the sheets again; the slack is what rounding each term allows")),
    )
    titles: tuple[tuple[str, Form], ...] = (
        (msg("What must be equal"), "wrapped"),
        (msg("On the one side"), "money"),
        (msg("On the other side"), "money"),
        (msg("Slack"), "money"),
        (msg("Holds"), "text"),
    )
    paper.table([Column(language.words(title), form) for title, form in titles], [])
    paper.first, paper.last = TOP + 2, TOP + 1 + len(proofs)
    for down, proof in enumerate(proofs, start=TOP + 1):
        style = paper.style(proof.form)
        paper.write(down, 0, proof.told, "wrapped")
        for across, side in ((1, proof.left), (2, proof.right)):
            if side.formula:
                paper.sheet.write_formula(down, across, f"={side.formula}", style, side.value)
            else:
                paper.sheet.write_number(down, across, side.value, style)
        paper.sheet.write_number(down, 3, proof.slack, style)
        holds = abs(proof.left.value - proof.right.value) <= proof.slack + _LAST_BITS
        formula = f"=ABS(B{down + 1}-C{down + 1})<=D{down + 1}+{_LAST_BITS}"
        paper.sheet.write_formula(down, 4, formula, paper.style("text", bold=True, align="center"), holds)
    last = paper.last + 1
    paper.write(last, 0, language.words(msg("All checks hold")), "wrapped", bold=True)
    truth = all(abs(proof.left.value - proof.right.value) <= proof.slack + _LAST_BITS for proof in proofs)
    paper.sheet.write_formula(
        last,
        4,
        f"=AND(E{paper.first}:E{max(paper.last, paper.first)})",
        paper.style("text", bold=True, align="center"),
        truth,
    )
    for word, colour in (("TRUE", palette.OK), ("FALSE", palette.SHORT)):
        mark = paper.book.file.add_format({"font_color": colour})
        paper.sheet.conditional_format(
            TOP + 1, 4, last, 4, {"type": "cell", "criteria": "==", "value": word, "format": mark}
        )
    return paper.cell(last + 1, 4), truth
