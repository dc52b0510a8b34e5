"""Decisions on the table: what each would change, in one sentence each."""

from reports.blocks import Bullets, Line, Section, Strong
from reports.catalogue import Language, msg
from reports.names import policy_name
from reports.never_notified import never_notified
from reports.noise import beyond_noise
from reports.opening_plan import of_the_opening
from reports.price_sentences import moves_the_plan, price_line, row_asks
from reports.reading import Found
from reports.sections.binding import subject_name
from reports.sections.events import what_happens
from reports.showing import show_by_unit, show_count, show_day, show_money

SURPRISES = 2
"""Dated events told among the decisions, the first ones; all stand in a table of their own."""
LIVED_LESS = msg(
    "Lived through, the gain is usually smaller: “enveloppe compare” with a scenario of a larger envelope measures it."
)
WORTH_TELLING = 0.05
"""Share of the money to distribute from which money that serves nobody is put on the table."""
FLOORS = 2
"""Floors told among the decisions, the dearest first; the others stand with the plan."""


def decisions(findings: Found, language: Language) -> Section | None:
    """More money, another policy, a floor lifted: what the findings say of each.

    Prices and floors are of the plan at the opening: once requests to date are known they are no decision any more.
    """
    under_way = findings.get("forecast") is not None
    lines = [
        *_surprises(findings, language),
        *_rest(findings, language),
        *_serves_nobody(findings, language),
        *([] if under_way else _money(findings, language)),
        *_policies(findings, language),
        *([] if under_way else _floors(findings, language)),
    ]
    if not lines:
        return None
    return Section("decisions", language.words(msg("Decisions on the table")), blocks=(Bullets(tuple(lines)),))


def _surprises(findings: Found, language: Language) -> list[Line]:
    """What happened on a date; changes of the envelope stand in the verdict."""
    told = [event for event in findings.items("scenario.events") if event.get("amount_cents") is None]
    return [
        language.line(
            msg("On {day}, and the plan knew of it: {what}.")
            if event.get("announced") is not None
            else msg("On {day}, and the plan did not know: {what}."),
            day=show_day(event["date"], language),
            what=what_happens(event, findings, language),
        )
        for event in told[:SURPRISES]
    ]


def _rest(findings: Found, language: Language) -> list[Line]:
    left = never_notified(findings)
    if left is None:
        return []
    return [
        language.line(
            msg("Notifying the rest: {left} are notified to no line, while {unmet} of need are left unmet on average."),
            left=Strong((show_money(left, language),)),
            unmet=show_money(findings["simulation.kpis.unmet_need_cents.mean"], language),
        )
    ]


def _serves_nobody(findings: Found, language: Language) -> list[Line]:
    """Money that is lost though need is left unmet: released too late, or never committed."""
    lapsed, left = (findings.get(f"simulation.kpis.{name}.mean") for name in ("lapsed_cents", "unspent_cents"))
    unmet = findings.number("simulation.kpis.unmet_need_cents.mean") or 0.0
    whole = findings["plan.distributable_cents"]
    # What was never notified has a line of its own, and is part of what is never committed.
    if lapsed is None or left is None or never_notified(findings) is not None:
        return []
    if min(lapsed.value + left.value, unmet) < WORTH_TELLING * whole.value:
        return []
    return [
        language.line(
            msg(
                "Using what serves nobody: of {whole} to distribute, {lapsed} are released too late to be used again "
                "and {left} are never committed on average; commitments beyond the money there is (over-programming) "
                "or money moved between lines before requests close would use part of it."
            ),
            whole=show_money(whole, language),
            lapsed=Strong((show_money(lapsed, language),)),
            left=Strong((show_money(left, language),)),
        )
    ]


def _money(findings: Found, language: Language) -> list[Line]:
    return [
        (
            *price_line(row, None, language, findings.text("plan.counts")),
            " ",
            *language.line(LIVED_LESS),
            *of_the_opening(findings, language),
        )
        for row in findings.items("plan.prices")
        if row.text("family") == "envelope" and moves_the_plan(row)
    ]


def _policies(findings: Found, language: Language) -> list[Line]:
    lines = []
    for comparison in findings.items("comparison"):
        gap = comparison.get("kpis.pathways_net")
        if gap is None:
            continue
        kept = policy_name(comparison.text("policy"), language)
        against = policy_name(comparison.text("against"), language)
        if not beyond_noise(gap):
            lines.append(
                language.line(
                    msg("Keeping “{kept}” rather than “{against}”: no difference that this number of runs can show."),
                    kept=kept,
                    against=against,
                )
            )
            continue
        lines.append(
            language.line(
                msg("Keeping “{kept}” rather than “{against}”: {amount} net pathways (standard error {error})."),
                kept=kept,
                against=against,
                amount=Strong((show_by_unit(gap["mean"], "pathways", language, signed=True),)),
                error=show_by_unit(gap["se"], "pathways", language, error=True),
            )
        )
    return lines


def _floors(findings: Found, language: Language) -> list[Line]:
    floors = [floor for floor in findings.items("plan.floors") if floor["pathways_cost"].value >= 0.5]
    floors.sort(key=lambda floor: -floor["pathways_cost"].value)
    return [
        language.line(
            msg("Lifting {floor} would give {cost} pathways more in the plan."),
            floor=row_asks(floor.text("family"), subject_name(floor, findings, language), language),
            cost=Strong((show_count(floor["pathways_cost"], language),)),
        )
        for floor in floors[:FLOORS]
    ]
