"""One row a policy: what is delivered over the runs, its bad years, and the mark of what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.named_rows import lay_out_rows, name_row
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
    lay_out_rows([row.name for row in rows], ticks, axes, canvas)
    for at, row in enumerate(rows):
        axes.plot([row.low, row.high], [at, at], color=palette.BLUE, linewidth=4, alpha=0.35)
        axes.plot([row.mean], [at], marker="o", markersize=6, color=palette.BLUE, linestyle="")
        axes.plot(
            [row.bad], [at], marker="D", markersize=6, color=palette.CEILING, markerfacecolor="white", linestyle=""
        )
        if row.promised is not None:
            axes.plot([row.promised, row.promised], [at - 0.36, at + 0.36], color=palette.INK, linewidth=2.2)
        name_row(at, row.name, row.label, palette.BLUE, axes, canvas)
