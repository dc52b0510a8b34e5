"""What moves a figure: one bar a cause, from its low end to its high end, the longest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.named_rows import lay_out_rows, name_row
from reports.charts.style import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Swing:
    """One bar.

    Attributes:
        name: of the cause, short enough for its place.
        low, high: the figure at the low and at the high end of the cause.
        label: the swing as written.
    """

    name: str
    low: float
    high: float
    label: str


def draw_tornado(
    rows: tuple[Swing, ...], base: float, ticks: tuple[tuple[float, str], ...], axes: Axes, canvas: Canvas
) -> None:
    """Put one bar on each row: what the low end gives in one colour, the high end in another.

    Args:
        rows: from top to bottom.
        base: the figure as the scenario stands, an upright line.
        ticks: (value, label) on the axis, from its start to its end.
        axes: covering the whole canvas.
        canvas: the room.
    """
    lay_out_rows([row.name for row in rows], ticks, axes, canvas)
    axes.plot([base, base], [-0.6, len(rows) - 0.4], color=palette.INK, linewidth=1.2)
    for at, row in enumerate(rows):
        # Hollow and solid: colour alone would tell nothing on grey paper. The longer one lies below the other.
        ends = [(row.low, palette.PAPER, palette.CEILING), (row.high, palette.BLUE, palette.BLUE)]
        for value, face, edge in sorted(ends, key=lambda end: -abs(end[0] - base)):
            axes.barh(at, value - base, left=base, height=0.5, facecolor=face, edgecolor=edge, linewidth=1.6)
        name_row(at, row.name, row.label, palette.INK, axes, canvas)
