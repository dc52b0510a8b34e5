"""The words of the field, once."""

from reports import numbers
from reports.blocks import Section, Terms
from reports.catalogue import Language, msg
from reports.reading import Found

WORDS = (
    (
        msg("Commitment authorisation (AE)"),
        msg("The ceiling of what may be committed; consumed when the act is signed."),
    ),
    (msg("Payment credit (CP)"), msg("The ceiling of what may be paid in a year; consumed once the service is done.")),
    (msg("Envelope"), msg("The whole of the money of the agreement, management fee included.")),
    (msg("Notification"), msg("The act that gives a line (a branch, a size of company) its money.")),
    (msg("Commitment (engagement)"), msg("The promise to pay for a request at its price.")),
    (
        msg("Release (dégagement)"),
        msg("What a commitment gives back when training is dropped or not followed in full."),
    ),
    (msg("Lapsed"), msg("What is released after the last day for committing: nobody can use it any more.")),
    (msg("Need"), msg("What would be committed if no ceiling bound.")),
    (msg("Service done (service fait)"), msg("The proof that training took place; without it nothing is paid.")),
    (msg("Reste à payer"), msg("What is committed and not yet paid.")),
    (msg("Fungibility (fongibilité)"), msg("The right to move money from one line to another.")),
    (msg("COPIL"), msg("The steering committee that follows the agreement.")),
    (
        msg("Exhaustion"),
        msg("Of a branch: the day its first request waits for money."),
    ),
    (msg("Run"), msg("One numbered piece of luck, lived through from the first day to the last.")),
    (msg("P10, median, P90"), msg("The values that one run in ten, one in two, nine in ten stay below.")),
)


def glossary(findings: Found, language: Language) -> Section:
    """Each term of the page with its meaning."""
    terms = [(language.words(term), language.words(meaning)) for term, meaning in WORDS]
    exhaustion = next(at for at, (term, _) in enumerate(WORDS) if term == "Exhaustion")
    terms[exhaustion] = (terms[exhaustion][0], f"{terms[exhaustion][1]} {_of_the_envelope(findings, language)}")
    return Section("glossary", language.words(msg("Glossary")), blocks=(Terms(tuple(terms)),))


def _of_the_envelope(findings: Found, language: Language) -> str:
    """When the envelope counts as exhausted: by the policy and by the share that the scenario declares."""
    if findings.text("scenario.policy") == "first_come":
        return language.words(msg("Of the envelope: the same, since all draw on one pot."))
    declared = findings.number("scenario.exhaustion_share")
    if declared is None:
        return ""
    return language.words(
        msg("Of the envelope: the day the lines that hold {share} of what was notified have each a request waiting.")
    ).replace("{share}", numbers.share(declared, language.code).text)
