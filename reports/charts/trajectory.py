"""Need, commitments and payments, month by month, against the envelope and its dated changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import palette
from reports.charts.amounts_over import lay_out_amounts
from reports.charts.style import Canvas, pushed_apart

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Curve:
    """One cumulative quantity.

    Attributes:
        name: what stands at its end.
        value: the amount that stands at its end, as written.
        colour: of its line and label.
        low, middle, high: one amount a month (P10, median, P90), in the chart's unit.
    """

    name: str
    value: str
    colour: str
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Ceiling:
    """A ceiling that steps at dated events.

    Attributes:
        name: what stands at its end.
        value: the amount at the opening and its changes, as written.
        steps: (place on the axis of months, amount from there on), the first at 0.
        changes: (place on the axis of months, label) of each event.
    """

    name: str
    value: str
    steps: tuple[tuple[float, float], ...]
    changes: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Today:
    """Where what happened ends and what is projected begins.

    Attributes:
        place: on the axis of months.
        over: how many months are over: each has a dot.
        before, after: what stands at either side, at the top.
    """

    place: float
    over: int
    before: str
    after: str


@dataclass(frozen=True)
class Trajectory:
    """All that the chart shows, already in words and in one unit."""

    months: int
    ticks: tuple[tuple[float, str], ...]
    curves: tuple[Curve, ...]
    ceiling: Ceiling
    marks: tuple[tuple[float, str], ...]
    """Dated marks: (place on the axis of months, label)."""
    levels: tuple[tuple[float, str], ...]
    """Gridlines: (amount, label)."""
    today: Today | None = None
    """Where the past ends; None where all is projected."""


def draw_trajectory(shown: Trajectory, axes: Axes, canvas: Canvas) -> None:
    """Put the curves, their bands, the ceiling and the labels on the axes.

    Args:
        shown: what to draw.
        axes: covering the whole canvas.
        canvas: the room.
    """
    left, right, bottom, top = (54, 112, 34, 8) if canvas.narrow else (62, 112 if canvas.paper else 150, 36, 10)
    canvas.leave(axes, left=left, right=right, top=top, bottom=bottom)
    highest = shown.levels[-1][0]
    axes.set_xlim(0, shown.months)
    lay_out_amounts(shown.levels, shown.ticks, axes, canvas)
    for place, label in shown.marks:
        _mark(axes, canvas, place, label, highest)
    at = [month + 1 for month in range(shown.months)]
    for curve in shown.curves:
        axes.fill_between([0, *at], [0, *curve.low], [0, *curve.high], color=curve.colour, alpha=0.15, linewidth=0)
        axes.plot([0, *at], [0, *curve.middle], color=curve.colour, linewidth=2.2)
        if shown.today is not None:
            over = shown.today.over
            size = 3.5 if canvas.narrow else 4.5
            axes.plot(at[:over], curve.middle[:over], color=curve.colour, marker="o", markersize=size, linestyle="")
    if shown.today is not None:
        _today(axes, canvas, shown.today, shown.months, highest, _dip(shown, canvas, axes))
    _ceiling(axes, canvas, shown)
    _end_labels(axes, canvas, shown, highest)


def _dip(shown: Trajectory, canvas: Canvas, axes: Axes) -> float:
    """How far below the top the words beside the line must stand so that the ceiling does not cross them, pixels."""
    highest = shown.levels[-1][0]
    pixels = [
        (highest - amount) / highest * canvas.height * axes.get_position().height for _, amount in shown.ceiling.steps
    ]
    crossed = [down for down in pixels if 0 <= down <= canvas.text + 8]
    return float(max(crossed)) + 4 if crossed else 0.0


def _today(axes: Axes, canvas: Canvas, today: Today, months: int, highest: float, dip: float) -> None:
    """The line between past and future, with a word at either side where there is room for it."""
    axes.plot([today.place] * 2, [0, highest], color=palette.MUTED, linewidth=1.1, linestyle=(0, (1, 2)))
    room = canvas.width * axes.get_position().width / months
    for word, side, space in (
        (today.before, "right", today.place * room),
        (today.after, "left", (months - today.place) * room),
    ):
        if 0.62 * canvas.text * len(word) + 8 > space:
            continue
        axes.annotate(
            word,
            (today.place, highest),
            xytext=(-6 if side == "right" else 6, -3 - dip),
            textcoords="offset points",
            ha=side,
            va="top",
            fontsize=canvas.text - 1,
            color=palette.INK if side == "right" else palette.BLUE,
        )


def _mark(axes: Axes, canvas: Canvas, place: float, label: str, highest: float) -> None:
    axes.plot([place, place], [0, highest], color=palette.FAINT, linewidth=1, linestyle=(0, (1, 2)))
    # Towards the middle where the labels at the right end would lie on it.
    room = canvas.width * axes.get_position().width * (1 - place / axes.get_xlim()[1])
    left = room > 0.6 * canvas.text * len(label)
    axes.annotate(
        label,
        (place, 0),
        xytext=(5 if left else -5, 5),
        textcoords="offset points",
        ha="left" if left else "right",
        va="bottom",
        fontsize=canvas.text - 1,
        color=palette.MUTED,
        zorder=5,
    )


def _ceiling(axes: Axes, canvas: Canvas, shown: Trajectory) -> None:
    places = [place for place, _ in shown.ceiling.steps] + [shown.months]
    amounts = [amount for _, amount in shown.ceiling.steps]
    axes.step(
        places, [*amounts, amounts[-1]], where="post", color=palette.CEILING, linewidth=1.8, linestyle=(0, (5, 3))
    )
    if canvas.narrow:
        return
    for (place, label), before, after in zip(shown.ceiling.changes, amounts[:-1], amounts[1:], strict=True):
        axes.annotate(
            label,
            (place, max(before, after)),
            xytext=(3, 4),
            textcoords="offset points",
            ha="left",
            va="bottom",
            fontsize=canvas.text - 1,
            fontweight="bold",
            color=palette.CEILING,
        )


def _end_labels(axes: Axes, canvas: Canvas, shown: Trajectory, highest: float) -> None:
    line = canvas.text * 1.25
    per_pixel = highest / (canvas.height * axes.get_position().height)
    ceiling = (shown.ceiling.name, shown.ceiling.value, palette.CEILING, shown.ceiling.steps[-1][1])
    labels = [(curve.name, curve.value, curve.colour, curve.middle[-1]) for curve in shown.curves] + [ceiling]
    ends = [end for _, _, _, end in labels]
    places = pushed_apart(ends, 2.35 * line * per_pixel, line * per_pixel, highest - line * per_pixel)
    gap = 8 if canvas.narrow else 16
    for (name, value, colour, end), place in zip(labels, places, strict=True):
        axes.annotate(
            "",
            (shown.months, end),
            xytext=(gap, (place - end) / per_pixel),
            textcoords="offset points",
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0},
            annotation_clip=False,
        )
        for text, shift, weight in ((name, 0.5, "normal"), (value, -0.5, "bold")):
            axes.annotate(
                text,
                (shown.months, place),
                xytext=(gap + 4, shift * line),
                textcoords="offset points",
                ha="left",
                va="center",
                fontsize=canvas.text,
                fontweight=weight,
                color=colour,
                annotation_clip=False,
            )
