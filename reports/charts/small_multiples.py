"""Small multiples: one figure against each value that was varied, side by side on one scale."""

import textwrap
from dataclasses import dataclass

from matplotlib.axes import Axes

from reports import palette
from reports.charts.style import Canvas, canvases

LEFT, GAP, TOP, BOTTOM = 64, 26, 10, 18
PLOT, LINE = 122, 14
"""Heights of what is drawn in a panel and of a line of its words, in pixels."""
LETTER, BOLD = 0.53, 0.58
"""Width of a letter of the house's font, as a part of its size, on the mean."""
MOST_LINES = 2


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


def height_of(panels: tuple[Panel, ...], *, narrow: bool) -> float:
    """The height that panels take: side by side on a page, one below the other on a telephone."""
    canvas = canvases(0, 0)[narrow]
    return _row(panels, canvas) * (len(panels) if narrow else 1)


def _width(panels: tuple[Panel, ...], canvas: Canvas) -> float:
    room = canvas.width - LEFT - 16
    return room if canvas.narrow else (room + GAP) / len(panels) - GAP


def _row(panels: tuple[Panel, ...], canvas: Canvas) -> float:
    """The height of a panel with its words: of all the same, so that they stand on one line."""
    titles, marks = _lines(panels, canvas)
    return TOP + titles * LINE + PLOT + marks * LINE + BOTTOM


def _lines(panels: tuple[Panel, ...], canvas: Canvas) -> tuple[int, int]:
    """How many lines the longest title and the longest mark take."""
    width = _width(panels, canvas)
    titles = [_wrapped(panel.title, width, BOLD * canvas.text) for panel in panels]
    letter = LETTER * (canvas.text - 1)
    marks = [_wrapped(mark, _mark_width(panel, width), letter) for panel in panels for _, mark in panel.marks]
    return max(len(lines) for lines in titles), max((len(lines) for lines in marks), default=1)


def _mark_width(panel: Panel, width: float) -> float:
    return width / max(len(panel.marks), 1) - 4


def _wrapped(text: str, width: float, letter: float) -> list[str]:
    """A text in at most two lines that fit a width, given the width of a letter."""
    letters = max(int(width / letter), 4)
    return textwrap.wrap(text, letters, max_lines=MOST_LINES, placeholder="…", break_long_words=True) or [""]


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
    width, row = _width(panels, canvas), _row(panels, canvas)
    titles, _ = _lines(panels, canvas)
    for number, panel in enumerate(panels):
        left = LEFT if canvas.narrow else LEFT + number * (width + GAP)
        top = (number * row if canvas.narrow else 0) + TOP + titles * LINE
        _panel(panel, levels, axes, canvas, (left, top, width, PLOT), labelled=canvas.narrow or not number)


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

    heads = _wrapped(panel.title, width, BOLD * canvas.text)
    for at, words in enumerate(reversed(heads)):
        axes.text(left, top - 9 - at * LINE, words, fontsize=canvas.text, fontweight="bold", color=palette.INK)
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
    size = canvas.text - 1
    for place, label in panel.marks:
        lines = _wrapped(label, _mark_width(panel, width), LETTER * size)
        # Below its place, as far as the panel goes.
        half = LETTER * size * max(map(len, lines)) / 2
        middle = min(max(across(place), left + half), max(left + width - half, left + half))
        for number, words in enumerate(lines):
            axes.text(middle, top + height + 17 + number * LINE, words, ha="center", fontsize=size, color=palette.MUTED)
