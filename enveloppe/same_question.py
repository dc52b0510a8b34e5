"""What is asked of a scheme beside its scenario, and whether two findings answer the same question; decided here only.

Gates ask it of two findings, a run of what stands in its folder, a comparison tells what differs of it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enveloppe.actuals import Actuals
    from scenarios.loading import Loaded

READ = ("sha256", "map_sha256", "sheet", "columns", "set_aside_limit", "mended_limit")
"""Of `forecast.export`: what was given to be read and how, not what was found in it."""


def to_date(findings: dict[str, Any]) -> dict[str, Any]:
    """The requests to date of a scheme under way and the day they are known up to: no part of the scenario's hash.

    Args:
        findings: docs/findings.md.

    Returns:
        `as_of` and what of `READ` is stated; nothing at the opening.

    Raises:
        LookupError, TypeError, AttributeError: where they are not findings.
    """
    if "forecast" not in findings:
        return {}
    forecast = findings["forecast"]
    export = forecast["export"]
    return {"as_of": forecast["as_of"], **{name: export[name] for name in READ if name in export}}


def same_question(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether nothing that was asked differs, so that the answers must be the same to the cent.

    The hash holds the resolved scenario, seed and runs among it.

    Args:
        one, other: findings, or what `question_now` gives.
    """
    return bool(one["scenario"]["hash"] == other["scenario"]["hash"]) and to_date(one) == to_date(other)


def question_now(loaded: "Loaded", actuals: "Actuals | None") -> dict[str, Any]:
    """A question that is about to be asked, in the form in which findings tell the one that they answer.

    Args:
        loaded: the scenario.
        actuals: its requests to date, if any.
    """
    told: dict[str, Any] = {"scenario": {"hash": loaded.hash}}
    if actuals is None:
        return told
    from forecast.findings import export_section

    export = export_section(actuals.reading, actuals.file, actuals.known)
    return {**told, "forecast": {"as_of": actuals.as_of.isoformat(), "export": export}}
