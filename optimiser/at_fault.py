"""Why there is no plan: a smallest set of rows that cannot hold together, and what would have to give."""

import numpy as np

from optimiser.bridge import Arrays, LiveModel
from optimiser.plan import Infeasible, RowAtFault
from optimiser.program import Program
from optimiser.relaxation import cheapest_relaxation

MOST_VERIFIED = 400
"""A larger set is told as it was found, without verifying that each row is needed."""


def infeasible(program: Program, arrays: Arrays, live: LiveModel) -> Infeasible:
    """Name the rows at fault of a programme just found infeasible.

    HiGHS's irreducible subsystem is taken where it is infeasible by itself, else every row; rows are then dropped one
    by one as long as no plan appears (deletion filter), so that each row told is needed.

    Args:
        program: the programme.
        arrays: the same as arrays.
        live: it, just solved.

    Returns:
        The rows, and the cheapest change of figures with which a plan exists.

    Source: Chinneck, Feasibility and Infeasibility in Optimization, 2008, section 6.2.
    """
    everything = tuple(range(len(arrays.row_lower)))
    found = live.rows_at_fault()
    if not found or not _conflicting(arrays, found):
        found = everything
    # Rows that only keep the books are tried first: a planner can do nothing about them.
    declared = {number for number, row in program.stated if row.dial is not None}
    order = sorted(found, key=declared.__contains__)
    minimal = len(found) <= MOST_VERIFIED or found == everything
    if minimal:
        kept = set(found)
        filtering = LiveModel(arrays)
        for number in everything:
            if number not in kept:
                filtering.set_row(number, -np.inf, np.inf)
        for number in order:
            filtering.set_row(number, -np.inf, np.inf)
            if filtering.run().status == "infeasible":
                kept.discard(number)
            else:
                filtering.set_row(number, arrays.row_lower[number], arrays.row_upper[number])
        found = tuple(sorted(kept))
    rows = (program.row(number) for number in found)
    return Infeasible(
        tuple(
            RowAtFault(
                row=row.name,
                family=row.family,
                subject=row.subject,
                value=None if row.dial is None else row.dial.value,
                unit="" if row.dial is None else row.dial.unit,
            )
            for row in rows
        ),
        minimal,
        cheapest_relaxation(program, arrays),
    )


def _conflicting(arrays: Arrays, rows: tuple[int, ...]) -> bool:
    """Whether some rows by themselves cannot hold together."""
    alone = LiveModel(arrays)
    for number in set(range(len(arrays.row_lower))) - set(rows):
        alone.set_row(number, -np.inf, np.inf)
    return alone.run().status == "infeasible"
