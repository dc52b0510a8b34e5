"""Small multiples: one figure against each value that was varied, side by side on one scale."""

from dataclasses import dataclass

from matplotlib.axes import Axes

from reports import palette
from reports.charts.style import Canvas

LEFT, GAP, TOP, BOTTOM = 64, 26, 24, 44
ROW = 190
"""Height of a panel with its title and its marks, in pixels."""


@dataclass(frozen=True)
class Panel:
    """One value that was varied.

    Attributes:
        title: what it is.
        points: for each variant its place on the panel (0 to 1), its figure, and the ends of its spread.
        line: places and figures of the mean over variants at each place; empty where places are many.
        marks: places and labels under the panel, from left to right.
        joined: the means are joined by a line (numbers); else each has a dash of its own (words).
    """

    title: str
    points: tuple[tuple[float, float, float, float], ...]
    line: tuple[tuple[float, float], ...]
    marks: tuple[tuple[float, str], ...]
    joined: bool = True


def height_of(panels: int, *, narrow: bool) -> float:
    """The height that so many panels take: side by side on a page, one below the other on a telephone."""
    return ROW * (panels if narrow else 1)


def draw_small_multiples(
    panels: tuple[Panel, ...], levels: tuple[tuple[float, str], ...], axes: Axes, canvas: Canvas
) -> None:
    """Draw the panels.

    Args:
        panels: at least one.
        levels: values and labels of the common scale, ascending, at least two.
        axes: covering the whole canvas.
        canvas: its room.
    """
    canvas.bare(axes)
    width = canvas.width - LEFT - 16 if canvas.narrow else (canvas.width - LEFT - 16 + GAP) / len(panels) - GAP
    for number, panel in enumerate(panels):
        left = LEFT if canvas.narrow else LEFT + number * (width + GAP)
        top = (number * ROW if canvas.narrow else 0) + TOP
        _panel(
            panel, levels, axes, canvas, (left, top, width, ROW - TOP - BOTTOM), labelled=canvas.narrow or not number
        )


def _panel(
    panel: Panel,
    levels: tuple[tuple[float, str], ...],
    axes: Axes,
    canvas: Canvas,
    box: tuple[float, float, float, float],
    *,
    labelled: bool,
) -> None:
    left, top, width, height = box
    low, high = levels[0][0], levels[-1][0]

    def across(place: float) -> float:
        return left + 8 + place * (width - 16)

    def down(value: float) -> float:
        return top + height * (1 - (value - low) / (high - low))

    axes.text(left, top - 9, panel.title, fontsize=canvas.text, fontweight="bold", color=palette.INK)
    for value, label in levels:
        axes.plot([left, left + width], [down(value)] * 2, color=palette.RULE, linewidth=0.8, zorder=0)
        if labelled:
            axes.text(
                left - 8, down(value), label, ha="right", va="center", fontsize=canvas.text - 1, color=palette.MUTED
            )
    for place, value, below, above in panel.points:
        axes.plot([across(place)] * 2, [down(below), down(above)], color=palette.BLUE, linewidth=1.2, alpha=0.3)
        axes.plot([across(place)], [down(value)], marker="o", markersize=3.6, color=palette.BLUE, alpha=0.75)
    if panel.line:
        places, values = zip(*panel.line, strict=True)
        across_each, down_each = [across(place) for place in places], [down(value) for value in values]
        if panel.joined:
            axes.plot(across_each, down_each, color=palette.CEILING)
        else:
            axes.plot(across_each, down_each, "_", markersize=18, markeredgewidth=2, color=palette.CEILING)
    for at, (place, label) in enumerate(panel.marks):
        side = "left" if at == 0 and len(panel.marks) > 1 else "right" if at == len(panel.marks) - 1 > 0 else "center"
        foot = left if side == "left" else left + width if side == "right" else across(place)
        axes.text(foot, top + height + 17, label, ha=side, fontsize=canvas.text - 1, color=palette.MUTED)
