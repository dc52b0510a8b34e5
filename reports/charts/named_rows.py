"""What charts of one row a thing share: the axis, the name at the left of each row and its figure at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.axis import labels_that_fit
from reports.charts.style import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def lay_out_rows(names: Sequence[str], ticks: tuple[tuple[float, str], ...], axes: Axes, canvas: Canvas) -> None:
    """Make room for names and figures, and draw the axis below.

    Args:
        names: of the rows, from top to bottom.
        ticks: (value, label) on the axis, from its start to its end.
        axes: covering the whole canvas.
        canvas: the room.
    """
    left, right, top, bottom = (142, 62, 6, 28) if canvas.narrow else (330, 84, 6, 30)
    canvas.leave(axes, left=room_for(names, left, canvas), right=right, top=top, bottom=bottom)
    axes.set_xlim(ticks[0][0], ticks[-1][0])
    draw_row_axis(len(names), labels_that_fit(ticks, canvas.width * axes.get_position().width, canvas.text), axes)


def room_for(names: Sequence[str], most: float, canvas: Canvas) -> float:
    """The room that names need at the left, in CSS pixels: short ones leave theirs to the bars."""
    return min(most, 24 + round(0.62 * canvas.text * max(len(name) for name in names)))


def draw_row_axis(count: int, ticks: tuple[tuple[float, str], ...], axes: Axes) -> None:
    """Draw the axis below so many rows, with a gridline a tick.

    Args:
        count: of the rows, the first on top.
        ticks: (value, label) on the axis, whose limits are the caller's.
        axes: where it is drawn.
    """
    axes.set_ylim(count - 0.4, -0.6)
    axes.set_xticks([value for value, _ in ticks], [label for _, label in ticks])
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="x", length=0, pad=5)
    axes.grid(axis="x", color=palette.RULE, linewidth=0.8)
    axes.set_axisbelow(True)


def name_row(at: int, name: str, label: str, colour: str, axes: Axes, canvas: Canvas, *, bold: bool = True) -> None:
    """Write a row's name at its left and its figure at its right.

    Args:
        at: which row, from the top.
        name: of the row.
        label: its figure as written.
        colour: of the figure.
        axes: laid out by `lay_out_rows`.
        canvas: the room.
        bold: whether the figure stands out.
    """
    start, end = axes.get_xlim()
    for place, text, side, ink in ((start, name, "right", palette.INK), (end, label, "left", colour)):
        axes.annotate(
            text,
            (place, at),
            xytext=(-8 if side == "right" else 8, 0),
            textcoords="offset points",
            ha=side,
            va="center",
            fontsize=canvas.text - (0.5 if canvas.narrow else 0),
            fontweight="bold" if side == "left" and bold else "normal",
            color=ink,
            annotation_clip=False,
        )
