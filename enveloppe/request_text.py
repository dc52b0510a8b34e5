"""The life of one request in sentences, in French and in English."""

from typing import Any

from reports import numbers
from reports.catalogue import language_of
from reports.names import POLICIES

Pair = tuple[str, str]

SENTENCES: dict[str, Pair] = {
    "title": (
        "Request {number} of {branch} in run {run} ({policy}): {pathways} pathway(s), line {line}.",
        "Demande {number} de {branch} au tirage {run} ({policy}) : {pathways} parcours, ligne {line}.",
    ),
    "filed": ("{date}: filed.", "{date} : déposée."),
    "sent back incomplete": (
        "{date} (day {day}): examined, and sent back because it was incomplete.",
        "{date} (jour {day}) : instruite, renvoyée car incomplète.",
    ),
    "filed again": (
        "{date} (day {day}): completed by the company and filed again.",
        "{date} (jour {day}) : complétée par l'entreprise et déposée de nouveau.",
    ),
    "complete": ("{date} (day {day}): examined, found complete.", "{date} (jour {day}) : instruite, complète."),
    "found ineligible": (
        "{date} (day {day}): examined, found not eligible.",
        "{date} (jour {day}) : instruite, non éligible.",
    ),
    "parked": (
        "{date} (day {day}): decided, but no money for it: it asks {amount}, {open} is open on its line.",
        "{date} (jour {day}) : décidée, mais sans argent : elle demande {amount}, sa ligne a {open} de libres.",
    ),
    "parked behind": (
        "{date} (day {day}): decided, and waits its turn: it asks {amount}, {open} is open on its line, but who came "
        "first is served first.",
        "{date} (jour {day}) : décidée, et attend son tour : elle demande {amount}, sa ligne a {open} de libres, mais "
        "le premier arrivé passe d'abord.",
    ),
    "parked for its quota": (
        "{date} (day {day}): decided, but its quota has no room for {amount}: it waits, and blocks nobody.",
        "{date} (jour {day}) : décidée, mais le quota qui la vise n'a pas de place pour {amount} : elle attend, sans "
        "bloquer personne.",
    ),
    "alone": ("Nobody is ahead of it.", "Personne n'est devant elle."),
    "ahead": (
        "{ahead} request(s) are ahead of it, for {ahead_cents}.",
        "{ahead} demande(s) sont devant elle, pour {ahead_cents}.",
    ),
    "committed": (
        "{date} (day {day}): committed for {amount}; {open} stay open on its line.",
        "{date} (jour {day}) : engagée pour {amount} ; {open} restent libres sur sa ligne.",
    ),
    "drawn from the reserve": (
        "{date} (day {day}): {amount} that its line lacks comes from the reserve.",
        "{date} (jour {day}) : {amount} qui manquent à sa ligne viennent de la réserve.",
    ),
    "by release": (
        "Money came because another training ended cheaper than committed ({request} gave {cents} back).",
        "L'argent est venu d'une formation achevée à moindre coût ({request} a rendu {cents}).",
    ),
    "by committee": (
        "Money came by a decision of the committee.",
        "L'argent est venu d'une décision du comité.",
    ),
    "by amendment": (
        "Money came by a change of the envelope.",
        "L'argent est venu d'un avenant à l'enveloppe.",
    ),
    "by appropriations": (
        "Appropriations (AE) opened on that day.",
        "Des autorisations d'engagement (AE) se sont ouvertes ce jour-là.",
    ),
    "service done": (
        "{date} (day {day}): training over; {amount} of the commitment is given back.",
        "{date} (jour {day}) : formation achevée ; {amount} de l'engagement sont rendus.",
    ),
    "due, waits for next year": (
        "{date} (day {day}): {amount} falls due, but the year's payment credits (CP) are used up: it waits for the "
        "next year.",
        "{date} (jour {day}) : {amount} échoient, mais les crédits de paiement (CP) de l'année sont épuisés : "
        "le paiement attend l'année suivante.",
    ),
    "due, waits to be paid": (
        "{date} (day {day}): {amount} falls due, and waits for cash.",
        "{date} (jour {day}) : {amount} échoient, et attendent la trésorerie.",
    ),
    "advance paid": (
        "{date} (day {day}): {amount} paid in advance.",
        "{date} (jour {day}) : avance de {amount} payée.",
    ),
    "advance due, waits to be paid": (
        "{date} (day {day}): an advance of {amount} falls due, and waits to be paid.",
        "{date} (jour {day}) : une avance de {amount} échoit, et attend d'être payée.",
    ),
    "advance recovered": (
        "{date} (day {day}): {amount} of the advance is taken back.",
        "{date} (jour {day}) : {amount} de l'avance sont repris.",
    ),
    "paid": ("{date} (day {day}): {amount} paid.", "{date} (jour {day}) : {amount} payés."),
    "refused: ineligible": (
        "{date} (day {day}): refused, not eligible.",
        "{date} (jour {day}) : refusée, non éligible.",
    ),
    "refused: late": (
        "{date} (day {day}): refused, decided on after the last day of commitments.",
        "{date} (jour {day}) : refusée, décidée après le dernier jour d'engagement.",
    ),
    "refused: too late to train": (
        "{date} (day {day}): refused, its training would end after the last day of execution.",
        "{date} (jour {day}) : refusée, sa formation finirait après le dernier jour d'exécution.",
    ),
    "refused: not entitled": (
        "{date} (day {day}): refused, no rate is in force for it.",
        "{date} (jour {day}) : refusée, aucun taux en vigueur pour elle.",
    ),
    "refused: aid ceiling": (
        "{date} (day {day}): refused, its company has reached the ceiling of aid.",
        "{date} (jour {day}) : refusée, son entreprise a atteint le plafond d'aides.",
    ),
    "refused: patience": (
        "{date} (day {day}): the company gives up: no money came in time.",
        "{date} (jour {day}) : l'entreprise renonce : l'argent n'est pas venu à temps.",
    ),
    "refused: closed": (
        "{date} (day {day}): refused as it was filed: such requests are closed since.",
        "{date} (jour {day}) : refusée à son dépôt : ces demandes sont closes depuis.",
    ),
    "refused: deadline": (
        "{date} (day {day}): refused, still waiting for money on the last day of commitments.",
        "{date} (jour {day}) : refusée, toujours en attente d'argent au dernier jour d'engagement.",
    ),
    "other": ("{date} (day {day}): {what} ({amount}).", "{date} (jour {day}) : {what} ({amount})."),
    "other bare": ("{date} (day {day}): {what}.", "{date} (jour {day}) : {what}."),
}
"""Sentences by the note of an event; what stands not here is told by its note."""
CAUSES = {
    "service done": "by release",
    "advance recovered": "by release",
    "appropriations open": "by appropriations",
    "notified: committee": "by committee",
    "notified: amendment": "by amendment",
    "envelope change": "by amendment",
}


