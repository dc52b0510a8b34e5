"""Whose plan it is: the one of the opening, which a scheme under way and a changed envelope have left behind."""

from reports.blocks import Line
from reports.catalogue import Language, msg
from reports.envelope_changes import envelope_changes
from reports.reading import Found
from reports.showing import show_day


def of_the_opening(findings: Found, language: Language) -> Line:
    """That figures are of the opening's plan: not of the money left, nor of an envelope changed unannounced.

    Args:
        findings: of a run; under way where they have a `forecast`.
        language: of the report.
    """
    if findings.get("forecast") is None:
        if not any(change.event.get("announced") is None for change in envelope_changes(findings)):
            return ()
        return language.line(
            msg(" This is of the plan at the opening, before the changes of the envelope that it did not know of.")
        )
    return language.line(
        msg(
            " This is of the plan notified at the opening, on the whole envelope and the requests expected then: it "
            "was not solved again on the money left on {day}."
        ),
        day=show_day(findings["forecast.as_of"], language, short=False),
    )
