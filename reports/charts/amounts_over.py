"""What charts of amounts over a horizontal axis share: the levels at the left, their gridlines, the ticks below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import palette
from reports.charts.axis import labels_that_fit
from reports.charts.style import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def lay_out_amounts(
    levels: tuple[tuple[float, str], ...], ticks: tuple[tuple[float, str], ...], axes: Axes, canvas: Canvas
) -> None:
    """Draw the axes: amounts upwards, from the first level to the last, each with its gridline.

    Args:
        levels: (amount, label), ascending.
        ticks: (place, label) on the axis below, whose limits are the caller's.
        axes: where they are drawn.
        canvas: the room.
    """
    start, end = axes.get_xlim()
    if len(ticks) > 1:
        room = canvas.width * axes.get_position().width * (ticks[-1][0] - ticks[0][0]) / (end - start)
        ticks = labels_that_fit(ticks, room, canvas.text)
    axes.set_ylim(levels[0][0], levels[-1][0])
    axes.spines["left"].set_visible(False)
    axes.set_yticks([level for level, _ in levels], [label for _, label in levels])
    axes.set_xticks([place for place, _ in ticks], [label for _, label in ticks])
    axes.tick_params(axis="y", length=0, pad=6)
    axes.tick_params(axis="x", length=4, pad=4)
    axes.grid(axis="y", color=palette.RULE, linewidth=0.8)
    axes.set_axisbelow(True)
