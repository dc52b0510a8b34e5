"""Whose plan it is: in the report of a scheme under way the plan told is the one notified at the opening."""

from reports.blocks import Line
from reports.catalogue import Language, msg
from reports.reading import Found
from reports.showing import show_day


def of_the_opening(findings: Found, language: Language) -> Line:
    """That a section speaks of the opening's plan and not of the money left; nothing before the scheme is under way.

    Args:
        findings: of a run; under way where they have a `forecast`.
        language: of the report.
    """
    if findings.get("forecast") is None:
        return ()
    return language.line(
        msg(
            " This is of the plan notified at the opening, on the whole envelope and the requests expected then: it "
            "was not solved again on the money left on {day}."
        ),
        day=show_day(findings["forecast.as_of"], language, short=False),
    )
