"""Whether two findings answer the same question: the scenario, and the requests to date of a scheme under way."""

from typing import Any

_READ = ("sha256", "map_sha256", "sheet", "columns", "set_aside_limit", "mended_limit")
"""Of `forecast.export`: what was given to be read and how, not what was found in it."""


def same_question(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether nothing that was asked differs, so that the answers must be the same to the cent.

    The hash of the scenario holds neither the requests to date nor the day up to which they are known.

    Args:
        one, other: findings (docs/findings.md).
    """
    return one["scenario"]["hash"] == other["scenario"]["hash"] and _to_date(one) == _to_date(other)


def _to_date(findings: dict[str, Any]) -> list[Any] | None:
    forecast = findings.get("forecast")
    if forecast is None:
        return None
    export = forecast.get("export", {})
    return [forecast.get("as_of"), *(export.get(name) for name in _READ)]
