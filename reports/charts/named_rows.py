"""What charts of one row a thing share: the axis, the name at the left of each row and its figure at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports import palette
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
    # Short names leave their room to the bars.
    left = min(left, 24 + round(0.62 * canvas.text * max(len(name) for name in names)))
    axes.set_position(
        (
            left / canvas.width,
            bottom / canvas.height,
            (canvas.width - left - right) / canvas.width,
            (canvas.height - bottom - top) / canvas.height,
        )
    )
    axes.set_xlim(ticks[0][0], ticks[-1][0])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xticks([value for value, _ in ticks], [label for _, label in ticks])
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="x", length=0, pad=5)
    axes.grid(axis="x", color=palette.RULE, linewidth=0.8)
    axes.set_axisbelow(True)


def name_row(at: int, name: str, label: str, colour: str, axes: Axes, canvas: Canvas) -> None:
    """Write a row's name at its left and its figure at its right.

    Args:
        at: which row, from the top.
        name: of the row.
        label: its figure as written.
        colour: of the figure.
        axes: laid out by `lay_out_rows`.
        canvas: the room.
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
            fontweight="bold" if side == "left" else "normal",
            color=ink,
            annotation_clip=False,
        )
