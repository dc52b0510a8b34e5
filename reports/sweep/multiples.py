"""The charts of a sweep: each main figure against each value that was varied."""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reports.blocks import Chart, Line, Section
from reports.catalogue import Language, msg
from reports.charts.ticks import count_labels, share_labels
from reports.money_axis import money_labels
from reports.names import kpi_name, short_name
from reports.reading import Found
from reports.setting_names import setting_name, setting_unit, setting_value
from reports.typography import WIDE

if TYPE_CHECKING:
    from reports.charts.small_multiples import Panel

TOLD = ("pathways_net", "need_cents", "committed_cents", "overrun")
MOST_PANELS = 4
"""Values shown; further ones stand in the table."""
MOST_PLACES = 12
"""Places up to which the mean over variants is drawn."""
MOST_WORDS = 3
"""Words that each have a mark; of more, and of numbers, the first and the last have."""
NUDGE, WIDEST = 0.03, 0.35
"""How far apart variants of one value are drawn, as a share of the panel; together no wider than this part of the way
to the next value, so that values stay apart."""
LONGEST_TITLE, LONGEST_MARK = 60, 24

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def multiples(found: Found, language: Language) -> Section | None:
    """The section of small multiples; None where no variant has a plan."""
    known = [one for one in found.items("variants") if one.text("status") == "done"]
    if not known:
        return None
    listed = list(found.items("axes"))
    told = [(name, [one for one in known if one.get(f"kpis.{name}") is not None]) for name in TOLD]
    charts = tuple(_chart(name, listed[:MOST_PANELS], those, known, language) for name, those in told if those)
    lead = language.line(
        msg(
            "Each dot is a variant. A panel shows one value whatever the others are: variants that share it stand side "
            "by side, in the order of the table, and the orange line or dash is their mean."
        )
    )
    if len(listed) > MOST_PANELS:
        others = ", ".join(setting_name(axis.text("key"), language) for axis in listed[MOST_PANELS:])
        lead += (" ", *language.line(msg("Varied too, and in the table only: {others}."), others=others))
    return Section("multiples", language.words(msg("What moves the figures")), lead, charts)


def _chart(name: str, varied: list[Found], those: list[Found], known: list[Found], language: Language) -> Chart:
    from reports.charts.both_widths import charted
    from reports.charts.small_multiples import draw_small_multiples, height_of

    panels = tuple(panel_of(name, axis.text("key"), those, language, _declared(axis)) for axis in varied)
    unit = those[0].text(f"kpis.{name}.unit")
    levels = _levels([end for panel in panels for point in panel.points for end in point[1:]], unit, language)
    title = kpi_name(name, language)
    description = language.words(
        msg("One panel a value that was varied, one dot a variant. The table of variants gives every mean.")
    )
    return charted(
        f"multiples-{name}",
        title,
        description,
        (height_of(panels, narrow=False), height_of(panels, narrow=True)),
        lambda _: partial(draw_small_multiples, panels, levels),
        _read(unit, len(known) - len(those), language),
    )


def _read(unit: str, without: int, language: Language) -> Line:
    """What dots and bars mean; they are not the same of a mean and of a probability."""
    told = (
        language.line(msg("Dots: the share of the runs; bars: its 95 % interval (Wilson), narrower with more runs."))
        if unit == "probability"
        else language.line(msg("Dots: means; bars: the middle 80 % of the runs, from P10 to P90."))
    )
    if without:
        told += (" ", *language.line(msg("Variants that do not have this figure: {count}."), count=str(without)))
    return told


def _declared(axis: Found) -> tuple[Any, ...]:
    return tuple(axis["values"].value or ()) if axis.get("values") is not None else ()


def panel_of(name: str, key: str, known: list[Found], language: Language, declared: Sequence[Any] = ()) -> "Panel":
    """The panel of one figure against one varied value.

    Args:
        name: of the figure.
        key: of the value.
        known: the variants that have the figure.
        language: of the labels.
        declared: the values as the sweep lists them: words keep that order.
    """
    from reports.charts.small_multiples import Panel

    values = [one["values"].value[key] for one in known]
    figures = [one[f"kpis.{name}"] for one in known]
    measures = [_measure(value) for value in values]
    numeric = all(measure is not None for measure in measures)
    order = [*declared, *sorted(map(str, values))]
    ordered: list[Any] = (
        sorted(set(values), key=lambda value: _measure(value) or 0.0)
        if numeric
        else [value for value in dict.fromkeys(map(_word, order)) if value in set(map(_word, values))]
    )

    def place(value: Any) -> float:
        if len(ordered) == 1:
            return 0.5
        if numeric:
            low, at, high = (_measure(one) or 0.0 for one in (ordered[0], value, ordered[-1]))
            return (at - low) / (high - low)
        return ordered.index(_word(value)) / (len(ordered) - 1)

    places = [round(place(value), 9) for value in values]
    points = tuple((at, *_spread(figure)) for at, figure in zip(places, figures, strict=True))
    means: dict[float, list[float]] = {}
    for point in points:
        means.setdefault(point[0], []).append(point[1])
    most = max(places.count(at) for at in means)
    # Variants of one value stand side by side, as far as their neighbours leave room.
    gap = min((later - earlier for earlier, later in pairwise(sorted(means))), default=1.0)
    room = min(gap * WIDEST, NUDGE * (most - 1))

    def inside(at: float) -> float:
        return room / 2 + at * (1 - room)

    seen: dict[float, int] = {}
    spread: list[tuple[float, float, float, float]] = []
    for at, mean, low, high in points:
        turn = seen[at] = seen.get(at, -1) + 1
        beside = room * (turn / (places.count(at) - 1) - 0.5) if places.count(at) > 1 else 0.0
        spread.append((inside(at) + beside, mean, low, high))
    line = tuple((inside(at), sum(some) / len(some)) for at, some in sorted(means.items()))
    shown = ordered if len(ordered) <= (2 if numeric else MOST_WORDS) else [ordered[0], ordered[-1]]
    of_word = {_word(value): value for value in values}
    marks = tuple(
        (
            inside(round(place(value), 9)),
            short_name(setting_value(value if numeric else of_word[value], key, language), LONGEST_MARK),
        )
        for value in shown
    )
    told = line if 1 < len(line) <= MOST_PLACES else ()
    return Panel(short_name(axis_title(key, language), LONGEST_TITLE), tuple(spread), told, marks, joined=numeric)


def axis_title(key: str, language: Language) -> str:
    """What a varied value is called, with its unit where its values do not say it."""
    unit = setting_unit(key, language)
    return setting_name(key, language) + (f"{WIDE}({unit})" if unit else "")


def _measure(value: Any) -> float | None:
    """A number or a day as a place on an axis; None for words."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return float(date.fromisoformat(value).toordinal())
        except ValueError:
            return None
    return None


def _word(value: Any) -> str:
    return str(value)


def _spread(figure: Found) -> tuple[float, float, float]:
    """A figure and the ends of its bar; what is not known does not stick out."""
    mean = float(figure["mean"].value)
    ends = ("low", "high") if figure.text("unit") == "probability" else ("p10", "p90")
    low, high = (figure.number(end) for end in ends)
    return mean, mean if low is None else low, mean if high is None else high


def _levels(values: list[float], unit: str, language: Language) -> tuple[tuple[float, str], ...]:
    """Three to five round values that hold all figures, with their labels."""
    from reports.charts.axis import levels_between

    levels = levels_between(min(values), max(values), 3)
    if unit == "cents":
        return money_labels(levels, language)
    if unit in ("probability", "share"):
        return share_labels(levels, language.code)
    return count_labels(levels, language.code)
