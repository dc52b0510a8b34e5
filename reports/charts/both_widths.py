"""A chart as a block of a page: drawn once for a page and once for a telephone."""

from collections.abc import Callable

from reports.blocks import Chart, Line
from reports.charts.style import Canvas, Draw, canvases, drawn, half_a_sheet


def charted(
    key: str,
    title: str,
    description: str,
    heights: tuple[float, float],
    draw_for: Callable[[Canvas], Draw],
    note: Line = (),
    *,
    titled: bool = True,
    paper: float = 0,
) -> Chart:
    """Draw a chart at the two widths.

    Args:
        key: its fixed name.
        title: what it is.
        description: what it shows, for who cannot see it.
        heights: of the page's drawing and of the telephone's, CSS pixels.
        draw_for: gives what draws on a canvas of either width.
        note: what stands below.
        titled: whether its title stands above it.
        paper: the height of a third drawing, for half a sheet of paper; 0 for none.

    Returns:
        The block.
    """
    wide, narrow = (drawn(key, title, description, canvas, draw_for(canvas)) for canvas in canvases(*heights))
    sheet = half_a_sheet(paper)
    third = drawn(key, title, description, sheet, draw_for(sheet)) if paper else ""
    return Chart(key, wide, narrow, title, description, note, titled, third)
