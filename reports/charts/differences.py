"""Who gains and who loses: one dot a branch, with the error that this number of runs leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.named_rows import draw_row_axis, name_row
from reports.charts.style import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Difference:
    """One dot.

    Attributes:
        name: the branch, short enough for its place.
        value: the mean difference.
        error: its standard error, 0 where unknown.
        label: the value as written.
        shown: whether the difference is beyond twice its error.
    """

    name: str
    value: float
    error: float
    label: str
    shown: bool


def draw_differences(
    rows: tuple[Difference, ...], ticks: tuple[tuple[float, str], ...], axes: Axes, canvas: Canvas
) -> None:
    """Put one dot and its bar of two standard errors on each row.

    The axis is linear up to the first tick on each side and logarithmic beyond: one branch may be a thousand times
    another.

    Args:
        rows: from top to bottom.
        ticks: (value, label) on the axis, symmetric around zero.
        axes: covering the whole canvas.
        canvas: the room.
    """
    left, right, top, bottom = (142, 52, 6, 28) if canvas.narrow else (330, 70, 6, 30)
    canvas.leave(axes, left=left, right=right, top=top, bottom=bottom)
    reach = ticks[-1][0]
    near = min(value for value, _ in ticks if value > 0)
    axes.set_xscale("symlog", linthresh=near, linscale=0.7)
    axes.set_xlim(-reach, reach)
    axes.minorticks_off()
    draw_row_axis(len(rows), ticks, axes)
    axes.axvline(0, color=palette.INK, linewidth=1)
    for at, row in enumerate(rows):
        colour = (palette.BLUE if row.value > 0 else palette.CEILING) if row.shown else palette.FAINT
        low, high = max(-reach, row.value - 2 * row.error), min(reach, row.value + 2 * row.error)
        axes.plot([low, high], [at, at], color=colour, linewidth=2.4, alpha=0.55)
        axes.plot(
            [row.value],
            [at],
            marker="o",
            markersize=6,
            markerfacecolor=colour if row.shown else palette.PAPER,
            markeredgecolor=colour,
            markeredgewidth=1.4,
            linestyle="",
        )
        ink = (palette.BLUE if row.value > 0 else palette.CEILING) if row.shown else palette.MUTED
        name_row(at, row.name, row.label, ink, axes, canvas, bold=row.shown)
