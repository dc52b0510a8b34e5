"""What moves a figure: one bar a cause, from its low end to its high end, the longest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
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
    left, right, top, bottom = (142, 62, 6, 28) if canvas.narrow else (330, 84, 6, 30)
    left = min(left, 24 + round(0.62 * canvas.text * max(len(row.name) for row in rows)))
    axes.set_position(
        (
            left / canvas.width,
            bottom / canvas.height,
            (canvas.width - left - right) / canvas.width,
            (canvas.height - bottom - top) / canvas.height,
        )
    )
    start, end = ticks[0][0], ticks[-1][0]
    axes.set_xlim(start, end)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xticks([value for value, _ in ticks], [label for _, label in ticks])
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="x", length=0, pad=5)
    axes.grid(axis="x", color=palette.RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.plot([base, base], [-0.6, len(rows) - 0.4], color=palette.INK, linewidth=1.2)
    for at, row in enumerate(rows):
        for value, colour in ((row.low, palette.CEILING), (row.high, palette.BLUE)):
            axes.barh(at, value - base, left=base, height=0.5, color=colour)
        for place, text, side in ((start, row.name, "right"), (end, row.label, "left")):
            axes.annotate(
                text,
                (place, at),
                xytext=(-8 if side == "right" else 8, 0),
                textcoords="offset points",
                ha=side,
                va="center",
                fontsize=canvas.text - (0.5 if canvas.narrow else 0),
                fontweight="bold" if side == "left" else "normal",
                color=palette.INK,
                annotation_clip=False,
            )
