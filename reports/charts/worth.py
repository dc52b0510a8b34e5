"""What the plan counts under another envelope: one curve, the envelope as it stands, and the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.amounts_over import lay_out_amounts
from reports.charts.style import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Worth:
    """All that the chart shows, already in words.

    Attributes:
        points: (envelope, pathways), ascending.
        now: the point as it stands, and its label.
        target: pathways promised, and its label; None without any.
        ticks, levels: (value, label) on the axes of the envelope and of the pathways.
    """

    points: tuple[tuple[float, float], ...]
    now: tuple[float, float, str] | None
    target: tuple[float, str] | None
    ticks: tuple[tuple[float, str], ...]
    levels: tuple[tuple[float, str], ...]


def draw_worth(shown: Worth, axes: Axes, canvas: Canvas) -> None:
    """Put the curve, the mark of today and the line of the target on the axes.

    Args:
        shown: what to draw.
        axes: covering the whole canvas.
        canvas: the room.
    """
    left, right, bottom, top = (52, 26, 34, 12) if canvas.narrow else (62, 34, 36, 14)
    canvas.leave(axes, left=left, right=right, top=top, bottom=bottom)
    axes.set_xlim(shown.ticks[0][0], shown.ticks[-1][0])
    lay_out_amounts(shown.levels, shown.ticks, axes, canvas)
    axes.plot(
        [envelope for envelope, _ in shown.points],
        [pathways for _, pathways in shown.points],
        color=palette.BLUE,
        linewidth=2.2,
    )
    if shown.target is not None:
        value, label = shown.target
        axes.axhline(value, color=palette.CEILING, linewidth=1.8, linestyle=(0, (5, 3)))
        # Below its line where there is no room above.
        low, high = shown.levels[0][0], shown.levels[-1][0]
        above = value < low + 0.9 * (high - low)
        place = ((4, 4), "bottom") if above else ((4, -4), "top")
        _label(axes, canvas, (shown.ticks[0][0], value), label, palette.CEILING, place[0], "left", place[1])
    if shown.now is not None:
        envelope, pathways, label = shown.now
        axes.plot([envelope], [pathways], marker="o", markersize=8, color=palette.BLUE, linestyle="")
        _label(axes, canvas, (envelope, pathways), label, palette.BLUE, (6, -6), "left", "top")


def _label(
    axes: Axes,
    canvas: Canvas,
    at: tuple[float, float],
    text: str,
    colour: str,
    shift: tuple[float, float],
    side: str,
    height: str,
) -> None:
    axes.annotate(
        text,
        at,
        xytext=shift,
        textcoords="offset points",
        ha=side,
        va=height,
        fontsize=canvas.text,
        fontweight="bold",
        color=colour,
    )
