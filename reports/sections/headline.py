"""The headline figures, each with its interval and its Monte-Carlo error, and the line that bridges them."""

from dataclasses import replace

from reports import numbers
from reports.blocks import Block, Line, Paragraph, Section, Shown, Strong, Tile, Tiles
from reports.catalogue import Language, msg
from reports.envelope_changes import envelope_changes
from reports.never_notified import never_notified
from reports.reading import Found
from reports.showing import (
    about_range,
    day_range,
    money_range,
    show_about,
    show_by_unit,
    show_count,
    show_day,
    show_money,
    show_share,
)
from reports.table_unit import table_unit


def headline(findings: Found, language: Language) -> Section:
    """Pathways gross and net, need, commitments, and the day the money runs out; then how one leads to the other."""
    tiles = (
        _gross(findings, language),
        _pathways(findings, language),
        _need(findings, language),
        _committed(findings, language),
        _exhaustion(findings, language),
    )
    blocks: tuple[Block, ...] = (Tiles(tiles), *_bridge(findings, language))
    return Section("headline", language.words(msg("Headline figures")), blocks=blocks)


BRIDGED = ("need_cents", "unmet_need_cents", "gross_committed_cents", "released_cents", "committed_cents")


def _bridge(findings: Found, language: Language) -> tuple[Paragraph, ...]:
    """From the need to the net commitments in one line; nothing where a pier is not known."""
    means = {name: findings.get(f"simulation.kpis.{name}.mean") for name in BRIDGED}
    if any(found is None for found in means.values()):
        return ()
    unit = table_unit(findings, language)
    least = unit.scale / 10**unit.fine / 2
    shown = {
        name.removesuffix("_cents"): Strong((show_money(found, language, scale=unit.scale, decimals=unit.fine),))
        for name, found in means.items()
        if found is not None
    }
    priced = findings.get("simulation.kpis.repriced_cents.mean")
    moved: Line = ()
    # A change of price below half the last place that is shown is left out.
    if priced is not None and abs(priced.value) >= least:
        moved = language.line(
            msg(" + {change} by changed prices") if priced.value > 0 else msg(" − {change} by changed prices"),
            change=_unsigned(show_money(priced, language, scale=unit.scale, decimals=unit.fine), priced.value),
        )
    line = language.line(
        msg(
            "From need to commitments: {need} asked for − {unmet_need} left unmet{moved} = "
            "{gross_committed} committed gross − {released} released = {committed} committed net (means, rounded)."
        ),
        moved=moved,
        **shown,
    )
    return (Paragraph(line, "bridge"),)


def _unsigned(shown: Shown, priced: float) -> Shown:
    """The amount without its minus, which the line writes between spaces like those beside it."""
    return replace(shown, text=shown.text.removeprefix("−"), scale=-shown.scale) if priced < 0 else shown


def _gross(findings: Found, language: Language) -> Tile:
    gross = findings["simulation.kpis.pathways_committed"]
    notes = _sureness(gross, about_range(gross, language), findings, language)
    return Tile(
        (show_about(gross["mean"], language),),
        language.words(msg("pathways committed (gross)")),
        (_indicator(gross, findings, language), *notes),
    )


def _indicator(gross: Found, findings: Found, language: Language) -> Line:
    """Which count the State follows, and in how many runs at least it reaches the target, as its percentiles tell."""
    target = findings.get("scenario.target_pathways")
    if target is None:
        return language.line(msg("the State’s indicator"))
    for least in (95, 90, 50, 10, 5):
        reached = gross.get(f"p{100 - least}")
        if reached is not None and reached.value >= target.value:
            text = msg("the State’s indicator: at least {target} in {least} of runs or more")
            return language.line(
                text, target=show_count(target, language), least=numbers.share(least / 100, language.code).text
            )
    text = msg("the State’s indicator: below {target} in nearly all runs")
    return language.line(text, target=show_count(target, language))


