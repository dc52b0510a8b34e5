"""The charts of a sweep: each main figure against each value that was varied."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reports import numbers
from reports.blocks import Chart, Section
from reports.catalogue import Language, msg
from reports.charts.ticks import count_labels, share_labels
from reports.money_axis import money_labels
from reports.names import kpi_name, short_name
from reports.reading import Found

if TYPE_CHECKING:
    from reports.charts.small_multiples import Panel

TOLD = ("pathways_net", "need_cents", "committed_cents", "overrun")
MOST_PANELS = 4
"""Values shown; further ones stand in the table."""
MOST_PLACES = 12
"""Places up to which the mean over variants is drawn."""
NUDGE = 0.03
"""How far apart variants of one value are drawn, as a share of the panel, where there is room."""
LONGEST_TITLE, LONGEST_MARK = 26, 12


def multiples(found: Found, language: Language) -> Section | None:
    """The section of small multiples; None where no variant has a plan."""
    known = [one for one in found.items("variants") if one.text("status") == "done"]
    if not known:
        return None
    axes = list(found.items("axes"))[:MOST_PANELS]
    charts = tuple(
        _chart(name, axes, known, language)
        for name in TOLD
        if all(one.get(f"kpis.{name}") is not None for one in known)
    )
    lead = language.line(
        msg(
            "Each dot is a variant, its bar the middle 80 % of its runs; the orange line or dash is the mean over the "
            "variants that share a value. A panel shows one value whatever the others are."
        )
    )
    return Section("multiples", language.words(msg("What moves the figures")), lead, charts)


def _chart(name: str, varied: list[Found], known: list[Found], language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.small_multiples import draw_small_multiples, height_of

    panels = tuple(panel_of(name, axis.text("key"), known, language) for axis in varied)
    unit = known[0].text(f"kpis.{name}.unit")
    levels = _levels([end for panel in panels for point in panel.points for end in point[1:]], unit, language)
    title = kpi_name(name, language)
    description = language.words(
        msg("One panel a value that was varied, one dot a variant. The table of variants gives every mean.")
    )
    count = len(panels)
    return charted(
        f"multiples-{name}",
        title,
        description,
        (height_of(count, narrow=False), height_of(count, narrow=True)),
        lambda _: partial(draw_small_multiples, panels, levels),
    )


def panel_of(name: str, key: str, known: list[Found], language: Language) -> "Panel":
    """The panel of one figure against one varied value.

    Args:
        name: of the figure.
        key: of the value.
        known: the variants that have a plan.
        language: of the labels.
    """
    from reports.charts.small_multiples import Panel

    values = [one["values"].value[key] for one in known]
    figures = [one[f"kpis.{name}"] for one in known]
    numeric = all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
    ordered: list[Any] = sorted(set(values)) if numeric else sorted({str(value) for value in values})

    def place(value: Any) -> float:
        if len(ordered) == 1:
            return 0.5
        if numeric:
            return float((value - ordered[0]) / (ordered[-1] - ordered[0]))
        return ordered.index(str(value)) / (len(ordered) - 1)

    places = [round(place(value), 9) for value in values]
    points = tuple(
        (
            at,
            float(figure["mean"].value),
            float(figure.number("p10") or 0.0) if figure.text("unit") != "probability" else float(figure["low"].value),
            float(figure.number("p90") or 0.0) if figure.text("unit") != "probability" else float(figure["high"].value),
        )
        for at, figure in zip(places, figures, strict=True)
    )
    means: dict[float, list[float]] = {}
    for point in points:
        means.setdefault(point[0], []).append(point[1])
    most = max(places.count(at) for at in means)
    # Variants of one value stand side by side, as far as their neighbours leave room.
    gap = min((later - earlier for earlier, later in pairwise(sorted(means))), default=1.0)
    room = min(gap / 2, NUDGE * (most - 1))

    def inside(at: float) -> float:
        return room / 2 + at * (1 - room)

    seen: dict[float, int] = {}
    spread: list[tuple[float, float, float, float]] = []
    for at, mean, low, high in points:
        turn = seen[at] = seen.get(at, -1) + 1
        beside = room * (turn / (places.count(at) - 1) - 0.5) if places.count(at) > 1 else 0.0
        spread.append((inside(at) + beside, mean, low, high))
    line = tuple((inside(at), sum(some) / len(some)) for at, some in sorted(means.items()))
    shown = ordered if not numeric and len(ordered) <= 3 else [ordered[0], ordered[-1]][: len(ordered)]
    marks = tuple((inside(place(value)), short_name(_mark(value, key, language), LONGEST_MARK)) for value in shown)
    title = short_name(key.rpartition(".")[2] if len(key) > LONGEST_TITLE else key, LONGEST_TITLE)
    told = line if 1 < len(line) <= MOST_PLACES else ()
    return Panel(title, tuple(spread), told, marks, joined=numeric)


def _mark(value: object, key: str, language: Language) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if key.endswith("_eur"):
        return euros(value, language)
    places = 0 if value == int(value) else min(4, len(f"{value:.10g}".partition(".")[2]))
    return numbers.digits(value, places, language.code)


def euros(value: float, language: Language) -> str:
    """An amount that was varied, as short as it can be said without rounding."""
    for scale, decimals in ((100_000_000, 0), (100_000_000, 1), (100, 0)):
        if round(value * 100) % (scale // 10**decimals) == 0 and (decimals < 1 or abs(value) >= 1e6):
            return numbers.money(100 * value, language.code, scale=scale, decimals=decimals, sign=language.sign).text
    return numbers.money(100 * value, language.code, scale=100, decimals=2, sign=language.sign).text


def _levels(values: list[float], unit: str, language: Language) -> tuple[tuple[float, str], ...]:
    """Three to five round values that hold all figures, with their labels."""
    from reports.charts.axis import levels_between

    levels = levels_between(min(values), max(values), 3)
    if unit == "cents":
        return money_labels(levels, language)
    if unit in ("probability", "share"):
        return share_labels(levels, language.code)
    return count_labels(levels, language.code)
