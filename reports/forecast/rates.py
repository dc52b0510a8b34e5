"""Shares of requests refused and of commitments dropped, half-year by half-year."""

from functools import partial

from reports.blocks import Chart
from reports.catalogue import Language, msg
from reports.forecast.shown import NAMES, axis_labels, shown
from reports.price_sentences import plain
from reports.reading import Found

MOST_HALVES = 12
NOTE = msg(
    "Dots and bars: the share observed among the requests filed in each half-year, with the 90 % interval of its "
    "count; strokes: the fitted share of all."
)


def rates(name: str, findings: Found, language: Language) -> Chart | None:
    """A share as it was observed half-year by half-year, held against the fitted one; nothing where none was observed.

    Args:
        name: "ineligible" or "drop_out".
        findings: of `enveloppe calibrate`.
        language: of the report.
    """
    found = next((row for row in findings.items("rates") if row.text("name") == name), None)
    fitted = next((row for row in findings.items("fits") if row.text("name") == name), None)
    if found is None or fitted is None:
        return None
    from reports.charts.axis import levels_up_to
    from reports.charts.both_widths import charted
    from reports.charts.spread import Spread, draw_spreads
    from reports.charts.style import Canvas, Draw

    title = language.words(NAMES[name])
    share = float(fitted["value"].value)
    rows = [
        Spread(
            _half(half.text("starts"), language),
            float(half["low"].value),
            float(half["share"].value),
            float(half["high"].value),
            shown(half["share"], "share", language).text,
            share,
        )
        for half in list(found.items("halves"))[-MOST_HALVES:]
    ]
    rows.append(
        Spread(
            language.words(msg("Fitted")),
            float(fitted["low"].value),
            share,
            float(fitted["high"].value),
            shown(fitted["value"], "share", language).text,
            share,
            short=True,
        )
    )
    highest = max(row.high for row in rows)
    described = "; ".join(f"{row.name}: {row.label}" for row in rows)

    def draw_for(canvas: Canvas) -> Draw:
        ticks = axis_labels(levels_up_to(highest, 3 if canvas.narrow else 5), "share", language)
        return partial(draw_spreads, tuple(rows), ticks)

    return charted(
        f"rate-{name.replace('_', '-')}",
        title,
        described,
        (40 + 20 * len(rows), 40 + 20 * len(rows)),
        draw_for,
        language.line(NOTE),
    )


def _half(starts: str, language: Language) -> str:
    return plain(language.line(msg("H{half} {year}"), half="1" if starts[5:7] == "01" else "2", year=starts[:4]))
