"""The kernel's rows told to a watch, one after the other, with the accounts as they stood after each."""

import numpy as np
from numpy.typing import NDArray

from sim.happenings import NOTES
from sim.kinds import Kind
from sim.ledger_arrays import ledger_from, put_lines, put_numbers
from sim.life_state import TOLD, LifeState
from sim.lived import Event, Watch

Int = NDArray[np.int64]


def retell(state: LifeState, begins: Int, snapshots: dict[int, Int], watch: Watch) -> None:
    """Tell all rows of a run.

    Args:
        state: a run that was lived with rows.
        begins: accounts of all lines where the run begins, int64 (lines, 4).
        snapshots: accounts of all lines, int64 (lines, 4), at the rows where more than one line may have moved.
        watch: told of each event.
    """
    ledger = ledger_from(state.numbers, begins)
    for number, row in enumerate(state.rows[: state.numbers[TOLD]].tolist()):
        minute, kind, place, note, request, line, cents = row[:7]
        if number in snapshots:
            put_lines(ledger, snapshots[number])
        elif line >= 0:
            ledger.open[line], ledger.to_pay[line], ledger.paid[line], ledger.notified[line] = row[14:18]
        put_numbers(ledger, row[7:14])
        watch(Event(minute, Kind(kind), place, NOTES[note], request, line, cents), ledger)
