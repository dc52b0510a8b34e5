"""One row a thing: its middle, its spread over the runs, and the ceiling it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
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
    left, right, top, bottom = (142, 62, 6, 28) if canvas.narrow else (330, 84, 6, 30)
    # Short names leave their room to the bars.
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
    for at, row in enumerate(rows):
        colour = palette.CEILING if row.short else palette.BLUE
        axes.plot([row.low, row.high], [at, at], color=colour, linewidth=4, alpha=0.35)
        axes.plot([row.middle], [at], marker="D" if row.short else "o", markersize=6, color=colour, linestyle="")
        if row.ceiling is not None:
            axes.plot([row.ceiling, row.ceiling], [at - 0.36, at + 0.36], color=palette.INK, linewidth=2.2)
        for place, text, side, colour_of in (
            (start, row.name, "right", palette.INK),
            (end, row.label, "left", colour),
        ):
            axes.annotate(
                text,
                (place, at),
                xytext=(-8 if side == "right" else 8, 0),
                textcoords="offset points",
                ha=side,
                va="center",
                fontsize=canvas.text - (0.5 if canvas.narrow else 0),
                fontweight="bold" if side == "left" else "normal",
                color=colour_of,
                annotation_clip=False,
            )