def request_text(life: dict[str, Any], language: str) -> str:
    """The life of a request, one line a step.

    Args:
        life: as `enveloppe.request_life` tells it.
        language: "fr" or "en".
    """
    chosen = language_of(language)

    def say(key: str, **parts: object) -> str:
        return chosen.data(SENTENCES[key][language == "fr"]).format(**parts)

    policy = life["policy"]
    lines = [say("title", **{**life, "policy": chosen.words(POLICIES[policy]) if policy in POLICIES else policy})]
    for step in life["steps"]:
        told = [say(_key(step), **_parts(step, language))]
        if "ahead" in step:
            told.append(
                say("ahead", ahead=step["ahead"], ahead_cents=_money(step["ahead_cents"], language))
                if step["ahead"]
                else say("alone")
            )
        cause = CAUSES.get(step.get("because", ""))
        if cause is not None and (cause != "by release" or "because_request" in step):
            cents = _money(step["because_cents"], language)
            told.append(say(cause, request=step.get("because_request", ""), cents=cents))
        lines.append("  - " + " ".join(told))
    return "\n".join(lines)


def _key(step: dict[str, Any]) -> str:
    what = step["what"]
    if what == "parked" and step.get("open_cents", 0) >= step.get("amount_cents", 0) and step.get("ahead"):
        return "parked behind"
    if what in SENTENCES and what not in ("title", "alone", "ahead", "other"):
        return str(what)
    return "other" if step.get("amount_cents") else "other bare"


def _parts(step: dict[str, Any], language: str) -> dict[str, str]:
    return {
        "date": numbers.day(step["date"], language),
        "day": str(step["day"]),
        "what": step["what"],
        "amount": _money(step.get("amount_cents", 0), language),
        "open": _money(step.get("open_cents", 0), language),
    }


def _money(cents: int, language: str) -> str:
    return numbers.money(cents, language, scale=100, decimals=0).text
