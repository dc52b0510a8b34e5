"""Branch by month: how much of its notified money each branch has committed, the darker the more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.style import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLASSES = (0.0, 0.2, 0.4, 0.6, 0.8, 0.95)
"""Where each shade begins."""
FULL = 0.995
"""From here on a branch is marked as having committed all that it was notified."""


@dataclass(frozen=True)
class HeatRow:
    """One branch: its name and its shares by month."""

    name: str
    shares: tuple[float, ...]


def shade(share: float) -> str:
    """The colour of a share: from paper to the blue of commitments."""
    from matplotlib.colors import to_rgb

    rank = sum(1 for start in CLASSES if share >= start and share > 0)
    part = rank / len(CLASSES)
    mixed = (
        round(255 * (light + (dark - light) * part))
        for light, dark in zip(to_rgb(palette.PANEL), to_rgb(palette.BLUE), strict=True)
    )
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def draw_heat(
    rows: tuple[HeatRow, ...],
    ticks: tuple[tuple[float, str], ...],
    keys: tuple[str, ...],
    axes: Axes,
    canvas: Canvas,
) -> None:
    """Put a cell a month on each row, runs of one shade drawn as one.

    Args:
        rows: from top to bottom.
        ticks: (place on the axis of months, label).
        keys: what each shade stands for, lightest first.
        axes: covering the whole canvas.
        canvas: the room.
    """
    from matplotlib.patches import Rectangle

    left, right, top, bottom = (142, 8, 30, 24) if canvas.narrow else (330, 10, 30, 26)
    canvas.leave(axes, left=left, right=right, top=top, bottom=bottom)
    months = len(rows[0].shares)
    axes.set_xlim(0, months)
    axes.set_ylim(len(rows), 0)
    axes.set_yticks([])
    axes.set_xticks([place for place, _ in ticks], [label for _, label in ticks])
    axes.tick_params(axis="x", length=3, pad=4)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    for at, row in enumerate(rows):
        colours = [shade(share) for share in row.shares]
        start = 0
        for month in range(1, months + 1):
            if month == months or colours[month] != colours[start]:
                axes.add_patch(Rectangle((start, at + 0.05), month - start, 0.9, facecolor=colours[start], linewidth=0))
                start = month
        full = next((month for month, share in enumerate(row.shares) if share >= FULL), None)
        if full is not None:
            axes.text(full + 0.5, at + 0.5, "!", ha="center", va="center", color=palette.PAPER, fontweight="bold")
        axes.annotate(
            row.name,
            (0, at + 0.5),
            xytext=(-8, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            fontsize=canvas.text - (0.5 if canvas.narrow else 0),
            annotation_clip=False,
        )
    width = months / len(keys)
    unit = len(rows) / (canvas.height - bottom - top)
    for number, text in enumerate(keys):
        colour = shade(CLASSES[number] + 0.01)
        axes.add_patch(
            Rectangle((number * width, -24 * unit), width, 8 * unit, facecolor=colour, linewidth=0, clip_on=False)
        )
        axes.text(
            number * width, -8 * unit, text, ha="left", va="center", fontsize=canvas.text - 2, color=palette.MUTED
        )
