"""One row a policy: what is delivered over the runs, its bad years, and the mark of what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.style import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Delivered:
    """One row.

    Attributes:
        name: of the policy, short enough for its place.
        low, mean, high: P10, mean, P90 of what is delivered.
        bad: the mean of the bad years.
        promised: what the plan counts on, where it is told.
        label: the mean as written.
    """

    name: str
    low: float
    mean: float
    high: float
    bad: float
    promised: float | None
    label: str


def draw_delivered(
    rows: tuple[Delivered, ...], ticks: tuple[tuple[float, str], ...], axes: Axes, canvas: Canvas
) -> None:
    """Put a bar from P10 to P90, a dot, a hollow diamond and a mark on each row.

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
        axes.plot([row.low, row.high], [at, at], color=palette.BLUE, linewidth=4, alpha=0.35)
        axes.plot([row.mean], [at], marker="o", markersize=6, color=palette.BLUE, linestyle="")
        axes.plot(
            [row.bad], [at], marker="D", markersize=6, color=palette.CEILING, markerfacecolor="white", linestyle=""
        )
        if row.promised is not None:
            axes.plot([row.promised, row.promised], [at - 0.36, at + 0.36], color=palette.INK, linewidth=2.2)
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
                color=palette.INK if side == "right" else palette.BLUE,
                annotation_clip=False,
            )
