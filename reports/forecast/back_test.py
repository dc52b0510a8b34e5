"""How good this forecast has been: the back-test, in a table, a picture and a plain sentence."""

from functools import partial

from reports.blocks import Block, Chart, Column, Line, Paragraph, Row, Section, Shown, Table
from reports.catalogue import Language, msg
from reports.forecast.shown import axis_labels
from reports.reading import Found
from reports.showing import show_count, show_share

TRUST = {
    "too_short": msg(
        "There is too little history to say how good this forecast is: read it as an opinion, not as a measurement."
    ),
    "weak": msg("Do not trust this forecast as it stands: over its own past {reasons}."),
    "fair": msg(
        "This forecast is usable with care: over its own past it was better than a simple rule, but {reasons}."
    ),
    "good": msg(
        "This forecast deserves trust as to numbers of requests: over its own past it was clearly better than any "
        "simple rule, and its intervals held what they promise. Hours and costs are not tested on the past."
    ),
}
REASONS = {
    "rival_better": msg("a simple rule did as well or better"),
    "held_seldom": msg("its 90 % intervals held less than two times in three"),
    "small_lead": msg("by less than a tenth"),
    "narrow": msg("its 90 % intervals held less than eight times in ten"),
    "not_uniform": msg("what came did not fall in its intervals as evenly as it should"),
    "doubtful_values": msg("hours or costs are doubtful (see the warnings)"),
    "few_origins": msg("it was tested on {origins} months only"),
}
MONTHS_AHEAD = msg("Months ahead")
SCORES = (msg("CRPS"), msg("Bias"), msg("Inside 50 %"), msg("Inside 80 %"), msg("Inside 90 %"))
RIVALS = {
    "last_year": msg("the same month of last year"),
    "moving_average": msg("mean of the last twelve months"),
    "plain_poisson": msg("one rate and the luck of counting"),
    "exponential_smoothing": msg("exponential smoothing (statsmodels)"),
}

NARROW_RIVALS = {
    "last_year": msg("last year"),
    "moving_average": msg("12-month mean"),
    "plain_poisson": msg("one rate"),
    "exponential_smoothing": msg("smoothing"),
}
"""The rivals where there is little room."""


def back_test(findings: Found, language: Language) -> Section | None:
    """The back-test of the findings; nothing where they have none."""
    found = findings.get("back_test") or findings.get("forecast.back_test")
    if found is None:
        return None
    title = language.words(msg("How good this forecast has been"))
    lead = trust_line(found, language)
    rows = list(found.items("horizons"))
    if not rows:
        return Section("back-test", title, lead)
    blocks: list[Block] = [
        Paragraph(
            language.line(
                msg(
                    "At each of {origins} months of the past the forecast was made from what was known then, and held "
                    "against what came."
                ),
                origins=show_count(found["origins"], language),
            )
        ),
        _table(rows, language),
        _branches(rows, language),
        Paragraph(
            language.line(
                msg(
                    "CRPS: mean distance between forecast and outcome, in requests; smaller is better. Inside: how "
                    "often the outcome fell in the interval, by randomised PIT. Probability of a PIT so far from "
                    "uniform: {total} for the total, {branches} for the branches."
                ),
                total=show_share(found["pit_total_p"], language),
                branches=show_share(found["pit_branches_p"], language),
            ),
            "note",
        ),
        _chart(found, language),
    ]
    if (found.number("widened") or 1) > 1:
        blocks.append(
            Paragraph(
                language.line(
                    msg("Intervals were too narrow over the past: those of the total are made {times} times as wide."),
                    times=show_count(found["widened"], language, decimals=2),
                )
            )
        )
    return Section("back-test", title, lead, tuple(blocks))


