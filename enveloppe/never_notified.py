"""Money that no line was ever given, while requests were left unserved."""

from typing import Any

NOTABLE_SHARE = 0.01
"""Told from this share on, of the money to distribute and of the need; below it what is left is small change."""
SELDOM = 0.05
"""The probability that the notified money runs out, from which on it is worth a word."""


def never_notified_cents(found: dict[str, Any]) -> int | None:
    """The money that stays unnotified to the end, cents; None where it is little, or hardly anybody lacked it.

    Under way it is what is notified to nobody on the last day known: a line that used more than the opening gave it has
    taken of the rest. Only the policy `fixed` never hands it out: the others give it to who waits. A cut takes it
    first, so that no more than what is never committed can be left of it.

    Args:
        found: findings of a run, with its plan and what was simulated; None where nothing was.
    """
    plan, simulated = found["plan"], found.get("simulation")
    if not simulated or found["scenario"].get("policy") != "fixed" or "unnotified_cents" not in plan:
        return None
    kpis = simulated["kpis"]
    standing = found.get("forecast", {}).get("money", plan)
    left = min(int(standing["unnotified_cents"]), int(kpis["unspent_cents"]["mean"]))
    runs_out = simulated["exhaustion_date"]["probability"] >= SELDOM
    lacked = kpis["unmet_need_cents"]["mean"] >= max(NOTABLE_SHARE * kpis["need_cents"]["mean"], 1)
    money = int(plan["distributable_cents"])
    return left if runs_out and lacked and left >= max(NOTABLE_SHARE * money, 1) else None
