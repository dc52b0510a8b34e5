"""Mappings whose order is part of the question: who comes first is drawn first, and told first."""

from typing import Any

ORDERED = {("branches",), ("scheme", "size_bands"), ("scheme", "situations"), ("scheme", "pathway_types")}
"""Where they stand; the order of all other keys means nothing."""


def with_order(section: str, values: Any) -> Any:
    """A section of a resolved scenario whose ordered mappings are lists of pairs, so that sorting keys keeps them.

    Args:
        section: its key at the top of the file.
        values: plain values, as `scenarios.loading.resolved` gives them.
    """
    if not isinstance(values, dict):
        return values
    if (section,) in ORDERED:
        return [list(pair) for pair in values.items()]
    return {
        key: [list(pair) for pair in value.items()] if (section, key) in ORDERED and isinstance(value, dict) else value
        for key, value in values.items()
    }