def _pathways(findings: Found, language: Language) -> Tile:
    net = findings["simulation.kpis.pathways_net"]
    notes = _sureness(net, about_range(net, language), findings, language)
    reached = findings.get("simulation.kpis.target_reached.mean")
    if reached is not None:
        text = (
            msg("target reached, net, in {share} of runs")
            if findings.text("simulation.kpis.target_reached.unit") == "probability"
            else msg("{share} of the target")
        )
        notes = (language.line(text, share=Strong((show_share(reached, language),))), *notes)
    return Tile((show_about(net["mean"], language),), language.words(msg("pathways net of releases")), notes)


def _need(findings: Found, language: Language) -> Tile:
    need = findings["simulation.kpis.need_cents"]
    over = show_share(findings["simulation.kpis.overrun.mean"], language)
    notes = _sureness(need, money_range(need, language), findings, language)
    middle = show_money(need["p50"], language)
    if findings["scenario.runs"].value > 1 and middle.text != show_money(need["mean"], language).text:
        # The curve ends in the median: a reader who finds two figures is told that they are two things.
        notes = (language.line(msg("mean of the runs; median {middle}"), middle=middle), *notes)
    return Tile(
        (show_money(need["mean"], language),),
        language.words(msg("asked for (need)")),
        (language.line(msg("above the money in {share} of runs"), share=Strong((over,))), *notes),
    )


def _committed(findings: Found, language: Language) -> Tile:
    committed = findings["simulation.kpis.committed_cents"]
    notes = _sureness(committed, money_range(committed, language), findings, language)
    changed = bool(envelope_changes(findings))
    envelope = show_money(findings["plan.distributable_cents"], language, exact=True)
    return Tile(
        (show_money(committed["mean"], language),),
        language.words(msg("committed (AE), net")),
        (
            language.line(
                msg("of {envelope} at the opening") if changed else msg("of {envelope} to distribute"),
                envelope=Strong((envelope,)),
            ),
            *notes,
        ),
    )


def _exhaustion(findings: Found, language: Language) -> Tile:
    exhaustion = findings["simulation.exhaustion_date"]
    chance = show_share(exhaustion["probability"], language)
    middle, low, high = exhaustion.get("p50"), exhaustion.get("p10"), exhaustion.get("p90")
    unmet = findings.get("simulation.kpis.unmet_need_cents")
    left = never_notified(findings)
    if left is not None:
        return Tile(
            (show_money(left, language),),
            language.words(msg("never notified")),
            (language.line(msg("what was notified runs out in {share} of runs"), share=Strong((chance,))),),
        )
    if middle is None and unmet is not None and unmet["mean"].value > 0:
        return Tile(
            (show_money(unmet["mean"], language),),
            language.words(msg("need left unmet")),
            (
                language.line(msg("envelope used up in {share} of runs"), share=Strong((chance,))),
                *_sureness(unmet, money_range(unmet, language), findings, language),
            ),
        )
    if middle is None:
        return Tile(
            (chance,),
            language.words(msg("risk that the money runs out")),
            (language.line(msg("before requests are closed")),) if exhaustion["probability"].value else (),
        )
    notes = [language.line(msg("in {share} of runs"), share=Strong((chance,)))]
    if low is not None and high is not None:
        notes.append(_bounds(day_range(low, high, language), language))
    error = findings.get("simulation.kpis.exhausted.se")
    if error is not None:
        notes[0] = language.line(
            msg("in {share} of runs (standard error {error})"),
            share=Strong((chance,)),
            error=show_by_unit(error, "share", language, error=True),
        )
    return Tile((show_day(middle, language),), language.words(msg("the money runs out (median)")), tuple(notes))


def _bounds(bounds: Line, language: Language) -> Line:
    return language.line(msg("P10–P90: {bounds}"), bounds=bounds)


def _sureness(estimate: Found, bounds: Line, findings: Found, language: Language) -> tuple[Line, ...]:
    if findings["scenario.runs"].value == 1:
        return (language.line(msg("a single run")),)
    error = estimate.get("se")
    notes = [_bounds(bounds, language)]
    if error is not None:
        shown = show_by_unit(error, estimate.text("unit"), language, error=True)
        notes.append(language.line(msg("standard error {error}"), error=shown))
    return tuple(notes)
