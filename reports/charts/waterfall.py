"""From one total to another, one bar a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reports import palette
from reports.charts.named_rows import name_row, room_for
from reports.charts.style import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Kind = Literal["whole", "gain", "loss", "unsure"]
COLOURS = {"whole": palette.SLATE, "gain": palette.BLUE, "loss": palette.CEILING, "unsure": palette.FAINT}
LONGEST_NAME, LONGEST_NAME_NARROW = 44, 18


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        name: of the total or the change.
        start, end: where it begins and ends; a total begins at 0.
        label: its value as written.
        kind: a total, a gain, a loss, or a change inside the noise.
    """

    name: str
    start: float
    end: float
    label: str
    kind: str


def draw_waterfall(bars: tuple[Bar, ...], axes: Axes, canvas: Canvas) -> None:
    """Put one bar on each row, the change between two totals hanging where the one before ended.

    The axis is cut so that changes are visible: totals are drawn from its left edge.

    Args:
        bars: from top to bottom.
        axes: covering the whole canvas.
        canvas: the room.
    """
    left, right, top, bottom = (126, 62, 4, 4) if canvas.narrow else (300, 90, 6, 6)
    canvas.leave(axes, left=room_for([bar.name for bar in bars], left, canvas), right=right, top=top, bottom=bottom)
    ends = [place for bar in bars for place in ((bar.end,) if bar.kind == "whole" else (bar.start, bar.end))]
    low, high = min(ends), max(ends)
    room = (high - low) or abs(high) or 1.0
    least, most = low - 0.35 * room, high + 0.02 * room
    axes.set_xlim(least, most)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_axis_off()
    for at, bar in enumerate(bars):
        colour = COLOURS[bar.kind]
        start = least if bar.kind == "whole" else min(bar.start, bar.end)
        width = bar.end - least if bar.kind == "whole" else abs(bar.end - bar.start)
        axes.barh(at, max(width, 0.01 * (most - least)), left=start, height=0.62, color=colour)
        if at + 1 < len(bars):
            axes.plot([bar.end, bar.end], [at, at + 1], color=palette.FAINT, linewidth=0.8, zorder=0)
        longest = LONGEST_NAME_NARROW if canvas.narrow else LONGEST_NAME
        name = bar.name if len(bar.name) <= longest else bar.name[: longest - 1].rstrip(" ,;") + "…"
        ink = palette.MUTED if bar.kind == "unsure" else colour
        name_row(at, name, bar.label, ink, axes, canvas, bold=bar.kind != "unsure")
