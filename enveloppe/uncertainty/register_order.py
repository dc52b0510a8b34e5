"""The assumptions register in the order of what moves the projection."""

from typing import Any


def by_what_moves(rows: list[dict[str, Any]], uncertainty: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The register's rows, those whose range moves net pathways most first inside their kind.

    Args:
        rows: {key, value, kind, ...}, kinds in order; a row may stand for several values below its key.
        uncertainty: the section of findings, None where there is none.

    Returns:
        The same rows; where no range was declared in the same order.
    """
    found = (uncertainty or {}).get("sensitivity", {}).get("rows", [])
    swing = {}
    for row in found:
        ends = row["outcomes"]["pathways_net"]
        swing[row["key"]] = abs(ends["high"] - ends["low"])

    def moved(row: dict[str, Any]) -> float:
        key = str(row["key"])
        return max((value for name, value in swing.items() if name == key or name.startswith(f"{key}.")), default=-1.0)

    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    return sorted(rows, key=lambda row: (kinds.index(row["kind"]), -moved(row)))
