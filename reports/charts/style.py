"""The house style of charts, and the way from a figure to a self-contained SVG."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from io import StringIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reports import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FAMILY = "Inter Enveloppe"
DOTS_PER_INCH = 72
"""One point is one CSS pixel: sizes in this file are the sizes on the page."""


@dataclass(frozen=True)
class Canvas:
    """The room a chart has.

    Attributes:
        width, height: CSS pixels.
        text: size of its labels, CSS pixels.
        narrow: whether it is drawn for a telephone.
        paper: whether it is drawn for a part of a sheet of paper.
    """

    width: float
    height: float
    text: float
    narrow: bool
    paper: bool = False

    def bare(self, axes: Axes) -> None:
        """Axes over the whole canvas in CSS pixels from its upper left corner, nothing drawn of themselves."""
        axes.set_position((0, 0, 1, 1))
        axes.set_xlim(0, self.width)
        axes.set_ylim(self.height, 0)
        axes.axis("off")

    def leave(self, axes: Axes, *, left: float, right: float, top: float, bottom: float) -> None:
        """Leave margins, in CSS pixels, around axes that cover the whole canvas."""
        axes.set_position(
            (
                left / self.width,
                bottom / self.height,
                (self.width - left - right) / self.width,
                (self.height - bottom - top) / self.height,
            )
        )


Draw = Callable[["Axes", Canvas], None]
"""Puts the marks of a chart on axes that cover a canvas."""


def canvases(height: float, narrow_height: float) -> tuple[Canvas, Canvas]:
    """The two widths that every chart is drawn at: a page and a telephone."""
    return Canvas(760, height, 12, narrow=False), Canvas(350, narrow_height, 11.5, narrow=True)


def half_a_sheet(height: float) -> Canvas:
    """The width of a chart that shares a sheet of paper with a column of text: its letters stay readable."""
    return Canvas(540, height, 12.5, narrow=False, paper=True)


@cache
def _fonts_known() -> None:
    from matplotlib import font_manager

    for weight in ("Regular", "SemiBold"):
        with as_file(files("reports").joinpath(f"fonts/Inter-{weight}.ttf")) as file:
            font_manager.fontManager.addfont(file)


def drawn(key: str, title: str, description: str, canvas: Canvas, draw: Draw) -> str:
    """A chart as an SVG element for a page.

    Args:
        key: its fixed name: ids inside the drawing depend on it alone.
        title: what it is.
        description: what it shows, for who cannot see it.
        canvas: its room.
        draw: puts the marks on the axes.

    Returns:
        An `<svg>` without prologue, clock or outside reference; the same marks give the same bytes.
    """
    # Imported where something is drawn: a third of a second that a command without drawings is spared.
    import matplotlib
    from matplotlib.figure import Figure

    _fonts_known()
    size = "paper" if canvas.paper else "narrow" if canvas.narrow else "wide"
    settings: dict[Any, Any] = {
        "font.family": [FAMILY, "DejaVu Sans"],
        "font.size": canvas.text,
        "text.parse_math": False,
        "text.usetex": False,
        "axes.unicode_minus": True,
        "svg.fonttype": "none",
        "svg.hashsalt": f"{key}-{size}",
        "svg.id": None,
        "path.simplify": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": palette.FAINT,
        "axes.labelcolor": palette.MUTED,
        "text.color": palette.INK,
        "xtick.color": palette.FAINT,
        "ytick.color": palette.FAINT,
        "xtick.labelcolor": palette.MUTED,
        "ytick.labelcolor": palette.MUTED,
        "lines.solid_capstyle": "round",
        "lines.solid_joinstyle": "round",
    }
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        # A name may hold letters that the font lacks; the browser finds another font for them.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure = Figure(figsize=(canvas.width / DOTS_PER_INCH, canvas.height / DOTS_PER_INCH), dpi=DOTS_PER_INCH)
        axes = figure.add_axes((0, 0, 1, 1))
        draw(axes, canvas)
        text = StringIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(text, format="svg", metadata=nothing)
    return _for_page(text.getvalue(), f"{key}-{size}", title, description)


def _for_page(svg: str, key: str, title: str, description: str) -> str:
    body = svg[svg.index("<svg") :]
    opening, rest = body.split(">", 1)
    box = re.search(r'viewBox="([^"]*)"', opening)
    view = box.group(1) if box else ""
    rest = re.sub(r"<metadata>.*?</metadata>", "", rest, flags=re.DOTALL)
    # Ids of parts (figure_1, axes_1 ...) repeat from chart to chart: a page may hold each once.
    rest = re.sub(r'<g id="[^"]*"\s*/>', "", rest)
    rest = re.sub(r'<g id="[^"]*">', "<g>", rest)
    rest = re.sub(r"<!--.*?-->", "", rest, flags=re.DOTALL)
    rest = re.sub(r">\s+<", "><", rest)
    rest = re.sub(r"(\d\.\d{2})\d+", r"\1", rest)
    names = f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-desc">{escape(description)}</desc>'
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    label = f'role="img" aria-labelledby="{key}-title {key}-desc"'
    return f'<svg {label} viewBox="{view}" {spaces}>{names}{rest.strip()}'


def pushed_apart(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Places for labels: as near as may be to where they belong, never nearer than a gap to each other.

    Args:
        wanted: where each label belongs, in any order.
        gap: the least distance between two.
        low, high: the room; when it is too small the gap shrinks.

    Returns:
        One place a label, in the order given.
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    # Labels that touch form a block; a block sits at the mean of what its labels wish.
    blocks: list[list[float]] = []
    for rank, index in enumerate(order):
        wish = min(max(wanted[index], low), high) - rank * gap
        blocks.append([wish, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            place, size = blocks.pop()
            blocks[-1] = [(blocks[-1][0] * blocks[-1][1] + place * size) / (blocks[-1][1] + size), blocks[-1][1] + size]
    bases = [place for place, size in blocks for _ in range(int(size))]
    ceiling = high - (len(order) - 1) * gap
    places = [0.0] * len(wanted)
    for rank, index in enumerate(order):
        places[index] = min(max(bases[rank], low), ceiling) + rank * gap
    return places
