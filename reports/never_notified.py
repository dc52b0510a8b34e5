"""Money that no line was ever given, while requests were left unserved."""

from reports.reading import Found

NOTABLE_SHARE = 0.01
"""Told from this share of the money to distribute on; below it what is left is small change of the plan."""


def never_notified(findings: Found) -> Found | None:
    """The money that stays unnotified to the end, cents; None where it is little, or nobody lacked it.

    Only the policy `fixed` never hands it out: the others give it to who waits. A cut takes it first, so that no more
    than what is never committed can be left of it.

    Args:
        findings: of a run.
    """
    left = findings.get("plan.unnotified_cents")
    unspent = findings.get("simulation.kpis.unspent_cents.mean")
    if findings.text("scenario.policy") != "fixed" or left is None or unspent is None:
        return None
    least = min(left, unspent, key=lambda found: float(found.value))
    money = findings.number("plan.distributable_cents") or 0.0
    lacked = findings.number("simulation.kpis.unmet_need_cents.mean")
    return least if lacked and money > 0 and least.value >= NOTABLE_SHARE * money else None
