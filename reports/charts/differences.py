"""Who gains and who loses: one dot a branch, with the error that this number of runs leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.style import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Difference:
    """One dot.

    Attributes:
        name: the branch, short enough for its place.
        value: the mean difference.
        error: its standard error, 0 where unknown.
        label: the value as written.
        shown: whether the difference is beyond twice its error.
    """

    name: str
    value: float
    error: float
    label: str
    shown: bool


def draw_differences(
    rows: tuple[Difference, ...], ticks: tuple[tuple[float, str], ...], axes: Axes, canvas: Canvas
) -> None:
    """Put one dot and its bar of two standard errors on each row.

    The axis is linear up to the first tick on each side and logarithmic beyond: one branch may be a thousand times
    another.

    Args:
        rows: from top to bottom.
        ticks: (value, label) on the axis, symmetric around zero.
        axes: covering the whole canvas.
        canvas: the room.
    """
    left, right, top, bottom = (142, 52, 6, 28) if canvas.narrow else (330, 70, 6, 30)
    axes.set_position(
        (
            left / canvas.width,
            bottom / canvas.height,
            (canvas.width - left - right) / canvas.width,
            (canvas.height - bottom - top) / canvas.height,
        )
    )
    reach = ticks[-1][0]
    near = min(value for value, _ in ticks if value > 0)
    axes.set_xscale("symlog", linthresh=near, linscale=0.7)
    axes.set_xlim(-reach, reach)
    axes.minorticks_off()
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xticks([value for value, _ in ticks], [label for _, label in ticks])
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="x", length=0, pad=5)
    axes.grid(axis="x", color=palette.RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.axvline(0, color=palette.INK, linewidth=1)
    for at, row in enumerate(rows):
        colour = (palette.BLUE if row.value > 0 else palette.CEILING) if row.shown else palette.FAINT
        low, high = max(-reach, row.value - 2 * row.error), min(reach, row.value + 2 * row.error)
        axes.plot([low, high], [at, at], color=colour, linewidth=2.4, alpha=0.55)
        axes.plot(
            [row.value],
            [at],
            marker="o",
            markersize=6,
            markerfacecolor=colour if row.shown else palette.PAPER,
            markeredgecolor=colour,
            markeredgewidth=1.4,
            linestyle="",
        )
        ink = (palette.BLUE if row.value > 0 else palette.CEILING) if row.shown else palette.MUTED
        for place, text, side, colour_of in ((-reach, row.name, "right", palette.INK), (reach, row.label, "left", ink)):
            axes.annotate(
                text,
                (place, at),
                xytext=(-8 if side == "right" else 8, 0),
                textcoords="offset points",
                ha=side,
                va="center",
                fontsize=canvas.text - (0.5 if canvas.narrow else 0),
                fontweight="bold" if side == "left" and row.shown else "normal",
                color=colour_of,
                annotation_clip=False,
            )
