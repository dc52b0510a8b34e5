"""What changed in the question: the values that differ, each with the place it was written at."""

from collections.abc import Mapping
from typing import Any

from enveloppe.comparing.side import Given

TOLD_ELSEWHERE = ("schema", "name", "title_fr", "title_en", "language", "runs", "seed")
"""Values that do not change the question, or that the comparison itself sets."""
BESIDE = ("calibration_targets", "committee.rivals")
"""What a scenario is held against, and whom it is compared with inside its own report: no part of what is lived."""


def question_changes(base: Mapping[str, Given], other: Mapping[str, Given]) -> list[dict[str, Any]]:
    """Every value that differs between two questions.

    Args:
        base, other: their values by key.

    Returns:
        Rows {key, unit?, before?, after?, place_before?, place_after?} in the order of the base, what only the other
        has last; a value that one question does not have is absent.
    """
    rows = []
    for key in (*base, *(key for key in other if key not in base)):
        before, after = base.get(key), other.get(key)
        beside = any(key == start or key.startswith(f"{start}.") for start in BESIDE)
        if (
            key in TOLD_ELSEWHERE
            or beside
            or (before is not None and after is not None and before.value == after.value)
        ):
            continue
        row: dict[str, Any] = {"key": key}
        unit = (before or after or Given(None)).unit
        if unit:
            row["unit"] = unit
        for name, given in (("before", before), ("after", after)):
            if given is not None and given.value is not None:
                row[name] = given.value
                if given.place:
                    row[f"place_{name}"] = given.place
        rows.append(row)
    return rows
