"""Histograms side by side: what was observed in bars, the fitted law over them, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.style import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEFT, RIGHT, GAP, TOP, BOTTOM = 44, 18, 16, 44, 26
PANEL = 178
"""Height of a panel with its titles and its axis, in pixels."""


@dataclass(frozen=True)
class Bars:
    """One histogram.

    Attributes:
        title: what it is of.
        note: the parameters of the fitted law, as written.
        observed, fitted: shares, one a bar.
        low, high: ends of the interval of each fitted share.
        below, above: whether the first and the last bar hold what lies beyond them too.
        ticks: (place, label) along the bars; the first bar lies from 0 to 1.
        levels: (share, label) of the gridlines, from 0.
    """

    title: str
    note: str
    observed: tuple[float, ...]
    fitted: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    below: bool
    above: bool
    ticks: tuple[tuple[float, str], ...]
    levels: tuple[tuple[float, str], ...]


def height_of(panels: int, *, narrow: bool) -> float:
    """The height that so many histograms take: two side by side on a page, one below the other on a telephone."""
    return PANEL * (panels if narrow else -(-panels // 2))


def draw_histograms(panels: tuple[Bars, ...], axes: Axes, canvas: Canvas) -> None:
    """Draw the histograms.

    Args:
        panels: at least one.
        axes: covering the whole canvas.
        canvas: its room.
    """
    canvas.bare(axes)
    columns = 1 if canvas.narrow or len(panels) == 1 else 2
    room = (canvas.width + GAP) / columns - GAP
    for number, panel in enumerate(panels):
        left = (number % columns) * (room + GAP) + LEFT
        top = number // columns * PANEL + TOP
        _panel(panel, axes, canvas, (left, top, room - LEFT - RIGHT, PANEL - TOP - BOTTOM))


def _panel(panel: Bars, axes: Axes, canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    left, top, width, height = box
    bars, highest = len(panel.observed), panel.levels[-1][0]

    def across(place: float) -> float:
        return left + width * place / bars

    def down(share: float) -> float:
        return top + height * (1 - share / highest)

    axes.text(left - LEFT, top - 26, panel.title, fontsize=canvas.text, fontweight="bold", color=palette.INK)
    axes.text(left - LEFT, top - 10, panel.note, fontsize=canvas.text - 1, color=palette.MUTED)
    for share, label in panel.levels:
        axes.plot([left, left + width], [down(share)] * 2, color=palette.RULE, linewidth=0.8, zorder=0)
        axes.text(left - 6, down(share), label, ha="right", va="center", fontsize=canvas.text - 1, color=palette.MUTED)
    beyond = {0} if panel.below else set()
    beyond |= {bars - 1} if panel.above else set()
    gap = min(0.08, 1.5 * bars / width)
    for at, share in enumerate(panel.observed):
        axes.fill(
            [across(at + gap), across(at + 1 - gap), across(at + 1 - gap), across(at + gap)],
            [down(0), down(0), down(share), down(share)],
            color=palette.BLUE, alpha=0.16 if at in beyond else 0.3, linewidth=0,
        )  # fmt: skip
    inner = [at for at in range(bars) if at not in beyond]
    middle = [across(at + 0.5) for at in inner]
    axes.fill_between(
        middle, [down(panel.low[at]) for at in inner], [down(panel.high[at]) for at in inner],
        color=palette.CEILING, alpha=0.22, linewidth=0,
    )  # fmt: skip
    axes.plot(middle, [down(panel.fitted[at]) for at in inner], color=palette.CEILING, linewidth=1.8)
    for at in sorted(beyond):
        # What lies beyond has no shape: a point with its interval, not a part of the curve.
        place = across(at + 0.5)
        axes.plot([place] * 2, [down(panel.low[at]), down(panel.high[at])], color=palette.CEILING, linewidth=1.4)
        axes.plot([place], [down(panel.fitted[at])], marker="o", markersize=4, color=palette.CEILING)
    axes.plot([left, left + width], [down(0)] * 2, color=palette.FAINT, linewidth=0.8)
    for place, label in panel.ticks:
        axes.text(across(place), top + height + 15, label, ha="center", fontsize=canvas.text - 1, color=palette.MUTED)
