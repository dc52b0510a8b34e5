"""The verdict of a scenario in one sentence: what is financed, what is asked, whether the money lasts."""

from reports.blocks import Line, Span, Strong
from reports.catalogue import Language, msg
from reports.envelope_changes import envelope_changes
from reports.never_notified import never_notified
from reports.reading import Found
from reports.showing import about_range, show_about, show_count, show_day, show_money, show_share

RARELY = 0.05
NEARLY_ALWAYS = 0.95


def verdict(findings: Found, language: Language) -> Line:
    """The one sentence that a committee takes away.

    Args:
        findings: all that was found out.
        language: of the reader.

    Returns:
        Two clauses: pathways against the target, need against the money and the day it runs out. What is over the
        ceiling is said of the need only: what is committed never exceeds it.
    """
    return (*_financed(findings, language), *_lasting(findings, language))


def _financed(findings: Found, language: Language) -> Line:
    runs = show_count(findings["scenario.runs"], language)
    net = findings["simulation.kpis.pathways_net"]
    target = findings.get("scenario.target_pathways")
    several = findings["scenario.runs"].value > 1
    pathways = Strong((show_about(net["mean"], language), *language.line(msg(" net pathways"))))
    if several and target is not None:
        return language.line(
            msg(
                "Over {runs} runs, the envelope finances {pathways} on average ({range} eight times in ten) "
                "for a target of {target}; "
            ),
            runs=runs,
            pathways=pathways,
            range=about_range(net, language),
            target=show_count(target, language),
        )
    if several:
        return language.line(
            msg("Over {runs} runs, the envelope finances {pathways} on average ({range} eight times in ten); "),
            runs=runs,
            pathways=pathways,
            range=about_range(net, language),
        )
    if target is not None:
        return language.line(
            msg(
                "In a single run, which says nothing of chance, the envelope finances {pathways} "
                "for a target of {target}; "
            ),
            pathways=pathways,
            target=show_count(target, language),
        )
    return language.line(
        msg("In a single run, which says nothing of chance, the envelope finances {pathways}; "), pathways=pathways
    )


def _lasting(findings: Found, language: Language) -> Line:
    need = show_money(findings["simulation.kpis.need_cents.mean"], language)
    return (
        *language.line(
            msg("requests reach {need} on average for an envelope of {envelope}: ")
            if findings["scenario.runs"].value > 1
            else msg("requests reach {need} for an envelope of {envelope}: "),
            need=Strong((need,)),
            envelope=_envelope(findings, language),
        ),
        *_overrun(findings, language),
        *_exhaustion(findings, language),
    )


def _envelope(findings: Found, language: Language) -> Line:
    opened = show_money(findings["plan.envelope_cents"], language, exact=True)
    changes: list[Span] = []
    for change in envelope_changes(findings):
        told = language.line(
            msg("{change} on {day}"),
            change=show_money(change.event["amount_cents"], language, exact=True, signed=True),
            day=show_day(change.event["date"], language),
        )
        if change.came is not None:
            share = show_share(change.came, language)
            told = (*told, *language.line(msg(" in {share} of runs"), share=share))
        changes.extend((", " if changes else "", *told))
    return (opened, " (", *changes, ")") if changes else (opened,)


def _overrun(findings: Found, language: Language) -> Line:
    over = findings["simulation.kpis.overrun.mean"]
    chance = Strong((show_share(over, language),))
    if over.value == 0:
        return language.line(msg("in no run does the need exceed the money to distribute"))
    if over.value == 1:
        return language.line(msg("the need exceeds the money to distribute in every run"))
    if over.value < RARELY:
        return language.line(msg("the need rarely exceeds the money to distribute ({chance} of runs)"), chance=chance)
    if over.value >= NEARLY_ALWAYS:
        return language.line(
            msg("the need nearly always exceeds the money to distribute ({chance} of runs)"), chance=chance
        )
    return language.line(msg("the need exceeds the money to distribute in {chance} of runs"), chance=chance)


def _exhaustion(findings: Found, language: Language) -> Line:
    exhaustion = findings["simulation.exhaustion_date"]
    chance = exhaustion["probability"]
    middle = exhaustion.get("p50")
    unspent = findings.get("simulation.kpis.unspent_cents.mean")
    unmet = findings.number("simulation.kpis.unmet_need_cents.mean")
    if (
        chance.value < RARELY
        and findings["simulation.kpis.overrun.mean"].value >= RARELY
        and unspent
        and unspent.value > 0
        and unmet
    ):
        # Lines run dry, or money comes back too late, while the envelope as a whole is never used up: to say that
        # the money lasts would mislead.
        return language.line(
            msg(", while {unspent} on average stays uncommitted."),
            unspent=Strong((show_money(unspent, language),)),
        )
    if chance.value == 0:
        return language.line(msg(", and the money lasts to the end in every run."))
    left = never_notified(findings)
    if left is not None:
        return language.line(
            msg(", and what was notified runs out in {chance} of runs, while {left} were never notified."),
            chance=show_share(chance, language),
            left=Strong((show_money(left, language),)),
        )
    if middle is None and chance.value >= RARELY:
        return language.line(msg(", and the money runs out in {chance} of runs."), chance=show_share(chance, language))
    if middle is None or chance.value < RARELY:
        return language.line(msg(", and the money rarely runs out ({chance})."), chance=show_share(chance, language))
    date = Strong((show_day(middle, language, short=False),))
    if chance.value < NEARLY_ALWAYS:
        return language.line(
            msg(", and the money runs out in {chance} of runs, then around {date}."),
            chance=show_share(chance, language),
            date=date,
        )
    return language.line(msg(", and the money runs out around {date}."), date=date)
