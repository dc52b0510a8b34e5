"""What is given up on average for what is gained in bad years: one point a weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.axis import labels_that_fit
from reports.charts.style import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Point:
    """One point: the mean, the mean of bad years, and what stands beside it where anything does."""

    mean: float
    bad: float
    label: str = ""


def draw_frontier(
    points: tuple[Point, ...],
    across: tuple[tuple[float, str], ...],
    up: tuple[tuple[float, str], ...],
    names: tuple[str, str],
    axes: Axes,
    canvas: Canvas,
) -> None:
    """Put the points on a line, bad years to the right, the mean upwards.

    Args:
        points: in the order of their weights.
        across, up: (value, label) on both axes, from start to end.
        names: of both axes.
        axes: covering the whole canvas.
        canvas: the room.
    """
    left, right, top, bottom = (66, 24, 28, 46) if canvas.narrow else (84, 40, 30, 48)
    canvas.leave(axes, left=left, right=right, top=top, bottom=bottom)
    axes.set_xlim(across[0][0], across[-1][0])
    axes.set_ylim(up[0][0], up[-1][0])
    said = labels_that_fit(across, canvas.width * axes.get_position().width, canvas.text)
    axes.set_xticks([value for value, _ in said], [label for _, label in said])
    axes.set_yticks([value for value, _ in up], [label for _, label in up])
    axes.tick_params(length=0, pad=5)
    axes.grid(color=palette.RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel(names[0], fontsize=canvas.text)
    axes.annotate(
        names[1],
        (0, 1),
        xycoords="axes fraction",
        xytext=(-left + 8, 12),
        textcoords="offset points",
        fontsize=canvas.text,
        color=palette.MUTED,
    )
    axes.plot([point.bad for point in points], [point.mean for point in points], color=palette.BLUE, linewidth=1.6)
    axes.plot(
        [point.bad for point in points],
        [point.mean for point in points],
        marker="o",
        markersize=5,
        color=palette.BLUE,
        linestyle="",
    )
    for at, point in enumerate(points):
        if point.label:
            first = at == 0
            axes.annotate(
                point.label,
                (point.bad, point.mean),
                xytext=(-4, 8) if first else (-8, 2),
                textcoords="offset points",
                ha="left" if first else "right",
                va="bottom",
                fontsize=canvas.text,
                color=palette.INK,
                annotation_clip=False,
            )
