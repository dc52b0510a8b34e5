"""Money that no line was ever given, while requests were left unserved: told wherever money is said to run out."""

from reports.reading import Found


def never_notified(findings: Found) -> Found | None:
    """The money that stays unnotified to the end, cents; None where no warning of the findings speaks of it.

    Args:
        findings: of a run.
    """
    for warning in findings.items("warnings"):
        if warning.text("code") == "never_notified":
            return warning.get("details.cents")
    return None
