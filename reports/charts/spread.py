"""One row a thing: its middle, its spread over the runs, and the ceiling it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.named_rows import lay_out_rows, name_row
from reports.charts.style import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Spread:
    """One row.

    Attributes:
        name: short enough for its place.
        low, middle, high: P10, mean or median, P90.
        label: the middle as written.
        ceiling: what it is held against, where there is one.
        short: the row is one to look at.
    """

    name: str
    low: float
    middle: float
    high: float
    label: str
    ceiling: float | None = None
    short: bool = False


def draw_spreads(rows: tuple[Spread, ...], ticks: tuple[tuple[float, str], ...], axes: Axes, canvas: Canvas) -> None:
    """Put a dot, its bar from P10 to P90 and a mark for its ceiling on each row.

    Args:
        rows: from top to bottom.
        ticks: (value, label) on the axis, from its start to its end.
        axes: covering the whole canvas.
        canvas: the room.
    """
    lay_out_rows([row.name for row in rows], ticks, axes, canvas)
    for at, row in enumerate(rows):
        colour = palette.CEILING if row.short else palette.BLUE
        axes.plot([row.low, row.high], [at, at], color=colour, linewidth=4, alpha=0.35)
        axes.plot([row.middle], [at], marker="D" if row.short else "o", markersize=6, color=colour, linestyle="")
        if row.ceiling is not None:
            axes.plot([row.ceiling, row.ceiling], [at - 0.36, at + 0.36], color=palette.INK, linewidth=2.2)
        name_row(at, row.name, row.label, colour, axes, canvas)
