"""Month by month what was observed, and the band in which it was expected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.amounts_over import lay_out_amounts
from reports.charts.style import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Observed:
    """All that the chart shows, in one unit.

    Attributes:
        months: how many places the axis has.
        ticks: (place, label) on the axis of months.
        levels: (amount, label) of the gridlines, from 0.
        seen: (place, amount) of what was observed.
        band: (place, low, middle, high) of what was expected.
        marks: (place, label) of dated marks.
    """

    months: int
    ticks: tuple[tuple[float, str], ...]
    levels: tuple[tuple[float, str], ...]
    seen: tuple[tuple[float, float], ...]
    band: tuple[tuple[float, float, float, float], ...]
    marks: tuple[tuple[float, str], ...] = ()


def draw_observed(shown: Observed, axes: Axes, canvas: Canvas) -> None:
    """Put the band, its middle, the dots and the marks on the axes.

    Args:
        shown: what to draw.
        axes: covering the whole canvas.
        canvas: the room.
    """
    left, right, bottom, top = (50, 12, 34, 10) if canvas.narrow else (58, 16, 36, 12)
    canvas.leave(axes, left=left, right=right, top=top, bottom=bottom)
    highest = shown.levels[-1][0]
    axes.set_xlim(-0.6, shown.months - 0.4)
    lay_out_amounts(shown.levels, shown.ticks, axes, canvas)
    for place, label in shown.marks:
        axes.plot([place, place], [0, highest], color=palette.FAINT, linewidth=1, linestyle=(0, (1, 2)))
        axes.annotate(
            label, (place, highest), xytext=(4, -3), textcoords="offset points", ha="left", va="top",
            fontsize=canvas.text - 1, color=palette.MUTED,
        )  # fmt: skip
    if shown.band:
        places = [place for place, *_ in shown.band]
        axes.fill_between(
            places, [low for _, low, _, _ in shown.band], [high for *_, high in shown.band],
            color=palette.BLUE, alpha=0.18, linewidth=0,
        )  # fmt: skip
        axes.plot(places, [middle for _, _, middle, _ in shown.band], color=palette.BLUE, linewidth=2)
    axes.plot(
        [place for place, _ in shown.seen], [amount for _, amount in shown.seen],
        marker="o", markersize=3.5 if canvas.narrow else 4.5, color=palette.INK, linestyle="",
    )  # fmt: skip