def trust_line(found: Found, language: Language) -> Line:
    """Whether to trust the forecast, in a plain sentence.

    Args:
        found: the back-test.
        language: of the reader.
    """
    told: Line = ()
    reasons = list(found["reasons"].value) if found.get("reasons") is not None else []
    for at, code in enumerate(reasons):
        joint = () if at == 0 else (language.words(msg(" and ")),) if at == len(reasons) - 1 else (", ",)
        told += joint + language.line(REASONS[code], origins=show_count(found["origins"], language))
    return language.line(TRUST[found.text("trust")], reasons=told)


def _table(rows: list[Found], language: Language) -> Table:
    rivals = [row.text("rival") for row in rows[0].items("rivals")]
    columns = _columns((MONTHS_AHEAD, msg("Cases"), *SCORES), rivals, language)
    cells: list[Row] = []
    for row in rows:
        total = row["total"]
        line: list[Line] = [
            (show_count(row["months"], language),),
            (show_count(row["cases"], language),),
            *_scores(total, language),
        ]
        line += [(_score(rival["total_crps"], language),) for rival in row.items("rivals")]
        cells.append(Row(tuple(line)))
    return Table(
        "back-test-total",
        language.words(msg("All branches together: the forecast, and the CRPS of its rivals")),
        columns,
        tuple(cells),
        style="dense",
    )


def _branches(rows: list[Found], language: Language) -> Table:
    rivals = [row.text("rival") for row in rows[0].items("rivals") if row.get("branches_crps") is not None]
    columns = _columns((MONTHS_AHEAD, *SCORES), rivals, language)
    cells: list[Row] = []
    for row in rows:
        mine = row["branches"]
        line: list[Line] = [
            (show_count(row["months"], language),),
            *_scores(mine, language),
        ]
        line += [
            (_score(rival["branches_crps"], language),)
            for rival in row.items("rivals")
            if rival.get("branches_crps") is not None
        ]
        cells.append(Row(tuple(line)))
    return Table(
        "back-test-branches",
        language.words(msg("Branch by branch, on the mean: the forecast, and the CRPS of its rivals")),
        columns,
        tuple(cells),
        style="dense",
    )


def _columns(titles: tuple[str, ...], rivals: list[str], language: Language) -> tuple[Column, ...]:
    return (
        *(Column(language.words(title), "number" if at else "text") for at, title in enumerate(titles)),
        *(Column(language.words(RIVALS[name]), "number", wrap=True) for name in rivals),
    )


def _scores(found: Found, language: Language) -> tuple[Line, ...]:
    """The cells under `SCORES`."""
    covered = ((show_share(found[f"covered_{level}"], language),) for level in (50, 80, 90))
    return ((_score(found["crps"], language),), (_score(found["bias"], language),), *covered)


def _score(found: Found, language: Language) -> Shown:
    size = abs(float(found.value))
    return show_count(found, language, decimals=0 if size >= 100 else 1 if size >= 10 else 2)


def _chart(found: Found, language: Language) -> Chart:
    from reports.charts.axis import levels_up_to
    from reports.charts.both_widths import charted
    from reports.charts.spread import Spread, draw_spreads
    from reports.charts.style import Canvas, Draw

    row = next(iter(found.items("horizons")))
    title = language.words(msg("CRPS one month ahead, all branches together"))
    bars = [("", row["total.crps"]), *((one.text("rival"), one["total_crps"]) for one in row.items("rivals"))]
    levels = levels_up_to(max(float(value.value) for _, value in bars), 4)
    ticks = axis_labels(levels, "requests", language)

    def spreads(names: dict[str, str]) -> tuple[Spread, ...]:
        named = {"": msg("this forecast")} | names
        return tuple(
            Spread(language.words(named[name]), 0.0, value.value, value.value, _score(value, language).text)
            for name, value in bars
        )

    def draw_for(canvas: Canvas) -> Draw:
        return partial(draw_spreads, spreads(NARROW_RIVALS if canvas.narrow else RIVALS), ticks)

    return charted(
        "back-test",
        title,
        f"{title}: {', '.join(f'{spread.name} {spread.label}' for spread in spreads(RIVALS))}",
        (40 + 20 * len(bars), 40 + 20 * len(bars)),
        draw_for,
    )
