"""The figure behind one row of a live programme, turned to another value and back."""

from optimiser.bridge import Arrays, LiveModel
from optimiser.row import Row


def turn(live: LiveModel, arrays: Arrays, number: int, row: Row, figure: float) -> None:
    """Turn the figure behind a row of a live model to another value.

    Args:
        live: the programme.
        arrays: as it was handed over.
        number, row: the row, which has a dial.
        figure: the value to turn it to.
    """
    dial = row.dial
    if dial is None:
        raise ValueError(f"{row.name} stands for no figure")
    change = figure - dial.value
    shift = dial.limit_slope * change
    live.set_row(number, arrays.row_lower[number] + shift, arrays.row_upper[number] + shift)
    if dial.commit_slopes is not None:
        start, end = arrays.starts[number], arrays.starts[number + 1]
        slopes = dial.commit_slopes[arrays.columns[start:end]]
        live.set_row_values(number, arrays.values[start:end] + slopes * change)


def turn_back(live: LiveModel, arrays: Arrays, number: int) -> None:
    """Put a row back to how it was handed over."""
    live.set_row(number, float(arrays.row_lower[number]), float(arrays.row_upper[number]))
    live.set_row_values(number, arrays.values[arrays.starts[number] : arrays.starts[number + 1]])
