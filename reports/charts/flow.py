"""From the envelope to where its money went: one band a destination."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.style import Canvas, pushed_apart

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Band:
    """One destination.

    Attributes:
        name: what it is.
        value: the amount as written.
        size: the amount.
        colour: of the band.
    """

    name: str
    value: str
    size: float
    colour: str


def draw_flow(source: tuple[str, str], bands: tuple[Band, ...], axes: Axes, canvas: Canvas) -> None:
    """Put the source on the left and a band to each destination on the right.

    Args:
        source: its name and its amount as written.
        bands: from top to bottom, at least one above 0.
        axes: covering the whole canvas.
        canvas: the room.
    """
    from matplotlib.patches import PathPatch, Rectangle
    from matplotlib.path import Path

    axes.set_xlim(0, canvas.width)
    axes.set_ylim(canvas.height, 0)
    axes.set_axis_off()
    left, right = (86, 168) if canvas.narrow else (150, 470)
    gap, top = 7.0, 8.0
    room = canvas.height - 2 * top - gap * (len(bands) - 1)
    # Commitments beyond what is notified leave less than nothing: told by its figure, drawn as nothing.
    total = sum(max(band.size, 0.0) for band in bands) or 1.0
    whole = room
    start = (canvas.height - whole) / 2
    axes.add_patch(Rectangle((left - 9, start), 9, whole, color=palette.INK, linewidth=0))
    axes.text(left - 16, canvas.height / 2 - 8, source[0], ha="right", va="center", fontsize=canvas.text)
    axes.text(
        left - 16, canvas.height / 2 + 8, source[1], ha="right", va="center", fontsize=canvas.text, fontweight="bold"
    )
    middles, begin, end = [], start, top
    for band in bands:
        height = max(whole * max(band.size, 0.0) / total, 0.8)
        bend = (left + right) / 2
        outline = Path(
            [
                (left, begin),
                (bend, begin),
                (bend, end),
                (right, end),
                (right, end + height),
                (bend, end + height),
                (bend, begin + height),
                (left, begin + height),
                (left, begin),
            ],
            [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY],
        )
        axes.add_patch(PathPatch(outline, facecolor=band.colour, alpha=0.3, linewidth=0))
        axes.add_patch(Rectangle((right, end), 9, height, color=band.colour, linewidth=0))
        middles.append(end + height / 2)
        begin += height
        end += height + gap
    line = canvas.text * (2.4 if canvas.narrow else 1.5)
    places = pushed_apart(middles, line, line / 2, canvas.height - line / 2)
    for band, middle, place in zip(bands, middles, places, strict=True):
        axes.plot([right + 11, right + 22], [middle, place], color=band.colour, linewidth=0.9)
        if canvas.narrow:
            for text, shift, weight in ((band.name, -0.55, "normal"), (band.value, 0.55, "bold")):
                axes.text(
                    right + 26,
                    place + shift * canvas.text,
                    text,
                    va="center",
                    fontsize=canvas.text - 0.5,
                    fontweight=weight,
                    color=palette.INK,
                )
        else:
            axes.text(right + 26, place, band.name, va="center", fontsize=canvas.text, color=palette.INK)
            axes.text(
                canvas.width - 4, place, band.value, va="center", ha="right", fontsize=canvas.text, fontweight="bold"
            )
